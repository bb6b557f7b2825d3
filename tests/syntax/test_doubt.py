"""Signs of a wrong tree: each shows on a tree with the mistake, and hardly ever on a sound one."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from nyaris.grammar import load_grammar
from nyaris.pairs.checks import tree_reject
from nyaris.syntax.doubt import SIGNALS, DoubtFacts, doubt
from nyaris.trees.sentence import Sentence
from nyaris.trees.ud import read_conllu

CASES = Path(__file__).parents[1] / "cases"
SOUND = ["the DET 2 det", "tenant NOUN 3 nsubj", "pays VERB 0 root VerbForm=Fin", "rent NOUN 3 obj", ". PUNCT 3 punct"]


def read(rows: list[str]) -> Sentence:
    lines = []
    for number, row in enumerate(rows, start=1):
        form, upos, head, rel, *feats = row.split()
        lines.append("\t".join([str(number), form, form, upos, "_", *(feats or ["_"]), head, rel, "_", "_"]))
    return next(iter(read_conllu("\n".join(lines) + "\n", "en")))[1]


def changed(**rows: str) -> list[str]:
    """The sound tree with some rows replaced: `row3="pays VERB 0 root"`."""
    return [rows.get(f"row{number}", row) for number, row in enumerate(SOUND, start=1)]


BROKEN = {
    "two-subjects": changed(row4="rent NOUN 3 nsubj"),
    "odd-subject": changed(row2="tenant VERB 3 nsubj"),
    "object-before-verb": changed(row2="tenant NOUN 3 obj", row4="rent NOUN 3 nsubj"),
    "subject-without-copula": changed(row3="pays ADJ 0 root", row4="rent NOUN 3 obl"),
    "bare-noun-root": changed(row3="pays NOUN 0 root"),
    "function-head": changed(row2="tenant NOUN 1 nsubj", row1="the DET 4 det"),
    "stray-auxiliary": changed(row4="will AUX 3 obj"),
    "nominal-verb": changed(row4="rent VERB 3 obl"),
    "noun-as-function-word": changed(row1="the NOUN 2 case"),
    "loose-conjunct": changed(row4="rent NOUN 2 conj"),
    "lone-comma": ["tenant NOUN 3 nsubj", ", PUNCT 3 punct", "pays VERB 0 root", "rent NOUN 3 obj"],
    "finite-without-subject": changed(row2="tenant NOUN 3 obl"),
}


@pytest.mark.parametrize("name", SIGNALS)
def test_a_mistake_shows(name: str) -> None:
    signal = SIGNALS[name]
    broken, sound = read(BROKEN[name]), read(SOUND)
    assert any(signal(broken, token) for token in broken.tokens)
    assert not any(signal(sound, token) for token in sound.tokens)


@pytest.mark.parametrize("code", ["en", "ms"])
def test_sound_trees_are_not_doubted(code: str) -> None:
    grammar = load_grammar(code)
    sound, doubted = 0, []
    for path in sorted(CASES.glob(f"{code}*/*.conllu")):
        for comments, sentence in read_conllu(path.read_text(encoding="utf-8"), code):
            if any(key == "makes" for key, _ in comments):
                sound += 1
                doubted += [f"{doubt(sentence, grammar)}: {sentence.text}"] if doubt(sentence, grammar) else []
    assert len(doubted) <= 0.02 * sound, doubted


def test_a_doubtful_tree_is_refused_and_a_language_chooses_its_signs() -> None:
    rows = BROKEN["subject-without-copula"]
    assert tree_reject(read(rows), load_grammar("en")) == "doubtful-tree"
    assert tree_reject(read(SOUND), load_grammar("en")) is None
    assert tree_reject(read(rows), load_grammar("ms")) is None, "a predicate needs no copula there"


def test_every_signal_is_trusted_somewhere_and_others_are_refused() -> None:
    trusted = {name for code in ("en", "ms") for name in load_grammar(code).facts(DoubtFacts).signals}
    assert trusted == set(SIGNALS)
    with pytest.raises(ValidationError, match="no signal too-long; known are two-subjects"):
        DoubtFacts(signals=("too-long",))
