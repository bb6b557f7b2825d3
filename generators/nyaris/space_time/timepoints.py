"""Points in time in a sentence: dates, hours, times told from today, and how often something happens."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import replace

from nyaris.grammar import Grammar
from nyaris.hashing import choose, shuffled
from nyaris.quantities.amounts import durations, money, percentages
from nyaris.quantities.dates import Date, DateFacts, dates, weekdays, write_date, years
from nyaris.quantities.numbers import any_of
from nyaris.space_time.time_facts import Rhythm, TemporalFacts
from nyaris.space_time.timing import (
    ends_in_figure,
    has_words,
    hours,
    is_denied,
    phrase_pattern,
    stands_free,
    starts_with,
    word_after,
    word_before,
    words_before,
)
from nyaris.trees.sentence import Sentence, Span
from nyaris.words.opposites import in_quotes

# what stands beside one of several
_LIST = frozenset({",", "/", "(", "-"})


def plain_dates(sentence: Sentence, facts: TemporalFacts, grammar: Grammar) -> Iterator[Date]:
    """Every date, year or weekday on which something is said to happen: no name, no reference, no end of a range."""
    text = sentence.text
    if has_words(sentence, facts.date_ties):
        return
    everything = (*dates(text, grammar), *years(text, grammar), *weekdays(text, grammar))
    if not everything:
        return
    shortly_before = re.compile(
        rf"\b(?:{any_of(facts.date_not_after)})\b[^,;]{{0,25}}$" if facts.date_not_after else "(?!)"
    )
    if len({date.span for date in everything}) > 1:
        return  # dates of one sentence depend on each other
    for date in everything:
        before = word_before(sentence, date.span.start)
        if before not in facts.date_after or in_quotes(sentence, date.span.start):
            continue
        if (
            before in facts.date_links
            and _second_word_before(sentence, date.span.start) not in facts.date_links[before]
        ):
            continue
        if is_denied(sentence, date.span, facts, grammar):
            continue
        if shortly_before.search(text[: date.span.start].lower()):
            continue
        behind = text[date.span.end :]
        if starts_with(behind, facts.date_not_before) or re.match(r"\s?[-–/]|\s?\(\d", behind):
            continue
        if date.parts == {"year"} and re.match(r"\s[A-Z]", behind):
            continue
        if date.parts == {"weekday"} and re.match(r"\s?[,(]?\s?\d", behind):
            continue
        yield date


def other_date(sentence: Sentence, date: Date, facts: TemporalFacts, grammar: Grammar) -> str | None:
    """The date moved to another one, in the same format and in the same order to every other date of the sentence."""
    text = sentence.text
    others = [each for each in (*dates(text, grammar), *years(text, grammar)) if each.span != date.span]
    taken = {each.weekday for each in weekdays(text, grammar)}
    if date.parts == {"weekday"}:
        names = grammar.facts(DateFacts)
        rests = [name in names.weekend for name in names.weekdays]
        free = [day for day in range(7) if day not in taken and rests[day] == rests[date.weekday or 0]]
        return write_date(date, text, grammar, weekday=choose(free, text, date.span)) if free else None
    if date.parts == {"year"} and has_words(sentence, facts.year_ties):
        return None
    if date.parts == {"year"} and any(each.unit == "year" for each in durations(text, grammar)):
        return None
    if others and durations(text, grammar):
        return None
    if not date.is_valid or any(_same(each, date) for each in others):
        return None
    for moved in shuffled(list(_neighbours(date, has_words(sentence, facts.future))), text, date.span):
        if all(_order(date, each) == _order(moved, each) for each in others) and moved.is_valid:
            changed = {part: getattr(moved, part) for part in date.parts if getattr(moved, part) != getattr(date, part)}
            return write_date(date, text, grammar, **changed)
    return None


def other_hours(sentence: Sentence, facts: TemporalFacts, grammar: Grammar) -> Iterator[tuple[Span, str]]:
    """Every time of day that something happens at, with another one."""
    found = hours(sentence.text, facts)
    for match in found if len(found) == 1 else ():
        if facts.clock_not_after & set(words_before(sentence, match.start())[-3:]):
            continue
        if is_denied(sentence, Span(*match.span()), facts, grammar):
            continue
        first, last = facts.day_parts[" ".join(match.group("part").lower().split())]
        hour = int(match.group("hour"))
        options = [hour + step for step in (-2, -1, 1, 2, 3) if first <= hour + step <= last]
        if first <= hour <= last and options and word_before(sentence, match.start()) in facts.clock_after:
            yield Span(*match.span("hour")), str(choose(options, sentence.text, match.start()))


def other_rhythms(sentence: Sentence, facts: TemporalFacts, grammar: Grammar) -> Iterator[tuple[Span, str]]:
    """The only expression of how often in the sentence, as another one of its kind."""
    lowered = sentence.text.lower()
    everything = phrase_pattern(tuple({phrase for rhythm in facts.rhythms for phrase in rhythm.words.values()}))
    if len(everything.findall(lowered)) != 1 or has_words(sentence, facts.rhythm_ties):
        return
    if any(each.number.value > 1 for each in durations(sentence.text, grammar)):
        return  # how often must fit how long
    for rhythm in facts.rhythms:
        units = {phrase: unit for unit, phrase in rhythm.words.items()}
        match = phrase_pattern(tuple(units)).search(lowered)
        span = Span(*match.span()) if match else None
        if match and span and stands_free(sentence, span) and _rhythm_fits(sentence, rhythm, span, facts, grammar):
            order = list(rhythm.words)
            at = order.index(units[" ".join(match.group().split())])
            steps = (at - 1 if at else at + 1,) if rhythm.amounts else (at - 1, at + 1)
            options = [order[index] for index in steps if 0 <= index < len(order)]
            yield span, rhythm.words[choose(options, sentence.text, span)]
            return


def other_relative_times(sentence: Sentence, facts: TemporalFacts, grammar: Grammar) -> Iterator[tuple[Span, str]]:
    """A time told from today, as another one that the tense of the sentence allows."""
    lowered = sentence.text.lower()
    ahead, back = has_words(sentence, facts.future), has_words(sentence, facts.past)
    by_phrase = {each.find: each for each in facts.relative}
    found = list(phrase_pattern(tuple(by_phrase)).finditer(lowered))
    for match in found if len(found) == 1 else ():
        entry, span = by_phrase[" ".join(match.group().split())], Span(*match.span())
        left, right = word_before(sentence, span.start), word_after(sentence, span.end)
        if left in entry.not_after or right in entry.not_before or not stands_free(sentence, span):
            continue
        if (entry.only_before and right not in entry.only_before) or ends_in_figure(sentence, span.start, grammar):
            continue
        named = [word for word in match.group().split() if len(word) > 3]
        if any(len(re.findall(rf"\b{re.escape(word)}\b", lowered)) > 1 for word in named):
            continue  # "last year was a good year"
        clear = entry.past is None or entry.future is None
        put = entry.future if (ahead or clear) and not back else None
        put = put or (entry.past if (back or clear) and not ahead else None)
        if put:
            yield span, put


def _rhythm_fits(sentence: Sentence, rhythm: Rhythm, span: Span, facts: TemporalFacts, grammar: Grammar) -> bool:
    before = sentence.text[: span.start].lower()
    if facts.rhythm_not_after and re.search(rf"\b(?:{any_of(facts.rhythm_not_after)})\s+(?:\S+\s+)?$", before):
        return False
    lead = " ".join(before.split()[-6:])
    if phrase_pattern(tuple(word.find for word in facts.bounds) + facts.rhythm_not_near).search(lead):
        return False
    left, right = word_before(sentence, span.start), word_after(sentence, span.end)
    if left in {*rhythm.not_after, *_LIST} or right in {*rhythm.not_before, *_LIST}:
        return False
    if rhythm.amounts:
        sums = (*money(sentence.text, grammar), *percentages(sentence.text, grammar))
        return any(each.span.end == span.start - 1 for each in sums)
    if not rhythm.of:
        return True
    near = [token for token in sentence.tokens if span.start - 1 <= token.end and token.start <= span.end + 1]
    if rhythm.attributive:
        near = [token for token in near if token.end > span.start]
    heads = [head for token in near for head in [sentence.head(token)] if head and token.start >= span.start]
    if rhythm.attributive:
        heads = [head for head in heads if head.start > span.start]
    return bool({name for token in (*near, *heads) for name in (token.lower, token.lemma.lower())} & rhythm.of)


def _second_word_before(sentence: Sentence, start: int) -> str:
    words = [token.lower for token in sentence.tokens if token.end <= start]
    return words[-2] if len(words) > 1 else ""


def _neighbours(date: Date, ahead: bool) -> Iterator[Date]:
    if date.day is not None and date.month is not None:
        if date.ambiguous:
            yield from (replace(date, year=(date.year or 0) + step) for step in (-1, 1) if date.year)
            return
        last = calendar.monthrange(date.year or 2023, date.month)[1]
        for step in (-21, -14, -7, 7, 14, 21):
            if 1 <= date.day + step <= last and not (date.numeric and date.day + step <= 12):
                yield replace(date, day=date.day + step)
        if date.weekday is None:
            for step in (-4, -3, -2, -1, 1, 2, 3, 4):
                month = date.month + step
                if 1 <= month <= 12 and not date.numeric and date.day <= calendar.monthrange(2023, month)[1]:
                    yield replace(date, month=month)
    elif date.month is not None:
        yield from (
            replace(date, month=date.month + step) for step in (-4, -3, -2, 2, 3, 4) if 1 <= date.month + step <= 12
        )
    elif date.year is not None:
        yield from (replace(date, year=date.year + step) for step in ((1, 2, 3) if ahead else (-3, -2, -1)))


def _key(date: Date) -> tuple[int | None, int | None, int | None]:
    return date.year, date.month, date.day


def _same(one: Date, other: Date) -> bool:
    """Whether one names the other or a part of it: the same date twice, or a year and a day in it."""
    shared = [(a, b) for a, b in zip(_key(one), _key(other), strict=True) if a is not None and b is not None]
    return bool(shared) and all(a == b for a, b in shared)


def _order(one: Date, other: Date) -> int | None:
    """-1, 0, 1 as far as both say, None where they say different things."""
    for a, b in zip(_key(one), _key(other), strict=True):
        if a is None or b is None:
            return 0 if a is b else None
        if a != b:
            return -1 if a < b else 1
    return 0
