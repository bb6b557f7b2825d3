"""Every case: a hand-checked tree, and exactly what the rules of one file must make of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nyaris.grammar import load_grammar
from nyaris.pairs.realise import realise
from nyaris.rules import all_rules
from nyaris.trees.sentence import Sentence
from nyaris.trees.ud import RELATIONS, read_conllu

CASES = Path(__file__).parents[1] / "cases"
FILES = sorted(CASES.glob("*/*.conllu"))


def _cases() -> list[tuple[str, str, str, list[tuple[str, str]], Sentence]]:
    return [
        (f"{path.parent.name}/{path.stem}: {sentence.text}", path.stem, path.parent.name, comments, sentence)
        for path in FILES
        for comments, sentence in read_conllu(path.read_text(encoding="utf-8"), path.parent.name)
    ]


ALL = _cases()


@pytest.mark.parametrize(("topic", "language", "comments", "sentence"), [c[1:] for c in ALL], ids=[c[0] for c in ALL])
def test_rules_make_exactly_what_the_case_says(
    topic: str, language: str, comments: list[tuple[str, str]], sentence: Sentence
) -> None:
    grammar = load_grammar(language)
    expected = sorted(value for key, value in comments if key == "makes")
    made = sorted(
        f"{rule.id} => {realise(sentence, edit, grammar)}"
        for rule in all_rules()
        if rule.id.startswith(topic + ".")
        for edit in rule.propose(sentence, grammar)
    )
    assert made == expected


STANDING = [case for case in ALL if "stands" in dict(case[3])]


@pytest.mark.parametrize(("language", "comments", "sentence"), [c[2:] for c in STANDING], ids=[c[0] for c in STANDING])
def test_edits_stand_to_their_source_as_the_case_says(
    language: str, comments: list[tuple[str, str]], sentence: Sentence
) -> None:
    grammar = load_grammar(language)
    rules = {rule.id: rule for rule in all_rules()}
    for name, relation in (value.split(" => ") for key, value in comments if key == "stands"):
        rule = rules[name]
        assert {edit.relation or rule.relation for edit in rule.propose(sentence, grammar)} == {relation}


@pytest.mark.parametrize(("comments", "sentence"), [c[3:] for c in ALL], ids=[c[0] for c in ALL])
def test_case_trees_are_sound(comments: list[tuple[str, str]], sentence: Sentence) -> None:
    assert dict(comments)["text"] == sentence.text
    assert len(sentence.roots) == 1
    assert len(sentence.subtree(sentence.root)) == len(sentence.tokens), "a cycle, or a second tree"
    assert {token.rel.partition(":")[0] for token in sentence.tokens} <= RELATIONS
