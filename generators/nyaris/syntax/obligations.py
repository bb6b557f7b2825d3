"""Duties, permissions and the words that tie a clause to a condition, an exception or a consent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import ClassVar, Literal, NamedTuple

from nyaris.grammar import Facts, Grammar
from nyaris.syntax.clauses import has_negation, is_main, negations_of, subject_of
from nyaris.trees.sentence import Sentence, Span, Token
from nyaris.words.lexicon import is_agent
from nyaris.words.morphology import MorphologyFacts


class Exchange(Facts):
    """A word or phrase and what takes its place, with the neighbours that decide."""

    topic: ClassVar[str] = "binding"

    find: str
    put: str
    relation: Literal["contradiction", "contrary", "modality", "rebinding"] | None = None
    """How the result stands to the source, where it is not the rule's usual way."""
    not_before: frozenset[str] = frozenset()
    """Words that must not stand directly before."""
    not_after: frozenset[str] = frozenset()
    """Words that must not stand directly after."""
    before: frozenset[str] = frozenset()
    """If given: words one of which must stand among the `reach` words before."""
    after: frozenset[str] = frozenset()
    """If given: words one of which must stand among the `reach` words after."""
    reach: int = 1
    after_pos: frozenset[str] = frozenset()
    """If given: the part of speech (UD) of the word that follows."""
    opens: bool | None = None
    """True: only at the start of the sentence or after a comma or bracket; False: not at the start of the sentence."""
    negated: bool | None = None
    """Whether a negation must (True) or must not (False) stand before it."""
    demands: bool = False
    """Whether the result demands what was only allowed."""
    shuns: tuple[str, ...] = ()
    """Words none of which may stand in the sentence."""


class TermPair(Facts):
    """Two legal terms that exclude each other, either way round."""

    topic: ClassVar[str] = "binding"

    pair: tuple[str, str]
    needs: tuple[str, ...] = ()
    """Words one of which must stand in the sentence, where the terms have other senses."""
    shuns: tuple[str, ...] = ()
    """Words none of which may."""
    follows: frozenset[str] = frozenset()
    """If given: words one of which must stand directly before, but for a comma."""
    one_way: bool = False
    """Whether only the first gives way to the second."""
    relation: Literal["contradiction", "contrary", "modality", "rebinding"] | None = None
    """How the result stands to the source, where the terms do not exclude each other."""


