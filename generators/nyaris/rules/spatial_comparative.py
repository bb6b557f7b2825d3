"""Space and comparison: places, directions, comparisons, bounds and changes are turned round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nyaris.edits import Edit, replacing, swapping
from nyaris.grammar import Grammar
from nyaris.rules import flip
from nyaris.space_time.bounds import BoundFound, bounds
from nyaris.space_time.changes import changed, has_no_object, subjects
from nyaris.space_time.locations import other_locations
from nyaris.space_time.spatial import (
    SpatialFacts,
    are_alike,
    comparison,
    goes_with,
    has_outcome,
    is_given_away,
    is_in_name,
    is_listing,
    is_measured,
    is_of_time,
    is_tied,
    is_weighed,
    standard_of,
    tells_purpose,
    turned,
    words_of,
)
from nyaris.space_time.standing import standing, standing_of_bound
from nyaris.space_time.time_facts import TemporalFacts
from nyaris.space_time.timing import is_denied
from nyaris.syntax.clauses import is_modal
from nyaris.syntax.noun_phrases import listed_after, modified, object_of
from nyaris.trees.sentence import Sentence, Span, Token
from nyaris.words.opposites import find


@flip("contrary", cues=lambda grammar: (each.find for each in grammar.facts(SpatialFacts).bounds.words))
def bound(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A bound on a number is turned into what excludes it (at least five, fewer than five)."""
    facts = grammar.facts(SpatialFacts)
    found = bounds(sentence, facts.bounds, grammar)
    if is_tied(sentence, facts):
        return
    for each in found:
        others = {other.words.side for other in found if other is not each and other.words.side}
        if not each.words.put or others - {each.words.side} or has_outcome(sentence, each.token, facts):
            continue
        relation = standing_of_bound(sentence, each, grammar)
        if relation is None:
            continue
        put = (each.counted and each.words.counted) or each.words.put
        if each.words.front:
            start = each.amount.start
            yield replacing((Span(start, start), f"{put} "), (_with_blank(each), ""), relation=relation)
        else:
            yield replacing((each.span, put), relation=relation)


def _with_blank(found: BoundFound) -> Span:
    """The words after the number, with the blank before them."""
    return Span(found.span.start - 1, found.span.end)


