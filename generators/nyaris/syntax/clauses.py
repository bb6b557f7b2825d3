"""What the rules ask of a clause: its subject, modal, negation, mood. Words decide as well as labels."""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar

from nyaris.grammar import Facts, Grammar
from nyaris.trees.sentence import Sentence, Token


class ClauseFacts(Facts):
    """Closed-class words of the clause."""

    topic: ClassVar[str] = "clause"

    modals: frozenset[str]
    """Modal and obligation words, lower case."""
    negators: frozenset[str]
    """Words that negate a clause or a noun phrase."""
    near_negators: frozenset[str] = frozenset()
    """Words with a negative force that block another negation (hardly, only)."""
    polarity_items: frozenset[str] = frozenset()
    """Words and short phrases that live only under negation, questions or conditions."""
    passive_prefixes: tuple[str, ...] = ()
    """Verb prefixes that make a passive, in languages that mark voice so."""
    agent_markers: frozenset[str] = frozenset()
    """Adpositions that introduce the agent of a passive."""
    reflexives: frozenset[str] = frozenset()
    narrowing: frozenset[str] = frozenset()
    """Words that open a condition or a relative clause: what stands in it narrows down what the rest speaks of."""
    never_last: frozenset[str] = frozenset()
    """Words that no whole sentence ends with; a negator does, unless a pronoun stands before it."""
    openers: frozenset[str] = frozenset()
    """Closed-class words of three letters and more that open sentences: in a longer word, with a capital, they are
    glued to a heading."""


def is_modal(token: Token, grammar: Grammar) -> bool:
    """Whether the word is a modal, whatever the parser calls it."""
    return token.lower in grammar.facts(ClauseFacts).modals and token.has_rel("aux", "advmod", "root", "cop")


def modal_of(sentence: Sentence, predicate: Token, grammar: Grammar) -> Token | None:
    """The one modal of a predicate."""
    found = [child for child in sentence.children(predicate, "aux", "advmod") if is_modal(child, grammar)]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=16)
def under_modals(sentence: Sentence, grammar: Grammar) -> tuple[tuple[Token, Token], ...]:
    """Every predicate with one modal, and the modal."""
    found = ((token, modal_of(sentence, token, grammar)) for token in sentence.tokens)
    return tuple((predicate, modal) for predicate, modal in found if modal is not None)


def subject_of(sentence: Sentence, predicate: Token) -> Token | None:
    """The nominal subject, active or passive; None when there is none or the parser found two."""
    return sentence.child(predicate, "nsubj")


def negations_of(sentence: Sentence, predicate: Token, grammar: Grammar) -> tuple[Token, ...]:
    """Negators that hang on the predicate or on its auxiliaries."""
    negators = grammar.facts(ClauseFacts).negators
    below = [
        *sentence.children(predicate),
        *(x for c in sentence.children(predicate, "aux") for x in sentence.children(c)),
    ]
    return tuple(token for token in below if token.lower in negators or token.feat("Polarity") == "Neg")


def has_negation(sentence: Sentence, grammar: Grammar, tokens: tuple[Token, ...] | None = None) -> bool:
    """Whether a negator or near-negator stands anywhere among the tokens (default: the whole sentence)."""
    facts = grammar.facts(ClauseFacts)
    words = facts.negators | facts.near_negators
    return any(token.lower in words or token.feat("Polarity") == "Neg" for token in tokens or sentence.tokens)


def is_passive(sentence: Sentence, predicate: Token, grammar: Grammar) -> bool:
    """Whether the predicate is passive, by label, by feature or by prefix."""
    if sentence.children(predicate, "nsubj:pass", "aux:pass"):
        return True
    prefixes = grammar.facts(ClauseFacts).passive_prefixes
    return predicate.upos == "VERB" and bool(prefixes) and predicate.lower.startswith(prefixes)


def agent_of(sentence: Sentence, predicate: Token, grammar: Grammar) -> tuple[Token, Token] | None:
    """The agent phrase of a passive: its marker and its head noun."""
    markers = grammar.facts(ClauseFacts).agent_markers
    for child in sentence.children(predicate, "obl", "nmod"):
        for case in sentence.children(child, "case"):
            if case.lower in markers and case.index < child.index:
                return case, child
    return None


def is_main(sentence: Sentence, predicate: Token) -> bool:
    """Whether the predicate heads the sentence or is coordinated with what does."""
    while predicate.has_rel("conj"):
        predicate = sentence.tokens[predicate.head]
    return predicate.head < 0


def main_clause(sentence: Sentence) -> tuple[Token, ...]:
    """The tokens of the main clause without subordinate clauses and further conjunct clauses."""
    subordinate = ("advcl", "acl", "ccomp", "csubj", "parataxis", "conj")
    skipped: set[int] = set()
    for child in sentence.tokens:
        if child.has_rel(*subordinate):
            skipped.update(token.index for token in sentence.subtree(child))
    return tuple(token for token in sentence.tokens if token.index not in skipped)


def clause_of(sentence: Sentence, predicate: Token) -> tuple[Token, ...]:
    """The tokens below a predicate without its own subordinate and conjunct clauses."""
    skipped: set[int] = set()
    for child in sentence.children(predicate, "advcl", "acl", "ccomp", "csubj", "parataxis", "conj"):
        skipped.update(token.index for token in sentence.subtree(child))
    return tuple(token for token in sentence.subtree(predicate) if token.index not in skipped)


def predicate_above(sentence: Sentence, token: Token) -> Token | None:
    """The nearest verb, or noun or adjective with a subject, that the token depends on."""
    for head in sentence.ancestors(token):
        if head.upos in {"VERB", "AUX"} or sentence.children(head, "nsubj", "csubj"):
            return head
    return None


def is_question(sentence: Sentence) -> bool:
    """Whether the sentence ends in a question mark."""
    return sentence.text.rstrip("\"'”’) ").endswith("?")
