"""Questions for what goes with a verb: when, how long, where, to whom, by whom, how, under which provision, why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nyaris.edits import Denied, Edit, Replacement
from nyaris.grammar import Grammar
from nyaris.participants.parties import PartyFacts, runs_into_noun
from nyaris.rules import asks
from nyaris.space_time.adjuncts import Adjunct, adjuncts, tells_date
from nyaris.syntax.asked_clauses import (
    AskedClause,
    clauses_asked,
    has_second_clause,
    kept_subject,
    length_of,
    start_of,
)
from nyaris.syntax.asked_order import ask_with, left_out
from nyaris.syntax.asking import points_outside
from nyaris.syntax.clauses import negations_of
from nyaris.syntax.question_facts import QuestionFacts
from nyaris.trees.sentence import Sentence

_SHORTEST = 3
"""The fewest words that the question keeps of the sentence."""


@asks
def time(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """When it is, was or must be done."""
    yield from _ask("time", sentence, grammar)


@asks
def duration(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """How long it lasts."""
    yield from _ask("duration", sentence, grammar)


@asks
def place(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Where it is done."""
    yield from _ask("place", sentence, grammar)


@asks
def somebody(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """To whom, with whom or from whom it is done."""
    yield from _ask("somebody", sentence, grammar)


@asks
def agent(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """By whom it is done."""
    yield from _ask("agent", sentence, grammar)


@asks
def manner(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """How it is done."""
    yield from _ask("manner", sentence, grammar)


@asks
def provision(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Under which provision it is done."""
    yield from _ask("provision", sentence, grammar)


@asks
def condition(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """In what circumstances it is so."""
    yield from _ask("condition", sentence, grammar)


@asks
def reason(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Why it is so."""
    yield from _ask("reason", sentence, grammar)


@asks
def purpose(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """What it is done for."""
    yield from _ask("purpose", sentence, grammar)


def _ask(name: str, sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """One question for every adjunct of the kind in every clause that can be asked about."""
    modifiers_lead = grammar.facts(PartyFacts).modifiers_lead
    for clause in clauses_asked(sentence, grammar):
        for adjunct in adjuncts(sentence, clause, (name,), grammar):
            if not modifiers_lead and runs_into_noun(adjunct.tokens[1:]):
                continue
            edit = _question(sentence, clause, adjunct, grammar)
            if edit is not None:
                yield edit


def _question(
    sentence: Sentence,
    clause: AskedClause,
    adjunct: Adjunct,
    grammar: Grammar,
) -> Edit | None:
    """The question for a phrase that is found fit to be asked for."""
    facts, verb, last = grammar.facts(QuestionFacts), clause.verb, sentence.tokens[-1]
    asked, kind = adjunct.tokens, adjunct.kind
    who = kept_subject(sentence, clause, grammar)
    others = sentence.children(verb, "conj", "expl", "parataxis", "csubj")
    if who is None or any(child.index < clause.end.index for child in others):
        return None
    after = sentence.next(asked[-1])
    if after is not None and after.feat("PronType") in {"Rel", "Int"}:
        return None  # a clause that describes what is asked for would stay behind
    first = asked[0].index == 0
    start = 0 if first else start_of(sentence, clause, who[0], grammar)
    if start is None or (first and who[0].index != asked[-1].index + 2):
        return None
    kept = [
        token
        for token in sentence.tokens[: clause.end.index]
        if token not in asked and token not in who and token.start >= start and token.upos != "PUNCT"
    ]
    rest = sentence.tokens[verb.index + 1 : clause.end.index]
    if len(kept) + len(who) < _SHORTEST or length_of(clause, start, sentence) > facts.longest:
        return None
    outside = [token for token in kept if points_outside(sentence, token, grammar)]
    pronouns = facts.anaphors | facts.plural_anaphors
    named = clause.noun.upos != "PRON"  # what stands before the adjunct may take up the subject
    if any(not (named and token.lower in pronouns and token.index < asked[0].index) for token in outside):
        return None
    marks = (token for token in sentence.tokens if token not in asked and token.start >= start)
    if any(token.text in {":", ";", "("} for token in marks) or has_second_clause(rest, grammar):
        return None
    others = tuple(token for token in sentence.tokens[: clause.end.index] if token not in (*asked, *who))
    if kind.moment and any(tells_date(sentence, (token,), grammar) for token in others):
        return None  # when was it held on 3 May?
    if kind.presumes and negations_of(sentence, verb, grammar):
        return None
    if any(token.lower in facts.negative for token in kept) or (kind.acts and verb.upos != "VERB"):
        return None
    gone = [] if first else [left_out(sentence, asked)]
    stop = sentence.tokens[clause.end.index - 1].end if clause.end.upos != "PUNCT" else clause.end.start
    word = kind.word
    parts = (*gone, Replacement(stop, last.end, "?"))
    edit = ask_with(sentence, verb, who, word, start, parts, grammar)
    denied: Denied = "nowhere" if kind.presumes else "verb"
    return None if edit is None else replace(edit, asked=sentence.span(*asked), denied=denied)
