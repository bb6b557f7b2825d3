"""Clefts: "The council approved it", "It was the council that approved it"; one "who did it is" for the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from nyaris.edits import Edit, Move, Replacement, replacing
from nyaris.grammar import Facts, Grammar
from nyaris.rules import keeper
from nyaris.syntax.clauses import is_passive
from nyaris.syntax.predicates import main_predicate
from nyaris.trees.sentence import Sentence, Span, Token
from nyaris.words.lexicon import LexiconFacts, is_agent, is_title, kind_of
from nyaris.words.wording import is_quoted


class CleftFacts(Facts):
    """How a language sets its subject apart; what is empty it does not do."""

    topic: ClassVar[str] = "cleft"

    present: str = ""
    """What opens a cleft before its subject ("it is")."""
    past: str = ""
    """The same where the sentence tells what was."""
    thing: str = ""
    """The pronoun after a subject that is no person."""
    person: str = ""
    person_kinds: frozenset[str] = frozenset()
    """Kinds of nouns that take the pronoun for persons."""
    present_words: frozenset[str] = frozenset()
    """Finite words of the present, modals among them."""
    past_words: frozenset[str] = frozenset()
    relative: str = ""
    """The pronoun before a predicate whose subject goes to the end."""
    copula: str = ""
    """What stands between the two."""
    auxiliaries: frozenset[str] = frozenset()
    """Words before the verb that may follow the pronoun; empty: any."""
    definite: frozenset[str] = frozenset()
    """Determiners of a subject that may be set apart, lower case."""
    unique: frozenset[str] = frozenset()
    """Nouns that are definite without any, for there is but one of them."""
    terms: bool = True
    """Whether a defined term (the Buyer) and a bare name may be set apart; else only somebody named with a title."""
    not_subjects: frozenset[str] = frozenset()
    """Words inside a subject that cannot be set apart."""
    not_verbs: frozenset[str] = frozenset()
    """Lemmas or forms of predicates that say no act of it."""
    adding: frozenset[str] = frozenset()
    """Words by which a predicate is tied to what was said before (also, therefore)."""
    not_persons: frozenset[str] = frozenset()
    """Nouns of those kinds that are no persons (bank)."""
    deeds: frozenset[str] = frozenset()
    """Kinds of nouns that act on something without being anybody (documents)."""
    pronoun_endings: tuple[str, ...] = ()
    pronouns: frozenset[str] = frozenset()
    """Pronouns that would come to stand before the subject which they take up."""
    complements: bool = True
    """Whether a subject may hold an adposition with its noun."""
    longest: int = 7
    """The most words a subject may have."""
    longest_predicate: int = 14
    """The most words a predicate before its subject may have."""


class _Clause(NamedTuple):
    subject: tuple[Token, ...]
    noun: Token
    verb: Token
    finite: Token


@keeper
def it_cleft(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The subject is set apart at the beginning (it is the council that)."""
    facts = grammar.facts(CleftFacts)
    clause = _clause(sentence, grammar) if facts.present else None
    opening = _opening(clause, facts) if clause else ""
    if clause and opening:
        human = kind_of(sentence, clause.noun, grammar) in facts.person_kinds and not any(
            token.lower in facts.not_persons for token in clause.subject
        )
        human = human or is_title(clause.subject[0], grammar)
        end = clause.subject[-1].end
        yield replacing((Span(0, 0), f"{opening} "), (Span(end, end), f" {facts.person if human else facts.thing}"))


