"""Duties and permissions in other words: shall and must, may and is permitted to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from nyaris.edits import Edit, replacing
from nyaris.grammar import Facts, Grammar
from nyaris.rules import keeper
from nyaris.syntax.clauses import ClauseFacts, is_passive, negations_of, under_modals
from nyaris.trees.sentence import Sentence, Span, Token
from nyaris.words.lexicon import is_plural, kind_of
from nyaris.words.wording import exchangeable, names_agent


class Periphrasis(BaseModel):
    """A modal, and the longer phrase that says the same of somebody who acts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    modal: str
    singular: str
    plural: str
    second: str = ""
    """After the second person, where it is neither."""
    verbs: frozenset[str] = frozenset()
    """Lemmas under which the modal has this sense; empty: all but the statives."""
    pronouns: frozenset[str] = frozenset()
    """Pronouns that the phrase goes with."""
    nouns: frozenset[str] = frozenset()
    """Lemmas of the subjects that the phrase goes with; empty: all but `not_nouns`."""
    not_nouns: frozenset[str] = frozenset()
    to_phrase: bool = True
    """Whether the modal may give way to the phrase, not only the phrase to the modal."""
    main_only: bool = False
    """Whether the modal has this sense in main clauses alone (not in "as the Minister may direct")."""


class ModalFacts(Facts):
    """What says that somebody must or may."""

    topic: ClassVar[str] = "modal"

    equals: tuple[tuple[str, str], ...] = ()
    """Modals that say the same of somebody who acts, the first good for the second and the other way round."""
    becomes: tuple[tuple[str, str], ...] = ()
    """Modals of which only the first may give way to the second."""
    promises: tuple[tuple[str, str], ...] = ()
    """Modals that say the same of a party to a contract."""
    promising_kinds: frozenset[str] = frozenset()
    """The kinds of nouns that name such a party, when they stand with a capital."""
    speakers: tuple[tuple[str, str, str], ...] = ()
    """Pronoun of who speaks or is spoken to, and two modals that say the same of him (we: will, shall)."""
    spoken_acts: frozenset[str] = frozenset()
    """Verbs, as they stand after a modal, of what such a pronoun does at will."""
    prohibitions: tuple[tuple[str, str], ...] = ()
    """Modals with their negator that forbid the same."""
    forbidden: frozenset[str] = frozenset()
    """Verbs, as they stand after a modal, of what is commonly forbidden."""
    example_words: frozenset[str] = frozenset()
    """Words of a sentence that tells what may happen, not what is allowed."""
    focusing: frozenset[str] = frozenset()
    """Adverbs between modal and verb that would part the longer phrase from it (may also choose)."""
    asking_marks: frozenset[str] = frozenset()
    """Words that open an indirect question, where no promise is made."""
    formal: frozenset[str] = frozenset()
    """Those of them that only rules and contracts use."""
    informal_words: frozenset[str] = frozenset()
    """Words of sentences that are no rule and no contract."""
    periphrases: tuple[Periphrasis, ...] = ()
    statives: frozenset[str] = frozenset()
    """Lemmas of verbs that are no act: shall is no duty with them."""
    done: frozenset[str] = frozenset()
    """Participles of acts that somebody must do, although the passive does not say who."""
    summing: frozenset[str] = frozenset()
    """Conjunctions that make one plural subject of two."""
    unbound_determiners: frozenset[str] = frozenset()
    """Determiners and pronouns of a subject about whom a modal says something else (no, neither)."""


