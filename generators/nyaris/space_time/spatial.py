"""Space, size and change: the facts, and what the rules ask of a sentence before they turn a word round."""

from __future__ import annotations

import re
from functools import cached_property
from typing import ClassVar

from pydantic import Field

from nyaris.grammar import Facts, Grammar
from nyaris.quantities.amounts import quantities
from nyaris.quantities.numbers import numbers
from nyaris.space_time.bounds import BoundFacts
from nyaris.space_time.locations import LocationFacts
from nyaris.syntax.noun_phrases import NOUNS, NounPhraseFacts, modified, names_of
from nyaris.trees.sentence import Sentence, Span, Token
from nyaris.words.opposites import Found, Opposite, find


class Equative(Facts):
    """A comparison that sets a lower bound (at least as good as), and the one that it excludes."""

    find: tuple[str, str]
    put: tuple[str, str]


class SpatialFacts(Facts):
    """Opposites of space, size and change, and the nouns that they go with."""

    topic: ClassVar[str] = "spatial_comparative"

    nouns: NounPhraseFacts
    blockers: frozenset[str] = frozenset()
    """Words anywhere in the sentence that tie its parts together (respectively)."""
    existentials: frozenset[str] = frozenset()
    """Quantifiers under which a thing may be here and there as well (some countries in Africa)."""
    partial: frozenset[str] = frozenset()
    """Quantifiers under which both sides of an opposition may be true, of other things (many)."""
    territory: str = "territory"
    """The list of names of territories."""

    places: tuple[Opposite, ...] = ()
    """Adpositions, by the noun that follows."""
    locatives: frozenset[str] = frozenset()
    """Lemmas of verbs that only say where something is."""
    sources: frozenset[str] = frozenset()
    """Adpositions of the place that a way leads from."""
    goals: frozenset[str] = frozenset()
    """Adpositions of the place that a way leads to."""
    sides: tuple[Opposite, ...] = ()
    """Adverbs and nouns of direction that need no noun beside them."""
    attributes: tuple[Opposite, ...] = ()
    """Adjectives of direction, by the noun that they modify."""
    motions: tuple[Opposite, ...] = ()
    """Verbs of direction, by their object."""
    turning: dict[str, str] = Field(default_factory=dict)
    """What becomes of the adposition after a verb of direction (to, from)."""

    comparatives: tuple[Opposite, ...] = ()
    """Comparatives that need no standard, by the noun that they modify."""
    compared: tuple[Opposite, ...] = ()
    """Comparatives that need a standard of comparison."""
    degrees: tuple[Opposite, ...] = ()
    """Words of degree (more, less) directly before an adjective; they need a standard too."""
    equatives: tuple[Equative, ...] = ()
    proforms: frozenset[str] = frozenset()
    """Nouns that stand for another one before them (one, ones)."""
    standards: frozenset[str] = frozenset()
    """Words that introduce the standard (than)."""
    possessive_endings: tuple[str, ...] = ()
    """Endings that refer back to a possessor, who must have been named before."""
    inflecting: int = 0
    """Adjectives up to this length take an ending rather than a word of degree (heavier)."""
    reach: int = 5
    """How far from the comparative the standard may begin, in words."""
    superlatives: tuple[Opposite, ...] = ()
    grades: tuple[Opposite, ...] = ()
    """Words of size, share and number, by the noun that they go with (many, few)."""
    elaborations: frozenset[str] = frozenset()
    """Words and signs after a place or direction that open what is so there alone (only, including, a dash)."""
    revealing: frozenset[str] = frozenset()
    """Words anywhere else that tell on which side of a border things are (currency, visa)."""
    ranks: frozenset[str] = frozenset()
    """Ordinals before a superlative (second largest): one end of the scale is meant."""
    extremes: frozenset[str] = frozenset()
    """Words for the end of a scale (minimum): a comparison with them has one direction."""
    purposes: frozenset[str] = frozenset()
    """Words that show that one end of the scale is wanted."""

    purpose_marks: frozenset[str] = frozenset()
    """Words that open a purpose, before a verb or as a conjunction (to inspect)."""

    changes: tuple[Opposite, ...] = ()
    """Verbs without an object that say which way something moves, by their subject."""
    settings: tuple[Opposite, ...] = ()
    """Verbs with an object that is moved up or down."""
    moves: tuple[Opposite, ...] = ()
    """Nouns and participles of change, by the noun that they go with."""
    moves_of: tuple[Opposite, ...] = ()
    """Nouns of change with the adposition that follows, by the noun after it."""
    attitudes: frozenset[str] = frozenset()
    """Words anywhere else in the sentence that welcome or fear a change."""
    causes: frozenset[str] = frozenset()
    """Words that give the reason why something is so and not otherwise."""
    outcomes: frozenset[str] = frozenset()
    """Words that, after a comma, open what came of something (which, so)."""
    stops: tuple[str, ...] = ()
    """What must not follow a change: the limit that it went beyond."""
    origins: frozenset[str] = frozenset()
    """Words that introduce the value before the change (from)."""
    targets: frozenset[str] = frozenset()
    """Words that introduce the value after it (to)."""

    locations: LocationFacts
    bounds: BoundFacts

    @cached_property
    def all_compared(self) -> tuple[Opposite, ...]:
        """Everything that may make a comparison."""
        return (*self.compared, *self.comparatives, *self.degrees)

    @cached_property
    def all_changes(self) -> tuple[Opposite, ...]:
        """Everything that may tell of a change."""
        return (*self.changes, *self.settings, *self.moves, *self.moves_of)


