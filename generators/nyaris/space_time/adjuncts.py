"""Adjuncts of a verb: of time, place, manner, receiver, agent, condition, reason; told by their opener and content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from nyaris.grammar import Facts, Grammar
from nyaris.quantities.amounts import durations
from nyaris.quantities.dates import DateFacts, dates, weekdays, years
from nyaris.syntax.asked_clauses import AskedClause
from nyaris.syntax.asking import names_of, points_outside
from nyaris.syntax.question_facts import QuestionFacts
from nyaris.trees.sentence import Sentence, Token
from nyaris.words.lexicon import is_agent, kind_of
from nyaris.words.wording import is_quoted

Content = Literal["moment", "duration", "event", "place", "somebody", "provision", "any"]


class AskedAdjunct(BaseModel):
    """A kind of adjunct, and the words that ask for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    word: str
    """The question word."""
    openers: tuple[str, ...]
    """Words and phrases that open it, lower case."""
    holds: tuple[Content, ...] = ("any",)
    """What the words after the opener must name, one of these."""
    verbs: frozenset[str] = frozenset()
    """Lemmas (or forms) of the verbs that it goes with; none listed: all."""
    clause: bool = False
    """Whether it is a clause with its own subject."""
    loose: bool = False
    """Whether it goes with the verb even where the parser gives it to the noun before it."""
    moment: bool = False
    """Whether it asks when, so that no other word may tell it."""
    close: bool = False
    """Whether it stands right behind the verb or at the beginning: elsewhere it may belong to a noun."""
    acts: bool = False
    """Whether it goes with verbs alone, not with adjectives."""
    not_verbs: frozenset[str] = frozenset()
    """Lemmas of verbs that it does not go with."""
    presumes: bool = True
    """Whether who asks takes for granted that it happens: it is not asked of a denial (when did she not come?)."""


class AdjunctFacts(Facts):
    """Adjuncts that are asked for."""

    topic: ClassVar[str] = "adjunct_question"

    kinds: dict[str, tuple[AskedAdjunct, ...]] = Field(default_factory=dict)
    """Name of the rule -> what it asks for."""
    places: frozenset[str] = frozenset()
    """Names of countries, states and cities, lower case."""
    place_nouns: frozenset[str] = frozenset()
    """Nouns of places, lower case, besides those of the lexicon."""
    moments: frozenset[str] = frozenset()
    """Words that tell when."""
    events: frozenset[str] = frozenset()
    """Nouns of what happens, lower case."""
    not_events: frozenset[str] = frozenset()
    """Nouns with such an ending that nothing happens in (portion, building)."""
    event_endings: tuple[str, ...] = ()
    event_confixes: tuple[tuple[str, str], ...] = ()
    vague: frozenset[str] = frozenset()
    """Words with which the answer would point at another sentence."""
    tied: frozenset[str] = frozenset()
    """Words right before an adjunct that belong to it, or limit it (only, even, from)."""
    may_own: frozenset[str] = frozenset()
    """Nouns right before an adjunct of time or place that may have it for their own (meeting, house)."""
    longest: int = 14
    longest_clause: int = 24


@dataclass(frozen=True)
class Adjunct:
    """The words of an adjunct, and its kind."""

    tokens: tuple[Token, ...]
    kind: AskedAdjunct


def adjuncts(sentence: Sentence, clause: AskedClause, names: tuple[str, ...], grammar: Grammar) -> Iterator[Adjunct]:
    """The adjuncts of some kinds that a clause has, each under the first kind that fits."""
    kinds = [kind for name in names for kind in grammar.facts(AdjunctFacts).kinds.get(name, ())]
    for child, own in _adjuncts(sentence, clause) if kinds else ():
        tokens = _phrase(sentence, child, clause)
        for kind in kinds if tokens else ():
            marker = _marker(sentence, tokens or (), kind) if own or kind.loose else ()
            if tokens and marker and _suits(sentence, child, tokens, marker, kind, clause, grammar):
                yield Adjunct(tokens, kind)
                break


def _adjuncts(sentence: Sentence, clause: AskedClause) -> Iterator[tuple[Token, bool]]:
    """Phrases below the verb, and those that close a noun phrase there: parsers give many of these to the noun."""
    for child in sentence.children(clause.verb):
        if child.has_rel("obl", "nmod", "advmod", "advcl"):
            yield child, True
        if child.has_rel("obj", "obl", "nmod") and child.index > clause.verb.index:
            end = sentence.subtree(child)[-1]
            for below in sentence.children(child, "nmod", "obl", "advmod"):
                if below.index > child.index and sentence.subtree(below)[-1] == end:
                    yield below, False


def _phrase(sentence: Sentence, child: Token, clause: AskedClause) -> tuple[Token, ...] | None:
    """The words of an adjunct without commas at its edges: unbroken, and behind the verb or first of all."""
    tokens = list(sentence.subtree(child))
    while tokens and tokens[0].text == ",":
        tokens.pop(0)
    while tokens and tokens[-1].text == ",":
        tokens.pop()
    if not tokens or tokens[-1].index - tokens[0].index + 1 != len(tokens) or tokens[-1].index >= clause.end.index:
        return None
    behind = tokens[0].index > clause.verb.index
    first = tokens[0].index == 0 and not clause.alone and sentence.tokens[len(tokens)].text == ","
    return tuple(tokens) if behind or first else None


def _marker(sentence: Sentence, tokens: tuple[Token, ...], kind: AskedAdjunct) -> tuple[Token, ...]:
    """The words of the opener that the adjunct begins with."""
    text = sentence.slice(sentence.span(*tokens)).lower()
    found = [opener for opener in kind.openers if text == opener or text.startswith(f"{opener} ")]
    if not found:
        return ()
    end = tokens[0].start + max(map(len, found))
    return tuple(token for token in tokens if token.end <= end)


