"""Numbers in running text, in words, figures or both: found as spans, written back in the same style."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import ClassVar

from pydantic import Field

from nyaris.grammar import Facts, Grammar, load_grammar
from nyaris.trees.sentence import Span

LARGEST = 10**12
_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d")


class NumberFacts(Facts):
    """Number words, and the separators of figures."""

    topic: ClassVar[str] = "numbers"

    exact: dict[str, int]
    """Words, or fixed groups of words, of one value each."""
    multipliers: dict[str, int]
    one_before_multiplier: bool = True
    links: tuple[str, ...] = ()
    """Words that may stand between hundreds and the rest (one hundred and one)."""
    joiner: str = " "
    """Between tens and units (twenty-four)."""
    thousands: str = ","
    decimal: str = "."
    scales: dict[str, int] = Field(default_factory=dict)
    """Words that may follow figures (RM5.5 million)."""


@dataclass(frozen=True)
class Number:
    """A number as it stands in a text: in words, in figures, or in both ("fourteen (14)")."""

    span: Span
    value: Decimal
    words: str = ""
    figures: str = ""
    words_first: bool = True


def parse_words(words: str, grammar: Grammar) -> int | None:
    """The value of a number in words ("one hundred and eighty", "dua puluh lima"), None for anything else."""
    facts = grammar.facts(NumberFacts)
    plain = _plain(words, facts)
    value = _value(plain, facts)
    if value is None or not 0 < value < LARGEST:
        return None
    # reading is generous; what writing the value does not give back was no number
    return value if _plain(write_words(value, grammar), facts) == plain else None


def write_words(value: int, grammar: Grammar, link: bool = True) -> str:
    """A number from 1 up in words; `link` puts the linking word after hundreds where the language has one."""
    facts = grammar.facts(NumberFacts)
    return _write(value, facts, facts.links[0] if facts.links and link else "")


@lru_cache(maxsize=64)
def numbers(text: str, grammar: Grammar) -> tuple[Number, ...]:
    """Every number, left to right. Figures inside identifiers, dates with points and references like 7(1) are none."""
    found: list[Number] = []
    if not _FIGURE.search(text) and _vocabulary(grammar.code).isdisjoint(_WORD.findall(text.lower())):
        return ()
    for match in _pattern(grammar.code).finditer(text):
        number = _read_number(match, grammar)
        if number is not None:
            found.append(number)
    return tuple(found)


def write_number(number: Number, value: int | Decimal, grammar: Grammar) -> str:
    """Another value in the style of a number that stands in a text: words, figures, brackets, capitals, separators."""
    words = ""
    if number.words:
        words = write_words(int(value), grammar, link=_has_link(number.words, grammar) or number.value < 100)
        if number.words.isupper():
            words = words.upper()
        elif number.words.istitle() or (number.words[0].isupper() and " " not in number.words):
            words = words.title() if " " in number.words or "-" in number.words else words.capitalize()
    figures = _write_figures(number.figures, Decimal(value), grammar) if number.figures else ""
    if words and figures:
        return f"{words} ({figures})" if number.words_first else f"{figures} ({words})"
    return words or figures


def _read_number(match: re.Match[str], grammar: Grammar) -> Number | None:
    figures = match.group("figures") or match.group("bracketed") or ""
    words = match.group("words") or match.group("spelled") or ""
    from_figures = _read_figures(figures, grammar) if figures else None
    from_words = parse_words(words, grammar) if words else None
    start, end = match.span()
    if words and from_words is None:
        return None
    if figures and words and from_figures != from_words:
        return None
    value = from_figures if from_figures is not None else Decimal(from_words or 0)
    return Number(Span(start, end), value, words, figures, bool(match.group("words")))


def _read_figures(figures: str, grammar: Grammar) -> Decimal:
    facts = grammar.facts(NumberFacts)
    return Decimal(figures.replace(facts.thousands, "").replace(facts.decimal, "."))


def _write_figures(like: str, value: Decimal, grammar: Grammar) -> str:
    facts = grammar.facts(NumberFacts)
    places = len(like.partition(facts.decimal)[2]) if facts.decimal in like else 0
    grouped = facts.thousands in like or (places and value >= 1000) or value >= 10000
    plain = f"{value:,.{places}f}" if grouped else f"{value:.{places}f}"
    return plain.translate(str.maketrans(",.", facts.thousands + facts.decimal))


def _has_link(words: str, grammar: Grammar) -> bool:
    return any(word in grammar.facts(NumberFacts).links for word in words.lower().split())


def _plain(words: str, facts: NumberFacts) -> list[str]:
    """The words without links; one hundred, seratus and satu ratus alike."""
    names = {number: name for name, number in facts.multipliers.items() if number >= 100}
    one = next(name for name, number in facts.exact.items() if number == 1)
    found: list[str] = []
    for word in re.split(r"[\s-]+", words.lower().strip()):
        fused = names.get(facts.exact.get(word, 0))
        found.extend([one, fused] if fused else [word] if word not in facts.links else [])
    return found


def _value(words: list[str], facts: NumberFacts) -> int | None:
    """Largest multiplier first; the caller checks that writing the value gives the words again."""
    if not words:
        return None
    text = " ".join(words)
    if text in facts.exact:
        return facts.exact[text]
    for name, size in sorted(facts.multipliers.items(), key=lambda item: -item[1]):
        if name in words:
            at = len(words) - 1 - words[::-1].index(name)
            head = _value(words[:at], facts) if at else 1
            rest = _value(words[at + 1 :], facts) if words[at + 1 :] else 0
            return None if head is None or rest is None or rest >= size else head * size + rest
    head, tail = facts.exact.get(words[0]), _value(words[1:], facts)
    return head + tail if head is not None and tail is not None and len(words) > 1 and tail < head else None


def _write(value: int, facts: NumberFacts, link: str) -> str:
    names = {number: words for words, number in facts.exact.items()}
    if value in names:
        return names[value]
    for name, size in sorted(facts.multipliers.items(), key=lambda item: -item[1]):
        if value >= size:
            count, rest = divmod(value, size)
            one = names.get(size) or (f"{_write(1, facts, link)} {name}" if facts.one_before_multiplier else name)
            head = one if count == 1 else f"{_write(count, facts, link)} {name}"
            between = f" {link} " if link and size >= 100 and rest < 100 else " "
            if size == 10:
                between = facts.joiner
            return head + (between + _write(rest, facts, link) if rest else "")
    largest = max(number for number in names if number <= value)
    return names[largest] + facts.joiner + _write(value - largest, facts, link)


@cache
def _vocabulary(code: str) -> frozenset[str]:
    """Words one of which stands in every number in words."""
    facts = load_grammar(code).facts(NumberFacts)
    parts = (part for words in (*facts.exact, *facts.multipliers) for part in words.split())
    return frozenset(word for part in parts for word in _WORD.findall(part.lower()))


@cache
def _pattern(code: str) -> re.Pattern[str]:
    facts = load_grammar(code).facts(NumberFacts)
    vocabulary = {part for words in facts.exact for part in words.split()} | set(facts.multipliers)
    word = any_of(vocabulary)
    link = f"(?:(?:{any_of(facts.links)})\\s+)?" if facts.links else ""
    in_words = rf"\b(?:{word})(?:(?:\s+{link}|-)(?:{word}))*\b"
    thousands, point = re.escape(facts.thousands), re.escape(facts.decimal)
    bare = rf"(?:\d{{1,3}}(?:{thousands}\d{{3}})+|\d+)(?:{point}\d+)?"
    # a figure is none inside a word, a reference, a clause number, a fraction or a dotted date
    figures = rf"(?<![\d.,/:(\w-])(?<![^\W\d_]){bare}(?![\d\w]|[./:,]\d|\(\w|/)"
    signed = rf"(?:(?<=[$£€])|(?<=\b[A-Z]{{2}})|(?<=\b[A-Z]{{3}}))(?<!\d){bare}(?![\d/]|[.,]\d)"
    scaled = rf"(?<![\d.,/:\w-]){bare}(?=%|-(?:[^\W\d_]))(?!\d)"
    return re.compile(
        rf"(?P<words>{in_words})(?:\s*\((?P<bracketed>{bare})(?=\)|%))?(?(bracketed)\)?)"
        rf"|(?P<figures>{figures}|{signed}|{scaled})(?:\s+\((?P<spelled>{in_words})\))?",
        re.IGNORECASE,
    )


def any_of(words: Iterable[str]) -> str:
    """A pattern that matches any of the words, longest first, with blanks of any width."""
    return _any_of(tuple(words))


@cache
def opening_words(phrases: tuple[str, ...]) -> frozenset[str]:
    """The first whole word of every phrase: a text without any of them has none of the phrases.

    Empty where that says nothing, because a phrase has no word in it.
    """
    found = [re.search(r"\w+", phrase) for phrase in phrases]
    return frozenset(match.group() for match in found if match) if all(found) else frozenset()


@lru_cache(maxsize=1024)
def _any_of(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=lambda w: (-len(w), w)))
