"""Which words around a noun belong to its phrase, and whether the phrase is clean enough to move."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar, Literal

from pydantic import Field

from nyaris.grammar import Facts, Grammar
from nyaris.trees.sentence import Sentence, Token
from nyaris.words.lexicon import LexiconFacts, is_listed, is_title, kind_of, noun_phrase_name

_REACH = 3
"""How many words behind an adposition may be the one that says what it goes with."""


class Pronoun(Facts):
    """A personal pronoun in its cases."""

    topic: ClassVar[str] = "filler"

    subject: str
    object: str
    possessive: str = ""
    person: Literal[1, 2, 3]
    plural: bool = False
    """Whether the verb agrees with it as with a plural."""
    exchangeable: bool = True
    """Whether it may change places (it and they may stand for things: no)."""
    gendered: bool = False
    """Whether it can only stand for a human being."""

    @property
    def forms(self) -> frozenset[str]:
        """Every form, lower case."""
        return frozenset(form.lower() for form in (self.subject, self.object, self.possessive) if form)


class FillerFacts(Facts):
    """Pronouns, and the words that tie a noun phrase to its place."""

    topic: ClassVar[str] = "filler"

    pronouns: tuple[Pronoun, ...]
    pronoun_suffixes: tuple[str, ...] = ()
    """Endings that are a pronoun (-nya)."""
    not_suffixed: frozenset[str] = frozenset()
    """Words that end so and contain no pronoun."""
    fixed_words: frozenset[str] = frozenset()
    """Words in a noun phrase under which it cannot move (no, each, other, such)."""
    quantifiers: frozenset[str] = frozenset()
    """Words in a noun phrase that move along only where nothing is negated (any, every)."""
    indefinite: frozenset[str] = frozenset()
    """Words that introduce somebody new (a, any)."""
    anaphors: frozenset[str] = frozenset()
    """Determiners that, before a party, point at one of two (each, the other)."""
    pairing_words: frozenset[str] = frozenset()
    """Words that treat both parties alike, wherever they stand (respectively, mutually)."""
    clinging_adpositions: frozenset[str] = frozenset()
    """Adpositions that right behind a noun rather belong to it than to the verb."""
    relative_words: frozenset[str] = frozenset()
    """Pronouns of relative clauses."""
    free_modifiers: frozenset[str] = frozenset()
    """Bare nouns and adpositions that may follow a noun as part of its name (of)."""
    loose_adpositions: dict[str, frozenset[str]] = Field(default_factory=dict)
    """adposition -> verbs above or nouns below it with which its phrase stays behind; without any, it always does."""
    causing: frozenset[str] = frozenset()
    """Verbs behind whose object the verb of what somebody is made to do may stand bare (menggalakkan)."""
    complement_openers: frozenset[str] = frozenset()
    """Words behind an object by which it turns out to be the subject of a clause without a conjunction (tidak)."""
    lively: frozenset[str] = frozenset()
    """Kinds that act on each other, though they can owe nothing (animals)."""
    offices: frozenset[str] = frozenset()
    """Nouns that are written with a capital wherever they stand, so that the first word of a sentence keeps it."""
    one_sided: frozenset[str] = frozenset()
    """What only one of two parties can have (employment): its owner keeps its place."""

    @cached_property
    def by_form(self) -> dict[str, Pronoun]:
        """The pronoun of every form."""
        return {form: pronoun for pronoun in reversed(self.pronouns) for form in pronoun.forms}


def _is_near_person(token: Token, grammar: Grammar) -> bool:
    """Whether the word is a pronoun of the first or second person, which means the same in every place."""
    pronoun = grammar.facts(FillerFacts).by_form.get(token.lower)
    return pronoun is not None and pronoun.person != 3


def is_defined_by(sentence: Sentence, tokens: list[Token]) -> bool:
    """Whether a relative clause defines the phrase: no apposition, no number of things."""
    before = sentence.previous(tokens[0])
    return (before is None or before.upos != "PUNCT") and all(token.upos != "NUM" for token in tokens)


def ends_before(sentence: Sentence, noun: Token, after: Token, facts: FillerFacts) -> bool:
    """Whether the phrase visibly ends before the word: what the parser cut off must not be left behind."""
    if noun.has_rel("nsubj") or after in tuple(sentence.ancestors(noun)):
        return True
    if noun.has_rel("obj", "iobj") and after.lower in facts.complement_openers:
        return after not in sentence.subtree(sentence.tokens[noun.head])
    if after.lower in facts.loose_adpositions:
        inside = noun.text[0].isupper() or noun.has_rel("nmod")
        return inside or _lets_go(sentence, noun, after, facts.loose_adpositions[after.lower])
    beyond = sentence.next(after)
    if after.upos == "ADV" and beyond is not None and beyond.upos in {"ADJ", "NOUN", "VERB"}:
        return False
    if (after.lower in facts.clinging_adpositions and noun.text[0].islower()) or (
        beyond is not None and beyond.lower in facts.relative_words
    ):
        return False
    if after.upos in {"PUNCT", "ADP", "SCONJ", "CCONJ", "PART", "ADV", "AUX"} or after.has_rel("case", "mark", "obj"):
        return (
            after.upos != "AUX"
            or noun.has_rel("obl", "nmod")
            or after not in sentence.subtree(sentence.tokens[noun.head])
        )
    above = sentence.tokens[noun.head]
    theme = [each for each in sentence.children(above, "obj") if each != noun]
    if noun.has_rel("obj", "iobj") and is_listed(above, facts.causing):
        theme += sentence.children(above, "xcomp", "ccomp")
    return any(sentence.subtree(each)[0] == after for each in theme)


def _lets_go(sentence: Sentence, noun: Token, adposition: Token, company: frozenset[str]) -> bool:
    """Whether the adposition goes with the verb above or the words behind it rather than with the noun before it."""
    verbs = [each for each in sentence.ancestors(noun) if each.upos in {"VERB", "ADJ"}][:1]
    behind = sentence.tokens[adposition.index + 1 : adposition.index + 1 + _REACH]
    return not company or any(
        word in company for each in (*verbs, *behind) for word in (each.lower, each.lemma.lower())
    )


def clean_phrase(sentence: Sentence, noun: Token, grammar: Grammar, staying: Token | None) -> list[Token] | None:
    """The tokens of the phrase in text order, None where it holds anything that may not move along."""
    found = [noun]
    name = noun_phrase_name(sentence, noun, grammar).split()
    for child in sentence.children(noun):
        if child.index > noun.index and any(loose < child.index for loose in _loose(sentence, noun, grammar)):
            continue
        if child.has_rel("case", "punct", "cop", "mark", "cc", "aux", "nsubj", "advmod") and child.index < noun.index:
            if child.has_rel("nsubj", "cop", "aux") or (child.has_rel("advmod") and _inside(sentence, child, noun)):
                return None
            continue
        if child.has_rel("punct", "case") or child == staying or child.index in _loose(sentence, noun, grammar):
            continue
        words = list(sentence.subtree(child))
        if len(words) == 1 and _is_near_person(child, grammar) and child.has_rel("nmod", "det"):
            found.append(child)
            continue
        modifier = child.has_rel("det", "amod", "compound", "flat", "nummod", "fixed")
        named = child.has_rel("nmod", "obl", "acl") and all(word.lower in name for word in words)
        if child.has_rel("nmod") and not named:
            named = (is_title(child, grammar) and len(words) == 1) or _is_part_of_name(sentence, noun, words, grammar)
        if noun.text[0].isupper() and not all(
            _belongs_to_name(word, grammar) for word in words if word.has_rel("flat")
        ):
            return None
        leaf = all(word.has_rel("flat", "compound", "fixed", "amod", "punct") for word in words if word != child)
        if named or (modifier and leaf and not any(word.upos == "PUNCT" and word.text in ",;:()" for word in words)):
            found.extend(words)
        else:
            return None
    found.sort(key=lambda token: token.index)
    if found[-1].index - found[0].index + 1 != len(found):
        return None
    return found


def _loose(sentence: Sentence, noun: Token, grammar: Grammar) -> list[int]:
    """Where the phrases behind the noun stand that need not move along; nor does anything behind them."""
    adpositions = grammar.facts(FillerFacts).loose_adpositions
    behind = [each for each in sentence.children(noun, "nmod", "obl") if each.index > noun.index]
    return [each.index for each in behind if each.lower in adpositions or _hangs_loose(sentence, each, grammar)]


def _hangs_loose(sentence: Sentence, noun: Token, grammar: Grammar) -> bool:
    """Whether the adposition suits the verb at least as well as the noun before it, so that its phrase stays behind."""
    loose = grammar.facts(FillerFacts).loose_adpositions
    cases = {case.lower for case in sentence.children(noun, "case")}
    kind = kind_of(sentence, noun, grammar)
    if not cases or not cases <= loose.keys():
        return False
    verbs = [each for each in sentence.ancestors(noun) if each.upos in {"VERB", "ADJ"}][:1]
    governed = all(any({verb.lower, verb.lemma.lower()} & loose[case] for verb in verbs) for case in cases)
    if not governed and (noun.text[0].isupper() or kind in {"place", *_agents(grammar)}):
        return False
    words = {word for token in (noun, *verbs) for word in (token.lower, token.lemma.lower())}
    return kind == "time" or all(not loose[case] or words & loose[case] for case in cases)


def _agents(grammar: Grammar) -> frozenset[str]:
    return grammar.facts(LexiconFacts).agents


def _belongs_to_name(word: Token, grammar: Grammar) -> bool:
    return not word.text[0].islower() or word.lower in grammar.facts(LexiconFacts).name_links


def detached_phrase(sentence: Sentence, noun: Token) -> list[Token] | None:
    """The phrase of a noun that the parser took for a part of the sum of money behind it (pay the buyer RM500)."""
    head = sentence.head(noun)
    if head is None or not is_before_sum(sentence, noun):
        return None
    own = [each for each in sentence.children(head, "det", "amod", "compound") if each.index <= noun.index]
    return own if own[-1] == noun and len(own) == noun.index - own[0].index + 1 else None


def is_before_sum(sentence: Sentence, noun: Token) -> bool:
    """Whether the noun stands right before a sum of money, which the parser may take for its head."""
    head, after = sentence.head(noun), sentence.next(noun)
    amount = head is not None and after == head and noun.has_rel("compound")
    return amount and head is not None and head.text.isupper() and bool(sentence.children(head, "nummod"))


def _inside(sentence: Sentence, child: Token, noun: Token) -> bool:
    return any(child.index > other.index for other in sentence.children(noun, "det", "amod", "compound"))


def _is_part_of_name(sentence: Sentence, noun: Token, words: list[Token], grammar: Grammar) -> bool:
    """Whether a modifier after the noun is part of a capitalised name (Registrar of Companies)."""
    free = grammar.facts(FillerFacts).free_modifiers
    rest = [word for word in words if word.lower not in free]
    return (
        words[0].index == noun.index + 1
        and noun.text[0].isupper()
        and bool(rest)
        and len(words) <= 4
        and all(word.text[0].isupper() and word.upos in {"NOUN", "PROPN", "ADJ"} for word in rest)
        and all(word.lower not in grammar.facts(FillerFacts).by_form for word in words)
    )


def is_pronoun(token: Token, grammar: Grammar) -> bool:
    """Whether the word is a personal pronoun."""
    return token.lower in grammar.facts(FillerFacts).by_form


def is_third_person(token: Token, grammar: Grammar) -> bool:
    """Whether the word is, or ends in, a pronoun of the third person."""
    pronoun = grammar.facts(FillerFacts).by_form.get(token.lower)
    return (pronoun is not None and pronoun.person == 3) or has_pronoun_suffix(token, grammar)


def has_pronoun_suffix(token: Token, grammar: Grammar) -> bool:
    """Whether the word ends in a pronoun."""
    facts = grammar.facts(FillerFacts)
    return token.lower.endswith(facts.pronoun_suffixes or ("\0",)) and token.lower not in facts.not_suffixed
