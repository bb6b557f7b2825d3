"""Noun phrases and pronouns for parties that may change places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from nyaris.grammar import Grammar
from nyaris.syntax.clauses import ClauseFacts, has_negation
from nyaris.syntax.phrases import (
    FillerFacts,
    Pronoun,
    clean_phrase,
    detached_phrase,
    ends_before,
    is_defined_by,
    is_third_person,
)
from nyaris.trees.sentence import Sentence, Span, Token
from nyaris.words.lexicon import LexiconFacts, is_agent, is_plural, kind_of, noun_phrase_name

Case = Literal["subject", "object", "possessive"]


@dataclass(frozen=True)
class Filler:
    """A party's noun phrase, or a pronoun for it, that may change places."""

    head: Token
    span: Span
    name: str
    kind: str
    plural: bool
    pronoun: Pronoun | None = None
    proper: bool = False
    """Whether it is a proper name; `name` is then all of it."""

    @property
    def person(self) -> int:
        """1, 2 or 3."""
        return self.pronoun.person if self.pronoun else 3

    def stands_as(self, case: Case) -> bool:
        """Whether a pronoun has the form of the case."""
        return self.pronoun is None or self.head.lower == getattr(self.pronoun, case).lower()


def filler(
    sentence: Sentence,
    noun: Token,
    grammar: Grammar,
    naming: bool = False,
    staying: Token | None = None,
    free: bool = False,
) -> Filler | None:
    """The noun phrase of an agent, without its case marker, if it is determiner + modifiers + name and no more.

    With `naming`, a bare proper name is taken for an agent, with `free`, a noun of any kind will do. `staying` is a
    word below the noun that stays behind, with all that it holds (the verb of a relative clause).
    """
    facts = grammar.facts(FillerFacts)
    pronoun = facts.by_form.get(noun.lower)
    if pronoun:
        bare = all(child.has_rel("case", "punct", "mark", "cc") for child in sentence.children(noun))
        good = pronoun.exchangeable and bare and noun.upos in {"PRON", "PROPN", "NOUN", "DET"}
        return Filler(noun, noun.span, noun.lower, "person", pronoun.plural, pronoun) if good else None
    kind = kind_of(sentence, noun, grammar)
    if kind is None and naming and noun.upos == "PROPN" and noun.text[0].isupper() and noun.text.isalpha():
        kind = "name"
    acts = free or kind in grammar.facts(LexiconFacts).agents | facts.lively
    if not acts or noun.upos not in {
        "NOUN",
        "PROPN",
        "ADJ",
        "VERB",
    }:
        return None
    tokens = detached_phrase(sentence, noun) or clean_phrase(sentence, noun, grammar, staying)
    if tokens is None or any(token.lower in facts.fixed_words for token in tokens):
        return None
    if any(is_third_person(token, grammar) for token in tokens):
        return None
    if any(token.lower in facts.quantifiers for token in tokens) and has_negation(sentence, grammar):
        return None
    after = sentence.tokens[tokens[-1].index + 1] if tokens[-1].index + 1 < len(sentence.tokens) else None
    if staying is not None and not is_defined_by(sentence, tokens):
        return None
    if after is not None and staying is None and not ends_before(sentence, noun, after, facts):
        return None
    if kind in {"name", "person"} and after is not None and _is_described(sentence, after):
        return None
    span = sentence.span(*tokens)
    text = sentence.slice(span)
    if (text.endswith(".") and span.end == len(sentence.text.rstrip())) or (
        kind == "name" and any(map(str.isdigit, text))
    ):
        return None
    name = noun_phrase_name(sentence, noun, grammar)
    listed = name in grammar.facts(LexiconFacts).kind_by_noun
    return Filler(
        noun,
        span,
        name if listed else text.lower(),
        kind or "",
        is_plural(noun, grammar),
        proper=not listed,
    )


def _is_described(sentence: Sentence, after: Token) -> bool:
    """Whether an apposition follows, which would be left behind ("Lim, the lead counsel,")."""
    beyond = sentence.next(after)
    return (
        after.text == ","
        and beyond is not None
        and beyond.upos in {"DET", "NOUN"}
        and not beyond.has_rel("nsubj", "obl")
    )


