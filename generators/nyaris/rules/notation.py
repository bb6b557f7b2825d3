"""Numbers, sums, percentages and dates in another notation: "fourteen (14) days", "14 days"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from nyaris.edits import Edit, replacing
from nyaris.grammar import Facts, Grammar
from nyaris.quantities.amounts import durations, money, percentages
from nyaris.quantities.dates import Date, DateFacts, dates
from nyaris.quantities.numbers import parse_words, write_words
from nyaris.rules import keeper
from nyaris.trees.sentence import Sentence, Span
from nyaris.words.wording import exchangeable

_LARGEST_IN_WORDS = 100
_LARGEST_COUNT = 12
_IN_BRACKETS = re.compile(
    r"(?P<name>(?:[A-Z][\w’'-]*\s(?:(?:of|and|the|for|dan|bagi)\s)?)*[A-Z][\w’'-]*) \((?P<short>[A-Z]{2,8})\)"
)
_DASHES = frozenset({"+", "-", "–", "—", "~"})


class NotationFacts(Facts):
    """Notations that stand for each other in running text."""

    topic: ClassVar[str] = "notation"

    range_words: frozenset[str] = frozenset()
    """Words between the ends of a range or the members of a list of numbers."""
    percent_sign: str = "%"
    percent_word: str = ""
    """What stands for the sign in running text, with the blank before it."""
    currency_signs: dict[str, str] = Field(default_factory=dict)
    """Currency code -> the sign before figures that stands for the currency word after the number."""
    whole_sums: str = ""
    """The decimals of a whole sum (.00), which may be left out."""
    month_first: str = ""
    """How a date is written with the month first, {month}, {day} and {year}; empty where it never is."""
    counts: bool = False
    """Whether small numbers before common nouns are written in words and in figures alike."""
    not_before_counts: frozenset[str] = frozenset()
    """Words before a number that names something (Phase 3), or with which it is counted otherwise."""
    dates_before: tuple[str, ...] = ()
    """Words right after a number of days with which it is a date."""
    not_counted: frozenset[str] = frozenset()
    """Nouns after a number that is always written in one way."""
    day_first: str = "{day} {month} {year}"
    day_mark: str = ""
    """What may stand right after the figures of a day (hb)."""


@keeper
def duration(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The number of a duration in words, in figures or in both."""
    found = durations(sentence.text, grammar)
    dates = grammar.facts(NotationFacts).dates_before
    for each in found:
        number = each.number
        if sentence.text[each.unit_span.start].isupper():
            continue  # part of a name (the Under 14 Years team)
        if sentence.text[each.span.end :].lstrip().lower().startswith(dates):
            continue  # a date (the 15th day of the month)
        if each.twin or number.value != int(number.value) or not 1 < number.value <= _LARGEST_IN_WORDS:
            continue
        if sentence.text[number.span.end : each.unit_span.start] != " " or not _stands_alone(
            sentence, each.span, grammar
        ):
            continue
        in_words = write_words(int(number.value), grammar)
        if number.words and number.figures:
            yield replacing((number.span, number.figures))
            yield replacing((number.span, in_words))
        elif len(found) == 1 and number.words.islower():
            yield replacing((number.span, str(number.value)))
        elif len(found) == 1 and number.figures == str(number.value) and number.span.start:
            yield replacing((number.span, in_words))


@keeper
def count(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A small number before its noun in words or in figures."""
    facts = grammar.facts(NotationFacts)
    words = {write_words(number, grammar): str(number) for number in range(2, _LARGEST_COUNT + 1)}
    figures = {figure: word for word, figure in words.items()}
    numbers = [token for token in sentence.tokens if token.upos == "NUM" or token.lower in words]
    if len(numbers) != 1 or not facts.counts:
        return
    for token in numbers:
        before, noun = sentence.previous(token), sentence.head(token)
        if not token.has_rel("nummod") or noun is None or noun.upos != "NOUN" or not noun.text.islower():
            continue
        between = sentence.tokens[token.index + 1 : noun.index]
        if not token.index < noun.index or any(each.upos not in {"ADJ", "NOUN"} for each in between):
            continue
        if before is None or before.upos in {"NUM", "SYM", "PROPN"} or before.lower in facts.not_before_counts:
            continue
        if noun.lower in facts.not_counted or not _stands_alone(sentence, token.span, grammar):
            continue
        if not exchangeable(sentence, (token,)) or sentence.children(token) or before.text in {"(", ",", "-"}:
            continue
        other = words.get(token.text) or figures.get(token.text)
        if other and not any(each.unit_span.start >= token.start for each in durations(sentence.text, grammar)):
            yield replacing((token.span, other))


@keeper
def abbreviation(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The abbreviation in brackets behind a name is left out, if the sentence makes no use of it."""
    gone = []
    for match in _IN_BRACKETS.finditer(sentence.text):
        name, short = match["name"], match["short"]
        initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper())
        if initials.endswith(short) and sentence.text.count(short) == 1:
            gone.append((Span(match.end("name"), match.end()), ""))
    if gone and len(gone) == sentence.text.count("("):
        yield replacing(*gone)


