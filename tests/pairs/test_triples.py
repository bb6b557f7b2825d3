"""The algebra on real trees: directions, surfaces, parity, questions."""

from __future__ import annotations

from functools import cache
from string import ascii_lowercase

import pytest

from nyaris.grammar import load_grammar
from nyaris.pairs.contrast import Reject, Triple
from nyaris.pairs.differences import overlap
from nyaris.pairs.triples import propose, triples
from nyaris.rules import all_rules
from nyaris.trees.parsers import load_parser

DEED = "The Supplier shall deliver the goods to the Buyer before the inspection."
PERMISSION = "The Tenant may terminate the lease by giving notice to the Landlord."


@cache
def made(text: str, key: str = "key") -> tuple[tuple[Triple, ...], tuple[Reject, ...]]:
    grammar = load_grammar("en")
    sentence = next(iter(load_parser("bundled", "en").parse([text], "en")))
    everything = list(triples(sentence, propose(sentence, grammar), grammar, key))
    return (
        tuple(each for each in everything if isinstance(each, Triple)),
        tuple(each for each in everything if isinstance(each, Reject)),
    )


def test_pairs_come_in_both_directions() -> None:
    found, _ = made(DEED)
    assert found
    for source, mirror in zip(found[::2], found[1::2], strict=True):
        assert (source.direction, mirror.direction) == ("source", "mirror")
        assert source.pair == mirror.pair
        assert (source.rule, source.query_style) == (mirror.rule, mirror.query_style)
        assert source.hardness == mirror.hardness or source.query_style == "question"


def test_hardness_says_whose_surface_the_negative_has() -> None:
    for key in "abcdefgh":
        for triple in made(DEED, key)[0]:
            if triple.query_style == "statement":
                shared = triple.query_keeper if triple.hardness == "hard" else triple.positive_keeper
                assert triple.negative_keeper == shared
                assert triple.query_keeper != triple.positive_keeper


def test_of_a_hard_question_the_negative_is_nearer() -> None:
    seen = set()
    for key in "abcdefgh":
        for triple in made(DEED, key)[0]:
            if triple.query_style == "question":
                nearer = overlap(triple.query, triple.negative) > overlap(triple.query, triple.positive)
                assert nearer == (triple.hardness == "hard")
                seen.add(triple.hardness)
    assert seen == {"hard", "easy"}


def test_mirrors_exchange_positive_and_negative_so_that_texts_alone_tell_nothing() -> None:
    for key in "abcdefgh":
        found, _ = made(DEED, key)
        for source, mirror in zip(found[::2], found[1::2], strict=True):
            assert (source.positive, source.negative) == (mirror.negative, mirror.positive)
            assert (source.positive_keeper, source.kept) == (mirror.negative_keeper, mirror.turned)


def test_texts_of_one_meaning_have_one_name() -> None:
    found, _ = made(DEED)
    assert len({triple.kept for triple in found if triple.direction == "source"}) == 1
    named = {(triple.rule, triple.turned) for triple in found if triple.direction == "source"}
    assert len({name for _, name in named}) == len(named) > 1


def test_the_voice_of_a_swapped_sentence_is_right_by_parity() -> None:
    texts = {text for key in "abcdefgh" for triple in made(DEED, key)[0] for text in (triple.query, triple.negative)}
    assert any("delivered by the Buyer to the Supplier" in text for text in texts)
    assert not any("by the Supplier to the Supplier" in text or "by the Buyer to the Buyer" in text for text in texts)


def test_a_question_gives_its_answer_and_the_near_miss_where_it_differs() -> None:
    questions = [triple for triple in made(DEED)[0] if triple.query_style == "question"]
    assert questions
    answers = {
        "Who": {"the Supplier", "the Buyer"},
        "What": {"the goods", "deliver the goods to the Buyer", "deliver the goods to the Supplier"},
        "When": {"before the inspection"},
    }
    answers["To"] = {"to the Buyer", "to the Supplier"}
    for triple in questions:
        assert triple.answer in answers[triple.query.split()[0]], triple.query
        assert triple.near_miss_answer != triple.answer
        swapped = (
            triple.query.startswith("Who ")
            and triple.phenomenon in {"role_swap", "binding"}
            and triple.relation == "rebinding"
        )
        assert (triple.near_miss_answer is not None) == swapped


def test_no_question_where_both_sides_would_answer() -> None:
    found, _ = made(PERMISSION)
    assert any(triple.relation == "modality" for triple in found)
    assert not any(triple.relation == "modality" and triple.query_style == "question" for triple in found)


def test_the_same_key_gives_the_same_triples_and_another_one_others() -> None:
    again = made.__wrapped__(DEED, "key")
    assert again == made(DEED, "key")
    assert made(DEED, "other") != made(DEED, "key")


def test_without_a_paraphrase_the_candidate_is_refused_not_dropped() -> None:
    grammar = load_grammar("en")
    sentence = next(iter(load_parser("bundled", "en").parse([DEED], "en")))
    flips = [rule for rule in all_rules() if rule.kind == "flip"]
    found = list(triples(sentence, propose(sentence, grammar, flips), grammar, "key"))
    assert found
    assert {each.reason for each in found if isinstance(each, Reject)} == {"no-paraphrase"}
    assert not any(isinstance(each, Triple) for each in found)


@pytest.mark.parametrize("key", ["a", "b", "c"])
def test_texts_of_a_triple_differ(key: str) -> None:
    for triple in made(DEED, key)[0]:
        assert len({triple.query, triple.positive, triple.negative}) == 3


def test_a_flip_that_widens_what_is_said_is_not_asked_about() -> None:
    found, _ = made("Unless otherwise agreed, the Supplier shall invoice the Buyer every month for the goods.")
    styles = {triple.query_style for triple in found if triple.rule == "binding.override"}
    assert styles == {"statement"}


@pytest.mark.parametrize("key", "abcdefgh")
def test_what_a_question_opens_with_stays_in_front(key: str) -> None:
    found, _ = made("The panel hospital will submit the proof of claim directly to us for claim assessment.", key)
    asked = [triple.query for triple in found if triple.query_style == "question"]
    assert asked and all(query.startswith(("What ", "Which ")) for query in asked)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("The Bank stores the data for seven years.", {"What does the Bank store", "What does the Bank not store"}),
        (
            "The Bank does not store the data on its servers.",
            {"What does the Bank store", "What does the Bank not store"},
        ),
    ],
)
def test_an_auxiliary_of_the_flip_is_the_one_that_the_question_fronts(text: str, asked: set[str]) -> None:
    queries = {triple.query for key in ascii_lowercase for triple in made(text, key)[0]}
    assert all(any(query.startswith(each) for query in queries) for each in asked)


@pytest.mark.parametrize("key", "abcdefgh")
def test_a_pronoun_meets_no_verb_of_another_person(key: str) -> None:
    found, refused = made("GitHub may elect to provide you with a report on the donations made to you.", key)
    texts = " ".join(text for triple in found for text in (triple.query, triple.positive, triple.negative))
    assert "You is" not in texts and "gitHub" not in texts
    assert all(each.reason in {"agreement", "no-paraphrase"} for each in refused)
