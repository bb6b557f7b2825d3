"""Dates in running text: found as spans with their parts, written back in the same format."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from nyaris.grammar import Facts, Grammar, load_grammar
from nyaris.quantities.numbers import any_of
from nyaris.trees.sentence import Span

Part = Literal["year", "month", "day", "weekday"]
PARTS: tuple[Part, ...] = ("year", "month", "day", "weekday")
EARLIEST, LATEST = 1900, 2099


class OrdinalFacts(BaseModel):
    """The ending of a day that is written as an ordinal (1st, 12th)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    by_last_digit: dict[int, str]
    default: str
    default_for: tuple[int, ...] = ()


class DateFacts(Facts):
    """How dates are written."""

    topic: ClassVar[str] = "dates"

    months: tuple[tuple[str, ...], ...]
    """The spellings of every month, the full name first."""
    weekdays: tuple[str, ...]
    """From Monday."""
    weekend: tuple[str, ...] = ()
    day_marks: tuple[str, ...] = ()
    """What may follow the figures of a day."""
    ordinals: OrdinalFacts | None = None
    month_before_day: bool = False
    day_links: tuple[str, ...] = ()
    """Words that may stand between day and month."""


@dataclass(frozen=True)
class Date:
    """A date as it stands in a text. `numeric` is one in figures only; `places` says where its parts stand.

    A weekday counts from 0 (Monday). Where both figures are twelve or less, the day is read first; `ambiguous` tells.
    """

    span: Span
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    numeric: bool = False
    ambiguous: bool = False
    places: tuple[tuple[Part, Span], ...] = ()

    @property
    def parts(self) -> frozenset[str]:
        """Which parts are given."""
        return frozenset(part for part in PARTS if getattr(self, part) is not None)

    @property
    def is_valid(self) -> bool:
        """Whether the calendar has such a day, on that weekday where both are given."""
        if self.year is None or self.month is None or self.day is None:
            return self.day is None or self.month is None or self.day <= calendar.monthrange(2024, self.month)[1]
        if not 1 <= self.month <= 12 or not 1 <= self.day <= calendar.monthrange(self.year, self.month)[1]:
            return False
        given = datetime.date(self.year, self.month, self.day).weekday()
        return self.weekday is None or self.weekday == given


_FIGURE = re.compile(r"\d")
"""No date does without one."""


@lru_cache(maxsize=64)
def dates(text: str, grammar: Grammar) -> tuple[Date, ...]:
    """Every date with at least a month and a day, a month and a year, or figures for all three; left to right."""
    found: list[Date] = []
    if not _FIGURE.search(text):
        return ()
    taken = -1
    for match in _pattern(grammar.code).finditer(text):
        date = _read(match, grammar)
        if date is not None and date.span.start >= taken:
            found.append(date)
            taken = date.span.end
    return tuple(found)


@lru_cache(maxsize=64)
def years(text: str, grammar: Grammar) -> tuple[Date, ...]:
    """Every bare year (four figures) outside of dates, hyphenated and slashed figures, brackets and references."""
    inside = [date.span for date in dates(text, grammar)]
    found: list[Date] = []
    for match in re.finditer(r"(?<![\w.,/:$£€(\[–-])(?<!\d )(?<![A-Z]{2} )\d{4}(?![\w/%–-]|[.,:]\d|\s?\(\d)", text):
        span, year = Span(*match.span()), int(match.group())
        if EARLIEST <= year <= LATEST and not any(each.start <= span.start < each.end for each in inside):
            found.append(Date(span, year=year, places=(("year", span),)))
    return tuple(found)


@lru_cache(maxsize=64)
def weekdays(text: str, grammar: Grammar) -> tuple[Date, ...]:
    """Every weekday outside of dates."""
    inside = [date.span for date in dates(text, grammar)]
    names = grammar.facts(DateFacts).weekdays
    found: list[Date] = []
    for match in re.finditer(rf"\b(?:{any_of(names)})\b", text):
        span = Span(*match.span())
        if not any(each.start <= span.start < each.end for each in inside):
            found.append(Date(span, weekday=names.index(match.group()), places=(("weekday", span),)))
    return tuple(found)


def write_date(date: Date, text: str, grammar: Grammar, **changed: int) -> str:
    """The date with some parts changed, everything else as it stands."""
    facts = grammar.facts(DateFacts)
    written, position = "", date.span.start
    for part, span in sorted(date.places, key=lambda place: place[1]):
        before = text[span.start : span.end]
        written += text[position : span.start]
        written += _write_part(part, before, changed[part], facts) if part in changed else before
        position = span.end
    written += text[position : date.span.end]
    return written