@flip("rebinding")
def place(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Something is on the other side of a place, or moves the other way."""
    facts = grammar.facts(SpatialFacts)
    if is_tied(sentence, facts) or not facts.existentials.isdisjoint(sentence.forms):
        return
    for found in find(sentence, facts.places, grammar) if facts.causes.isdisjoint(sentence.forms) else ():
        nouns = listed_after(sentence, found.tokens[-1], found.opposite.of, facts.nouns)
        if nouns is None or is_listing(sentence, found.tokens, nouns) or is_given_away(sentence, found, facts):
            continue
        named = " ".join(token.text for token in nouns)
        if sentence.text.count(named) > 1:
            continue
        if found.opposite.repeatable and is_in_name(sentence, found, nouns, facts):
            continue
        noun = nouns[-1]
        head = sentence.head(noun)
        if (
            found.opposite.repeatable
            and not found.opposite.only_after
            and not _may_be_anywhere(sentence, noun, facts, grammar)
        ):
            continue
        only_place = noun.head < 0 or (head is not None and head.lemma in facts.locatives and noun.has_rel("obl"))
        yield replacing((found.span, found.put), relation=standing(sentence, noun, grammar) if only_place else None)


def _may_be_anywhere(sentence: Sentence, place: Token, facts: SpatialFacts, grammar: Grammar) -> bool:
    """Whether the sentence states a rule, or only where somebody is: what happened in a country is a fact of it."""
    heads = tuple(sentence.ancestors(place))
    if heads and {heads[0].lemma.lower(), heads[0].lower} & facts.locatives:
        return True
    possible = grammar.facts(TemporalFacts).possible
    below = [child for head in heads for child in sentence.children(head)]
    return any(is_modal(token, grammar) and token.lower not in possible for token in below)


@flip("rebinding")
def location(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Something is or happens in another town, state or country (in Ipoh -> in Kuching)."""
    facts = grammar.facts(SpatialFacts)
    if is_tied(sentence, facts) or not facts.causes.isdisjoint(sentence.forms):
        return
    known = facts.nouns.lists[facts.territory]
    for span, other in other_locations(sentence, facts.locations, known, grammar):
        yield replacing((span, other))


@flip("rebinding")
def path(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The two ends of a way change places (from A to B)."""
    facts = grammar.facts(SpatialFacts)
    ends = []
    for markers in (facts.sources, facts.goals):
        marked = [token for token in sentence.tokens if token.lower in markers]
        found = [listed_after(sentence, token, (facts.territory,), facts.nouns) for token in marked]
        named = [nouns for nouns in found if nouns]
        if len(named) != 1 or is_listing(sentence, named[0], named[0]):
            return
        ends.append(sentence.span(*named[0]))
    determined = any(_is_determined(sentence, end) for end in ends)
    if sentence.slice(ends[0]) != sentence.slice(ends[1]) and not determined:
        yield swapping(ends[0], ends[1])


def _is_determined(sentence: Sentence, end: Span) -> bool:
    """Whether a determiner that belongs to the place stands before it, or in front of it."""
    return any(token.upos == "DET" and end.start - 6 <= token.start < end.end for token in sentence.tokens)


@flip("rebinding")
def direction(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A word of direction gives way to its opposite (import, export; internal, external)."""
    facts = grammar.facts(SpatialFacts)
    if is_tied(sentence, facts) or not facts.causes.isdisjoint(sentence.forms):
        return
    purpose = tells_purpose(sentence, facts)
    for found in find(sentence, facts.attributes, grammar) if not purpose else ():
        nouns = modified(sentence, found.tokens[0], found.tokens[-1], facts.nouns)
        last = max((*nouns, found.tokens[-1]), key=lambda token: token.index)
        following = sentence.next(last)
        abbreviated = following is not None and following.text == "("
        if abbreviated or is_listing(sentence, found.tokens, found.tokens):
            continue
        if found.opposite.of and is_given_away(sentence, found, facts):
            continue
        if goes_with(found, nouns, facts):
            yield replacing((found.span, found.put))
            return
    for found in find(sentence, facts.motions, grammar):
        noun = object_of(sentence, found.tokens[0], found.tokens[-1], facts.nouns)
        particles = turned(sentence, found, noun, facts)
        if found.word.has_rel("conj") or sentence.children(found.word, "conj"):
            continue  # "downloaded from the portal or obtained from the office"
        if is_given_away(sentence, found, facts) or tells_purpose(sentence, facts, found.word.index):
            continue
        if noun and particles is not None and goes_with(found, (noun,), facts):
            yield replacing((found.span, found.put), *particles)
            return
    for found in find(sentence, facts.sides, grammar):
        if is_listing(sentence, found.tokens, ()) or is_given_away(sentence, found, facts):
            continue
        yield replacing((found.span, found.put))


@flip("contradiction")
def comparative(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A comparison says the opposite (higher than, lower than)."""
    facts = grammar.facts(SpatialFacts)
    found = comparison(sentence, facts, grammar)
    denied = found is not None and is_denied(sentence, found.span, grammar.facts(TemporalFacts), grammar)
    if found is not None and not denied and not is_listing(sentence, found.tokens, found.tokens):
        yield replacing((found.span, found.put), relation=standing(sentence, found.word, grammar))
    for equative in facts.equatives:
        opening, closing = (re.escape(words) for words in equative.find)
        for match in re.finditer(rf"\b({opening}) ([a-z-]+) ({closing})\b", sentence.text):
            if sentence.text[match.end() :].startswith(","):
                continue  # "at least as effective as, or superior to": the sentence goes on with another degree
            adjective = next((token for token in sentence.tokens if token.start == match.start(2)), None)
            if adjective is not None and adjective.upos == "ADJ" and len(adjective.text) > facts.inflecting:
                parts = zip((match.span(1), match.span(3)), equative.put, strict=True)
                changes = [(Span(*span), put) for span, put in parts]
                yield replacing(*changes, relation=standing(sentence, adjective, grammar))


@flip("contradiction")
def operands(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The two things that are compared change places."""
    facts = grammar.facts(SpatialFacts)
    found = comparison(sentence, facts, grammar)
    standard = standard_of(sentence, found, facts) if found else None
    if found is None or standard is None or is_denied(sentence, found.span, grammar.facts(TemporalFacts), grammar):
        return
    other = sentence.head(standard)
    predicate = found.tokens[-1] if sentence.children(found.tokens[-1], "nsubj") else sentence.head(found.tokens[-1])
    subject = sentence.child(predicate, "nsubj") if predicate else None
    if predicate is not None and predicate.upos == "VERB" and sentence.children(predicate, "obj"):
        return  # it is said of what the subject does something to
    if subject is None or other is None or other.index < standard.index or subject.index > found.word.index:
        return
    if any(token.upos == "PRON" and token.index > found.word.index for token in sentence.tokens):
        return  # "is heavier than air, it has no smell, and it collects in tanks": it is the first of the two
    if {subject.upos, other.upos} & {"PRON", "NUM"} or other.lower in facts.proforms:
        return
    if facts.possessive_endings and other.lower.endswith(facts.possessive_endings):
        return
    first, second = sentence.phrase(subject), sentence.phrase(other)
    second = Span(sentence.tokens[standard.index + 1].start, second.end) if second else None
    if first and second and are_alike(sentence, subject, other) and sentence.slice(first) != sentence.slice(second):
        yield swapping(first, second, relation=standing(sentence, found.word, grammar))


@flip("rebinding")
def superlative(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """What stands at one end of a scale stands at the other (highest, lowest; maximum, minimum)."""
    facts = grammar.facts(SpatialFacts)
    words = words_of(sentence)
    if is_tied(sentence, facts) or words & facts.purposes or words & facts.causes:
        return
    candidates = list(find(sentence, facts.superlatives, grammar))
    if len({each.span for each in candidates}) > 1:
        return
    for found in candidates:
        if is_denied(sentence, found.span, grammar.facts(TemporalFacts), grammar):
            continue  # what is not the cheapest may not be the dearest either
        nouns = modified(sentence, found.tokens[0], found.tokens[-1], facts.nouns)
        if not goes_with(found, nouns, facts) or is_listing(sentence, found.tokens, found.tokens):
            continue
        before = sentence.previous(found.tokens[0])
        if (before is not None and before.lower in facts.ranks) or has_outcome(sentence, found.tokens[-1], facts):
            continue
        if found.word.lower not in facts.extremes and is_measured(sentence, facts, grammar):
            continue
        if not is_of_time(sentence, found, facts):
            yield replacing((found.span, found.put))


@flip("contradiction")
def degree(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A size, share or number is the opposite (many, few; high, low)."""
    facts = grammar.facts(SpatialFacts)
    if is_tied(sentence, facts):
        return
    for found in find(sentence, facts.grades, grammar):
        nouns = modified(sentence, found.tokens[0], found.tokens[-1], facts.nouns)[:1]
        if not goes_with(found, nouns, facts) or is_listing(sentence, found.tokens, found.tokens):
            continue
        if is_weighed(sentence, found, facts):
            continue
        if not is_of_time(sentence, found, facts):
            yield replacing((found.span, found.put), relation=standing(sentence, found.word, grammar))


@flip("contradiction")
def change(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """What rises falls (increase, decrease; gain, loss)."""
    facts = grammar.facts(SpatialFacts)
    if is_tied(sentence, facts):
        return
    candidates = list(find(sentence, facts.all_changes, grammar))
    if len({each.span for each in candidates}) != 1 or is_listing(sentence, candidates[0].tokens, ()):
        return
    if is_weighed(sentence, candidates[0], facts) or sentence.children(candidates[0].word, "conj"):
        return
    if has_outcome(sentence, candidates[0].tokens[-1], facts):
        return
    for found in candidates:
        nouns: tuple[Token | None, ...]
        if found.opposite in facts.changes:
            nouns = subjects(sentence, found) if has_no_object(sentence, found) else (None,)
        elif found.opposite in facts.moves:
            nouns = modified(sentence, found.tokens[0], found.tokens[-1], facts.nouns)
        else:
            nouns = (object_of(sentence, found.tokens[0], found.tokens[-1], facts.nouns),)
        if None not in nouns and goes_with(found, tuple(noun for noun in nouns if noun), facts):
            if (edit := changed(sentence, found, grammar)) is not None:
                yield edit
            return
