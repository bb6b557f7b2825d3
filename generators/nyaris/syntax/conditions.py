"""Conditional clauses: the clause that a conjunction opens, and what ties it to its main clause."""

from __future__ import annotations

from nyaris.grammar import Grammar
from nyaris.syntax.obligations import BindingFacts, contains_phrase, is_bound_party
from nyaris.trees.sentence import Sentence, Span, Token


def subordinate(sentence: Sentence, span: Span) -> Token | None:
    """The predicate of the unbroken adverbial clause that the conjunction opens."""
    marker = sentence.tokens_in(span)[-1]
    clause = sentence.head(marker)
    if clause is None or not marker.has_rel("mark") or not clause.has_rel("advcl"):
        return None
    inside = sentence.subtree(clause)
    whole = inside[-1].index - inside[0].index + 1 == len(inside)
    return clause if whole and inside[0].start in {span.start, marker.start} else None


def is_commitment(sentence: Sentence, main: Token, grammar: Grammar) -> bool:
    """Whether a main clause tells what must, may or will be done."""
    facts = grammar.facts(BindingFacts)
    free = not facts.permission_words or contains_phrase(sentence.text, facts.permission_words)
    modals = facts.duties | (facts.permissions if free else frozenset())
    if main.upos == "VERB":
        modals |= facts.promises
    return any(child.lower in modals for child in sentence.children(main, "aux", "advmod"))


def takes_up(sentence: Sentence, condition: tuple[Token, ...], grammar: Grammar) -> bool:
    """Whether the rest of the sentence takes up something that only the condition tells of."""
    facts = grammar.facts(BindingFacts)
    told = {
        token.lemma.lower()[:5]
        for token in condition
        if token.upos in {"NOUN", "PROPN", "VERB", "ADJ"} and len(token.text) > 3
        if not (token.text[0].isupper() and is_bound_party(sentence, token, grammar))
    }
    rest = [token for token in sentence.tokens if token not in condition]
    return any(
        token.lower in facts.pointers
        or token.lemma.lower()[:5] in told
        or (facts.pointer_suffixes and token.lower.endswith(facts.pointer_suffixes))
        for token in rest
    )
