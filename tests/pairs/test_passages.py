"""Passages: where they begin and end, and what stands in the way of putting a sentence back."""

from __future__ import annotations

from nyaris.grammar import load_grammar
from nyaris.pairs.passages import LONGEST, Passage, passages
from nyaris.reading.segment import segment

TEXT = """The Tenant pays the rent.
(b) The Landlord keeps the roof
in repair.\tBoth of them sign.

A new block begins here."""


def made(text: str) -> list[Passage]:
    return passages(text, list(segment(text, load_grammar("en"))))


def test_a_blank_line_ends_a_passage_and_its_text_is_that_of_the_document() -> None:
    first, second = made(TEXT)
    assert first.text == "The Tenant pays the rent. (b) The Landlord keeps the roof in repair. Both of them sign."
    assert second.text == "A new block begins here."


def test_a_sentence_is_put_back_into_its_place() -> None:
    passage = made(TEXT)[0]
    text, offset = passage.with_sentence(1, "The Landlord does not keep the roof in repair.")
    assert text == passage.text.replace("keeps", "does not keep")
    assert text[offset:].startswith("The Landlord does not")
    for place, unit in enumerate(passage.units):
        assert passage.with_sentence(place, unit.text)[0] == passage.text


def test_no_passage_is_longer_than_what_encoders_read() -> None:
    text = " ".join(f"Clause number {number} says what the parties of the contract do." for number in range(90))
    found = made(text)
    assert len(found) > 4
    assert all(len(passage.text) <= LONGEST for passage in found)
    assert " ".join(passage.text for passage in found) == text


def test_a_lone_sentence_and_one_that_is_said_twice_are_refused() -> None:
    twice = "The Tenant shall pay the rent on Monday. Sign here please. On Monday the Tenant shall thus pay the rent."
    assert made("A lone sentence stands here.")[0].reject(0) == "alone-in-passage"
    assert made(twice)[0].reject(0) == "repeated-in-passage"
    assert made(twice)[0].reject(1) is None