_TWO_FIGURES = re.compile(r"\([^()]*\d[^()]*[a-z][^()]*\d[^()]*\)")


def words_of(sentence: Sentence) -> frozenset[str]:
    """Every word of the sentence, as it stands and as its lemma."""
    return sentence.names


def is_weighed(sentence: Sentence, found: Found, facts: SpatialFacts) -> bool:
    """Whether the rest of the sentence welcomes, fears or explains what the word says."""
    if has_outcome(sentence, found.tokens[-1], facts):
        return True
    others = [token for token in sentence.tokens if token not in found.tokens]
    return any({token.lower, token.lemma.lower()} & (facts.attitudes | facts.causes) for token in others)


def has_outcome(sentence: Sentence, last: Token, facts: SpatialFacts) -> bool:
    """Whether the sentence goes on, after a comma, with what came of it: in a participle, or after "which" or "so".

    What is told there (", causing delays", ", which prompted them to", ", so they") fits one side only.
    """
    for comma in sentence.tokens:
        after = sentence.next(comma)
        if comma.text != "," or after is None:
            continue
        behind = comma.index > last.index
        if after.lower in facts.outcomes and (behind or after.upos not in {"PRON", "DET", "ADP"}):
            return True
        if not behind:
            continue
        participle = after.feat("VerbForm") in {"Part", "Ger"} and after.feat("Tense") != "Past"
        if participle and after.upos == "VERB" and after.has_rel("advcl", "acl", "xcomp", "conj"):
            return True
    return False


def is_tied(sentence: Sentence, facts: SpatialFacts) -> bool:
    """Whether the sentence ties its parts together, so that one cannot be changed alone."""
    return not facts.blockers.isdisjoint(sentence.forms)


def is_given_away(sentence: Sentence, found: Found, facts: SpatialFacts) -> bool:
    """Whether the rest of the sentence tells which side is meant, or goes on to say what is so on that side."""
    rest = [token for token in sentence.tokens if token not in found.tokens]
    if any({token.lower, token.lemma.lower()} & facts.revealing for token in rest):
        return True
    return any(token.lower in facts.elaborations for token in rest if token.index > found.tokens[-1].index)