class BindingFacts(Facts):
    """How a language puts a party under a duty, and lets it go."""

    topic: ClassVar[str] = "binding"

    duties: frozenset[str]
    """Modals of duty."""
    weak_duties: frozenset[str] = frozenset()
    """Those that also mean a need: they bind only in the company of `permission_words`."""
    permissions: frozenset[str]
    """Modals of permission."""
    promises: frozenset[str] = frozenset()
    """Modals by which a party to a contract binds itself, and elsewhere only looks ahead."""
    duty: str
    """The modal of duty that a permission turns into."""
    permission: str
    """The modal of permission that a duty turns into."""
    bound_pronouns: frozenset[str]
    """Pronouns that stand for a party."""
    permitted_pronouns: frozenset[str] = frozenset()
    """Those whose permissions are permissions; what a firm says it may do is often what it happens to do."""
    purposes: frozenset[str] = frozenset()
    """Words of purpose at the start of a sentence: a duty that only leads somewhere."""
    unbound_determiners: frozenset[str] = frozenset()
    """Determiners of a subject under which a modal cannot be exchanged (no, neither, either)."""
    carriers: frozenset[str] = frozenset()
    """Verbs whose complement clause is a provision of its own (the clause provides that ...)."""
    complementisers: frozenset[str] = frozenset()
    permission_words: tuple[str, ...] = ()
    """If given: words of law and contract, one of which tells a permission from an ability."""
    passive_modals: frozenset[str] = frozenset()
    """Modals of duty that are exchanged with a passive, too."""
    passive_duties: frozenset[str] = frozenset()
    """Verbs (lemmas) whose passive tells what must be done with a thing; none: every verb that is no stative."""
    statives: frozenset[str] = frozenset()
    """Verbs that nobody can be obliged or allowed to (lemmas or forms, as in the lists that follow)."""
    indulgences: frozenset[str] = frozenset()
    """Verbs of what can be allowed, not demanded (choose, enjoy)."""
    burdens: frozenset[str] = frozenset()
    """Verbs of what can be demanded, not allowed (comply, ensure)."""
    free_choice: tuple[str, ...] = ()
    """Words and phrases that only suit a permission (any, at its discretion)."""
    limiters: tuple[str, ...] = ()
    """Words in a clause that make its modal something else than a duty or a permission."""
    only_words: tuple[str, ...] = ()
    """Words that, anywhere after the modal, make a permission nearly a duty (only), or take the duty up again."""
    statuses: tuple[Exchange, ...] = ()
    """Adjectives and participles of duty and permission (required to, entitled to)."""
    mandates: tuple[Exchange, ...] = ()
    """Verbs by which a provision makes somebody do something, or lets him (requires, allows)."""
    provisions: frozenset[str] = frozenset()
    """Nouns of what lays down rules (clause, Act)."""
    definers: tuple[str, ...] = ()
    """Words of a definition, which binds nobody."""
    commitment_modals: frozenset[str] = frozenset()
    """Modals that show it, in whatever clause they stand."""
    commitments: tuple[str, ...] = ()
    """Words that show that a sentence deals in duties, rights or prices."""

    conditions: tuple[Exchange, ...] = ()
    """Conjunctions of condition and their opposites."""
    overrides: tuple[Exchange, ...] = ()
    """Conjunctions of exception and the concessive ones that sweep it aside."""
    override_words: tuple[str, ...] = ()
    """Words anywhere in the sentence that keep such an exception as it is."""
    override_negators: frozenset[str] = frozenset()
    """Negators that must not stand in it."""
    condition_verbs: frozenset[str] = frozenset()
    """Verbs in a condition that say no already, or only ask what the reader wants."""
    happenings: frozenset[str] = frozenset()
    """Verbs of a main clause that tells what may come to pass, not what may be done."""
    condition_words: tuple[str, ...] = ()
    """Words in either clause that keep a condition from being turned round."""
    pointers: frozenset[str] = frozenset()
    """Pronouns and determiners by which the main clause takes up what the condition tells."""
    pointer_suffixes: tuple[str, ...] = ()
    adverbial_terms: frozenset[str] = frozenset()
    """Legal terms whose opposite goes with a verb only."""
    prices: frozenset[str] = frozenset()
    """Nouns of what is paid, which something is part of or not without any modal."""
    exceptions: tuple[Exchange, ...] = ()
    exception_words: tuple[str, ...] = ()
    """Words anywhere in the sentence that keep an exception as it is."""
    precedence: tuple[Exchange, ...] = ()
    terms: tuple[TermPair, ...] = ()
    term_blockers: tuple[str, ...] = ()
    consents: frozenset[str] = frozenset()
    """What somebody must give beforehand (consent), lemmas."""
    notices: frozenset[str] = frozenset()
    """What must be given to somebody beforehand (notice): a right may be exercised only with it."""
    speakers: frozenset[str] = frozenset()
    """Pronouns of one who speaks to an audience (I)."""
    addressed_owners: frozenset[str] = frozenset()
    """Possessives of the audience (your)."""
    without: str = ""
    with_words: tuple[str, ...] = ()
    """What introduces a consent that is needed, the longest first (only with, subject to, with)."""
    only_with: str = ""
    consent_blockers: frozenset[str] = frozenset()
    """Words inside, before or right after the consent phrase that keep it as it is."""
    consent_shuns: tuple[str, ...] = ()
    """Words in the clause before it that go ill with its opposite (freely, immediately)."""
    consent_reach: int = 4
    """How many words may stand between the adposition and the noun."""

    amount_blockers: tuple[str, ...] = ()
    """Words that tie two amounts together, as ends of a range, parts of a sum or steps of a change."""
    amount_bounds: frozenset[str] = frozenset()
    """Words right before the second of two amounts that make it a bound."""
    amount_joints: frozenset[str] = frozenset()
    """Words one of which stands between two amounts that are told side by side (and, or, while)."""
    amount_ratio: int = 8
    """How many times the smaller the larger amount may be, if each is to fit the other's place."""


class Bound(NamedTuple):
    """A predicate under a modal of duty, permission or promise, and who it binds."""

    predicate: Token
    modal: Token
    subject: Token
    negated: bool


def contains_phrase(text: str, phrases: Iterable[str]) -> bool:
    """Whether one of the words or phrases stands in the text, as whole words."""
    lowered = text.lower()
    for phrase in phrases:
        if phrase in lowered and re.search(rf"(?<![\w-]){re.escape(phrase)}(?![\w-])", lowered):
            return True
    return False


def phrase_spans(sentence: Sentence, phrase: str) -> Iterator[Span]:
    """Every place where a phrase stands as whole words, whatever its capitals."""
    if phrase not in sentence.lowered:
        return
    for match in re.finditer(rf"(?<![\w-]){re.escape(phrase)}(?![\w-])", sentence.text, re.IGNORECASE):
        yield Span(*match.span())


def is_one_of(word: Token, words: frozenset[str], grammar: Grammar) -> bool:
    """Whether the list has the word: by form, and where words inflect by lemma; elsewhere a lemma is only a stem."""
    inflects = grammar.facts(MorphologyFacts).inflector != "none"
    return word.lower in words or (inflects and word.lemma.lower() in words)


def exchanges(sentence: Sentence, table: Iterable[Exchange], grammar: Grammar) -> Iterator[tuple[Exchange, Span]]:
    """Where an exchange can be made, judged by its neighbours; the first of the table that fits a place counts."""
    taken: list[Span] = []
    for exchange in table:
        for span in phrase_spans(sentence, exchange.find):
            if any(span.start < other.end and other.start < span.end for other in taken):
                continue
            if _fits(sentence, exchange, span, grammar):
                taken.append(span)
                yield exchange, _with_blank(sentence, span, exchange.put)


