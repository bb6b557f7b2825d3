"""What belongs to which of two things or clauses: a modifier of one of two nouns, a deed as condition or as duty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from nyaris.edits import Edit, Swap, replacing
from nyaris.grammar import Facts, Grammar
from nyaris.participants.parties import PartyFacts
from nyaris.syntax.clauses import has_negation, is_passive, subject_of
from nyaris.syntax.conditions import takes_up
from nyaris.syntax.obligations import BindingFacts, bound_predicates, contains_phrase, is_one_of
from nyaris.trees.sentence import Sentence, Span, Token
from nyaris.words.lexicon import is_agent, is_plural, kind_of
from nyaris.words.morphology import MorphologyFacts, inflect


class Modifier(Facts):
    """Adjectives and participles that suit every noun of some kinds."""

    topic: ClassVar[str] = "attachment"

    words: frozenset[str]
    kinds: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    """Further nouns, lemmas."""


class AttachmentFacts(Facts):
    """Which modifiers may belong to either of two nouns, and which conditions may be duties."""

    topic: ClassVar[str] = "attachment"

    modifiers: tuple[Modifier, ...] = ()
    owner_markers: frozenset[str] = frozenset()
    """Adpositions between what is owned and its owner (of)."""
    vague: frozenset[str] = frozenset()
    """Nouns that stand for anybody (person)."""
    modifiers_lead: bool = False
    """Whether a modifier stands before its noun."""
    openers: frozenset[str] = frozenset()
    """Conjunctions of a condition that comes first (if)."""


def reattached(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The edits that give a modifier of what is owned to its owner, and the other way round."""
    facts = grammar.facts(AttachmentFacts)
    for owner in sentence.tokens:
        owned = sentence.head(owner)
        marker = sentence.child(owner, "case")
        if owned is None or not owner.has_rel("nmod") or marker is None or marker.lower not in facts.owner_markers:
            continue
        if owned.index > owner.index or not owned.index < marker.index < owner.index:
            continue
        modified = [(noun, _modifiers(sentence, noun)) for noun in (owned, owner)]
        found = [(noun, amods[0]) for noun, amods in modified if len(amods) == 1]
        if len(found) != 1 or any(len(amods) > 1 for _, amods in modified):
            continue
        noun, modifier = found[0]
        other = owner if noun == owned else owned
        if _is_plain(sentence, owned, owner, modifier, grammar) and _suits_both(
            sentence, modifier, owned, owner, grammar
        ):
            yield _moved(sentence, modifier, noun, other, facts)


def _modifiers(sentence: Sentence, noun: Token) -> list[Token]:
    """Adjectives, and participles with nothing of their own."""
    found = sentence.children(noun, "amod", "acl")
    return [each for each in found if each.has_rel("amod") or not sentence.children(each)]


def _is_plain(sentence: Sentence, owned: Token, owner: Token, modifier: Token, grammar: Grammar) -> bool:
    """Whether the two phrases are determiner, modifier and noun and no more."""
    parties = grammar.facts(PartyFacts)
    articles = parties.definite | parties.indefinite
    vague = grammar.facts(AttachmentFacts).vague
    if any(is_one_of(noun, vague, grammar) for noun in (owned, owner)):
        return False
    allowed = {"det", "case", "amod", "punct", "cop", "mark", "nsubj", "aux", "advmod", "cc", "expl"}
    tokens = sentence.tokens
    for noun in (owned, owner):
        for child in sentence.children(noun):
            if child.index > owner.index or child in (owner, modifier):
                continue
            if child.has_rel("det") and child.lower not in articles:
                return False
            if child.rel.partition(":")[0] not in allowed or (child.has_rel("amod", "acl") and child != modifier):
                return False
    after = tokens[owner.index + 1] if owner.index + 1 < len(tokens) else None
    if after is not None and (
        after.upos in {"NOUN", "PROPN"} or (after.head == owner.index and not after.has_rel("punct", "det"))
    ):
        return False
    if owner.has_rel("conj") or sentence.children(owned, "conj", "flat", "compound", "appos"):
        return False
    between = tokens[owned.index + 1 : owner.index]
    return all(token.has_rel("case", "det") or token == modifier for token in between) and not (
        owned.text[0].isupper() and owned.index
    )


