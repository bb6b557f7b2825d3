"""Words and phrases that exclude each other: found as they stand, with the form that takes their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from nyaris.grammar import Facts, Grammar
from nyaris.quantities.numbers import any_of, opening_words
from nyaris.trees.sentence import Sentence, Span, Token
from nyaris.words.morphology import Form, inflect

_FORMS: dict[str, tuple[Form, ...]] = {
    "verb": ("base", "present3", "past", "participle", "gerund"),
    "noun": ("base", "plural"),
    "fixed": ("base",),
}


class Opposite(Facts):
    """Two words or phrases that cannot both hold, with the company that they must or must not keep."""

    pair: tuple[str, str]
    form: Literal["verb", "noun", "fixed"] = "fixed"
    """How both inflect; of a phrase the first word does."""
    one_way: bool = False
    """Whether only the first gives way to the second."""
    of: tuple[str, ...] = ()
    """If given: names of word lists; what the word goes with must be on one of them."""
    not_of: tuple[str, ...] = ()
    """Names of word lists; what the word goes with must not be on them."""
    only_after: frozenset[str] = frozenset()
    """If given: words one of which must stand directly before."""
    only_before: frozenset[str] = frozenset()
    """If given: words one of which must stand directly after."""
    not_after: frozenset[str] = frozenset()
    """Words that must not stand directly before."""
    not_before: frozenset[str] = frozenset()
    """Words that must not stand directly after."""
    not_near: frozenset[str] = frozenset()
    """Words that must not stand among the five before."""
    only_near: frozenset[str] = frozenset()
    """If given: words one of which must stand among the five before."""
    not_with: frozenset[str] = frozenset()
    """Words that must not stand anywhere in the sentence."""
    repeatable: bool = False
    """Whether the sentence may have the word twice (in); the other word never."""


@dataclass(frozen=True)
class Found:
    """One member of a pair in a sentence, and what the other member looks like there."""

    opposite: Opposite
    forward: bool
    """Whether it is the first member of its pair."""
    tokens: tuple[Token, ...]
    put: str

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.tokens[0].start, self.tokens[-1].end)

    @property
    def word(self) -> Token:
        """The token that inflects and that the tree speaks of."""
        return self.tokens[0]


@dataclass(frozen=True)
class _Entry:
    opposite: Opposite
    forward: bool
    forms: tuple[tuple[Form, str], ...]


def find(sentence: Sentence, opposites: tuple[Opposite, ...], grammar: Grammar) -> Iterator[Found]:
    """Every member of a pair that may give way: no name, no quotation, alone in its sentence with its neighbours right.

    Longer phrases come first; where several pairs fit a place, each is given, in the order of the facts.
    """
    pattern, entries, openings = _table(opposites, grammar)
    if openings and openings.isdisjoint(sentence.words):
        return
    matches = [(match, _tokens_at(sentence, Span(*match.span()))) for match in pattern.finditer(sentence.lowered)]
    for match, tokens in matches:
        if not tokens or _is_name(sentence, tokens) or in_quotes(sentence, match.start()):
            continue
        for entry in entries[" ".join(match.group().split())]:
            if entry.opposite.form == "verb" and tokens[0].upos != "VERB":
                continue
            put = _choose(sentence, tokens[0], entry.forms)
            if _neighbours_fit(sentence, tokens, entry) and _is_alone(sentence, entry, grammar):
                yield Found(entry.opposite, entry.forward, tokens, put)


def listed(words: Iterable[str], lists: tuple[str, ...], table: dict[str, frozenset[str]]) -> bool:
    """Whether one of the words stands on one of the named lists."""
    return any(word in table[name] for word in words for name in lists)


def in_quotes(sentence: Sentence, position: int) -> bool:
    """Whether the place stands inside quotation marks: what is quoted is mentioned, not asserted."""
    before, after = sentence.text[:position], sentence.text[position:]
    return before.count('"') % 2 == 1 or (before.count("“") > before.count("”") and "”" in after)


def _tokens_at(sentence: Sentence, span: Span) -> tuple[Token, ...]:
    first = sentence.place_of.get(span.start)
    if first is None:
        return ()
    tokens = tuple([token for token in sentence.tokens[first:] if token.end <= span.end])
    return tokens if tokens and tokens[-1].end == span.end else ()


def _is_name(sentence: Sentence, tokens: tuple[Token, ...]) -> bool:
    """Whether the words are part of a name or defined term: a capital inside the sentence, or before another one."""
    if any(token.text[0].isupper() for token in tokens[1:]):
        return True
    if not tokens[0].text[0].isupper():
        return False
    following = sentence.next(tokens[-1])
    opens = all(token.upos == "PUNCT" for token in sentence.tokens[: tokens[0].index])
    if not opens or (tokens[0].text.isupper() and len(tokens[0].text) > 1):
        return True
    return tokens[0].upos not in {"ADP", "ADV", "SCONJ"} and following is not None and following.text[0].isupper()


def _neighbours_fit(sentence: Sentence, tokens: tuple[Token, ...], entry: _Entry) -> bool:
    opposite = entry.opposite
    previous, following = sentence.previous(tokens[0]), sentence.next(tokens[-1])
    before, after = previous.lower if previous else "", following.lower if following else ""
    if opposite.only_after and before not in opposite.only_after:
        return False
    if opposite.only_before and after not in opposite.only_before:
        return False
    if opposite.not_with and any(token.lower in opposite.not_with for token in sentence.tokens):
        return False
    near = sentence.tokens[max(0, tokens[0].index - 5) : tokens[0].index]
    if any(token.lower in opposite.not_near for token in near):
        return False
    if opposite.only_near and not any(token.lower in opposite.only_near for token in near):
        return False
    return before not in opposite.not_after and after not in opposite.not_before


def _is_alone(sentence: Sentence, entry: _Entry, grammar: Grammar) -> bool:
    """Whether no other form of either word stands in the sentence: one of two that depend on each other stays."""
    mine, other = entry.opposite.pair if entry.forward else entry.opposite.pair[::-1]
    words = (other,) if entry.opposite.repeatable else (mine, other)
    forms = tuple(surface for word in words for _, surface in _forms(word, entry.opposite.form, grammar))
    return len(_occurrences(forms).findall(sentence.text.lower())) == (not entry.opposite.repeatable)


@cache
def _occurrences(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{any_of(words)})(?![\w-])")


@cache
def _table(
    opposites: tuple[Opposite, ...], grammar: Grammar
) -> tuple[re.Pattern[str], dict[str, tuple[_Entry, ...]], frozenset[str]]:
    """A pattern for all of them, what each match may be, and words of which one stands in every match."""
    found: dict[str, dict[tuple[int, bool], list[tuple[Form, str]]]] = {}
    for number, opposite in enumerate(opposites):
        for forward in (True, False):
            first, second = opposite.pair if forward else opposite.pair[::-1]
            targets = dict(_forms(second, opposite.form, grammar))
            for form, surface in _forms(first, opposite.form, grammar):
                if form in targets:
                    found.setdefault(surface, {}).setdefault((number, forward), []).append((form, targets[form]))
    entries = {
        surface: tuple(
            _Entry(opposites[number], forward, tuple(forms))
            for (number, forward), forms in places.items()
            if forward or not opposites[number].one_way
        )
        for surface, places in found.items()
    }
    words = any_of(found) if found else "(?!)"
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])"), entries, opening_words(tuple(entries))


@cache
def _forms(phrase: str, form: str, grammar: Grammar) -> tuple[tuple[Form, str], ...]:
    head, gap, rest = phrase.partition(" ")
    found: list[tuple[Form, str]] = []
    for name in _FORMS[form]:
        surface = head if name == "base" else inflect(head, name, grammar)
        if surface:
            found.append((name, surface + gap + rest))
    return tuple(found)


def _choose(sentence: Sentence, token: Token, forms: tuple[tuple[Form, str], ...]) -> str:
    """The counterpart in the form that the word has here, where its spelling leaves a choice."""
    table = dict(forms)
    if len(set(table.values())) == 1:
        return forms[0][1]
    if "participle" in table and "past" in table:
        helped = sentence.children(token, "aux") or token.has_rel("amod", "acl")
        part = bool(helped) or (token.feat("VerbForm") == "Part" and not sentence.children(token, "nsubj"))
        return table["participle" if part else "past"]
    if "participle" in table and "base" in table:  # has come, will come
        return table["participle" if token.feat("VerbForm") == "Part" else "base"]
    return forms[0][1]
