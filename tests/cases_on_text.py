"""The cases on their text: does a parser lead each rule file to what it makes of the hand-checked tree?

`python tests/cases_on_text.py` prints the share per language and the cases that fail with the bundled pipelines;
`python tests/cases_on_text.py en=FOLDER ms=FOLDER` does so for other pipelines, `--trees` adds where the trees differ,
and `--list FILE` writes the failing cases as Markdown.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nyaris.grammar import load_grammar
from nyaris.pairs.realise import realise
from nyaris.rules import all_rules
from nyaris.trees.parsers import BUNDLED, load_parser
from nyaris.trees.sentence import Sentence
from nyaris.trees.ud import read_conllu

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Outcome:
    """A case, its number in its file from 1, and what is made of it with a parser's tree."""

    name: str
    language: str
    gold: Sentence
    parsed: Sentence
    expected: tuple[str, ...]
    made: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the parser's tree leads to exactly what the case says."""
        return self.made == self.expected


def outcomes(code: str, spec: str = BUNDLED) -> Iterator[Outcome]:
    """Every case of a language, parsed anew from its text."""
    grammar, parser = load_grammar(code), load_parser(spec, code)
    for path in sorted((CASES / code).glob("*.conllu")):
        cases = list(read_conllu(path.read_text(encoding="utf-8"), code))
        trees = parser.parse([sentence.text for _, sentence in cases], code)
        rules = [rule for rule in all_rules() if rule.id.startswith(f"{path.stem}.")]
        for number, ((comments, gold), parsed) in enumerate(zip(cases, trees, strict=True), 1):
            made = [f"{r.id} => {realise(parsed, edit, grammar)}" for r in rules for edit in r.propose(parsed, grammar)]
            expected = [value for key, value in comments if key == "makes"]
            name = f"{code}/{path.stem}/{number}"
            yield Outcome(name, code, gold, parsed, tuple(sorted(expected)), tuple(sorted(made)))


def differences(outcome: Outcome) -> Iterator[str]:
    """The words that the parser hangs or tags otherwise than the hand-checked tree."""
    found = {token.start: token for token in outcome.parsed.tokens}

    def shown(sentence: Sentence, index: int) -> str:
        token = sentence.tokens[index]
        head = sentence.tokens[token.head].text if token.head >= 0 else "-"
        return f"{token.upos} {token.rel} < {head}"

    for token in outcome.gold.tokens:
        other = found.get(token.start)
        if other is None or other.text != token.text:
            yield f"{token.text}: no such word"
            continue
        wanted, got = shown(outcome.gold, token.index), shown(outcome.parsed, other.index)
        if wanted != got:
            yield f"{token.text}: {wanted}; parsed {got}"


def main() -> None:
    """Print shares and failures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pipelines", nargs="*", help="CODE=FOLDER; default: the bundled ones")
    parser.add_argument("--trees", action="store_true", help="show where the trees differ")
    parser.add_argument("--list", type=Path, help="write the failing cases to this Markdown file")
    args = parser.parse_args()
    specs = dict(each.split("=", 1) for each in args.pipelines)
    lines: list[str] = []
    for code in sorted(path.name for path in CASES.iterdir()):
        base = load_grammar(code).base.code
        if specs and base not in specs:
            continue
        results = list(outcomes(code, specs.get(base, BUNDLED)))
        failed = [each for each in results if not each.holds]
        topics = Counter(each.name.split("/")[1] for each in failed)
        held = len(results) - len(failed)
        print(f"{code}: {held} of {len(results)} ({100 * held / len(results):.1f} %); failed: {dict(topics)}")
        for each in failed:
            print(f"  {each.name}: {each.gold.text}")
            print(*(f"    missing {m}" for m in sorted(set(each.expected) - set(each.made))), sep="\n")
            print(*(f"    surplus {m}" for m in sorted(set(each.made) - set(each.expected))), sep="\n")
            if args.trees:
                print(*(f"      {line}" for line in differences(each)), sep="\n")
        lines += [f"- `{each.name}` {each.gold.text}" for each in failed]
    if args.list:
        args.list.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
