"""Which of two answers a text gives: the right one, that of the near miss, none on purpose, or something else.

Both texts are compared word by word, without capitals, punctuation and articles; numbers, amounts and dates are brought
to one form first ("fourteen (14) days", "14 days"). Where one answer stands inside the other, the longer match counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import ClassVar

from nyaris.evaluation.records import Outcome
from nyaris.grammar import Facts, Grammar, grammar_codes, load_grammar
from nyaris.quantities.amounts import quantities
from nyaris.quantities.dates import PARTS, dates
from nyaris.quantities.numbers import numbers

Words = tuple[str, ...]
_WORD = re.compile(r"=\S+|[^\W_]+(?:'[^\W_]+)*")


class AnswerFacts(Facts):
    """What to know of answers."""

    topic: ClassVar[str] = "answers"

    ignored: tuple[str, ...] = ()
    """Words that tell no two answers apart."""
    denials: tuple[str, ...] = ()
    """Words that deny the answer right behind them."""
    abstentions: tuple[str, ...] = ()
    """Ways of saying that there is no answer."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question, its answer and its context, and those of the near miss."""

    question: str
    reference: str
    near_miss_answer: str
    reference_context: str
    near_miss_context: str


def outcome(answer: str, case: Case, grammar: Grammar) -> Outcome:
    """What an answer in running text comes to.

    A name that the answer only repeats from the question, in the same words, is not given as an answer. Where both
    answers are left, the context whose order of words is nearer decides (who pays whom). Somebody who says that the
    answer is not known and still gives one that the question does not hold has given it.
    """
    said, question = words_of(answer, grammar), words_of(case.question, grammar)
    right, wrong = _mentions(said, question, case, grammar)
    facts = _facts()
    abstains = not said or any(_places(said, phrase) for phrase in facts.abstentions)
    if right and wrong:
        return _nearer(said, case, grammar)
    named = case.reference if right else case.near_miss_answer
    if (right or wrong) and not (abstains and _places(question, words_of(named, grammar))):
        return "right" if right else "near_miss"
    return "abstained" if abstains else "other"


def words_of(text: str, grammar: Grammar) -> Words:
    """The words that count, with numbers, amounts and dates in one form."""
    plain = _one_form(text.replace("’", "'"), grammar)
    ignored = _facts().ignored
    words = _WORD.findall(unicodedata.normalize("NFKC", plain).casefold())
    return tuple(word for word in words if word not in ignored)


def holds(text: Words, part: Words) -> bool:
    """Whether the words of a part stand in a text, in their order and next to each other."""
    return bool(_places(text, part))


@dataclass(frozen=True, slots=True)
class _Phrases:
    ignored: frozenset[str]
    denials: tuple[Words, ...]
    abstentions: tuple[Words, ...]


@cache
def _facts() -> _Phrases:
    """The facts of all languages: systems often answer in another one than they were asked in."""
    found = [load_grammar(code).facts(AnswerFacts) for code in grammar_codes()]
    ignored = frozenset(word for facts in found for word in facts.ignored)

    def phrases(texts: Sequence[str]) -> tuple[Words, ...]:
        split = (tuple(word for word in _WORD.findall(text.casefold()) if word not in ignored) for text in texts)
        return tuple(dict.fromkeys(split))

    denials = [text for facts in found for text in facts.denials]
    return _Phrases(ignored, phrases(denials), phrases([text for facts in found for text in facts.abstentions]))


def _mentions(said: Words, question: Words, case: Case, grammar: Grammar) -> tuple[list[range], list[range]]:
    """Where the right answer and that of the near miss stand, as answers: whole, by what tells them apart, or as a
    part of them that is all that was said."""
    right, wrong = words_of(case.reference, grammar), words_of(case.near_miss_answer, grammar)
    for one, other in ((right, wrong), _told_apart(right, wrong)):
        if not one or not other:
            continue
        ones, others = _given(said, one, question), _given(said, other, question)
        ones, others = _outside(ones, others), _outside(others, ones)
        if ones or others:
            return ones, others
    inside = bool(said) and holds(right, said), bool(said) and holds(wrong, said)
    whole = [range(len(said))]
    return (whole, []) if inside == (True, False) else ([], whole) if inside == (False, True) else ([], [])


def _given(said: Words, name: Words, question: Words) -> list[range]:
    """The places of a name that are neither denied nor repeated from the question."""
    asked = _places(question, name)
    return [
        place
        for place in _places(said, name)
        if not any(said[: place.start][-len(phrase) :] == phrase for phrase in _facts().denials)
        and not any(_same_neighbours(said, place, question, other) for other in asked)
    ]


def _same_neighbours(said: Words, place: range, question: Words, other: range) -> bool:
    """Whether the two words before, or the two words after, are the same in answer and question."""
    before = said[max(0, place.start - 2) : place.start], question[max(0, other.start - 2) : other.start]
    after = said[place.stop : place.stop + 2], question[other.stop : other.stop + 2]
    return any(len(one) == 2 and one == two for one, two in (before, after))


def _outside(places: list[range], longer: list[range]) -> list[range]:
    """The places that are no part of a longer one of the others."""
    return [
        place
        for place in places
        if not any(
            other.start <= place.start and place.stop <= other.stop and len(other) > len(place) for other in longer
        )
    ]


def _told_apart(right: Words, wrong: Words) -> tuple[Words, Words]:
    """Both without the words that they begin and end with alike (Tern Mobile Ltd, Halcyon Broadband Ltd)."""
    start = 0
    while start < min(len(right), len(wrong)) and right[start] == wrong[start]:
        start += 1
    end = 0
    while end < min(len(right), len(wrong)) - start and right[len(right) - 1 - end] == wrong[len(wrong) - 1 - end]:
        end += 1
    return right[start : len(right) - end], wrong[start : len(wrong) - end]


def _nearer(said: Words, case: Case, grammar: Grammar) -> Outcome:
    right, wrong = (
        SequenceMatcher(None, said, words_of(context, grammar), autojunk=False).ratio()
        for context in (case.reference_context, case.near_miss_context)
    )
    return "right" if right > wrong else "near_miss" if wrong > right else "other"


def _places(text: Words, part: Words) -> list[range]:
    width = len(part)
    return [range(at, at + width) for at in range(len(text) - width + 1) if width and text[at : at + width] == part]


def _one_form(text: str, grammar: Grammar) -> str:
    """The text with every date, amount and number written as `=value`."""
    written, position = "", 0
    for start, end, form in sorted(_forms(text, grammar), key=lambda each: (each[0], -each[1])):
        if start >= position:
            written, position = f"{written}{text[position:start]} ={form} ", end
    return written + text[position:]


def _forms(text: str, grammar: Grammar) -> Iterator[tuple[int, int, str]]:
    for date in dates(text, grammar):
        parts = ".".join(f"{name}{getattr(date, name)}" for name in PARTS if getattr(date, name) is not None)
        yield date.span.start, date.span.end, parts
    for amount in quantities(text, grammar):
        yield (
            amount.span.start,
            amount.span.end,
            f"{amount.value.normalize():f}.{amount.modifier}{amount.unit}".replace(" ", ""),
        )
    for number in numbers(text, grammar):
        if number.value != 1:  # "one" is mostly no number
            yield number.span.start, number.span.end, f"{number.value.normalize():f}"
