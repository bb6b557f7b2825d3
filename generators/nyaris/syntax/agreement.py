"""Agreement of the finite verb with its subject."""

from __future__ import annotations

from typing import ClassVar

from nyaris.grammar import Facts, Grammar
from nyaris.syntax.clauses import ClauseFacts
from nyaris.trees.sentence import Sentence, Token
from nyaris.words.morphology import inflect


class Paradigm(Facts):
    """The finite forms of a verb that has more of them than others."""

    topic: ClassVar[str] = "agreement"

    first: str
    """After the first person singular."""
    third: str
    """After the third person singular."""
    others: str
    """After all other subjects."""


class AgreementFacts(Facts):
    """Whether and how verbs agree."""

    topic: ClassVar[str] = "agreement"

    agrees: bool = False
    paradigms: tuple[Paradigm, ...] = ()
    """Irregular finite forms, present and past."""
    invariable: frozenset[str] = frozenset()
    """Finite words that never change (did), besides modals."""


def finite_verb_of(sentence: Sentence, predicate: Token, grammar: Grammar) -> Token | None:
    """The word of the predicate that agrees: its first auxiliary, else itself; None where nothing agrees."""
    if not grammar.facts(AgreementFacts).agrees:
        return None
    helpers = [child for child in sentence.children(predicate, "aux", "cop") if child.index < predicate.index]
    return helpers[0] if helpers else predicate


def inflected_for(verb: Token, person: int, plural: bool, grammar: Grammar) -> str | None:
    """The form of a finite verb after such a subject, lower case; None when it is not known."""
    facts = grammar.facts(AgreementFacts)
    word = verb.lower
    if word in grammar.facts(ClauseFacts).modals or word in facts.invariable:
        return word
    for paradigm in facts.paradigms:
        if word in {paradigm.first, paradigm.third, paradigm.others}:
            if plural or person == 2:
                return paradigm.others
            return paradigm.first if person == 1 else paradigm.third
    past = word != verb.lemma.lower() or word == inflect(word, "past", grammar)
    if verb.feat("Tense") == "Past" and verb.feat("VerbForm") != "Part" and past:
        return word
    if verb.upos not in {"VERB", "AUX"}:
        return None
    lemma = verb.lemma.lower()
    third = inflect(lemma, "present3", grammar)
    if third is None or word not in {lemma, third}:
        # a participle that the parser took for a verb without auxiliary, or a past tense that it took for one
        return word if word == inflect(lemma, "past", grammar) else None
    return third if person == 3 and not plural else lemma
