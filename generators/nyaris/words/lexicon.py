"""What kind of thing a noun names: fillers are exchanged only within a kind."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from typing import ClassVar

from pydantic import Field

from nyaris.grammar import Facts, Grammar
from nyaris.trees.sentence import Sentence, Token
from nyaris.words.morphology import MorphologyFacts, inflect


class LexiconFacts(Facts):
    """Nouns by kind, and the words that mark a name as a person or an organisation."""

    topic: ClassVar[str] = "lexicon"

    role_pairs: tuple[tuple[str, str], ...] = ()
    """Parties that face each other (landlord, tenant), lower-case lemmas; either may be a phrase."""
    kinds: dict[str, frozenset[str]] = Field(default_factory=dict)
    """person, organisation, place ... -> lower-case lemmas."""
    capitalised: dict[str, frozenset[str]] = Field(default_factory=dict)
    """kind -> nouns that are of this kind when they stand with a capital inside a sentence (the Commission)."""
    agents: frozenset[str] = frozenset({"party", "person", "organisation", "name"})
    """The kinds that can act, owe and be owed; "party" is every noun of a role pair, "name" a name that acts."""
    titles: frozenset[str] = frozenset()
    """Words before a personal name, lower case, without a full stop."""
    name_links: frozenset[str] = frozenset()
    """Words inside a personal name (bin, binti, a/l)."""
    given_names: frozenset[str] = frozenset()
    """Given names and surnames that are hardly ever anything else, lower case."""
    named: dict[str, frozenset[str]] = Field(default_factory=dict)
    """country, political party, company ... -> proper names, lower case; only names of one kind change places."""
    company_suffixes: frozenset[str] = frozenset()
    """Words at the end of a company name, lower case, without a full stop."""
    intentional_verbs: frozenset[str] = frozenset()
    """Lemmas of verbs that only a person or an organisation does: their subject, if a bare name, names an agent."""

    @cached_property
    def kind_by_noun(self) -> dict[str, str]:
        """The kind of every listed noun; a party that is also listed elsewhere stays a party."""
        table = {noun: kind for kind, nouns in self.kinds.items() for noun in nouns}
        return table | {noun: "party" for pair in self.role_pairs for noun in pair}

    @cached_property
    def ends(self) -> tuple[frozenset[str], frozenset[str]]:
        """The first and the last words of all listed phrases."""
        phrases = [noun.split(" ") for noun in self.kind_by_noun if " " in noun]
        return frozenset(words[0] for words in phrases), frozenset(words[-1] for words in phrases)

    @cached_property
    def kind_by_term(self) -> dict[str, str]:
        """The kind of every noun that changes its kind with a capital letter."""
        return {noun: kind for kind, nouns in self.capitalised.items() for noun in nouns}

    @cached_property
    def counterparts(self) -> dict[str, frozenset[str]]:
        """For every party, those that face it."""
        table: dict[str, set[str]] = {}
        for left, right in self.role_pairs:
            table.setdefault(left, set()).add(right)
            table.setdefault(right, set()).add(left)
        return {noun: frozenset(others) for noun, others in table.items()}


@lru_cache(maxsize=256)
def noun_phrase_name(sentence: Sentence, noun: Token, grammar: Grammar) -> str:
    """The longest listed phrase that the noun heads, lower case and in the singular, else the noun's lemma."""
    nouns = grammar.facts(LexiconFacts).kind_by_noun
    firsts, lasts = grammar.facts(LexiconFacts).ends
    for width in (3, 2, 1):
        for first in range(noun.index - width + 1, noun.index + 1):
            window = sentence.tokens[max(first, 0) : first + width]
            if first < 0 or len(window) < width:
                continue
            if width > 1 and window[0].lower not in firsts and (window[0] != noun or window[-1].lower not in lasts):
                continue
            if _belongs_to_another(noun, window):
                continue
            start = " ".join(token.lower for token in window[:-1])
            for last in _singulars(window[-1], grammar):
                name = f"{start} {last}".strip()
                if name in nouns:
                    return name
            for leading in _singulars(noun, grammar):
                name = " ".join([leading, *(token.lower for token in window[1:])])
                if window[0] == noun and name in nouns:
                    return name
    return _lemma(noun, grammar)


