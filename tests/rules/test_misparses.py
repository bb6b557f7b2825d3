"""Trees that a parser got wrong, as it gave them: the flips and questions they may still lead to, none for most."""

from __future__ import annotations

from pathlib import Path

import pytest

from nyaris.grammar import load_grammar
from nyaris.pairs.realise import realise
from nyaris.rules import flips, questions
from nyaris.trees.sentence import Sentence
from nyaris.trees.ud import read_conllu

MISPARSES = Path(__file__).parents[1] / "misparses"
ALL = [
    (comments, sentence)
    for path in sorted(MISPARSES.glob("*.conllu"))
    for comments, sentence in read_conllu(path.read_text(encoding="utf-8"), path.stem)
]


@pytest.mark.parametrize(("comments", "sentence"), ALL, ids=[sentence.text for _, sentence in ALL])
def test_rules_are_not_led_astray(comments: list[tuple[str, str]], sentence: Sentence) -> None:
    grammar = load_grammar(sentence.language)
    made = sorted(
        f"{rule.id} => {realise(sentence, edit, grammar)}"
        for rule in (*flips(), *questions())
        for edit in rule.propose(sentence, grammar)
    )
    assert made == sorted(value for key, value in comments if key == "makes")