def exchangeable(sentence: Sentence, first: Filler, second: Filler, grammar: Grammar) -> bool:
    """Whether two fillers differ, and no word of the sentence ties either of them to its place."""
    if first.span.end > second.span.start and second.span.end > first.span.start:
        return False
    if first.name == second.name or sentence.slice(first.span).lower() == sentence.slice(second.span).lower():
        return False
    if first.pronoun and second.pronoun and first.pronoun.person == second.pronoun.person:
        return False
    if any(_doubles_stop(sentence, one, other) for one, other in ((first, second), (second, first))):
        return False
    suffixes = grammar.facts(LexiconFacts).company_suffixes
    # "Saya" and "ibu saya": the pronoun of whose mother it is goes along with her
    nouns = [(one, other) for one, other in ((first, second), (second, first)) if not (one.pronoun and one.person != 3)]
    heads = [(one.head.lower, other) for one, other in nouns]
    if any(head in _words(sentence, other) and head.rstrip(".") not in suffixes for head, other in heads):
        return False
    if any(_in_series(sentence, each) for each in (first, second)):
        return False
    if any(_has_antecedent(sentence, each, first, second, grammar) for each in (first, second)):
        return False
    return not any(_ties(sentence, token, first, second, grammar) for token in outside(sentence, first, second))


def _doubles_stop(sentence: Sentence, moving: Filler, other: Filler) -> bool:
    """Whether an abbreviation would arrive before a full stop (Sdn. Bhd..)."""
    return sentence.slice(moving.span).endswith(".") and sentence.text[other.span.end : other.span.end + 1] == "."


def _words(sentence: Sentence, party: Filler) -> set[str]:
    return {token.lower for token in sentence.tokens_in(party.span)}


def _in_series(sentence: Sentence, party: Filler) -> bool:
    """Whether the phrase is coordinated, by label or by the look of what surrounds it."""
    if party.head.has_rel("conj", "appos") or sentence.children(party.head, "conj", "appos"):
        return True
    tokens = sentence.tokens_in(party.span)
    after = sentence.tokens[tokens[-1].index + 1 : tokens[-1].index + 3]
    before = sentence.previous(tokens[0])
    if before and before.upos == "CCONJ" and not party.head.has_rel("nsubj"):
        return True
    joins = len(after) == 2 and (after[0].upos == "CCONJ" or (after[0].text == "," and not party.head.has_rel("nsubj")))
    return joins and after[1].upos in {"NOUN", "PROPN", "DET", "PRON", "ADJ", "NUM"} and not after[1].has_rel("nsubj")


def outside(sentence: Sentence, first: Filler, second: Filler) -> Iterator[Token]:
    """The tokens that belong to neither filler."""
    inside = {token.index for each in (first, second) for token in sentence.tokens_in(each.span)}
    return (token for token in sentence.tokens if token.index not in inside)


def _ties(sentence: Sentence, token: Token, first: Filler, second: Filler, grammar: Grammar) -> bool:
    """Whether the word points at one of the two in a way that the exchange would break."""
    facts = grammar.facts(FillerFacts)
    if token.lower in grammar.facts(ClauseFacts).reflexives | facts.pairing_words:
        return True
    if token.lower in facts.anaphors:
        noun = sentence.head(token) if token.has_rel("det", "amod") else None
        return noun is None or noun.upos not in {"NOUN", "PROPN"} or is_agent(sentence, noun, grammar)
    pronoun = facts.by_form.get(token.lower)
    if pronoun and pronoun.gendered:
        return True
    if is_third_person(token, grammar) and not token.has_rel("expl"):
        # it stands for whoever stands in that place: number and person must fit, and no pronoun beside it may compete
        return first.plural != second.plural or bool(first.pronoun or second.pronoun)
    return False


def _has_antecedent(sentence: Sentence, party: Filler, first: Filler, second: Filler, grammar: Grammar) -> bool:
    """Whether a third-person pronoun may stand for a noun of the same sentence."""
    if party.pronoun is None or party.person != 3:
        return False
    others = (token for token in outside(sentence, first, second) if token.upos in {"NOUN", "PROPN"})
    return any(token.upos == "PROPN" or is_agent(sentence, token, grammar) for token in others)