def _suits(
    sentence: Sentence,
    child: Token,
    tokens: tuple[Token, ...],
    marker: tuple[Token, ...],
    kind: AskedAdjunct,
    clause: AskedClause,
    grammar: Grammar,
) -> bool:
    """Whether the phrase is of this kind, belongs to the verb, and answers a question by itself."""
    facts, verb = grammar.facts(AdjunctFacts), clause.verb
    if child.has_rel("advcl") != kind.clause or (kind.clause and not sentence.children(child, "nsubj", "expl")):
        return False
    if kind.verbs and not names_of(verb, grammar) & kind.verbs:
        return False
    if names_of(verb, grammar) & kind.not_verbs:
        return False
    if len(tokens) > (facts.longest_clause if kind.clause else facts.longest) or is_quoted(sentence, tokens[0]):
        return False
    if any(token.lower in facts.vague or token.text in {"(", ":", ";", "“", '"', "["} for token in tokens):
        return False
    if any(points_outside(sentence, token, grammar) for token in tokens) or tokens[-1].upos in {"ADP", "SCONJ", "PART"}:
        return False
    named = any(_holds(sentence, content, child, tokens, marker, grammar) for content in kind.holds)
    return named and _is_of_verb(sentence, tokens, kind, clause, grammar)


def _is_of_verb(
    sentence: Sentence, tokens: tuple[Token, ...], kind: AskedAdjunct, clause: AskedClause, grammar: Grammar
) -> bool:
    """Whether the adjunct can belong to nothing but the verb of the clause."""
    facts, verb = grammar.facts(AdjunctFacts), clause.verb
    if tokens[0].index == 0:
        return True
    before = sentence.tokens[tokens[0].index - 1]
    between = sentence.tokens[verb.index + 1 : tokens[0].index]
    if before.lower in facts.tied or before.upos in {"ADP", "SCONJ", "CCONJ", "NUM", "DET", "AUX"}:
        return False
    after = sentence.tokens[tokens[-1].index + 1]
    if after.upos == "VERB" or (after.start == tokens[-1].end and after.text not in {",", ".", ";"}):
        return False
    if any(each.span.end == before.end for each in durations(sentence.text, grammar)):
        return False
    if any(each.upos in {"VERB", "CCONJ"} or each.text in {":", ";", "("} for each in between):
        return kind.clause and before.text == "," and not any(each.upos == "CCONJ" for each in between)
    if kind.close and before != verb and not (before.upos == "ADV" and before.head == verb.index):
        return False
    return kind.clause or is_agent(sentence, before, grammar) or not _may_own(before, facts)


def _may_own(noun: Token, facts: AdjunctFacts) -> bool:
    return noun.upos in {"NOUN", "PROPN"} and (noun.lower in facts.may_own or _is_event(noun.lower, facts))


def _is_event(word: str, facts: AdjunctFacts) -> bool:
    confixed = any(word.startswith(first) and word.endswith(last) for first, last in facts.event_confixes)
    return word in facts.events or (bool(facts.event_endings) and word.endswith(facts.event_endings)) or confixed


def _holds(
    sentence: Sentence,
    content: Content,
    child: Token,
    tokens: tuple[Token, ...],
    marker: tuple[Token, ...],
    grammar: Grammar,
) -> bool:
    """Whether the words after the opener name what the kind of adjunct needs."""
    facts = grammar.facts(AdjunctFacts)
    rest = tokens[len(marker) :]
    if content == "any":
        return True
    if content == "moment":
        if any(token.upos == "VERB" for token in tokens):
            return False  # "by giving one week's notice" tells how
        if rest and any(each.span == sentence.span(*rest) for each in durations(sentence.text, grammar)):
            return False  # "in 47 days" tells how long
        return child.lower in facts.moments or tells_date(sentence, tokens, grammar)
    if not rest:
        return False
    noun = child if child in rest else rest[0]
    if content == "duration":
        begin = rest[0].start
        return any(begin <= each.span.start < rest[-1].end for each in durations(sentence.text, grammar))
    if content == "event":
        return (
            child.upos == "NOUN"
            and noun.lower not in facts.not_events
            and (_is_event(noun.lower, facts) or kind_of(sentence, noun, grammar) == "event")
        )
    if content == "somebody":
        named = is_agent(sentence, noun, grammar) and noun.lower not in grammar.facts(QuestionFacts).not_persons
        return named and noun.upos in {"NOUN", "PROPN"}
    if content == "provision":
        numbered = noun.lower in grammar.facts(QuestionFacts).numbered
        return numbered and len(rest) > 1 and any(each.text[0].isdigit() or each.text[0].isupper() for each in rest)
    parts = (noun, *sentence.children(noun, "flat", "compound"))
    named = any(each.lower in facts.places and each.text[0].isupper() for each in parts)
    return noun in rest and (named or noun.lower in facts.place_nouns)


def tells_date(sentence: Sentence, tokens: tuple[Token, ...], grammar: Grammar) -> bool:
    """Whether a date, a year, a month or a weekday stands among the words."""
    span, text = sentence.span(*tokens), sentence.text
    found = (*dates(text, grammar), *years(text, grammar), *weekdays(text, grammar))
    months = {name for spellings in grammar.facts(DateFacts).months for name in spellings}
    inside = any(span.start <= date.span.start < span.end for date in found)
    return inside or any(token.text in months for token in tokens)
