"""Legal terms that give way to their opposites."""

from __future__ import annotations

from collections.abc import Iterator

from nyaris.edits import Edit, replacing
from nyaris.grammar import Grammar
from nyaris.syntax.clauses import has_negation
from nyaris.syntax.obligations import BindingFacts, contains_phrase, phrase_spans
from nyaris.trees.sentence import Sentence

_NEGATION_REACH = 4
"""How many words before a term a negation may stand that it would cancel out."""


def exchanged_terms(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The edits that put the other of two terms, where only one of them stands and nothing takes it up."""
    facts = grammar.facts(BindingFacts)
    if contains_phrase(sentence.text, (*facts.term_blockers, *facts.definers)):
        return
    for entry in facts.terms:
        present = [
            (old, spans)
            for old in entry.pair
            if old in sentence.lowered and (spans := list(phrase_spans(sentence, old)))
        ]
        if len(present) != 1 or len(present[0][1]) != 1 or contains_phrase(sentence.text, entry.shuns):
            continue
        if entry.needs and not contains_phrase(sentence.text, entry.needs):
            continue
        old, (span,) = present[0]
        if sum(token.lower == old.split()[-1] for token in sentence.tokens) > 1:
            continue  # said once more, and that has to fit
        if old in facts.adverbial_terms and sentence.tokens_in(span)[-1].has_rel("nmod"):
            continue  # "a request in writing": the other term would not modify a noun
        if entry.one_way and old != entry.pair[0]:
            continue
        before = tuple(token for token in sentence.tokens if token.end <= span.start)[-_NEGATION_REACH:]
        words = [token.lower for token in before if token.upos != "PUNCT"]
        if entry.follows and not entry.follows.intersection(words[-1:]):
            continue
        if not (before and has_negation(sentence, grammar, before)):
            new = entry.pair[1] if old == entry.pair[0] else entry.pair[0]
            yield replacing((span, new), relation=entry.relation)