def is_listing(sentence: Sentence, tokens: tuple[Token, ...], nouns: tuple[Token, ...]) -> bool:
    """Whether a conjunction stands on either side, or the noun opens a list."""
    last = (nouns or tokens)[-1]
    beside = (sentence.previous(tokens[0]), sentence.next(tokens[-1]), sentence.next(last))
    if any(token is not None and (token.upos == "CCONJ" or token.text == ":") for token in beside):
        return True
    if any(token.has_rel("conj") or sentence.children(token, "conj") for token in nouns if token.upos in NOUNS):
        return True
    if any(each.upos == "CCONJ" for each in sentence.tokens[max(tokens[0].index - 3, 0) : tokens[0].index]):
        return True  # "the large cost and the high risk": the other side says the same of something else
    following = sentence.tokens[last.index + 1 : last.index + 8]
    if nouns and any(each.upos == "CCONJ" for each in following[:2]):
        return True
    listed = bool(following) and following[0].text == "," and any(token.upos == "CCONJ" for token in following)
    return listed and bool(nouns) and nouns is not tokens


def is_in_name(sentence: Sentence, found: Found, nouns: tuple[Token, ...], facts: SpatialFacts) -> bool:
    """Whether the place belongs to a name, or another one is named, save one that directly follows and contains it."""
    names = facts.nouns.lists[facts.territory]
    last = nouns[-1].index
    before = sentence.previous(found.tokens[0])
    if before is not None and before.index and before.text[0].isupper():
        return True
    following = sentence.tokens[last + 1 : last + 4]
    contains = len(following) > 1 and following[0].text == "," and following[1].text[0].isupper()
    if following and following[0].lower in facts.nouns.of and nouns[-1].text[0].islower():
        return True
    for token in sentence.tokens:
        if token in nouns or (contains and token in following):
            continue
        window = sentence.tokens[token.index : token.index + 2]
        if token.text in names or " ".join(each.text for each in window) in names:
            return True
    return False


def goes_with(found: Found, nouns: tuple[Token, ...], facts: SpatialFacts) -> bool:
    """Whether the nouns allow the word: one is on a list that it asks for, none on a list that it shuns."""
    words = {name for noun in nouns for name in names_of(noun, facts.nouns)}
    if facts.nouns.names(words, *found.opposite.not_of):
        return False
    return not found.opposite.of or facts.nouns.names(words, *found.opposite.of)


def is_measured(sentence: Sentence, facts: SpatialFacts, grammar: Grammar) -> bool:
    """Whether a number or share is told that is no year and no price: it shows which end of the scale is meant."""
    if any(word in sentence.written for word in facts.bounds.fractions):
        return True
    money = [each.span for each in quantities(sentence.text, grammar) if each.kind == "money"]
    return any(
        not re.fullmatch(r"(?:1[5-9]|20)\d\d", number.figures)
        and not any(span.start <= number.span.start < span.end for span in money)
        for number in numbers(sentence.text, grammar)
    )


def is_of_time(sentence: Sentence, found: Found, facts: SpatialFacts) -> bool:
    """Whether a unit of time stands beside: that belongs to another phenomenon."""
    around = sentence.tokens[max(found.tokens[0].index - 2, 0) : found.tokens[-1].index + 5]
    return any(token.lower in facts.bounds.time_words and token.upos != "AUX" for token in around)  # may, not May


