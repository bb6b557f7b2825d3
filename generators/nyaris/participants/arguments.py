"""What a verb or a noun takes: objects, nouns with an adposition, owners."""

from __future__ import annotations

from collections.abc import Iterator

from nyaris.grammar import Grammar
from nyaris.participants.roles import NONE, RoleSwapFacts
from nyaris.syntax.phrases import is_pronoun
from nyaris.trees.sentence import Sentence, Token
from nyaris.words.lexicon import is_listed, noun_phrase_name


def listed_verbs(sentence: Sentence, words: frozenset[str]) -> Iterator[Token]:
    """The listed verbs of the sentence."""
    return (token for token in sentence.tokens if token.upos == "VERB" and is_listed(token, words))


def has_words(sentence: Sentence, *phrases: str) -> bool:
    """Whether all words of the phrases occur, so that it pays to look closer."""
    return all(word in sentence.forms for phrase in phrases for word in phrase.split())


def objects_of(sentence: Sentence, predicate: Token) -> list[Token]:
    """The objects that follow the predicate."""
    return [each for each in sentence.children(predicate, "obj", "iobj") if each.index > predicate.index]


def phrasal(sentence: Sentence, verbs: frozenset[str]) -> Iterator[tuple[Token, Token]]:
    """Every verb of two words with the noun that follows it."""
    for predicate, second, noun in zip(sentence.tokens, sentence.tokens[1:], sentence.tokens[2:], strict=False):
        hangs = noun.head in {predicate.index, second.index} and noun.has_rel("obj", "nmod")
        if hangs and f"{predicate.lower} {second.lower}" in verbs and predicate.upos == "VERB":
            yield predicate, noun


def follows_directly(sentence: Sentence, predicate: Token, noun: Token) -> bool:
    """Whether nothing but the noun's own words stands between it and the predicate."""
    own = {token.index for token in sentence.subtree(noun)}
    between = sentence.tokens[predicate.index + 1 : noun.index]
    return all(token.index in own or token.upos in {"PUNCT", "ADV", "PART"} for token in between)


def all_marked(sentence: Sentence, word: Token, marker: str) -> list[Token]:
    """Every noun that the word takes with an adposition, in text order."""
    found: list[Token] = []
    if not marker:
        return found
    for child in sentence.children(word, "obl", "nmod", "obj", "iobj"):
        cases = [case.lower for case in sentence.children(child, "case") if case.index < child.index]
        if child.index > word.index and cases == marker.split():
            found.append(child)
    return found


def marked_by(sentence: Sentence, predicate: Token, marker: str) -> Token | None:
    """The one noun that the predicate, or the thing it handles, takes with an adposition."""
    found = all_marked(sentence, predicate, marker)
    for thing in sentence.children(predicate, "obj", "nsubj:pass"):
        found += [each for each in all_marked(sentence, thing, marker) if each.index > predicate.index]
    return found[0] if len(found) == 1 else None


def is_consent(sentence: Sentence, thing: Token, grammar: Grammar) -> bool:
    """Whether the thing is what one party gives the other for a deed (without the consent, at the request)."""
    listed = grammar.facts(RoleSwapFacts).consents
    return any(is_listed(thing, listed.get(case.lower, NONE)) for case in sentence.children(thing, "case"))


def owner_of(sentence: Sentence, thing: Token, markers: frozenset[str], grammar: Grammar) -> Token | None:
    """The owner of a thing: a possessive, or a noun after it, bare or with the adposition of owners."""
    owner = sentence.child(thing, "nmod:poss")
    if owner:
        return owner
    name = noun_phrase_name(sentence, thing, grammar).split()
    for noun in sentence.children(thing, "nmod", "det"):
        if noun.lower in name or (noun.has_rel("det") and not is_pronoun(noun, grammar)):
            continue
        cases = {case.lower for case in sentence.children(noun, "case")}
        if noun.index > thing.index and cases <= markers:
            return noun
    return None
