"""Numbers, durations, sums of money and percentages in running text: found as spans, written back in the same style.

It looks at text alone, so that rules, keepers and frames read "fourteen (14) days" alike. Dates: `dates.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from nyaris.grammar import Facts, Grammar, load_grammar
from nyaris.quantities.numbers import Number, NumberFacts, any_of, numbers, write_number, write_words
from nyaris.trees.sentence import Span

Kind = Literal["duration", "money", "percentage"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class UnitForms(_Part):
    """The forms of a unit of time."""

    singular: str
    plural: str


class DurationFacts(_Part):
    """Units of time and the words that go with them."""

    units: dict[str, UnitForms]
    before_unit: tuple[str, ...] = ()
    after_unit: tuple[str, ...] = ()
    one_unit: dict[str, str] = Field(default_factory=dict)
    """Words that say "one <unit>" in one (setahun -> year)."""


class MoneyFacts(_Part):
    """Currency signs before, and currency words after the number, each with its code."""

    before: dict[str, str]
    after: dict[str, str] = Field(default_factory=dict)


class QuantityFacts(Facts):
    """How quantities are written."""

    topic: ClassVar[str] = "quantities"

    durations: DurationFacts
    money: MoneyFacts
    percentage: tuple[str, ...]


@dataclass(frozen=True)
class Quantity:
    """A number with its unit: a unit of time, a currency code, or "percent".

    `modifier` is what stands between number and unit or right after the unit (business, calendar). `scale` multiplies
    the figures (RM5 million). `value` is number times scale. `twin` is the same quantity again in brackets right after
    ("ten thousand ringgit (RM10,000)").
    """

    kind: Kind
    span: Span
    number: Number
    unit: str
    unit_span: Span
    modifier: str = ""
    scale: int = 1
    twin: Quantity | None = None

    @property
    def value(self) -> Decimal:
        """The full value."""
        return self.number.value * self.scale


@lru_cache(maxsize=64)
def durations(text: str, grammar: Grammar) -> tuple[Quantity, ...]:
    """Every number with a unit of time ("fourteen (14) business days", "24-month", "setahun")."""
    facts = grammar.facts(QuantityFacts).durations
    units = _units(grammar)
    found: list[Quantity] = []
    for number in numbers(text, grammar):
        match = _patterns(grammar.code).unit.match(text, number.span.end)
        if match:
            modifier = match.group("before") or match.group("after") or ""
            span = Span(number.span.start, match.end())
            unit = units[match.group("unit").lower()]
            found.append(Quantity("duration", span, number, unit, Span(*match.span("unit")), modifier.strip().lower()))
    for match in _patterns(grammar.code).one_unit.finditer(text) if facts.one_unit else ():
        span = Span(*match.span())
        number = Number(Span(span.start, span.start), Decimal(1))
        found.append(Quantity("duration", span, number, facts.one_unit[match.group().lower()], span))
    return _with_twins(found, text)


def write_quantity(quantity: Quantity, value: int | Decimal, text: str, grammar: Grammar) -> str:
    """The quantity with another value, unit in agreement, its twin changed too; "24-month" keeps its form."""
    number, end = quantity.number, quantity.twin.span.start if quantity.twin else quantity.span.end
    if not number.words and not number.figures:
        forms = grammar.facts(QuantityFacts).durations.units[quantity.unit]
        return f"{write_words(int(value), grammar)} {forms.plural}"
    written = text[quantity.span.start : number.span.start]
    written += write_number(number, Decimal(value) / quantity.scale, grammar)
    if quantity.kind == "duration":
        gap = text[number.span.end : quantity.unit_span.start]
        written += gap + _agreeing_unit(quantity, value, "-" in gap, text, grammar)
        written += text[quantity.unit_span.end : end]
    else:
        written += text[number.span.end : end]
    if quantity.twin:
        written += (
            write_quantity(quantity.twin, value, text, grammar) + text[quantity.twin.span.end : quantity.span.end]
        )
    return written


def _agreeing_unit(quantity: Quantity, value: int | Decimal, hyphenated: bool, text: str, grammar: Grammar) -> str:
    forms = grammar.facts(QuantityFacts).durations.units[quantity.unit]
    before = text[quantity.unit_span.start : quantity.unit_span.end]
    attributive = quantity.value != 1 and before.lower() == forms.singular.lower()
    unit = forms.singular if value == 1 or hyphenated or attributive else forms.plural
    return unit.upper() if before.isupper() else unit.capitalize() if before[0].isupper() else unit


@lru_cache(maxsize=64)
def money(text: str, grammar: Grammar) -> tuple[Quantity, ...]:
    """Every sum with a currency sign before it or a currency word after it ("RM10,000.00", "ten ringgit")."""
    facts = grammar.facts(QuantityFacts)
    patterns = _patterns(grammar.code)
    after = {name.lower(): code for name, code in facts.money.after.items()}
    found: list[Quantity] = []
    for number in numbers(text, grammar):
        end, scale = number.span.end, 1
        scaled = patterns.scale.match(text, end)
        if scaled and number.figures:
            end, scale = scaled.end(), grammar.facts(NumberFacts).scales[scaled.group("scale").lower()]
        before = patterns.currency_before.search(text[: number.span.start])
        behind = patterns.currency_after.match(text, end)
        if before:
            span, code = Span(before.start("sign"), end), facts.money.before[before.group("sign")]
            found.append(Quantity("money", span, number, code, Span(*before.span("sign")), scale=scale))
        elif behind:
            span, code = Span(number.span.start, behind.end()), after[behind.group("name").lower()]
            found.append(Quantity("money", span, number, code, Span(*behind.span("name")), scale=scale))
    return _with_twins(found, text)


@lru_cache(maxsize=64)
def percentages(text: str, grammar: Grammar) -> tuple[Quantity, ...]:
    """Every percentage ("7%", "seven per cent", "tujuh peratus")."""
    found: list[Quantity] = []
    for number in numbers(text, grammar):
        match = _patterns(grammar.code).percentage.match(text, number.span.end)
        if match:
            span = Span(number.span.start, match.end())
            found.append(Quantity("percentage", span, number, "percent", Span(*match.span("sign"))))
    return _with_twins(found, text)


def quantities(text: str, grammar: Grammar) -> tuple[Quantity, ...]:
    """Durations, sums and percentages together, left to right."""
    found = [*durations(text, grammar), *money(text, grammar), *percentages(text, grammar)]
    return tuple(sorted(found, key=lambda quantity: quantity.span))


def _with_twins(found: list[Quantity], text: str) -> tuple[Quantity, ...]:
    joined: list[Quantity] = []
    for quantity in sorted(found, key=lambda quantity: quantity.span):
        last = joined[-1] if joined else None
        gap = text[last.span.end : quantity.span.start] if last else ""
        if last and gap.strip() == "(" and text[quantity.span.end :].startswith(")") and last.value == quantity.value:
            joined[-1] = replace(last, span=Span(last.span.start, quantity.span.end + 1), twin=quantity)
        else:
            joined.append(quantity)
    return tuple(joined)


@dataclass(frozen=True)
class _Patterns:
    unit: re.Pattern[str]
    one_unit: re.Pattern[str]
    scale: re.Pattern[str]
    currency_before: re.Pattern[str]
    currency_after: re.Pattern[str]
    percentage: re.Pattern[str]


@cache
def _units(grammar: Grammar) -> dict[str, str]:
    facts = grammar.facts(QuantityFacts).durations
    return {form.lower(): unit for unit, forms in facts.units.items() for form in (forms.singular, forms.plural)}


@cache
def _patterns(code: str) -> _Patterns:
    facts, scales = load_grammar(code).facts(QuantityFacts), load_grammar(code).facts(NumberFacts).scales
    units = any_of(form for each in facts.durations.units.values() for form in (each.singular, each.plural))
    before = (
        rf"(?:(?P<before>{any_of(facts.durations.before_unit)})[\s-]+)?"
        if facts.durations.before_unit
        else "(?P<before>)"
    )
    after = (
        rf"(?:\s+(?P<after>{any_of(facts.durations.after_unit)})\b)?" if facts.durations.after_unit else "(?P<after>)"
    )
    flags = re.IGNORECASE
    return _Patterns(
        re.compile(rf"(?:\s+|\s?-\s?){before}(?P<unit>{units})\b{after}", flags),
        re.compile(rf"\b(?:{any_of(facts.durations.one_unit)})\b" if facts.durations.one_unit else "(?!)", flags),
        re.compile(rf"\s*(?P<scale>{any_of(scales)})\b", flags),
        re.compile(rf"(?<![^\W\d_])(?P<sign>{any_of(facts.money.before)})\s*$"),
        re.compile(rf"\s*(?P<name>{any_of(facts.money.after)})\b", flags),
        re.compile(rf"\s*(?P<sign>{any_of(facts.percentage)})(?!\w)", flags),
    )