@keeper
def sum_of_money(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A sum with or without decimals, or with a currency sign for the word."""
    facts = grammar.facts(NotationFacts)
    for each in money(sentence.text, grammar):
        number = each.number
        if each.twin or each.scale != 1:
            continue
        sign, behind = facts.currency_signs.get(each.unit), each.unit_span.start > number.span.start
        if number.words.islower() and not number.figures and sign and behind:
            yield replacing((each.span, f"{sign}{int(number.value):,}"))
        elif number.figures and not number.words and facts.whole_sums and number.figures.endswith(facts.whole_sums):
            end = number.span.end
            yield replacing((Span(end - len(facts.whole_sums), end), ""))


@keeper
def percentage(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Percentages with the sign or with the word, all of a sentence in the same way."""
    facts = grammar.facts(NotationFacts)
    found = tuple(percentages(sentence.text, grammar))
    if not facts.percent_word or not found:
        return
    for each in found:
        if each.twin or each.number.words or not each.number.figures or not _stands_alone(sentence, each.span, grammar):
            return
    spans = [Span(each.number.span.end, each.span.end) for each in found]
    signs = {facts.percent_sign: facts.percent_word, facts.percent_word: facts.percent_sign}
    if len({sentence.slice(span) for span in spans}) == 1 and sentence.slice(spans[0]) in signs:
        yield replacing(*((span, signs[sentence.slice(span)]) for span in spans))


@keeper
def date(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A date with the day first or the month first."""
    facts = grammar.facts(NotationFacts)
    names = {name: months[0] for months in grammar.facts(DateFacts).months for name in months}
    found = dates(sentence.text, grammar)
    for each in found:
        if not each.numeric and each.parts == {"day", "month"} and len(found) == 1:
            yield from _without_year(sentence, each, names, facts, grammar)
        if each.numeric or each.parts != {"day", "month", "year"} or not each.is_valid:
            continue
        if not _stands_alone(sentence, each.span, grammar):
            continue
        written = sentence.slice(each.span)
        month = next((sentence.slice(span) for part, span in each.places if part == "month"), "")
        if month not in names:
            continue
        parts = {"day": str(each.day), "month": month, "year": str(each.year)}
        forms = [facts.day_first.format(**parts)]
        if facts.month_first and len(found) == 1:
            forms.append(facts.month_first.format(**parts))
        if facts.day_mark and len(found) == 1:
            forms.append(facts.day_first.format(**{**parts, "day": parts["day"] + facts.day_mark}))
        if written in forms:
            yield from (replacing((each.span, form)) for form in forms if form != written)
        abbreviated = sentence.text[next(span for part, span in each.places if part == "month").end :].startswith(".")
        if names[month] != month and re.fullmatch(r"\w+", month) and not abbreviated:
            span = next(span for part, span in each.places if part == "month")
            yield replacing((span, names[month]))


def _without_year(
    sentence: Sentence, each: Date, names: dict[str, str], facts: NotationFacts, grammar: Grammar
) -> Iterator[Edit]:
    """A day and its month in the other order, or with the mark of the day."""
    written = sentence.slice(each.span)
    month = next((sentence.slice(span) for part, span in each.places if part == "month"), "")
    if month not in names or each.day is None or sentence.text[each.span.end :][:1] == ".":
        return
    if not _stands_alone(sentence, each.span, grammar):
        return
    first = f"{each.day} {month}"
    forms = [first]
    if facts.month_first:
        forms.append(f"{month} {each.day}")
    if facts.day_mark:
        forms.append(f"{each.day}{facts.day_mark} {month}")
    if written in forms:
        yield from (replacing((each.span, form)) for form in forms if form != written)


def _stands_alone(sentence: Sentence, span: Span, grammar: Grammar) -> bool:
    """Whether the quantity is no end of a range and no member of a list of numbers."""
    before = sentence.text[: span.start].rstrip()
    after = sentence.text[span.end :].lstrip()
    joined = before[-1:] in _DASHES or after[:1] in _DASHES
    preceding, following = before.lower().split()[-2:], after.lower().split()[:2]
    links = grammar.facts(NotationFacts).range_words
    ranged = len(preceding) == 2 and preceding[1] in links and _is_number(preceding[0], grammar)
    ranged = ranged or (len(following) == 2 and following[0] in links and _is_number(following[1], grammar))
    return not joined and not ranged


def _is_number(word: str, grammar: Grammar) -> bool:
    return word[:1].isdigit() or parse_words(word.strip("(),"), grammar) is not None
