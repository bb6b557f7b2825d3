"""Whether a modal can be exchanged for another, and a consent for none."""

from __future__ import annotations

from nyaris.grammar import Grammar
from nyaris.syntax.clauses import clause_of, is_passive, subject_of
from nyaris.syntax.obligations import (
    BindingFacts,
    Bound,
    contains_phrase,
    is_bound_party,
    is_one_of,
    is_provision,
)
from nyaris.trees.sentence import Sentence, Span, Token


def is_exchangeable(sentence: Sentence, bound: Bound, grammar: Grammar) -> bool:
    """Whether the modal is one of duty or permission, and its clause a statement of its own."""
    facts = grammar.facts(BindingFacts)
    verb = bound.predicate
    if bound.negated or not is_provision(sentence, verb, grammar) or is_one_of(verb, facts.statives, grammar):
        return False
    alone = set(sentence.children(verb, "aux")) <= {bound.modal} or is_passive(sentence, verb, grammar)
    if not bound.modal.text.islower() or not alone:
        return False
    if contains_phrase(sentence.text, facts.definers) or sentence.tokens[0].lower in facts.purposes:
        return False
    clause = " ".join(token.text for token in clause_of(sentence, verb))
    if contains_phrase(clause, facts.limiters) or contains_phrase(sentence.text[bound.modal.end :], facts.only_words):
        return False
    if is_passive(sentence, verb, grammar):
        listed = bound.modal.lower in facts.passive_modals
        listed = listed and (not facts.passive_duties or is_one_of(verb, facts.passive_duties, grammar))
        determiners = {child.lower for child in sentence.children(bound.subject, "det")}
        return listed and bound.subject.upos != "PRON" and not determiners & facts.unbound_determiners
    return is_bound_party(sentence, bound.subject, grammar)


def introduced(sentence: Sentence, span: Span, needed: frozenset[str], grammar: Grammar) -> Token | None:
    """The noun of consent or notice that follows, if nothing in or about its phrase ties it down."""
    facts = grammar.facts(BindingFacts)
    after = [token for token in sentence.tokens if token.start >= span.end][: facts.consent_reach + 1]
    position = next((i for i, token in enumerate(after) if is_one_of(token, needed, grammar)), None)
    if position is None or any(
        token.upos in {"PUNCT", "ADP"} or (token.upos == "VERB" and not token.has_rel("amod"))
        for token in after[:position]
    ):
        return None
    before = [token for token in sentence.tokens if token.end <= span.start][-1:]
    around = {token.lower for token in (*before, *after[: position + 2])}
    return None if around & facts.consent_blockers else after[position]


def is_courtesy(sentence: Sentence, predicate: Token, consent: Token, grammar: Grammar) -> bool:
    """Whether a speaker asks leave to go on speaking ("may I propose, with your permission")."""
    facts = grammar.facts(BindingFacts)
    subject = subject_of(sentence, predicate)
    owners = sentence.children(consent, "nmod", "det")
    asked = any(child.lower in facts.addressed_owners for child in owners)
    return asked and subject is not None and subject.lower in facts.speakers