def _write_part(part: Part, before: str, value: int, facts: DateFacts) -> str:
    if part == "year":
        return f"{value % 100:02d}" if len(before) == 2 else str(value)
    if part == "weekday":
        name = facts.weekdays[value]
        return name.upper() if before.isupper() else name
    if part == "month" and not before.isdigit():
        spellings = facts.months[value - 1]
        short = all(before.lower() != each[0].lower() for each in facts.months)
        name = next((each for each in spellings if short and each != spellings[0]), spellings[0])
        return name.upper() if before.isupper() else name
    figures, mark = re.match(r"(\d+)(.*)", before, re.DOTALL).groups()  # type: ignore[union-attr]
    if facts.ordinals and mark.strip().lower() in {*facts.ordinals.by_last_digit.values(), facts.ordinals.default}:
        ending = facts.ordinals.by_last_digit.get(value % 10, facts.ordinals.default)
        ending = facts.ordinals.default if value in facts.ordinals.default_for else ending
        mark = mark[: len(mark) - len(mark.lstrip())] + ending
    width = 2 if len(figures) == 2 and figures.startswith("0") else 1
    return f"{value:0{width}d}{mark}"


@cache
def _pattern(code: str) -> re.Pattern[str]:
    facts = load_grammar(code).facts(DateFacts)
    month = any_of(spelling for spellings in facts.months for spelling in spellings)
    mark = rf"(?:\s?(?:{any_of(facts.day_marks)})(?![^\W\d_]))?" if facts.day_marks else ""
    link = rf"(?:(?:{any_of(facts.day_links)})\s+)?" if facts.day_links else ""
    weekday = rf"(?:(?P<wA>{any_of(facts.weekdays)}),?\s+(?:\(?the\s+)?)?"
    year = r"(?:19|20)\d\d(?!\d|[-/]\d)"
    day_first = rf"{weekday}(?<![\d.,/:–-])(?P<dA>[0-3]?\d{mark})\s?{link}(?P<mA>{month})\b(?:\.?,?\s+(?P<yA>{year}))?"
    day_last = rf"(?P<dB>[0-3]?\d{mark})(?!\d|[.,:/]\d)(?:,?\s+(?P<yB>{year}))?"
    month_first = rf"{weekday.replace('wA', 'wB')}\b(?P<mB>{month})\.?\s{day_last}"
    month_year = rf"\b(?P<mC>{month})\.?,?[\s-](?P<yC>{year})"
    numeric = r"(?<![\w./-])(?P<dD>[0-3]?\d)(?P<sep>[./-])(?P<mD>[0-3]?\d)(?P=sep)(?P<yD>(?:19|20)?\d\d)(?![\w/-]|\.\d)"
    kinds = [day_first, *([month_first] if facts.month_before_day else []), month_year, numeric]
    return re.compile("|".join(kinds))


def _read(match: re.Match[str], grammar: Grammar) -> Date | None:
    facts = grammar.facts(DateFacts)
    places: list[tuple[Part, Span]] = []
    values: dict[str, int] = {}
    letters: dict[str, Part] = {"y": "year", "m": "month", "d": "day", "w": "weekday"}
    for name, text in match.groupdict().items():
        if text is None or name == "sep":
            continue
        part = letters[name[0]]
        places.append((part, Span(*match.span(name))))
        if part == "weekday":
            values[part] = facts.weekdays.index(text)
        elif part == "month" and not text.isdigit():
            values[part] = next(number for number, names in enumerate(facts.months, 1) if text in names)
        else:
            values[part] = int(re.match(r"\d+", text).group())  # type: ignore[union-attr]
    numeric = match.group("sep") is not None
    ambiguous = False
    if numeric:
        ambiguous = values["day"] <= 12 and values["month"] <= 12
        if values["month"] > 12 and facts.month_before_day:
            values["day"], values["month"] = values["month"], values["day"]
            places = [({"day": "month", "month": "day"}.get(part, part), span) for part, span in places]  # type: ignore[misc]
        if values["year"] < 100:
            values["year"] += 2000
        if not 1 <= values["month"] <= 12:
            return None
    date = Date(Span(*match.span()), numeric=numeric, ambiguous=ambiguous, places=tuple(places), **values)
    return date if date.day is None or 1 <= date.day <= 31 else None
