"""Words and phrases that say the same, each in the construction that it needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from nyaris.edits import Edit, replacing
from nyaris.grammar import Facts, Grammar
from nyaris.rules import keeper
from nyaris.trees.sentence import Sentence, Span, Token
from nyaris.words.morphology import Form, WordClass, paradigm, passive_of
from nyaris.words.wording import exchangeable, form_in_context, names_agent, theme_of


class Construction(BaseModel):
    """Pairs that may be exchanged under the same conditions; what is left empty is not asked for.

    A pair is written "a = b" (both ways, also "a = b = c") or "a > b" (one way). All conditions are about the first
    word of what is replaced.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    pairs: tuple[str, ...]
    inflects: WordClass | None = None
    """The first word stands in the forms of a verb or noun, the other takes the same."""
    voices: bool = False
    """The pair also holds for the passives of its verbs, in languages whose prefixes tell them."""
    upos: frozenset[str] = frozenset()
    rels: frozenset[str] = frozenset()
    not_rels: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    """At least one dependent has one of these relations."""
    lacks: frozenset[str] = frozenset()
    """No dependent has any of these."""
    partners: frozenset[str] = frozenset()
    """Lemmas: what the verb acts on, or the noun that the word modifies or marks, is one of these."""
    not_partners: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    """Lemmas: the subject of the verb, or the noun that its participle describes, is one of these."""
    told: bool = False
    """What the verb acts on is somebody."""
    opens: bool = False
    """It is the beginning of the sentence."""
    next_upos: frozenset[str] = frozenset()
    next_words: frozenset[str] = frozenset()
    next_not: frozenset[str] = frozenset()
    previous_upos: frozenset[str] = frozenset()
    previous_words: frozenset[str] = frozenset()
    previous_not: frozenset[str] = frozenset()
    not_earlier: frozenset[str] = frozenset()
    """None of these stands anywhere before it (between a and b)."""


class SynonymFacts(Facts):
    """What may be said in other words."""

    topic: ClassVar[str] = "synonym"

    words: tuple[Construction, ...] = ()
    """One word for one or more."""
    phrases: tuple[Construction, ...] = ()
    """Several words for one or more."""
    superfluous: tuple[Construction, ...] = ()
    """Words and phrases that may be left out or shortened ("any and all > all")."""


