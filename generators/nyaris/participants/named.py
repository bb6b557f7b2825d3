"""Who is called by name in a sentence: runs of capitalised words that are a person's name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import NamedTuple

from nyaris.grammar import Grammar
from nyaris.participants.roles import RoleSwapFacts
from nyaris.quantities.dates import DateFacts
from nyaris.syntax.phrases import FillerFacts
from nyaris.trees.sentence import Sentence, Span, Token
from nyaris.words.lexicon import LexiconFacts, kind_of_name

_LONGEST_OFFICE = 4
"""Words of the longest office before a name (Timbalan Pendakwa Raya)."""


class Named(NamedTuple):
    """A proper name with its titles, without the office before it, and what kind of thing bears it."""

    tokens: tuple[Token, ...]
    span: Span
    kind: str

    @property
    def head(self) -> Token:
        """The word that the others hang on, or the first."""
        inside = {token.index for token in self.tokens}
        return next((token for token in self.tokens if token.head not in inside), self.tokens[0])


def named_pair(sentence: Sentence, grammar: Grammar) -> tuple[Named, Named] | None:
    """The first two names of one kind whose bearers do or suffer different things; None where there are none."""
    filler, facts = grammar.facts(FillerFacts), grammar.facts(RoleSwapFacts)
    titles = grammar.facts(LexiconFacts).titles
    plain = [token for token in sentence.tokens if not (token.text[0].isupper() and _bare(token) in titles)]
    words = {token.lower for token in plain} | {token.lemma.lower() for token in plain}
    gendered = {form for pronoun in filler.pronouns if pronoun.gendered for form in pronoun.forms}
    if words & (facts.symmetric | filler.pairing_words | gendered | filler.one_sided):
        return None
    if any(token.lower in facts.capacities and token.has_rel("case") for token in sentence.tokens):
        return None
    everyone = (*people_named(sentence, grammar), *_listed(sentence, grammar))
    free = [each for each in everyone if not _is_tied(sentence, each, grammar)]
    for first, second in combinations(free, 2):
        alike = first.kind == second.kind and not _is_joined(sentence, first, second)
        if alike and first.kind in facts.well_known and _is_about_the_world(sentence, first, second, grammar):
            continue
        if alike and _are_told_apart(sentence, first, second, grammar):
            return first, second
    return None


def _is_about_the_world(sentence: Sentence, first: Named, second: Named, grammar: Grammar) -> bool:
    """Whether a word or another name of the sentence tells readers which of two well-known places is which."""
    facts = grammar.facts(RoleSwapFacts)
    inside = {token.index for each in (first, second) for token in each.tokens}
    for token in sentence.tokens:
        if {token.lower, token.lemma.lower()} & facts.world_facts:
            return True
        named = token.upos == "PROPN" and token.text[0].isupper() and token.text[1:].islower() and token.index
        if named and token.index not in inside and token.lower not in _dates(grammar):
            return True
    return False


def _are_told_apart(sentence: Sentence, first: Named, second: Named, grammar: Grammar) -> bool:
    """Whether the names have nothing in common and are said once."""
    facts = grammar.facts(LexiconFacts)
    common = facts.titles | facts.name_links
    mine, other = ({token.lower for token in each.tokens} - common for each in (first, second))
    inside = {token.index for each in (first, second) for token in each.tokens}
    again = any(token.lower in mine | other for token in sentence.tokens if token.index not in inside)
    return not again and not mine & other


def _listed(sentence: Sentence, grammar: Grammar) -> Iterator[Named]:
    """Every name of a listed country, party or firm."""
    facts = grammar.facts(LexiconFacts)
    for kind, names in facts.named.items():
        for width in (3, 2, 1):
            for first in range(len(sentence.tokens) - width + 1):
                tokens = sentence.tokens[first : first + width]
                said = " ".join(token.lower for token in tokens) in names
                if said and all(token.text[0].isupper() for token in tokens) and not _is_part(sentence, tokens):
                    yield Named(tokens, sentence.span(*tokens), kind)


def _is_part(sentence: Sentence, tokens: tuple[Token, ...]) -> bool:
    """Whether a longer name goes on before or after."""
    before, after = sentence.previous(tokens[0]), sentence.next(tokens[-1])
    beside = [token for token in (before, after) if token is not None and token.index]
    return any(token.text[0].isupper() and token.text[0].isalpha() for token in beside)


def people_named(sentence: Sentence, grammar: Grammar) -> Iterator[Named]:
    """Every person called by name, in text order."""
    run: list[Token] = []
    for token in (*sentence.tokens, None):
        if token is not None and _goes_on(sentence, token, run, grammar):
            run.append(token)
            continue
        if run:
            name = _person(sentence, run, grammar)
            if name:
                yield Named(tuple(name), sentence.span(*name), "person")
        run = [token] if token is not None and _opens(sentence, token, grammar) else []


def _opens(sentence: Sentence, token: Token, grammar: Grammar) -> bool:
    facts = grammar.facts(LexiconFacts)
    known = _bare(token) in facts.titles | facts.given_names or facts.kind_by_noun.get(token.lower) == "person"
    return token.text[0].isupper() and (token.upos == "PROPN" or known)


def _goes_on(sentence: Sentence, token: Token, run: list[Token], grammar: Grammar) -> bool:
    if not run:
        return False
    beyond = sentence.next(token)
    if _bare(token) in grammar.facts(LexiconFacts).name_links:
        return beyond is not None and beyond.text[0].isupper()
    return token.text[0].isupper() and token.text[0].isalpha()


def _bare(token: Token) -> str:
    return token.lower.rstrip(".")


def _person(sentence: Sentence, run: list[Token], grammar: Grammar) -> list[Token] | None:
    """The name at the end of a run of capitalised words, None where nothing says that it is a person's."""
    facts = grammar.facts(LexiconFacts)
    if run[0].index == 0 and run[0].lower in grammar.facts(RoleSwapFacts).reporting:
        run = run[1:]
    before = sentence.previous(run[0]) if run else None
    if not run or (before is not None and before.index and before.text[0].isupper()):
        return None
    office = _office(run, grammar)
    if not office and any(token.lower in _other_words(grammar) for token in run):
        return None  # a place or a body that is called after somebody
    titled = next((i for i, token in enumerate(run) if i >= office and _bare(token) in facts.titles), None)
    name = run[titled:] if titled is not None else run[office:]
    core = [token for token in name if _bare(token) not in facts.titles]
    introduced = before is not None and facts.kind_by_noun.get(before.lower) == "person" and before.upos == "NOUN"
    words = {_bare(token) for token in core}
    if not core or any(not _is_name_word(token, grammar) for token in core):
        return None
    # an office is followed by its field as often as by a name (Menteri Sumber Manusia)
    evidence = introduced or titled is not None or bool(words & (facts.name_links | facts.given_names))
    if not evidence and (len(core) > 1 or core[0].index):  # any word may open a sentence with a capital
        evidence = any(kind_of_name(sentence, token, grammar) in {"person", "name"} for token in core)
    return name if evidence else None


