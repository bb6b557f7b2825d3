"""Which scheme of dependency labels a parser follows, and what it takes to have Universal Dependencies."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum

from nyaris.grammar import Grammar
from nyaris.trees.clearnlp import ClearNlpFacts, to_ud
from nyaris.trees.sentence import Sentence
from nyaris.trees.ud import RELATIONS


class Scheme(StrEnum):
    """The schemes there is a way to read."""

    UD = "UD"
    CLEARNLP = "ClearNLP"


def scheme_of(labels: Iterable[str], grammar: Grammar) -> Scheme | None:
    """The scheme that a parser's labels belong to, None when it is neither or not one of the grammar's language."""
    plain = plain_labels(labels)
    signature = grammar.facts(ClearNlpFacts).signature
    if signature and signature <= plain:
        return Scheme.CLEARNLP
    return Scheme.UD if {"nsubj", "obl", "case"} <= plain else None


def plain_labels(labels: Iterable[str]) -> set[str]:
    """Labels without subtypes and without what spaCy adds to lift crossing arcs ("obl||acl:relcl")."""
    return {label.partition("||")[0].partition(":")[0] for label in labels}


def foreign_labels(labels: Iterable[str]) -> list[str]:
    """The labels that Universal Dependencies does not have."""
    return sorted(plain_labels(labels) - RELATIONS - {"ROOT", ""})


def conversion(scheme: Scheme, grammar: Grammar) -> Callable[[Sentence], Sentence]:
    """What makes a tree of the scheme a Universal Dependencies tree."""
    if scheme is Scheme.UD:
        return lambda sentence: sentence
    facts = grammar.facts(ClearNlpFacts)
    return lambda sentence: to_ud(sentence, facts)