def _suits_both(sentence: Sentence, modifier: Token, owned: Token, owner: Token, grammar: Grammar) -> bool:
    for entry in grammar.facts(AttachmentFacts).modifiers:
        if modifier.lower in entry.words and owned.lemma.lower() != owner.lemma.lower():
            fits = (
                kind_of(sentence, noun, grammar) in entry.kinds or is_one_of(noun, entry.nouns, grammar)
                for noun in (owned, owner)
            )
            return all(fits)
    return False


def _moved(sentence: Sentence, modifier: Token, noun: Token, other: Token, facts: AttachmentFacts) -> Edit:
    """The modifier leaves its noun, with one blank, and goes beside the other."""
    if facts.modifiers_lead:
        after = sentence.tokens[modifier.index + 1]
        taken, put = Span(modifier.start, after.start), Span(other.start, other.start)
        return replacing((taken, ""), (put, f"{modifier.text} "))
    before = sentence.tokens[modifier.index - 1]
    taken, put = Span(before.end, modifier.end), Span(other.end, other.end)
    return replacing((taken, ""), (put, f" {modifier.text}"))


def exchanged_deeds(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The edit by which the duty becomes the condition: "If A pays, B shall deliver", "If B delivers, A shall pay"."""
    facts, binding = grammar.facts(AttachmentFacts), grammar.facts(BindingFacts)
    if sentence.tokens[0].lower not in facts.openers or has_negation(sentence, grammar):
        return
    if contains_phrase(sentence.text, (*binding.condition_words, *binding.definers, *grammar.facts(PartyFacts).mutual)):
        return
    for bound in bound_predicates(sentence, grammar):
        main = bound.predicate
        clauses = [each for each in sentence.children(main, "advcl") if each.index < bound.subject.index]
        if main.head >= 0 or len(clauses) != 1 or bound.modal.lower not in binding.duties:
            continue
        deed = clauses[0]
        subject = subject_of(sentence, deed)
        inside = sentence.subtree(deed)
        if subject is None or takes_up(sentence, inside, grammar) or inside[0].index != 0:
            continue
        edit = _exchanged(sentence, (deed, subject, inside), (main, bound.subject), bound.modal, grammar)
        if edit:
            yield edit


def _exchanged(
    sentence: Sentence,
    condition: tuple[Token, Token, tuple[Token, ...]],
    duty: tuple[Token, Token],
    modal: Token,
    grammar: Grammar,
) -> Edit | None:
    (deed, subject, inside), (act, bound) = condition, duty
    either = grammar.facts(PartyFacts).either_does
    both = ((deed, subject), (act, bound))
    if any(not is_one_of(verb, either, grammar) or is_passive(sentence, verb, grammar) for verb, _ in both):
        return None
    if deed.lemma == act.lemma or subject.lemma == bound.lemma:
        return None
    for verb, noun in both:
        plain = noun.upos in {"NOUN", "PROPN"} and is_agent(sentence, noun, grammar) and not is_plural(noun, grammar)
        others = sentence.children(verb, "conj", "advcl", "ccomp", "xcomp", "aux:pass", "advmod")
        if not plain or any(other != deed for other in others):
            return None
        own = [token for token in sentence.subtree(verb) if verb == deed or token not in inside]
        if any(token.upos == "PRON" or (token.has_rel("acl", "advcl") and token != deed) for token in own):
            return None
    if sentence.children(deed, "aux") or modal.index + 1 != act.index or subject.index > deed.index:
        return None
    spans = []
    for verb, noun, tokens in ((deed, subject, inside), (act, bound, sentence.subtree(act))):
        phrase = sentence.span(*(token for token in sentence.subtree(noun)))
        rest = [token for token in tokens if token.index >= verb.index and token.upos != "PUNCT"]
        if sentence.tokens_in(phrase)[-1].index + 1 not in {verb.index, modal.index}:
            return None
        spans += [phrase, Span(verb.start, rest[-1].end)]
    forms: tuple[tuple[Span, str], ...] = ()
    if grammar.facts(MorphologyFacts).inflector != "none":
        third = inflect(act.lemma.lower(), "present3", grammar)
        if third is None or deed.lower != inflect(deed.lemma.lower(), "present3", grammar):
            return None
        forms = ((deed.span, deed.lemma.lower()), (act.span, third))
    edit = replacing(*forms)
    return Edit(edit.replacements, tuple(sorted((Swap(spans[0], spans[2]), Swap(spans[1], spans[3])))))