@lru_cache(maxsize=256)
def kind_of(sentence: Sentence, noun: Token, grammar: Grammar) -> str | None:
    """ "party", "person", "organisation", "place" ..., or None for a noun that nothing is known about."""
    facts = grammar.facts(LexiconFacts)
    name = noun_phrase_name(sentence, noun, grammar)
    if name in facts.kind_by_term and noun.text[0].isupper() and noun.index:
        return facts.kind_by_term[name]
    if name in facts.kind_by_noun:
        return facts.kind_by_noun[name]
    return kind_of_name(sentence, noun, grammar)


def kind_of_name(sentence: Sentence, noun: Token, grammar: Grammar) -> str | None:
    """ "person" or "organisation" for a proper name that says so, "name" for one that acts, None for all others."""
    facts = grammar.facts(LexiconFacts)
    if not noun.text[0].isupper() or (noun.upos != "PROPN" and noun.index == 0):
        return None
    head = sentence.head(noun)
    family = [noun, *sentence.children(noun, "flat", "compound", "appos")]
    if head and noun.has_rel("flat", "compound"):
        family += [head, *sentence.children(head, "flat", "compound")]
    before = sentence.previous(min(family, key=lambda token: token.index))
    words = {token.lower.rstrip(".") for token in family if token.text[0].isupper()}
    links = {token.lower.rstrip(".") for token in family}
    titled = before is not None and before.text[0].isupper() and before.lower.rstrip(".") in facts.titles
    if words & facts.company_suffixes:
        return "organisation"
    if words & facts.titles or links & facts.name_links or titled:
        return "person"
    if noun.upos == "PROPN" and noun.has_rel("nsubj") and head and head.lemma.lower() in facts.intentional_verbs:
        return None if noun.has_rel("nsubj:pass") else "name"
    return None


def is_listed(token: Token, words: frozenset[str]) -> bool:
    """Whether the word is listed, by form or by lemma."""
    return token.lower in words or token.lemma.lower() in words


def is_title(token: Token, grammar: Grammar) -> bool:
    """Whether the word is a title before a name (Mr Tan); treebanks differ in whether it heads the name."""
    known = token.text[0].isupper() and token.lower.rstrip(".") in grammar.facts(LexiconFacts).titles
    return known and token.index < token.head and token.has_rel("nmod", "compound", "flat")


def is_agent(sentence: Sentence, noun: Token, grammar: Grammar) -> bool:
    """Whether the noun names something that can act, owe and be owed."""
    return kind_of(sentence, noun, grammar) in grammar.facts(LexiconFacts).agents


def is_plural(noun: Token, grammar: Grammar) -> bool:
    """Whether the noun is plural, by feature or by form; reduplicated nouns are."""
    if noun.feat("Number"):
        return noun.feat("Number") == "Plur"
    return noun.lower in _plurals(grammar) or _is_reduplicated(noun.lower)


def _belongs_to_another(noun: Token, window: tuple[Token, ...]) -> bool:
    """Whether the window is a phrase that another of its words heads ("data" in "data user" as Malay orders it)."""
    if noun.has_rel("flat", "compound", "fixed"):
        return False
    return any(token.index == noun.head for token in window) or any(token.upos == "PUNCT" for token in window)


def _singulars(token: Token, grammar: Grammar) -> Iterator[str]:
    """What the word may be in the singular; the parser's lemma of a capitalised plural cannot be trusted."""
    yield token.lower
    yield _lemma(token, grammar)
    if token.lower in _plurals(grammar):
        yield _plurals(grammar)[token.lower]
    if _is_reduplicated(token.lower):
        yield token.lower.partition("-")[0]


def _lemma(token: Token, grammar: Grammar) -> str:
    """The lemma, lower case; where words do not inflect it is only a stem (pelajaran: pelajar), so the word itself."""
    inflects = grammar.facts(MorphologyFacts).inflector != "none"
    return token.lemma.lower() if inflects else token.lower


def _is_reduplicated(word: str) -> bool:
    left, _, right = word.partition("-")
    return len(left) > 2 and left == right


@cache
def _plurals(grammar: Grammar) -> dict[str, str]:
    """Plural -> singular of the last word of every listed noun."""
    lasts = {noun.rpartition(" ")[2] for noun in grammar.facts(LexiconFacts).kind_by_noun}
    return {plural: noun for noun in sorted(lasts) if (plural := inflect(noun, "plural", grammar)) and plural != noun}