def _with_blank(sentence: Sentence, span: Span, put: str) -> Span:
    """The span with the blank before it, where what takes its place begins with a comma."""
    blank = put.startswith(",") and span.start > 0 and sentence.text[span.start - 1] == " "
    return Span(span.start - 1, span.end) if blank else span


def _fits(sentence: Sentence, exchange: Exchange, span: Span, grammar: Grammar) -> bool:
    before = tuple(token for token in sentence.tokens if token.end <= span.start)
    after = tuple(token for token in sentence.tokens if token.start >= span.end)
    last, following = before[-1] if before else None, after[0] if after else None
    if following is None or following.lower in exchange.not_after or contains_phrase(sentence.text, exchange.shuns):
        return False
    if last is not None and last.lower in exchange.not_before:
        return False
    if exchange.opens is not None and exchange.opens != (last is None or last.text in {",", "(", ";"}):
        return False
    if exchange.after_pos and following.upos not in exchange.after_pos:
        return False
    if exchange.negated is not None and exchange.negated != (bool(before) and has_negation(sentence, grammar, before)):
        return False
    near_before = {token.lower for token in before[-exchange.reach :]}
    near_after = {token.lower for token in after[: exchange.reach]}
    return (not exchange.before or bool(near_before & exchange.before)) and (
        not exchange.after or bool(near_after & exchange.after)
    )


@lru_cache(maxsize=16)
def bound_predicates(sentence: Sentence, grammar: Grammar) -> tuple[Bound, ...]:
    """Verbs with one modal of duty, permission or promise, and a subject that stands before it."""
    return tuple(_bound_predicates(sentence, grammar))


def _bound_predicates(sentence: Sentence, grammar: Grammar) -> Iterator[Bound]:
    facts = grammar.facts(BindingFacts)
    modals = facts.duties | facts.permissions | facts.promises
    for predicate in sentence.tokens:
        if predicate.upos != "VERB":
            continue
        subject = subject_of(sentence, predicate) or shared_subject(sentence, predicate)
        if subject is None:
            continue
        near = [*sentence.children(predicate), *sentence.children(subject)]
        found = [token for token in near if token.lower in modals and subject.index < token.index < predicate.index]
        if len(found) != 1 or not _adjoin(sentence, found[0], predicate):
            continue
        yield Bound(predicate, found[0], subject, bool(negations_of(sentence, predicate, grammar)))


def _adjoin(sentence: Sentence, modal: Token, predicate: Token) -> bool:
    """Whether nothing but adverbs, or a stretch between commas, stands between modal and verb."""
    between = sentence.tokens[modal.index + 1 : predicate.index]
    if all(token.upos in {"ADV", "PART", "AUX"} for token in between):
        return True
    return between[0].text == "," and between[-1].text == ","


def shared_subject(sentence: Sentence, predicate: Token) -> Token | None:
    """The subject of the first conjunct, for a predicate that is coordinated with it."""
    head = sentence.head(predicate)
    return subject_of(sentence, head) if head is not None and predicate.has_rel("conj") else None


def is_provision(sentence: Sentence, predicate: Token, grammar: Grammar) -> bool:
    """Whether the clause states a rule by itself, or as what a clause of a law provides."""
    facts = grammar.facts(BindingFacts)
    while predicate.has_rel("conj"):
        predicate = sentence.tokens[predicate.head]
    if is_main(sentence, predicate):
        return True
    head = sentence.head(predicate)
    marks = sentence.children(predicate, "mark")
    return (
        head is not None
        and head.head < 0
        and is_one_of(head, facts.carriers, grammar)
        and head.index < predicate.index
        and any(mark.lower in facts.complementisers for mark in marks)
    )


def is_bound_party(sentence: Sentence, noun: Token, grammar: Grammar) -> bool:
    """Whether the noun or pronoun stands for somebody who can be under a duty."""
    facts = grammar.facts(BindingFacts)
    if any(child.lower in facts.unbound_determiners for child in sentence.children(noun)):
        return False
    before = sentence.previous(min(sentence.subtree(noun), key=lambda token: token.index))
    near = {noun.lower, *(token.lower for token in (before, sentence.previous(noun)) if token)}
    if near & facts.unbound_determiners:
        return False
    return noun.lower in facts.bound_pronouns or (noun.upos != "PRON" and is_agent(sentence, noun, grammar))


@lru_cache(maxsize=16)
def speaks_of_commitments(sentence: Sentence, grammar: Grammar) -> bool:
    """Whether the sentence deals in duties, rights or prices, and is no definition."""
    facts = grammar.facts(BindingFacts)
    if contains_phrase(sentence.text, facts.definers):
        return False
    return any(token.lower in facts.commitment_modals for token in sentence.tokens) or contains_phrase(
        sentence.text, facts.commitments
    )
