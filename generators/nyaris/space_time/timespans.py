"""Durations and dates in a sentence: which bound a time and which are meant exactly, and what else they might be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nyaris.grammar import Grammar
from nyaris.hashing import choose
from nyaris.quantities.amounts import Quantity, QuantityFacts, durations, write_quantity
from nyaris.quantities.numbers import any_of
from nyaris.space_time.time_facts import BoundWord, TemporalFacts
from nyaris.space_time.timing import is_denied, stands_free, starts_with, word_after, word_before
from nyaris.trees.sentence import Sentence, Span

# durations that people agree on, by unit
_COMMON: dict[str, tuple[int, ...]] = {
    "minute": (5, 10, 15, 20, 30, 45, 60, 90),
    "hour": (1, 2, 3, 4, 6, 8, 12, 24, 36, 48, 72, 96),
    "day": (1, 2, 3, 5, 7, 10, 14, 15, 21, 28, 30, 45, 60, 90, 120, 150, 180, 365),
    "week": (1, 2, 3, 4, 6, 8, 10, 12, 16),
    "month": (1, 2, 3, 4, 6, 9, 12, 15, 18, 24, 30, 36, 48, 60),
    "quarter": (1, 2, 3, 4, 6, 8),
    "year": (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50),
}


# what stands beside one of several
_LIST = frozenset({",", "/", "(", "-"})


@dataclass(frozen=True)
class Bounded:
    """A duration with the words that bound it; `anchor` is the word that says what it is counted from, if any."""

    word: BoundWord
    span: Span
    quantity: Quantity
    anchor: Span | None
    anchor_word: str = ""


def bounded(sentence: Sentence, facts: TemporalFacts, grammar: Grammar) -> Iterator[Bounded]:
    """Every duration that is bounded from one side."""
    text = sentence.text
    if not durations(text, grammar):
        return
    lead = rf"(?:\s+(?:{any_of(facts.bound_leads)}))?" if facts.bound_leads else ""
    pattern = re.compile(rf"(?<![\w-])(?P<bound>{any_of(word.find for word in facts.bounds)}){lead}\s+$")
    by_phrase = {word.find: word for word in facts.bounds}
    found = [(each, pattern.search(text[: each.span.start].lower())) for each in durations(text, grammar)]
    units = [each.unit for each, match in found if match]
    for quantity, match in found:
        if units.count(quantity.unit) > 1:
            continue
        if match is None or _is_tied(text, quantity, facts):
            continue
        word, span = by_phrase[" ".join(match.group("bound").split())], Span(*match.span("bound"))
        if quantity.unit == "quarter" and quantity.number.value > 1:
            continue  # "three quarters of the votes" is no time
        if word_before(sentence, span.start) in word.not_after or not stands_free(sentence, span):
            continue
        if not word.denied and is_denied(sentence, span, facts, grammar):
            continue
        if _is_possessive(quantity, text) and word.bare != word.put:
            continue
        anchor = re.compile(rf"\s+(?P<word>{any_of(facts.looks_back | facts.looks_ahead)})\b", re.I).match(
            text, quantity.span.end
        )
        place = Span(*anchor.span("word")) if anchor else None
        yield Bounded(word, span, quantity, place, anchor.group("word").lower() if anchor else "")


def exact(sentence: Sentence, facts: TemporalFacts, grammar: Grammar) -> Iterator[Quantity]:
    """Every duration that the sentence means exactly: not bounded, no age, named once."""
    text = sentence.text
    found = durations(text, grammar)
    for quantity in found:
        alike = [each for each in found if (each.value, each.unit) == (quantity.value, quantity.unit)]
        if len(alike) > 1 or not stands_free(sentence, quantity.span):
            continue
        if any(each.span.start == quantity.span.end + 1 for each in found):
            continue
        if is_denied(sentence, quantity.span, facts, grammar):
            continue
        if _is_exact(sentence, quantity, facts):
            yield quantity


def other_duration(quantity: Quantity, text: str, grammar: Grammar) -> str | None:
    """The duration with another usual value, at least a fifth off and at most double or half."""
    value = quantity.value
    taken = {each.value for each in durations(text, grammar) if each.unit == quantity.unit}
    options = [
        option
        for option in _COMMON[quantity.unit]
        if option not in taken and value / 2 <= option <= value * 2 and abs(option - value) * 5 >= value
    ]
    agreeing = (
        [option for option in options if (option == 1) == (value == 1)] if _is_possessive(quantity, text) else options
    )
    forms = grammar.facts(QuantityFacts).durations.units[quantity.unit]
    plural_one = (
        value == 1 and forms.plural != forms.singular and text[: quantity.unit_span.end].lower().endswith(forms.plural)
    )
    if not agreeing or value != int(value) or plural_one:
        return None
    return write_quantity(quantity, choose(sorted(agreeing), text, quantity.span), text, grammar)


def _is_exact(sentence: Sentence, quantity: Quantity, facts: TemporalFacts) -> bool:
    text = sentence.text
    behind = text[quantity.span.end :]
    words = [token.lower for token in sentence.tokens if token.end <= quantity.span.start]
    before, lead = (words or [""])[-1], (words or [""])[-2:-1]
    if before in facts.not_exact_after or facts.not_exact_near & set(words[-5:]):
        return False
    if starts_with(behind, facts.not_exact_before):
        return False
    following = word_after(sentence, quantity.span.end)
    if "-" in text[quantity.number.span.end : quantity.unit_span.start]:
        return following in facts.period_nouns
    if before in facts.exact_links:
        return bool(facts.period_nouns & set(lead))
    exactly = before in facts.exact_after or following in facts.period_nouns
    return exactly or starts_with(re.sub(r"^[’']\w?\b", "", behind), facts.exact_before)


def _is_tied(text: str, quantity: Quantity, facts: TemporalFacts) -> bool:
    return starts_with(text[quantity.span.end :].lstrip("-"), facts.bound_ties)


def _is_possessive(quantity: Quantity, text: str) -> bool:
    return re.match(r"[’']", text[quantity.span.end :]) is not None
