"""Whose it is: "the Buyer's obligations", "the obligations of the Buyer"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from nyaris.edits import Edit, swapping
from nyaris.grammar import Facts, Grammar
from nyaris.rules import keeper
from nyaris.trees.sentence import Sentence, Span, Token
from nyaris.words.lexicon import is_agent, kind_of
from nyaris.words.wording import is_quoted


class GenitiveFacts(Facts):
    """How possession is marked where a language has two ways."""

    topic: ClassVar[str] = "genitive"

    markers: tuple[str, ...] = ()
    """Endings of the owner before what is owned, the usual one first; empty where there is but one way."""
    linker: str = ""
    """The word between what is owned and the owner after it."""
    article: str = ""
    """The definite article that what is owned takes before its owner."""
    determiners: frozenset[str] = frozenset()
    """Words that an owner may begin with."""
    owner_kinds: frozenset[str] = frozenset()
    """Kinds of nouns that own, besides those that act."""
    names_own: bool = False
    """Whether any proper name owns, whatever it names."""
    indefinite: frozenset[str] = frozenset()
    """Those of them that name anybody: such an owner stays behind."""
    not_modifiers: frozenset[str] = frozenset()
    """Words between the owner and what is owned that do not go along (own)."""
    owned: frozenset[str] = frozenset()
    """Lower-case nouns that are somebody's; a noun of action is none, for its owner could be what is acted on."""


@keeper
def owner_after(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The owner goes behind what is owned ("the obligations of the Buyer")."""
    facts = grammar.facts(GenitiveFacts)
    for marker in sentence.tokens:
        owner = sentence.head(marker)
        if marker.text not in facts.markers or owner is None or not owner.has_rel("nmod:poss", "nmod", "compound"):
            continue
        owned = sentence.head(owner)
        if owned is None or not marker.index < owned.index or owner.index + 1 != marker.index:
            continue
        phrase = _owner_phrase(sentence, owner, marker, grammar)
        things = sentence.tokens[marker.index + 1 : owned.index + 1]
        if phrase is None or not _may_be_owned(sentence, things, owned, facts):
            continue
        before = sentence.previous(sentence.tokens_in(phrase)[0])
        if before and before.upos in {"ADJ", "NUM", "DET", "PRON"}:
            continue
        yield swapping(
            phrase,
            sentence.span(*things),
            (things[0].span, f"{facts.article} {things[0].text}"),
            (marker.span, f" {facts.linker}"),
        )


@keeper
def owner_before(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The owner goes before what is owned ("the Buyer's obligations")."""
    facts = grammar.facts(GenitiveFacts)
    for owned in sentence.tokens:
        article, linker = sentence.previous(owned), sentence.next(owned)
        if not (facts.markers and article and linker and owned.text in facts.owned):
            continue
        if article.lower != facts.article or linker.lower != facts.linker or article.head != owned.index:
            continue
        owner = sentence.head(linker)
        if owner is None or owner.head != owned.index or not owner.has_rel("nmod"):
            continue
        phrase = _plain_owner(sentence, owner, linker, grammar)
        if (
            phrase is None
            or sentence.tokens_in(phrase)[0].lower in facts.indefinite
            or _is_joined(sentence, phrase)
            or is_quoted(sentence, owned)
            or len(sentence.children(owned, "nmod", "acl")) != 1
        ):
            continue
        marker = facts.markers[-1] if sentence.slice(phrase).endswith("s") else _marker(sentence, facts)
        yield swapping(
            owned.span,
            phrase,
            (Span(article.start, owned.start), ""),
            (Span(owned.end, phrase.start), f"{marker} "),
        )


def _is_joined(sentence: Sentence, phrase: Span) -> bool:
    """Whether another owner follows (the office of the President or any other member)."""
    after = next((token for token in sentence.tokens if token.start >= phrase.end), None)
    return after is not None and after.upos == "CCONJ"


def _marker(sentence: Sentence, facts: GenitiveFacts) -> str:
    """The marker with the apostrophe that the text uses."""
    curly = [marker for marker in facts.markers if "’" in marker]
    return curly[0] if curly and "’" in sentence.text else facts.markers[0]


def _owner_phrase(sentence: Sentence, owner: Token, marker: Token, grammar: Grammar) -> Span | None:
    facts = grammar.facts(GenitiveFacts)
    tokens = [token for token in sentence.subtree(owner) if token.index < marker.index]
    if tokens[-1] != owner or owner.index - tokens[0].index + 1 != len(tokens) or len(tokens) > 4:
        return None
    return sentence.span(*tokens) if _is_owner(sentence, owner, tokens, grammar, facts) else None


def _plain_owner(sentence: Sentence, owner: Token, linker: Token, grammar: Grammar) -> Span | None:
    facts = grammar.facts(GenitiveFacts)
    tokens = [token for token in sentence.subtree(owner) if token.index > linker.index]
    if tokens[-1] != owner or owner.index - tokens[0].index + 1 != len(tokens) or len(tokens) > 3:
        return None
    after = sentence.next(owner)
    closed = after is None or (
        after.upos in {"PUNCT", "AUX", "VERB", "CCONJ", "SCONJ"} and after.text not in {"(", "-"}
    )
    return sentence.span(*tokens) if closed and _is_owner(sentence, owner, tokens, grammar, facts) else None


def _is_owner(sentence: Sentence, owner: Token, tokens: list[Token], grammar: Grammar, facts: GenitiveFacts) -> bool:
    """A party, person or organisation, with no more than an article or the rest of its name before it."""
    if is_quoted(sentence, owner) or owner.upos not in {"NOUN", "PROPN"}:
        return False
    known = is_agent(sentence, owner, grammar) or kind_of(sentence, owner, grammar) in facts.owner_kinds
    known = known or (facts.names_own and owner.upos == "PROPN" and owner.text.istitle())
    plain = all(
        token == owner
        or token.lower in facts.determiners
        or (token.has_rel("compound", "flat", "amod") and token.text[0].isupper() == owner.text[0].isupper())
        for token in tokens
    )
    started = owner.upos == "PROPN" or tokens[0].lower in facts.determiners or owner.text[0].isupper()
    return known and plain and started


def _may_be_owned(sentence: Sentence, things: tuple[Token, ...], owned: Token, facts: GenitiveFacts) -> bool:
    """Plain modifiers and a common noun, nothing of what may not stand between an article and a noun."""
    if not 1 <= len(things) <= 4 or owned.upos != "NOUN" or sentence.children(owned, "conj", "det", "nummod"):
        return False
    if owned.has_rel("conj", "compound", "flat") or owned.lower not in facts.owned:
        return False
    if any(token.lower in facts.not_modifiers or not token.text.islower() for token in things):
        return False
    if not all(token == owned or (token.head == owned.index and token.has_rel("amod", "compound")) for token in things):
        return False
    after = sentence.next(owned)
    return after is None or (after.lower not in {facts.linker, "-"} and not after.text.startswith(("'", "’", "(")))