def comparison(sentence: Sentence, facts: SpatialFacts, grammar: Grammar) -> Found | None:
    """The only comparative of the sentence, if its neighbours are right."""
    candidates = list(find(sentence, facts.all_compared, grammar))
    words = words_of(sentence)
    causes = bool(words & facts.causes)
    if _TWO_FIGURES.search(sentence.text):
        return None  # (10 % against 1 %): the figures say which of the two is higher
    if len({each.span for each in candidates}) != 1 or is_tied(sentence, facts):
        return None
    for each in candidates:
        standard = standard_of(sentence, each, facts)
        nouns = modified(sentence, each.tokens[0], each.tokens[-1], facts.nouns)
        if (each.opposite not in facts.comparatives and standard is None) or not goes_with(each, nouns, facts):
            continue
        if (causes and (each.opposite.of or standard)) or each.put.split()[-1] in words:
            continue
        if has_outcome(sentence, each.tokens[-1], facts) or words & facts.extremes:
            continue
        before = sentence.previous(each.tokens[0])
        if before is not None and before.lower in facts.attitudes:
            continue  # "is also higher"
        weighed = is_weighed(sentence, each, facts) or (bool(nouns) and is_listing(sentence, nouns, nouns))
        if each.opposite.of and standard is None and weighed:
            continue
        if standard and each.opposite in facts.degrees and not _is_degree(sentence, each, standard, facts):
            continue
        if standard is None or not _is_amount(sentence, standard, grammar):
            return each
    return None


def _is_degree(sentence: Sentence, found: Found, standard: Token, facts: SpatialFacts) -> bool:
    """Whether an adjective, and a long one, is all that stands between the word of degree and the standard."""
    adjective = sentence.tokens[standard.index - 1]
    alone = standard.index == found.tokens[-1].index + 2 and adjective.upos == "ADJ"
    return alone and len(adjective.text) > facts.inflecting


def standard_of(sentence: Sentence, found: Found, facts: SpatialFacts) -> Token | None:
    """The word that introduces the standard of a comparison (than)."""
    following = sentence.tokens[found.tokens[-1].index + 1 :][: facts.reach]
    return next((token for token in following if token.lower in facts.standards), None)


def _is_amount(sentence: Sentence, standard: Token, grammar: Grammar) -> bool:
    """Whether the standard is a number: that makes it a bound."""
    starts = {number.span.start for number in numbers(sentence.text, grammar)}
    return any(token.start in starts for token in sentence.tokens[standard.index + 1 : standard.index + 3])


def are_alike(sentence: Sentence, first: Token, second: Token) -> bool:
    """Whether two noun phrases can take each other's place: no pronouns, lists or clauses, alike in kind and number."""
    if first.upos not in NOUNS or first.upos != second.upos or first.feat("Number") != second.feat("Number"):
        return False
    words = [*sentence.subtree(first), *sentence.subtree(second)]
    return len(words) <= 16 and not any(
        word.upos in {"PRON", "CCONJ", "VERB", "SCONJ", "NUM", "PUNCT", "AUX"} for word in words
    )


def turned(sentence: Sentence, found: Found, noun: Token | None, facts: SpatialFacts) -> list[tuple[Span, str]] | None:
    """The adposition after the object turns with the verb; None where there are two, or something else hinders."""
    if noun is None:
        return None
    start = max(noun.index, found.tokens[-1].index) + 1
    clause: list[Token] = []
    for token in sentence.tokens[start : start + 10]:
        if token.upos in {"PUNCT", "SCONJ", "AUX", "VERB"}:
            clause = clause[: -1 if clause and clause[-1].lower in facts.turning else None]
            break
        clause.append(token)
    if clause and clause[0].upos == "ADJ" and not facts.nouns.modifiers_follow:
        return None
    marked = [token for token in clause if token.lower in facts.turning and token.upos == "ADP"]
    beyond = [sentence.next(token) for token in marked]
    if len(marked) > 1 or any(token is not None and token.upos == "NUM" for token in beyond):
        return None  # "up to 25 MB" is no goal
    return [(token.span, facts.turning[token.lower]) for token in marked]


def tells_purpose(sentence: Sentence, facts: SpatialFacts, start: int = 0) -> bool:
    """Whether a purpose is told, from a word on: what somebody wants there needs that place and no other."""
    for token in sentence.tokens[start:]:
        after = sentence.next(token)
        if token.lower in facts.purpose_marks and (
            token.upos == "SCONJ" or (after is not None and after.upos in {"VERB", "ADV"})
        ):
            return True
    return False