def _office(run: list[Token], grammar: Grammar) -> int:
    """How many words of the run are an office (Hakim, Timbalan Pendakwa Raya)."""
    kinds, titles = grammar.facts(LexiconFacts).kind_by_noun, grammar.facts(LexiconFacts).titles
    if _bare(run[0]) in titles:
        return 0
    for width in range(min(_LONGEST_OFFICE, len(run) - 1), 0, -1):
        if kinds.get(" ".join(token.lower for token in run[:width])) == "person":
            return width
    return 0


def _is_name_word(token: Token, grammar: Grammar) -> bool:
    """Whether the word may be part of a person's name: no listed noun, no acronym, no figure."""
    facts = grammar.facts(LexiconFacts)
    if _bare(token) in facts.given_names | facts.name_links:
        return True
    listed = token.lower in facts.kind_by_noun or token.lower in facts.company_suffixes | _other_words(grammar)
    acronym = len(token.text) > 1 and token.text.isalpha() and token.text.isupper()
    return not listed and not acronym and not any(map(str.isdigit, token.text)) and token.upos in {"PROPN", "NOUN"}


@cache
def _other_words(grammar: Grammar) -> frozenset[str]:
    """Every single word of the listed nouns that are no persons."""
    facts = grammar.facts(LexiconFacts)
    listed = [noun for noun, kind in facts.kind_by_noun.items() if kind != "person"]
    named = [name for names in facts.named.values() for name in names]
    return frozenset(word for noun in (*listed, *named) for word in noun.split()) | _dates(grammar)


@cache
def _dates(grammar: Grammar) -> frozenset[str]:
    """The words of dates that are written with a capital."""
    dates = grammar.facts(DateFacts)
    return frozenset(word.lower() for words in (*dates.months, *dates.weekdays) for word in words)


def _is_tied(sentence: Sentence, person: Named, grammar: Grammar) -> bool:
    """Whether what stands beside the name tells more about its bearer (a bracket, an age), or both do the same."""
    facts = grammar.facts(RoleSwapFacts)
    if sentence.children(person.head, "det"):
        return True  # an article goes with one name and not with another (the Netherlands)
    cases = {case.lower for case in sentence.children(person.head, "case")}
    if cases & facts.companions or person.head.has_rel("conj", "appos") or sentence.children(person.head, "conj"):
        return True
    if person.kind != "person" and person.head.has_rel("compound", "flat", "amod"):
        return True
    after = sentence.tokens[person.tokens[-1].index + 1 : person.tokens[-1].index + 3]
    if not after:
        return False
    if after[0].text in {"(", "-", "–", "/"} or after[0].start == after[0].end or "'" in after[0].text:
        return True
    titled = len(after) > 1 and after[1].text[0].isupper() and _bare(after[1]) in grammar.facts(LexiconFacts).titles
    if after[0].text == "," and titled:
        return True  # others follow
    before = sentence.previous(person.tokens[0])
    quoted = before is not None and before.text in {'"', "“", "'", "‘", "(", "-", "/", "@"}
    office = sentence.previous(before) if before is not None and before.text == "," else None
    if office is not None and office.text[0].isupper() and office.text.isalpha():
        return True  # an office before the comma is that of the name after it
    told = (
        after[0].text == "," and len(after) > 1 and (after[1].upos in {"NUM", "DET"} or after[1].lower in facts.glosses)
    )
    return quoted or told or after[0].lower in facts.glosses


def _is_joined(sentence: Sentence, first: Named, second: Named) -> bool:
    """Whether the two stand in one series, or one names the other."""
    heads = {first.head.index, second.head.index}
    if any(each.head.has_rel("conj", "appos") and each.head.head in heads for each in (first, second)):
        return True
    start, end = sorted((first.tokens, second.tokens), key=lambda tokens: tokens[0].index)
    between = sentence.tokens[start[-1].index + 1 : end[0].index]
    if between and between[0].upos not in {"PUNCT", "CCONJ"}:
        return False
    series = {"PUNCT", "CCONJ", "PROPN", "DET", "ADP"}
    return all(token.upos in series or token.text[0].isupper() for token in between)
