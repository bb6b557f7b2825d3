"""Active and passive: "the Tenant shall pay the rent", "the rent shall be paid by the Tenant"."""

from __future__ import annotations

from collections.abc import Iterator

from nyaris.edits import Edit, Move, Replacement, replacing, swapping
from nyaris.grammar import Grammar
from nyaris.rules import keeper
from nyaris.syntax.clauses import agent_of, is_passive
from nyaris.syntax.voicing import (
    VoicingFacts,
    agent_phrase,
    begins_clause,
    goes_on,
    is_caused,
    is_listed,
    is_two_objects,
    may_turn,
    noun_phrase,
    object_phrase,
    points_back,
    shares_subject,
)
from nyaris.trees.sentence import Sentence, Span, Token
from nyaris.words.lexicon import is_agent, is_plural
from nyaris.words.morphology import active_of, inflect, passive_of, stem_of
from nyaris.words.wording import exchangeable


@keeper
def passive(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """An active clause becomes passive."""
    facts = grammar.facts(VoicingFacts)
    for verb in (token for token in sentence.tokens if token.upos == "VERB"):
        subject, thing = sentence.child(verb, "nsubj"), sentence.child(verb, "obj")
        if subject is None or thing is None or is_passive(sentence, verb, grammar):
            continue
        if not may_turn(sentence, verb, grammar) or not is_listed(verb, verb.lower, facts):
            continue
        before, after = agent_phrase(sentence, subject, facts), object_phrase(sentence, thing, facts)
        if before is None or after is None:
            continue
        if subject.upos != "PRON" and not is_agent(sentence, subject, grammar) and not is_caused(verb, facts):
            continue
        if after[0].index != verb.index + 1 or before[-1].index > verb.index or points_back(before, after, facts):
            continue
        if not begins_clause(sentence, before[0]) or is_two_objects(sentence, thing, grammar):
            continue
        if shares_subject(sentence, verb, after):
            continue
        text = _passive_text(sentence, verb, before, thing, grammar)
        links = facts.links_after | (facts.links_after_agents if is_agent(sentence, thing, grammar) else frozenset())
        if text and not goes_on(sentence, after[-1], verb, links, grammar):
            yield swapping(sentence.span(*before), sentence.span(*after), (verb.span, text), _pin(before))


@keeper
def near_agent(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """An active clause of a speaker becomes a passive with the speaker right before the stem of its verb."""
    facts = grammar.facts(VoicingFacts)
    for verb in sentence.tokens:
        subject, thing = sentence.child(verb, "nsubj"), sentence.child(verb, "obj")
        if verb.upos != "VERB" or subject is None or thing is None or subject.lower not in facts.near_pronouns:
            continue
        turned = passive_of(verb.lower, grammar)
        if turned is None or not may_turn(sentence, verb, grammar) or not is_listed(verb, verb.lower, facts):
            continue
        after = object_phrase(sentence, thing, facts)
        if after is None or after[0].index != verb.index + 1 or points_back((subject,), after, facts):
            continue
        if not begins_clause(sentence, subject) or is_two_objects(sentence, thing, grammar):
            continue
        words = _between(sentence, (subject,), verb, facts)
        if not words and after[-1].upos != "DET":
            continue  # the pronoun would be taken for the owner of what stands before it
        if (
            words is None
            or sentence.children(subject)
            or goes_on(sentence, after[-1], verb, facts.links_after, grammar)
        ):
            continue
        yield Edit(
            (
                Replacement(subject.start, sentence.tokens[subject.index + 1].start, ""),
                Replacement(verb.start, verb.end, f"{subject.lower} {stem_of(verb.lower, grammar)}"),
            ),
            moves=(Move(after[0].start, after[-1].end, subject.start, "", " "),),
        )


@keeper
def active(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A passive clause with its agent becomes active."""
    facts = grammar.facts(VoicingFacts)
    for verb in (token for token in sentence.tokens if token.upos == "VERB"):
        subject, agent = sentence.child(verb, "nsubj"), agent_of(sentence, verb, grammar)
        if subject is None or agent is None or not is_passive(sentence, verb, grammar):
            continue
        marker, who = agent
        if marker.index != verb.index + 1 or not may_turn(sentence, verb, grammar) or sentence.child(verb, "obj"):
            continue
        before = noun_phrase(sentence, subject, facts)
        after = noun_phrase(sentence, who, facts, marker)
        if before is None or after is None or after[0].index != marker.index + 1 or before[-1].index > verb.index:
            continue
        if not is_agent(sentence, who, grammar) or points_back(before, after, facts):
            continue
        if shares_subject(sentence, verb, after):
            continue
        made = _active_text(sentence, verb, before, who, grammar)
        links = facts.links_after | facts.links_after_agents
        if made and begins_clause(sentence, before[0]) and not goes_on(sentence, after[-1], verb, links, grammar):
            first, text = made
            change = (Span(first.start, marker.end), text)
            yield swapping(sentence.span(*before), sentence.span(*after), change, _pin(before))


@keeper
def marked_agent(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The one agent right after a passive verb takes its adposition; of two, either alone would be out of step."""
    found = tuple(_bare_agents(sentence, grammar))
    if len(found) == 1 and exchangeable(sentence, (found[0][0],)):
        start = found[0][1].start
        yield replacing((Span(start, start), f"{grammar.facts(VoicingFacts).agent_marker} "))


def _bare_agents(sentence: Sentence, grammar: Grammar) -> Iterator[tuple[Token, Token]]:
    """Each passive verb with the agent right after it."""
    facts = grammar.facts(VoicingFacts)
    for verb in sentence.tokens:
        who = sentence.next(verb)
        if not facts.bare_agents or who is None or verb.upos != "VERB" or who.head != verb.index:
            continue
        if not who.has_rel("obl", "obj", "nmod") or sentence.children(who, "case") or who.upos not in {"NOUN", "PROPN"}:
            continue
        turned = active_of(verb.lower, grammar) if is_passive(sentence, verb, grammar) else None
        if turned not in facts.verbs or verb.lower in facts.giving or agent_of(sentence, verb, grammar):
            continue
        if is_agent(sentence, who, grammar) and sentence.children(verb, "nsubj"):
            yield verb, who


def _pin(subject: tuple[Token, ...]) -> tuple[Span, str]:
    """Nothing, put behind the subject: what stands there suits this subject and not the one that comes."""
    return Span(subject[-1].end, subject[-1].end), ""


def _between(
    sentence: Sentence, before: tuple[Token, ...], verb: Token, facts: VoicingFacts
) -> tuple[Token, ...] | None:
    """The auxiliaries between subject and verb, None when something else stands there."""
    words = sentence.tokens[before[-1].index + 1 : verb.index]
    return words if all(word.lower in facts.auxiliaries | facts.adverbs for word in words) else None


def _passive_text(
    sentence: Sentence, verb: Token, before: tuple[Token, ...], thing: Token, grammar: Grammar
) -> str | None:
    facts = grammar.facts(VoicingFacts)
    words = _between(sentence, before, verb, facts)
    if words is None:
        return None
    if facts.strategy == "prefix":
        turned = passive_of(verb.lower, grammar)
        return f"{turned} {facts.agent_marker}" if turned else None
    participle = inflect(verb.lemma.lower(), "participle", grammar)
    if participle is None:
        return None
    number = is_plural(thing, grammar)
    if any(word.lower in facts.auxiliaries for word in words):
        auxiliary = facts.passive_base if verb.lower == verb.lemma.lower() else ""
    elif verb.feat("Tense") == "Past":
        auxiliary = facts.passive_past[number]
    else:
        auxiliary = facts.passive_present[number] if verb.feat("VerbForm") == "Fin" else ""
    return f"{auxiliary} {participle} {facts.agent_marker}" if auxiliary else None


def _active_text(
    sentence: Sentence, verb: Token, before: tuple[Token, ...], who: Token, grammar: Grammar
) -> tuple[Token, str] | None:
    """The first word that gives way, and the verb that takes its place."""
    facts = grammar.facts(VoicingFacts)
    if facts.strategy == "prefix":
        turned = active_of(verb.lower, grammar)
        listed = turned is not None and turned in facts.verbs
        return (verb, turned) if turned and listed and _between(sentence, before, verb, facts) is not None else None
    auxiliary = sentence.previous(verb)
    if auxiliary is None or not auxiliary.has_rel("aux:pass") or verb.lemma.lower() not in facts.verbs:
        return None
    words = _between(sentence, before, auxiliary, facts)
    if words is None:
        return None
    lemma, plural = verb.lemma.lower(), is_plural(who, grammar) or bool(sentence.children(who, "conj"))
    text: str | None = None
    if auxiliary.lower == facts.passive_base and any(word.lower in facts.auxiliaries for word in words):
        text = lemma
    elif auxiliary.lower in facts.passive_present and not words:
        text = lemma if plural else inflect(lemma, "present3", grammar)
    elif auxiliary.lower in facts.passive_past and not words:
        text = inflect(lemma, "past", grammar)
    return (auxiliary, text) if text else None
