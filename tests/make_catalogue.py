"""Write grammars/<code>/catalogue.yaml: for every rule the shortest example among the cases, and its judged precision.

`python tests/make_catalogue.py` renews the examples and keeps the figures; `python tests/make_catalogue.py FILE` adds
figures from what `nyaris audit score -o FILE` wrote, or from CSV with the columns code, rule, valid, judged.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from nyaris.catalogue import CatalogueFacts, Evidence, read_judged
from nyaris.grammar import Grammar
from nyaris.rules import all_rules
from nyaris.trees.ud import read_conllu

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "cases"


def examples(code: str) -> dict[str, tuple[str, str]]:
    """The shortest (source, result) of every rule that a case of the language makes."""
    found: dict[str, tuple[str, str]] = {}
    for path in sorted((CASES / code).glob("*.conllu")):
        for comments, sentence in read_conllu(path.read_text(encoding="utf-8"), code):
            for key, value in comments:
                rule, arrow, result = value.partition(" => ")
                if key == "makes" and arrow:
                    pair = (sentence.text, result)
                    found[rule] = min(found.get(rule, pair), pair, key=lambda each: (len(each[0]), each))
    return found


def write(code: str, figures: dict[tuple[str, str], tuple[int, int]]) -> None:
    """Write one language's file; JSON strings are YAML strings."""
    known = Grammar(code).facts(CatalogueFacts).rules
    lines = [
        "# An example of every rule, from the cases, and how many of the rows that blind readers judged were valid."
    ]
    lines += ["# Written by tests/make_catalogue.py.", "rules:"]
    found = examples(code)
    for rule in all_rules():
        if rule.id not in found:
            continue
        source, result = found[rule.id]
        old = known.get(rule.id) or Evidence(source=source, result=result)
        valid, rows = figures.get((code, rule.id), (old.valid, old.judged))
        lines.append(f"  {rule.id}:")
        lines.append(f"    source: {json.dumps(source, ensure_ascii=False)}")
        lines.append(f"    result: {json.dumps(result, ensure_ascii=False)}")
        if rows:
            lines += [f"    valid: {valid}", f"    judged: {rows}"]
    if len(lines) > 3:
        (ROOT / "grammars" / code / "catalogue.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    figures = read_judged(Path(sys.argv[1])) if len(sys.argv) > 1 else {}
    for folder in sorted(CASES.iterdir()):
        write(folder.name, figures)
