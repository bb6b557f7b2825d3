"""Who owes what to whom, when, and on which condition."""

from __future__ import annotations

from collections.abc import Iterator

from nyaris.edits import Edit, replacing, swapping
from nyaris.grammar import Grammar
from nyaris.participants.attachment import AttachmentFacts, exchanged_deeds, reattached
from nyaris.participants.parties import PartyFacts, mentions
from nyaris.participants.party_exchange import bound_to, can_change_places, counterparts_of, exchange_parties
from nyaris.participants.stand_in import stand_ins
from nyaris.rules import flip
from nyaris.syntax.clauses import (
    clause_of,
    has_negation,
    is_main,
    is_passive,
    negations_of,
    predicate_above,
    subject_of,
)
from nyaris.syntax.conditions import is_commitment, subordinate, takes_up
from nyaris.syntax.modality import introduced, is_courtesy, is_exchangeable
from nyaris.syntax.obligations import (
    BindingFacts,
    bound_predicates,
    contains_phrase,
    exchanges,
    is_bound_party,
    is_one_of,
    is_provision,
    phrase_spans,
    shared_subject,
    speaks_of_commitments,
)
from nyaris.syntax.parallel import told_side_by_side
from nyaris.syntax.references import ReferenceFacts, exchangeable_references, governing_places
from nyaris.syntax.terms import exchanged_terms
from nyaris.trees.sentence import Sentence
from nyaris.words.lexicon import is_agent

_SHORTEST_CONDITION = 4
"""Words of a condition that says something by itself (not "if it is")."""


def _binders(grammar: Grammar) -> frozenset[str]:
    facts = grammar.facts(BindingFacts)
    return facts.duties | facts.permissions | facts.promises | grammar.facts(PartyFacts).performatives


