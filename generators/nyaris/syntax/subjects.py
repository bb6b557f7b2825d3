"""Who does it: the subject that a predicate has, or shares with another one."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from nyaris.grammar import Facts, Grammar
from nyaris.syntax.clauses import is_passive
from nyaris.trees.sentence import Sentence, Token
from nyaris.words.lexicon import LexiconFacts, is_listed


class SubjectFacts(Facts):
    """Where a verb without a subject of its own finds one. Words are matched by form and by lemma."""

    topic: ClassVar[str] = "subject"

    control: frozenset[str] = frozenset()
    """Verbs and adjectives whose subject also does what the verb below them says (agree to, be required to)."""
    control_nouns: frozenset[str] = frozenset()
    """Nouns that do so as objects (reserve the right to)."""
    sharing_marks: frozenset[str] = frozenset()
    """Words that open an adverbial clause without a subject of its own (by giving notice)."""
    clause_openers: frozenset[str] = frozenset()
    """Words that open a clause with a subject of its own."""
    relative_pronouns: frozenset[str] = frozenset()
    """Pronouns by which a relative clause takes up the noun before it as its subject."""
    aims: frozenset[str] = frozenset()
    """Words that open a clause of purpose, whose subject is that of the main clause (to, in order to)."""
    tensed: bool = False
    """Whether verbs show by their form that they are finite."""


class Understood(NamedTuple):
    """The noun that does it, the predicate whose subject it is, and whether that stands in a relative clause."""

    noun: Token
    predicate: Token
    relative: bool = False


def understood_subject(sentence: Sentence, predicate: Token, grammar: Grammar) -> Understood | None:
    """The subject of the predicate, its own or that of a verb above it; None when nobody can tell."""
    facts = grammar.facts(SubjectFacts)
    if sentence.children(predicate, "nsubj", "csubj", "expl"):
        noun = sentence.child(predicate, "nsubj")
        if sentence.children(predicate, "csubj") or (noun and _is_noun_itself(sentence, noun, predicate, grammar)):
            return None
        if noun and noun.lower in facts.relative_pronouns and predicate.has_rel("acl"):
            return _antecedent(sentence, noun, predicate)
        before = noun is not None and noun.index < predicate.index
        return Understood(noun, predicate) if noun and before and _leads_to(sentence, noun, predicate) else None
    above = _shares_with(sentence, predicate, grammar)
    return understood_subject(sentence, above, grammar) if above else None


def leads_with_aim(sentence: Sentence, predicate: Token, grammar: Grammar) -> bool:
    """Whether the sentence says first what the subject wants, so that nobody else can be the subject."""
    aims = grammar.facts(SubjectFacts).aims
    before = (clause for clause in sentence.children(predicate, "advcl") if clause.index < predicate.index)
    return any(
        mark.lower in aims
        for clause in before
        if not sentence.children(clause, "nsubj")
        for mark in sentence.children(clause, "mark", "case")
    )


def _is_noun_itself(sentence: Sentence, noun: Token, predicate: Token, grammar: Grammar) -> bool:
    """Whether the verb is a listed noun right behind its subject, so that the parser may be wrong."""
    listed = grammar.facts(LexiconFacts).kind_by_noun.get(predicate.lower)
    return predicate.index == noun.index + 1 and listed in grammar.facts(LexiconFacts).agents


def _antecedent(sentence: Sentence, pronoun: Token, predicate: Token) -> Understood | None:
    """The noun right before a relative pronoun, if the verb follows the pronoun."""
    noun = sentence.head(predicate)
    if noun is None or noun.index >= pronoun.index or pronoun.index > predicate.index:
        return None
    between = sentence.tokens[noun.index + 1 : pronoun.index]
    adjacent = all(token.head == noun.index and token.has_rel("det", "amod", "flat", "compound") for token in between)
    return Understood(noun, predicate, True) if adjacent else None


def _leads_to(sentence: Sentence, noun: Token, predicate: Token) -> bool:
    """Whether the phrase of the subject is followed by its predicate, a helper of it, or a comma."""
    end = sentence.subtree(noun)[-1]
    after = sentence.tokens[end.index + 1]
    if after == predicate or after.text == "," or after.upos == "PUNCT":
        return True
    return after.head == predicate.index and after.upos in {"AUX", "ADV", "PART", "VERB"}


def _shares_with(sentence: Sentence, predicate: Token, grammar: Grammar) -> Token | None:
    """The verb above whose subject the predicate shares."""
    facts = grammar.facts(SubjectFacts)
    head = sentence.head(predicate)
    if head is None or head.index > predicate.index:
        return None
    if predicate.has_rel("conj"):
        between = sentence.tokens[head.index + 1 : predicate.index]
        own_aux = sentence.children(predicate, "aux") and not sentence.children(head, "aux", "nsubj", "cop")
        broken = bool(own_aux and not head.has_rel("root", "conj")) or any(
            each.has_rel("mark", "nsubj", "csubj") or each.lower in facts.clause_openers for each in between
        )
        return None if broken else head
    if predicate.has_rel("acl") and is_listed(head, facts.control_nouns) and head.has_rel("obj"):
        return sentence.head(head)
    if predicate.has_rel("xcomp", "advcl", "ccomp") and is_listed(head, facts.control):
        return None if sentence.children(head, "obj", "iobj") else head
    if predicate.has_rel("advcl") and head.upos == "VERB" and not is_passive(sentence, head, grammar):
        marks = {mark.lower for mark in sentence.children(predicate, "mark", "case")}
        gerund = predicate.feat("VerbForm") in {"Ger", "Part"} and not sentence.children(predicate, "aux")
        return head if marks & facts.sharing_marks and (gerund or not facts.tensed) else None
    return None