@keeper
def word(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A word gives way to another that says the same."""
    yield from _exchanged(sentence, grammar, "words")


@keeper
def phrase(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A fixed phrase gives way to another that says the same."""
    yield from _exchanged(sentence, grammar, "phrases")


@keeper
def omission(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A word that adds nothing is left out."""
    yield from _exchanged(sentence, grammar, "superfluous")


@dataclass(frozen=True)
class _Exchange:
    """A way of writing the left side of a pair, and what stands in its place, by form."""

    left: tuple[str, ...]
    right: dict[Form, str]
    construction: Construction


def _exchanged(sentence: Sentence, grammar: Grammar, section: str) -> Iterator[Edit]:
    table = _table(grammar, section)
    seen: set[tuple[Span, str]] = set()
    words = {token.lower for token in sentence.tokens}
    for token in sentence.tokens:
        for exchange in table.get(token.lower, ()):
            tokens = sentence.tokens[token.index : token.index + len(exchange.left)]
            if tuple(each.lower for each in tokens) != exchange.left or not exchangeable(sentence, tokens):
                continue
            text = _in_form(sentence, token, exchange)
            if text is None or not _fits(sentence, tokens, exchange.construction, text, grammar):
                continue
            change = _minimal(sentence, sentence.span(*tokens), text)
            if change not in seen and change[1].strip() not in words:
                seen.add(change)
                words.add(change[1].strip())  # the same word twice in a sentence is seen
                yield replacing(change, *_pins(tokens, change[0]))


def _pins(tokens: tuple[Token, ...], changed: Span) -> list[tuple[Span, str]]:
    """The words of a phrase that stay, replaced by themselves: no other keeper may take half of the phrase."""
    return [(each.span, each.text) for each in tokens if each.end < changed.start or changed.end < each.start]


def _minimal(sentence: Sentence, span: Span, text: str) -> tuple[Span, str]:
    """The change without the words at either end that stay."""
    left, right = sentence.slice(span).split(), text.split()
    head, tail, shortest = 0, 0, min(len(left), len(right))
    while head < shortest and left[head].lower() == right[head]:
        head += 1
    while tail < shortest - head and left[-1 - tail] == right[-1 - tail]:
        tail += 1
    gone, come = left[head : len(left) - tail], " ".join(right[head : len(right) - tail])
    start = span.start + len(" ".join(left[:head])) + bool(head)
    end = start + len(" ".join(gone))
    if gone and come:
        return Span(start, end), come
    if come:
        return (Span(start, start), f"{come} ") if tail else (Span(span.end, span.end), f" {come}")
    if head and not tail:
        return Span(start - 1, end), ""
    return Span(start, end + (sentence.text[end : end + 1] == " ")), ""


def _in_form(sentence: Sentence, token: Token, exchange: _Exchange) -> str | None:
    if len(set(exchange.right.values())) == 1:
        return next(iter(exchange.right.values()))
    form = form_in_context(sentence, token, tuple(exchange.right))
    return exchange.right[form] if form else None


def _fits(sentence: Sentence, tokens: tuple[Token, ...], need: Construction, text: str, grammar: Grammar) -> bool:
    first = tokens[0]
    before, after = sentence.previous(first), sentence.next(tokens[-1])
    return (
        (not need.upos or first.upos in need.upos)
        and (not need.rels or first.has_rel(*need.rels))
        and not (need.not_rels and first.has_rel(*need.not_rels))
        and (not need.needs or bool(sentence.children(first, *need.needs)))
        and not (need.lacks and sentence.children(first, *need.lacks))
        and (not need.opens or all(token.upos == "PUNCT" for token in sentence.tokens[: first.index]))
        and _neighbours(before, need.previous_upos, need.previous_words, need.previous_not)
        and _neighbours(after, need.next_upos, need.next_words, need.next_not)
        and not (need.not_earlier and any(t.lower in need.not_earlier for t in sentence.tokens[: first.index]))
        and _has_right_partner(sentence, first, need, grammar)
        and not (" " in text and len(tokens) == 1 and first.upos == "VERB" and _takes_pronoun(sentence, first))
    )


def _neighbours(other: Token | None, upos: frozenset[str], words: frozenset[str], not_words: frozenset[str]) -> bool:
    if other is None:
        return not upos and not words
    known = other.lower in not_words or other.upos in not_words
    return not known and (not upos or other.upos in upos) and (not words or other.lower in words)


def _takes_pronoun(sentence: Sentence, verb: Token) -> bool:
    """A verb of several words does not take a pronoun after it (carry out it)."""
    objects = sentence.children(verb, "obj")
    return any(token.upos == "PRON" and token.index > verb.index for token in objects)


def _has_right_partner(sentence: Sentence, word: Token, need: Construction, grammar: Grammar) -> bool:
    if need.subjects and not _does_it(sentence, word, need, grammar):
        return False
    if not (need.partners or need.not_partners or need.told):
        return True
    acts = word.upos in {"VERB", "AUX"} and not word.has_rel("case", "mark", "det", "amod")
    partner = theme_of(sentence, word) if acts else _head_noun(sentence, word)
    if partner is None:
        return not need.partners and not need.told
    if need.told and not names_agent(sentence, partner, grammar):
        return False
    listed = _listed(need, grammar)
    names = {partner.lower, partner.lemma.lower()}
    return not names & listed[1] and (not need.partners or bool(names & listed[0]))


def _does_it(sentence: Sentence, verb: Token, need: Construction, grammar: Grammar) -> bool:
    """Whether the subject, shared with the first of coordinated verbs if need be, is one of those listed."""
    while verb.has_rel("conj") and not sentence.children(verb, "nsubj"):
        verb = sentence.tokens[verb.head]
    subject = sentence.child(verb, "nsubj")
    if subject is None or subject.feat("PronType") == "Rel":
        subject = sentence.head(verb) if verb.has_rel("acl", "acl:relcl") else None
    return subject is not None and bool({subject.lower, subject.lemma.lower()} & _forms(need.subjects, grammar))


def _head_noun(sentence: Sentence, word: Token) -> Token | None:
    return sentence.head(word) or sentence.child(word, "nsubj")


@cache
def _listed(need: Construction, grammar: Grammar) -> tuple[frozenset[str], frozenset[str]]:
    """The partners in singular and plural: lemmas of a parser cannot be trusted."""
    return _forms(need.partners, grammar), _forms(need.not_partners, grammar)


@cache
def _forms(lemmas: frozenset[str], grammar: Grammar) -> frozenset[str]:
    return frozenset(form for lemma in lemmas for form in paradigm(lemma, "noun", grammar).values())


@cache
def _table(grammar: Grammar, section: str) -> dict[str, tuple[_Exchange, ...]]:
    """First word -> exchanges that begin with it, the longest first."""
    found: dict[str, list[_Exchange]] = {}
    for construction in getattr(grammar.facts(SynonymFacts), section):
        for pair in construction.pairs:
            for left, right in _directions(pair):
                for exchange in _written(left, right, construction, grammar):
                    found.setdefault(exchange.left[0], []).append(exchange)
    return {first: tuple(sorted(each, key=lambda e: (-len(e.left), e.left))) for first, each in found.items()}


def _directions(pair: str) -> Iterator[tuple[str, str]]:
    if ">" in pair:
        left, _, right = pair.partition(">")
        yield left.strip(), right.strip()
        return
    sides = [side.strip() for side in pair.split("=")]
    for left in sides:
        yield from ((left, right) for right in sides if right != left)


def _written(left: str, right: str, construction: Construction, grammar: Grammar) -> Iterator[_Exchange]:
    if construction.inflects is None:
        yield _Exchange(tuple(left.split()), {"base": right}, construction)
        if construction.voices:
            first, second = left.partition(" "), right.partition(" ")
            passives = passive_of(first[0], grammar), passive_of(second[0], grammar)
            if passives[0] and passives[1]:
                words = tuple("".join((passives[0], *first[1:])).split())
                yield _Exchange(words, {"base": "".join((passives[1], *second[1:]))}, construction)
        return
    (head, _, rest), (other_head, gap, other_rest) = left.partition(" "), right.partition(" ")
    forms, others = (paradigm(each, construction.inflects, grammar) for each in (head, other_head))
    by_surface: dict[str, dict[Form, str]] = {}
    for form, surface in forms.items():
        if form in others:
            by_surface.setdefault(surface, {})[form] = others[form] + gap + other_rest
    for surface, rights in by_surface.items():
        yield _Exchange((surface, *rest.split()), rights, construction)