@keeper
def subject_last(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """What is done comes first, who does it last (what requires this is the clause)."""
    facts = grammar.facts(CleftFacts)
    clause = _clause(sentence, grammar) if facts.relative else None
    last = sentence.tokens[-1]
    if clause is None or last.index - clause.subject[-1].index - 1 > facts.longest_predicate:
        return
    if sentence.children(clause.verb, "ccomp", "parataxis", "conj", "advcl"):
        return
    rest = sentence.tokens[clause.subject[-1].index + 1 :]
    if any(t.lower in facts.pronouns or t.lower.endswith(facts.pronoun_endings or ("\0",)) for t in rest):
        return
    end = clause.subject[-1].end
    yield Edit(
        (Replacement(end, end, f" {facts.relative}"),),
        moves=(Move(clause.subject[0].start, end, last.start, f" {facts.copula} "),),
    )


def _clause(sentence: Sentence, grammar: Grammar) -> _Clause | None:
    """The one plain clause of a sentence that begins with a subject which can be set apart."""
    facts, last = grammar.facts(CleftFacts), sentence.tokens[-1]
    predicate = main_predicate(sentence, grammar) if last.text == "." else None
    if predicate is None or not predicate.subject.has_rel("nsubj"):
        return None
    noun, verb = predicate.subject, predicate.head
    subject = sentence.subtree(noun)
    if subject[0].index or subject[-1].index + 1 != predicate.onset.index or is_quoted(sentence, noun):
        return None
    if not _may_be_set_apart(sentence, noun, subject, grammar):
        return None
    if not _tells_an_act(sentence, noun, verb, grammar) or not _stands_alone(sentence, noun, verb, facts):
        return None
    between = sentence.tokens[subject[-1].index + 1 : verb.index]
    if facts.auxiliaries and not all(token.lower in facts.auxiliaries for token in between):
        return None
    return _Clause(subject, noun, verb, predicate.finite)


def _may_be_set_apart(sentence: Sentence, noun: Token, subject: tuple[Token, ...], grammar: Grammar) -> bool:
    """A definite noun phrase or a name, in one piece and without a clause of its own."""
    facts = grammar.facts(CleftFacts)
    if sentence.children(noun, "case") or subject[0].upos == "ADP":
        return False  # a phrase of time before the subject was taken for a part of it
    if noun.upos not in {"NOUN", "PROPN"} or len(subject) > facts.longest or not noun.text[0].isalpha():
        return False
    if any(token.lower == noun.lower for token in sentence.tokens[subject[-1].index + 1 :]):
        return False
    if not facts.complements and (subject[-1].upos == "ADJ" or any(token.upos == "ADP" for token in subject)):
        return False
    if any(token.has_rel("acl", "appos", "conj", "punct", "parataxis", "advmod", "cc", "advcl") for token in subject):
        return False
    if any(token.lower in facts.not_subjects or token.upos in {"VERB", "ADV", "SCONJ"} for token in subject):
        return False
    marks = sentence.children(noun, "det", "nmod:poss", "nummod")
    if any(mark.lower in facts.definite for mark in marks) or sentence.children(noun, "nmod:poss"):
        return True
    if len(subject) == 2 and subject[0] == noun and subject[1].upos == "NUM":
        return kind_of(sentence, noun, grammar) in facts.deeds  # a numbered clause
    if noun.upos == "PROPN" and not marks:
        titled = subject[0].lower.rstrip(".") in grammar.facts(LexiconFacts).titles
        return _is_name(sentence, subject) and (facts.terms or titled)
    defined = (
        facts.terms
        and bool(sentence.keeps_capital)
        and not marks
        and noun.feat("Number") != "Plur"
        and subject[0] == noun
    )
    return not marks and (noun.lower in facts.unique or (defined and is_agent(sentence, noun, grammar)))


def _tells_an_act(sentence: Sentence, noun: Token, verb: Token, grammar: Grammar) -> bool:
    """Whether somebody does or suffers it, or something does it to something."""
    facts = grammar.facts(CleftFacts)
    if verb.lower in facts.not_verbs or verb.lemma.lower() in facts.not_verbs:
        return False
    acts = is_agent(sentence, noun, grammar) or (noun.upos == "PROPN" and noun.text[0].isupper())
    deeds = kind_of(sentence, noun, grammar) in facts.deeds
    if verb.upos == "ADJ":
        return acts and bool(sentence.children(verb, "cop"))
    if verb.upos != "VERB" or sentence.children(verb, "cop"):
        return False
    return acts or (deeds and not is_passive(sentence, verb, grammar) and bool(sentence.children(verb, "obj", "ccomp")))


def _is_name(sentence: Sentence, subject: tuple[Token, ...]) -> bool:
    """Whether the words are written as a name elsewhere too, not with the capital of the sentence alone."""
    first, *rest = subject
    inner = [char for char in first.text[1:] if char.isupper()]
    named = bool(rest) and all(token.text[0].isupper() or token.upos != "NOUN" for token in rest)
    return bool(inner) or sentence.keeps_capital is True or named


def _stands_alone(sentence: Sentence, noun: Token, verb: Token, facts: CleftFacts) -> bool:
    """Whether all of the sentence is said of this subject, and tied to nothing that was said before."""
    if sentence.children(verb, "parataxis", "discourse", "vocative", "dislocated"):
        return False
    others = [token for token in sentence.tokens[noun.index + 1 :] if token.has_rel("obj", "iobj", "obl", "nmod")]
    if any(other.upos == "PRON" and other.feat("Person") in {"1", "2"} for other in others):
        return False  # it would disagree with the verb if the two changed places
    for conjunct in sentence.children(verb, "conj"):
        if sentence.children(conjunct, "nsubj", "expl", "csubj"):
            return False
    if any(token.text in {";", ":"} for token in sentence.tokens):
        return False
    return not any(token.lower in facts.adding for token in sentence.tokens[noun.index + 1 :])


def _opening(clause: _Clause, facts: CleftFacts) -> str:
    """How the cleft opens, in the tense of its clause."""
    finite = clause.finite
    if finite.lower in facts.past_words:
        return facts.past
    if finite.lower in facts.present_words:
        return facts.present
    if finite != clause.verb:
        return ""
    tense = finite.feat("Tense") if finite.feat("VerbForm") == "Fin" else None
    return {"Past": facts.past, "Pres": facts.present}.get(tense or "", "")