@flip("rebinding", cues=_binders)
def parties(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The two parties of an obligation change places."""
    facts = grammar.facts(PartyFacts)
    if _binders(grammar).isdisjoint(sentence.forms):
        return
    if contains_phrase(sentence.text, (*facts.mutual, *grammar.facts(BindingFacts).definers)):
        return
    everyone = mentions(sentence, grammar)
    if len({mention.party for mention in everyone}) < 2:
        return
    seen: set[frozenset[str]] = set()
    for first, second in (*bound_to(sentence, everyone, grammar), *counterparts_of(sentence, everyone, grammar)):
        pair = frozenset({first.party, second.party})
        if len(pair) == 2 and pair not in seen and can_change_places(sentence, first, second, grammar):
            seen.add(pair)
            yield exchange_parties(sentence, first, second, grammar)


@flip("rebinding")
def stand_in(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Another party, or another office, is bound in the place of the one that is named."""
    yield from stand_ins(sentence, grammar)


@flip("rebinding")
def amounts(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Two sums, percentages or periods that are bound to different things change places."""
    facts = grammar.facts(BindingFacts)
    promised = any(token.lower in facts.promises for token in sentence.tokens)
    if contains_phrase(sentence.text, facts.amount_blockers):
        return
    if not (promised or speaks_of_commitments(sentence, grammar)):
        return
    for first, second in told_side_by_side(sentence, grammar):
        yield swapping(first.span, second.span)


@flip(
    "rebinding", cues=lambda grammar: (word for each in grammar.facts(AttachmentFacts).modifiers for word in each.words)
)
def modifier(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """What was said of a thing is said of its owner, or the other way round (the insured vehicle of the member)."""
    yield from reattached(sentence, grammar)


@flip("rebinding", cues=lambda grammar: grammar.facts(AttachmentFacts).openers)
def consequence(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The condition becomes the duty, and the duty the condition."""
    yield from exchanged_deeds(sentence, grammar)


@flip("rebinding", cues=lambda grammar: grammar.facts(ReferenceFacts).provisions)
def reference(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Two provisions that a sentence refers to change places."""
    numbers = exchangeable_references(sentence, grammar)
    if numbers:
        yield swapping(*numbers)


@flip("rebinding", cues=lambda grammar: grammar.facts(ReferenceFacts).before_place)
def jurisdiction(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The law of another country or state governs, or its courts decide."""
    found = governing_places(sentence, grammar)
    if len(found) == 2 and sentence.slice(found[0][0]) != sentence.slice(found[1][0]):
        yield swapping(found[0][0], found[1][0])
    elif found:
        yield replacing(found[-1])


@flip("modality", cues=lambda grammar: grammar.facts(BindingFacts).duties)
def duty(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A duty becomes a permission (shall, may)."""
    facts = grammar.facts(BindingFacts)
    for bound in bound_predicates(sentence, grammar):
        if bound.modal.lower not in facts.duties or is_one_of(bound.predicate, facts.burdens, grammar):
            continue
        if bound.modal.lower in facts.weak_duties and not contains_phrase(sentence.text, facts.permission_words):
            continue
        if is_exchangeable(sentence, bound, grammar):
            yield replacing((bound.modal.span, facts.permission))


@flip("modality", cues=lambda grammar: grammar.facts(BindingFacts).permissions)
def permission(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A permission becomes a duty (may, must)."""
    facts = grammar.facts(BindingFacts)
    for bound in bound_predicates(sentence, grammar):
        if bound.modal.lower not in facts.permissions or not is_exchangeable(sentence, bound, grammar):
            continue
        if is_passive(sentence, bound.predicate, grammar) or is_one_of(bound.predicate, facts.indulgences, grammar):
            continue
        if contains_phrase(sentence.text[bound.modal.end :], facts.free_choice):
            continue
        if facts.permission_words and not contains_phrase(sentence.text, facts.permission_words):
            continue
        if bound.subject.upos == "PRON" and bound.subject.lower not in facts.permitted_pronouns:
            continue
        used = [token.lower for token in sentence.tokens if token.lower in facts.duties & facts.commitment_modals]
        yield replacing((bound.modal.span, used[0] if used else facts.duty))


@flip("modality", cues=lambda grammar: (each.find for each in grammar.facts(BindingFacts).statuses))
def status(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Somebody required to do something is permitted to, somebody entitled to is required to."""
    facts = grammar.facts(BindingFacts)
    if contains_phrase(sentence.text, (*facts.definers, *facts.limiters, *facts.only_words)):
        return
    for exchange, span in exchanges(sentence, facts.statuses, grammar):
        holder = sentence.tokens_in(span)[0]
        subject = subject_of(sentence, holder)
        if subject is None or not is_bound_party(sentence, subject, grammar):
            continue
        if not is_provision(sentence, holder, grammar) or negations_of(sentence, holder, grammar):
            continue
        verb = next((token for token in sentence.tokens if token.start >= span.end and token.upos != "PART"), None)
        if verb is None or verb.upos != "VERB" or verb.has_rel("amod") or is_one_of(verb, facts.statives, grammar):
            continue
        rest = sentence.text[span.end :]
        if exchange.demands and (
            is_one_of(verb, facts.indulgences, grammar) or contains_phrase(rest, facts.free_choice)
        ):
            continue
        if exchange.demands or not is_one_of(verb, facts.burdens, grammar):
            yield replacing((span, exchange.put), relation=exchange.relation)


@flip("modality")
def mandate(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A provision that requires somebody to do something only allows it, and the other way round."""
    facts = grammar.facts(BindingFacts)
    if contains_phrase(sentence.text, facts.definers):
        return
    for exchange, span in exchanges(sentence, facts.mandates, grammar):
        verb = sentence.tokens_in(span)[0]
        subject = subject_of(sentence, verb) or shared_subject(sentence, verb)
        if subject is None or not is_one_of(subject, facts.provisions, grammar) or subject.index > verb.index:
            continue
        if negations_of(sentence, verb, grammar) or not is_main(sentence, verb):
            continue
        after = [token for token in sentence.tokens if token.start >= span.end]
        noun = next((token for token in after if token.upos in {"NOUN", "PROPN"}), None)
        if noun is None or not is_agent(sentence, noun, grammar):
            continue
        act = next((token for token in after if token.index > noun.index and token.upos == "VERB"), None)
        unfit = facts.indulgences if exchange.demands else facts.burdens
        if act is None or is_one_of(act, facts.statives | unfit, grammar):
            continue
        if not has_negation(sentence, grammar, tuple(token for token in after if token.index < act.index)):
            yield replacing((span, exchange.put))


@flip("contrary", cues=lambda grammar: (each.find for each in grammar.facts(BindingFacts).conditions))
def condition(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """What holds on a condition holds except on that condition (if, unless)."""
    facts = grammar.facts(BindingFacts)
    found = list(exchanges(sentence, facts.conditions, grammar))
    if len(found) != 1 or contains_phrase(sentence.text, (*facts.condition_words, *facts.definers)):
        return
    exchange, span = found[0]
    clause = subordinate(sentence, span)
    main = sentence.head(clause) if clause else None
    if clause is None or main is None or not is_commitment(sentence, main, grammar):
        return
    if main.upos == "VERB" and is_one_of(main, facts.happenings, grammar):
        return
    inside = sentence.subtree(clause)
    subject = sentence.child(clause, "nsubj")
    if subject is None or (
        subject.upos == "PRON" and sum(token.upos != "PUNCT" for token in inside) < _SHORTEST_CONDITION
    ):
        return
    if has_negation(sentence, grammar, inside[1:]):
        return
    if any(is_one_of(token, facts.condition_verbs, grammar) for token in inside) or takes_up(sentence, inside, grammar):
        return
    yield replacing((span, exchange.put))


@flip(
    "contradiction",
    cues=lambda grammar: (each.find for each in grammar.facts(BindingFacts).overrides),
    answerable=False,
)
def override(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """What would make an exception makes none (unless, even if)."""
    facts = grammar.facts(BindingFacts)
    if contains_phrase(sentence.text, (*facts.override_words, *facts.definers)):
        return
    found = list(exchanges(sentence, facts.overrides, grammar))
    modals = facts.duties | facts.permissions | facts.promises
    if len(found) != 1 or not (
        any(token.lower in modals for token in sentence.tokens) or speaks_of_commitments(sentence, grammar)
    ):
        return
    exchange, span = found[0]
    clause, _, _ = sentence.text[span.end :].partition(",")
    if not contains_phrase(clause, facts.override_negators):
        yield replacing((span, exchange.put))


@flip(
    "contradiction",
    cues=lambda grammar: (each.find for each in grammar.facts(BindingFacts).exceptions),
    answerable=False,
)
def exception(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """What was included is excluded, what was excepted is included (including, excluding)."""
    facts = grammar.facts(BindingFacts)
    if contains_phrase(sentence.text, facts.exception_words) or not speaks_of_commitments(sentence, grammar):
        return
    if not sentence.children(sentence.root, "nsubj", "csubj", "expl", "aux"):
        return
    modals = facts.duties | facts.permissions | facts.promises
    if not any(token.lower in modals | facts.prices for token in sentence.tokens):
        return  # of what is told, what belongs to it is a fact
    for exchange, span in exchanges(sentence, facts.exceptions, grammar):
        yield replacing((span, exchange.put), relation=exchange.relation)


def _consents(grammar: Grammar) -> tuple[str, ...]:
    facts = grammar.facts(BindingFacts)
    return (facts.without, *facts.with_words)


@flip("contradiction", cues=_consents)
def consent(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """What needs consent or notice needs none, and the other way round."""
    facts = grammar.facts(BindingFacts)
    for marker in (facts.without, *facts.with_words):
        for span in phrase_spans(sentence, marker):
            needed = facts.consents | facts.notices if marker == facts.without else facts.consents
            noun = introduced(sentence, span, needed, grammar)
            predicate = predicate_above(sentence, noun) if noun else None
            if predicate is None or not is_provision(sentence, predicate, grammar):
                continue
            before = tuple(token for token in clause_of(sentence, predicate) if token.end <= span.start)
            if contains_phrase(" ".join(token.text for token in before), facts.consent_shuns):
                continue
            if noun and is_courtesy(sentence, predicate, noun, grammar):
                continue
            if before and has_negation(sentence, grammar, before):
                continue  # what is forbidden with consent is forbidden without it too
            if noun and sentence.children(noun, "acl:relcl"):
                continue  # a consent that is described must be there
            bound = any(token.lower in facts.duties | facts.permissions | facts.promises for token in before)
            if marker != facts.without:
                if bound:
                    yield replacing((span, facts.without))
                    return
            elif any(token.lower in facts.permissions for token in before):
                yield replacing((span, facts.only_with))


@flip("contrary", cues=lambda grammar: (each.find for each in grammar.facts(BindingFacts).precedence))
def precedence(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A provision that yields to another prevails over it (subject to, notwithstanding)."""
    for exchange, span in exchanges(sentence, grammar.facts(BindingFacts).precedence, grammar):
        yield replacing((span, exchange.put))


@flip("contradiction", cues=lambda grammar: (word for each in grammar.facts(BindingFacts).terms for word in each.pair))
def term(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A legal term gives way to its opposite (exclusive, non-exclusive)."""
    yield from exchanged_terms(sentence, grammar)