@keeper
def duty(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """One modal of duty stands for another (shall, must)."""
    facts = grammar.facts(ModalFacts)
    for verb, modal in under_modals(sentence, grammar):
        if not exchangeable(sentence, (modal,)) or modal.index > verb.index:
            continue
        if verb.has_rel("advcl") and sentence.children(verb, "mark"):
            continue  # under a condition the modals part: what somebody must do, what he shall do
        for left, right in (*facts.equals, *((right, left) for left, right in facts.equals), *facts.becomes):
            if modal.lower != left or (right in facts.formal and _is_informal(sentence, facts)):
                continue
            subject = sentence.child(verb, "nsubj")
            if subject and subject.feat("Person") == "1" and {left, right} & facts.formal:
                continue  # "we shall" promises, "we must" is bound
            if subject and _is_bound(sentence, subject, verb, grammar):
                yield replacing((modal.span, right))


@keeper
def promise(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """What a party will do it shall do."""
    facts = grammar.facts(ModalFacts)
    for verb, modal in under_modals(sentence, grammar):
        subject = sentence.child(verb, "nsubj")
        if subject is None or not exchangeable(sentence, (modal,)) or modal.index > verb.index:
            continue
        asked = {mark.lower for mark in sentence.children(verb, "mark")} & facts.asking_marks
        if (
            asked
            or verb.has_rel("acl", "advcl")
            or is_passive(sentence, verb, grammar)
            or not subject.text[0].isupper()
        ):
            continue
        named = subject.upos != "PRON" and subject.text[0].isupper()
        party = named and kind_of(sentence, subject, grammar) in facts.promising_kinds
        for left, right in (*facts.promises, *((right, left) for left, right in facts.promises)):
            if party and modal.lower == left and _is_bound(sentence, subject, verb, grammar):
                yield replacing((modal.span, right))


@keeper
def speaker(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """What we will do we shall do; what you can do you may do."""
    facts = grammar.facts(ModalFacts)
    for verb, modal in under_modals(sentence, grammar):
        subject = sentence.child(verb, "nsubj")
        if subject is None or verb.has_rel("acl", "advcl", "conj") or sentence.previous(modal) != subject:
            continue
        if (
            sentence.children(verb, "mark")
            or is_passive(sentence, verb, grammar)
            or verb.lower not in facts.spoken_acts
        ):
            continue
        if negations_of(sentence, verb, grammar) or not exchangeable(sentence, (modal,)):
            continue
        for pronoun, left, right in facts.speakers:
            if subject.lower == pronoun and modal.lower == left:
                yield replacing((modal.span, right))


@keeper
def prohibition(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """What one may not do one must not do."""
    facts = grammar.facts(ModalFacts)
    for verb, modal in under_modals(sentence, grammar):
        subject, negator = sentence.child(verb, "nsubj"), sentence.next(modal)
        if negator is None or subject is None or not exchangeable(sentence, (modal, negator)):
            continue
        if is_passive(sentence, verb, grammar) or not _is_bound(sentence, subject, verb, grammar):
            continue
        if (
            verb.index != negator.index + 1
            or verb.lower not in facts.forbidden
            or (subject.upos == "PRON" and subject.feat("Person") == "1")
        ):
            continue
        for left, right in (*facts.prohibitions, *((right, left) for left, right in facts.prohibitions)):
            if f"{modal.lower} {negator.lower}" == left:
                yield replacing((Span(modal.start, negator.end), right))


@keeper
def longer(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A modal becomes a phrase (must, is required to)."""
    facts = grammar.facts(ModalFacts)
    for verb, modal in under_modals(sentence, grammar):
        subject = sentence.child(verb, "nsubj")
        if subject is None or negations_of(sentence, verb, grammar):
            continue
        between = sentence.tokens[modal.index + 1 : verb.index]
        if len(between) > 1 or modal.index > verb.index or not all(_goes_along(token, grammar) for token in between):
            continue
        if is_passive(sentence, verb, grammar) or not _is_bound(sentence, subject, verb, grammar):
            continue
        if facts.example_words & {token.lower for token in sentence.tokens}:
            continue
        if any(token.lower in facts.focusing for token in between):
            continue
        if modal.lower in facts.formal and subject.feat("Person") == "1":
            continue
        for each in facts.periphrases:
            if each.main_only and _is_subordinate(sentence, verb):
                continue
            if each.modal == modal.lower and each.to_phrase and _has_sense(verb, subject, each):
                phrase = _agreeing(sentence, subject, each, grammar)
                if phrase and exchangeable(sentence, (modal, verb)):
                    span = Span(modal.start, verb.end)
                    yield replacing((span, phrase + sentence.slice(Span(modal.end, verb.end))))


@keeper
def shorter(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A phrase of duty or permission becomes a modal (is required to, must)."""
    facts = grammar.facts(ModalFacts)
    for token in sentence.tokens:
        for words, each in _phrases(grammar).get(token.lower, ()):
            found = sentence.tokens[token.index : token.index + len(words)]
            verb = sentence.next(found[-1])
            if tuple(part.lower for part in found) != words or verb is None or verb.upos != "VERB":
                continue
            before = sentence.previous(token)
            if before is None or before.upos not in {"NOUN", "PROPN", "PRON"} or not exchangeable(sentence, found):
                continue
            subject = next((s for head in found for s in sentence.children(head, "nsubj")), None)
            if subject is None or negations_of(sentence, sentence.tokens[subject.head], grammar):
                continue
            if each.modal in facts.formal and _is_informal(sentence, facts):
                continue
            if _is_bound(sentence, subject, verb, grammar) and _has_sense(verb, subject, each):
                yield replacing((Span(token.start, verb.end), f"{each.modal} {verb.text}"))


@cache
def _phrases(grammar: Grammar) -> dict[str, tuple[tuple[tuple[str, ...], Periphrasis], ...]]:
    """First word -> the long phrases that begin with it."""
    found: dict[str, list[tuple[tuple[str, ...], Periphrasis]]] = {}
    for each in grammar.facts(ModalFacts).periphrases:
        for phrase in dict.fromkeys((each.singular, each.plural, each.second)):
            if phrase:
                words = tuple(phrase.split())
                found.setdefault(words[0], []).append((words, each))
    return {first: tuple(entries) for first, entries in found.items()}


def _is_subordinate(sentence: Sentence, verb: Token) -> bool:
    """Whether the clause describes a noun or hangs on another clause as an adverbial."""
    while verb.has_rel("conj"):
        verb = sentence.tokens[verb.head]
    return verb.has_rel("acl", "advcl") or bool(sentence.children(verb, "mark") and not verb.has_rel("ccomp"))


def _goes_along(adverb: Token, grammar: Grammar) -> bool:
    return adverb.upos == "ADV" and adverb.lower not in grammar.facts(ClauseFacts).near_negators


def _is_informal(sentence: Sentence, facts: ModalFacts) -> bool:
    return any(token.lower in facts.informal_words for token in sentence.tokens)


def _is_bound(sentence: Sentence, subject: Token, verb: Token, grammar: Grammar) -> bool:
    """Whether the clause puts somebody under a duty, or lets him: an act, and one who can act."""
    facts = grammar.facts(ModalFacts)
    if verb.upos != "VERB" or subject.index > verb.index:
        return False
    open_words = {subject.lower, *(child.lower for child in sentence.children(subject, "det", "advmod"))}
    if open_words & facts.unbound_determiners:
        return False
    if is_passive(sentence, verb, grammar):
        return verb.lower in facts.done
    return (
        verb.lemma.lower() not in facts.statives
        and verb.lower not in facts.statives
        and names_agent(sentence, subject, grammar)
    )


def _has_sense(verb: Token, subject: Token, each: Periphrasis) -> bool:
    if subject.upos == "PRON" and subject.lower not in each.pronouns and (each.pronouns or each.nouns):
        return False
    names = {subject.lower, subject.lemma.lower()}
    if subject.upos != "PRON" and (names & each.not_nouns or (each.nouns and not names & each.nouns)):
        return False
    return not each.verbs or verb.lower in each.verbs or verb.lemma.lower() in each.verbs


def _agreeing(sentence: Sentence, subject: Token, each: Periphrasis, grammar: Grammar) -> str | None:
    if sentence.children(subject, "conj"):
        others = sentence.children(subject, "conj")
        joined = {child.lower for other in others for child in sentence.children(other, "cc")}
        summed = joined and joined <= grammar.facts(ModalFacts).summing
        return each.plural if each.singular == each.plural or summed else None
    if subject.feat("Person") == "2":
        return each.second or each.plural
    if subject.feat("Person") == "1" and subject.feat("Number") != "Plur":
        return None
    return each.plural if is_plural(subject, grammar) else each.singular
