"""What a provision refers to: other provisions by number, and the law and the courts it is subject to."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import ClassVar, NamedTuple

from pydantic import Field

from nyaris.grammar import Facts, Grammar
from nyaris.syntax.obligations import BindingFacts, contains_phrase
from nyaris.trees.sentence import Sentence, Span

_NUMBER = r"(?:\d+[A-Za-z]{0,2}(?:\.\d+)*(?:\([0-9A-Za-z]{1,4}\))*|(?:\([0-9A-Za-z]{1,4}\))+)"
_HEADING = re.compile(r"\s*\([^)]*[A-Za-z]{3}")


class ReferenceFacts(Facts):
    """How a language refers to provisions, laws and courts."""

    topic: ClassVar[str] = "reference"

    provisions: frozenset[str] = frozenset()
    """Nouns before the number of a provision, in the singular (section)."""
    more_numbers: frozenset[str] = frozenset()
    """Words and signs after such a number that another may follow (and, to)."""
    laws: frozenset[str] = frozenset()
    """Words that end the name of a law: whose section it is, decides which numbers it has."""
    own_law: frozenset[str] = frozenset()
    """Words by which a law speaks of itself (this)."""
    fixed: tuple[str, ...] = ()
    """Words of sentences about the numbers themselves (insert, respectively)."""
    governed: tuple[str, ...] = ()
    """Words one of which stands where a law governs or a court has jurisdiction."""
    before_place: tuple[str, ...] = ()
    """What stands right before the country or state whose law or courts they are (laws of)."""
    places: dict[str, str] = Field(default_factory=dict)
    """Country, state or seat -> another one that could stand there as well."""


class Reference(NamedTuple):
    """A provision by number: the noun, the span of its number, and where the whole begins."""

    noun: str
    number: Span
    start: int


def exchangeable_references(sentence: Sentence, grammar: Grammar) -> tuple[Span, Span] | None:
    """The numbers of the only two provisions of one kind, if no series, heading or name of a law holds them."""
    facts = grammar.facts(ReferenceFacts)
    if not facts.provisions or contains_phrase(sentence.text, (*facts.fixed, *grammar.facts(BindingFacts).definers)):
        return None
    by_noun: dict[str, list[Reference]] = {}
    for match in _references(grammar).finditer(sentence.text):
        noun = match.group("noun").lower()
        by_noun.setdefault(noun, []).append(Reference(noun, Span(*match.span("number")), match.start()))
    for noun, found in by_noun.items():
        said = len(re.findall(rf"(?<![\w-]){re.escape(noun)}", sentence.lowered))
        if len(found) != 2 or said != 2 or not all(_stands_alone(sentence, each, grammar) for each in found):
            continue
        first, second = found
        numbers = [sentence.slice(each.number) for each in found]
        if numbers[0].startswith(numbers[1]) or numbers[1].startswith(numbers[0]):
            continue
        between = sentence.tokens_in(Span(first.number.end, second.start))
        if sum(token.upos in {"NOUN", "VERB", "PROPN"} for token in between) > 1:
            return first.number, second.number
    return None


@cache
def _references(grammar: Grammar) -> re.Pattern[str]:
    nouns = "|".join(sorted(map(re.escape, grammar.facts(ReferenceFacts).provisions), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?P<noun>{nouns})\s+(?P<number>{_NUMBER})(?![\w-])", re.IGNORECASE)


def _stands_alone(sentence: Sentence, reference: Reference, grammar: Grammar) -> bool:
    """Whether no further number, no heading in brackets and no other law's name follows, and no number precedes."""
    facts = grammar.facts(ReferenceFacts)
    rest = sentence.text[reference.number.end :]
    if _HEADING.match(rest):
        return False
    after = [token for token in sentence.tokens if token.start >= reference.number.end][:8]
    for joint, beyond in pairwise(after[:3]):
        if joint.lower in facts.more_numbers and (
            beyond.text[0].isdigit() or beyond.text == "(" or beyond.lower in facts.provisions
        ):
            return False
    for place, token in enumerate(after):
        if token.lower in facts.laws and token.text[0].isupper():
            beside = {each.lower for each in (*after[max(place - 1, 0) : place], *after[place + 1 : place + 2])}
            return bool(beside & facts.own_law) and not (token.text.isupper() and len(token.text) > 1)
    before = [token for token in sentence.tokens if token.end <= reference.start][-2:]
    return not (len(before) == 2 and before[1].lower in facts.more_numbers and before[0].text[-1] in ")0123456789")


def governing_places(sentence: Sentence, grammar: Grammar) -> list[tuple[Span, str]]:
    """Every place whose law or courts govern, and another; none if the sentence names one of them elsewhere too."""
    facts = grammar.facts(ReferenceFacts)
    if not facts.places or not contains_phrase(sentence.text, facts.governed):
        return []
    found = [(Span(*match.span("place")), match.group("place")) for match in _places(grammar).finditer(sentence.text)]
    for _, place in found:
        said = len(re.findall(rf"(?<![\w-]){re.escape(place)}(?![\w-])", sentence.text))
        other = facts.places[place]
        if said != sum(place == each for _, each in found) or (other in sentence.text):
            return []
    return [(span, facts.places[place]) for span, place in found]


@cache
def _places(grammar: Grammar) -> re.Pattern[str]:
    facts = grammar.facts(ReferenceFacts)
    openers, places = (
        "|".join(sorted((re.escape(each) for each in words), key=len, reverse=True))
        for words in (facts.before_place, facts.places)
    )
    return re.compile(rf"(?<![\w-])(?i:{openers})\s+(?P<place>{places})(?![\w-])(?!,?\s+[A-Z])")
