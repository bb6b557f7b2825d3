"""Capitals, articles and spacing follow the words to where they go."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nyaris.edits import Edit, Move, replacing, swapping
from nyaris.grammar import load_grammar
from nyaris.pairs.realise import realise
from nyaris.trees.sentence import Sentence, Span, Token


def sentence(text: str, upos: str = "DET") -> Sentence:
    """Words split at blanks; only the first one's part of speech matters here."""
    tokens, start = [], 0
    for index, word in enumerate(text.split(" ")):
        tokens.append(
            Token(index, word, start, start + len(word), word.lower(), upos if not index else "X", (), -1, "dep")
        )
        start += len(word) + 1
    return Sentence(text, tuple(tokens), "en", 0, len(text))


def at(source: Sentence, words: str) -> Span:
    start = source.text.index(words)
    return Span(start, start + len(words))


def said(source: Sentence, edit: Edit) -> str:
    return realise(source, edit, load_grammar(source.language))


def test_the_identity_gives_the_text_itself() -> None:
    source = sentence("An odd  text ,untouched")
    assert said(source, Edit()) == source.text


def test_capitals_change_places_with_the_words() -> None:
    source = sentence("The tenant shall pay the landlord.")
    swap = swapping(at(source, "The tenant"), at(source, "the landlord"))
    assert said(source, swap) == "The landlord shall pay the tenant."


@pytest.mark.parametrize(
    ("upos", "keeps", "expected"),
    [
        ("PROPN", None, "On Monday, Tenants shall pay."),
        ("NOUN", None, "On Monday, tenants shall pay."),
        ("NOUN", True, "On Monday, Tenants shall pay."),
        ("PROPN", False, "On Monday, tenants shall pay."),
    ],
)
def test_a_name_keeps_its_capital_inside_the_sentence(upos: str, keeps: bool | None, expected: str) -> None:
    source = replace(sentence("Tenants shall pay on Monday.", upos), keeps_capital=keeps)
    end = source.text.index(".")
    front = Edit(moves=(Move(source.text.index(" on"), end, 0, "", ", "),))
    assert said(source, front) == expected


def test_the_article_follows_the_sound_of_the_next_word() -> None:
    source = sentence("It is an old house, a user and a SOW.")
    assert said(source, replacing((at(source, "old"), "new"))) == "It is a new house, a user and a SOW."
    assert said(source, replacing((at(source, "user"), "hour"))) == "It is an old house, an hour and a SOW."


def test_an_article_that_the_source_writes_its_own_way_is_left_alone() -> None:
    source = sentence("They incur in an SOW at least five.")
    assert said(source, replacing((at(source, "at least"), "at most"))) == "They incur in an SOW at most five."


def test_blanks_and_commas_are_closed_up() -> None:
    source = sentence("The tenant shall, however, pay.")
    assert said(source, replacing((at(source, "however"), ""))) == "The tenant shall, pay."
