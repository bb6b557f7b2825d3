"""Documents into sentences: by rule, so that abbreviations, numbering and broken lines are data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from nyaris.grammar import Facts, Grammar


class SegmentFacts(Facts):
    """What a full stop does not end a sentence after."""

    topic: ClassVar[str] = "segment"

    abbreviations: frozenset[str]
    """Lower case, without the last full stop."""
    may_end: frozenset[str] = frozenset()
    """Those of them that end a sentence where a capital follows that is in none of the names below."""
    goes_on: frozenset[str] = frozenset()
    """Names that follow them within a sentence (5 p.m. Monday)."""
    lettered: frozenset[str] = frozenset()
    """Nouns before a single letter that is no initial, so that a full stop after it ends the sentence (Appendix F)."""
    joints: frozenset[str] = frozenset()
    """Conjunctions at the end of an item that lead to the next one."""
    list_words: frozenset[str] = frozenset()
    """Words near the end of a lead-in after which a list of things follows, not the rest of the sentence."""
    list_tails: tuple[str, ...] = ()
    """Phrases that close a list and speak of all its items (whichever is earlier)."""
    not_last: frozenset[str] = frozenset()
    """Words that no sentence ends with: the list was cut."""
    before_asides: frozenset[str] = frozenset()
    """Words after which a comma opens an aside that the list interrupts ("may, at its option: (a) replace ...")."""
    not_leads: frozenset[str] = frozenset()
    """Words that do not end a lead-in."""


@dataclass(frozen=True)
class Unit:
    """A stretch of a document that reads as one sentence. `text` has its blanks collapsed and no list number."""

    text: str
    start: int
    end: int
    whole: str = ""
    """The sentence with its beginning, where the unit is an item of a list under a lead-in."""

    @property
    def sentence(self) -> str:
        """What is said: the whole sentence, or the text."""
        return self.whole or self.text


_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_NEARBY = 80
"""How many characters around a boundary decide about it."""
_BLANK_LINE = re.compile(r"\n[ \t\r\f\v]*\n")
_LINE_END = re.compile(r"\n")
_BOUNDARY = re.compile(r"[.!?][\"”’')\]]*(?=\s+[\"“‘'(\[]*[^\W_a-z])|[.!?][\"”’')\]]*\s*$")
_NUMBERING = re.compile(
    r"(?:[-*•–—·o►▪]\s+|#+\s+|>\s+|[SG]\s+\d+(?:\.\d+)+\s+|\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[ivxlc]{1,5}|[a-zA-Z])[.)]\s*(?=\s|\()"
    r"|\d{1,3}(?:\.\d{1,3}){1,3}\s+|(?:[A-Z]\d{1,3}(?:\.\d{1,3}){1,3}|[A-Z](?:\.\d{1,3}){1,3})\.?\s+(?=[A-Z\"“(])|\((?:\d{1,3}|[a-zA-Z]{1,2}|[ivxlc]{1,5})\)\s+)"
)
_OPENS_LINE = re.compile(r"\s*(?:[-*•#|>]|\(?\d|\([a-z]{1,4}\)|[a-z]\))")


def segment(text: str, grammar: Grammar) -> Iterator[Unit]:
    """Yield the sentences of a document in order, with true offsets."""
    for start, end in _paragraphs(text):
        yield from _sentences(text, start, end, grammar.facts(SegmentFacts))


def capital_habits(units: Sequence[Unit]) -> dict[str, bool]:
    """For every word that comes up inside sentences: whether it mostly has a capital there (a name or defined term)."""
    capitals: Counter[str] = Counter()
    for unit in units:
        for word in _WORD.findall(unit.text)[1:]:
            capitals[word.lower()] += 1 if word[0].isupper() else -1
    return {word: balance > 0 for word, balance in capitals.items()}


def opens_in_capitals(text: str, units: Sequence[Unit]) -> bool:
    """Whether the first word is set in capitals as news articles open, and is no acronym of the document."""
    match = _WORD.search(text)
    word = match.group() if match else ""
    return len(word) > 3 and word.isupper() and not any(f" {word}" in unit.text for unit in units)


def opening_word(text: str) -> str:
    """The first word of a text in lower case."""
    match = _WORD.search(text)
    return match.group().lower() if match else ""


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Blank lines part paragraphs; a line break does too unless the next line goes on with the same sentence."""
    start = 0
    for match in _LINE_END.finditer(text):
        before = text[max(start, match.start() - _NEARBY) : match.start()].rstrip()
        following = text[match.end() : match.end() + _NEARBY]
        blank = _BLANK_LINE.match(text, match.start()) is not None
        goes_on = bool(before) and before[-1] not in ".!?:;" and following.lstrip()[:1].islower()
        if blank or not goes_on or _OPENS_LINE.match(following):
            yield start, match.start()
            start = match.end()
    yield start, len(text)


def _sentences(text: str, start: int, end: int, facts: SegmentFacts) -> Iterator[Unit]:
    first = start
    for match in _BOUNDARY.finditer(text, start, end):
        before = text[max(first, match.start() - _NEARBY) : match.start()]
        following = _WORD.search(text, match.end(), end)
        if text[match.start()] == "." and _is_abbreviation(before, following.group() if following else "", facts):
            continue
        yield from _unit(text, first, match.end())
        first = match.end()
    yield from _unit(text, first, end)


def _is_abbreviation(before: str, following: str, facts: SegmentFacts) -> bool:
    *words, word = before.split() or [""]
    word = word.lstrip("(“\"'")
    if word.lower() in facts.may_end:
        return following.lower() in facts.goes_on or following[1:2].isupper()
    if word.lower() in facts.abbreviations:
        return True
    if re.fullmatch(r"[A-Z]|(?:[A-Za-z]\.)+[A-Za-z]", word):
        return not (words and words[-1].lower() in facts.lettered)
    return not before.strip() or bool(re.fullmatch(r"\s*\(?(?:\d+(?:\.\d+)*|[ivx]+|[a-z])", before))


def _unit(text: str, start: int, end: int) -> Iterator[Unit]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while match := _NUMBERING.match(text, start, end):
        start = match.end()
    while start < end and text[start].isspace():
        start += 1
    if start < end:
        yield Unit(" ".join(text[start:end].split()), start, end)
