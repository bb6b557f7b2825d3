"""Names of places that things happen at, and other places of the same rank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nyaris.grammar import Facts, Grammar
from nyaris.hashing import choose
from nyaris.quantities.numbers import any_of
from nyaris.syntax.clauses import has_negation
from nyaris.trees.sentence import Sentence, Span, Token
from nyaris.words.opposites import in_quotes


class LocationFacts(Facts):
    """Place names by rank, and what keeps one from giving way to another."""

    ranks: dict[str, tuple[str, ...]]
    """Names that can stand for each other: towns, states, countries of one region."""
    before: frozenset[str]
    """Adpositions that must stand directly before the name."""
    ties: frozenset[str] = frozenset()
    """Words (lower case) that say where the sentence is at home: nations, "our", what is known to be in one place."""
    origins: frozenset[str] = frozenset()
    """Nouns and verbs before the adposition that make it something else than a place (laws, words, majority)."""


def other_locations(
    sentence: Sentence, facts: LocationFacts, known: frozenset[str], grammar: Grammar
) -> Iterator[tuple[Span, str]]:
    """The only place that the sentence names, with another one of its rank; `known` are names of places besides."""
    names = tuple(sorted({*known, *(name for rank in facts.ranks.values() for name in rank)}))
    found = list(_pattern(names).finditer(sentence.text))
    if len(found) != 1 or not facts.ties.isdisjoint(sentence.forms):
        return
    span, name = Span(*found[0].span()), found[0].group()
    rank = next((rank for rank in facts.ranks.values() if name in rank), None)
    tokens = sentence.tokens_in(span)
    if rank is None or not tokens or in_quotes(sentence, span.start):
        return
    marker = sentence.previous(tokens[0])
    if marker is None or marker.lower not in facts.before or not _ends_there(sentence, tokens[-1]):
        return
    before = sentence.previous(marker)
    if before is not None and ((before.text[0].isupper() and before.index > 0) or before.lower in facts.origins):
        return
    if before is not None and (before.lemma.lower() in facts.origins or before.upos in {"CCONJ", "PUNCT"}):
        return
    if not has_negation(sentence, grammar, sentence.tokens[: marker.index + 1]):
        yield span, choose([other for other in rank if other != name], sentence.text, span)


def _ends_there(sentence: Sentence, last: Token) -> bool:
    """Whether the name is whole, is not one of several, and does not stand inside a larger place."""
    after = sentence.next(last)
    following = sentence.next(after) if after is not None else None
    if (
        after is None
        or after.text[0].isupper()
        or after.text[0] in "'’(-–/0123456789"
        or after.upos in {"CCONJ", "NOUN", "PROPN", "ADJ"}
    ):
        return False
    return after.text != "," or (following is not None and following.text[0].islower() and following.upos != "NOUN")


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{any_of(names)})(?![\w-])")
