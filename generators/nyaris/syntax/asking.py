"""What may be asked of a clause: its nouns, whether somebody or something, and what points outside of it."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from nyaris.grammar import Facts, Grammar
from nyaris.syntax.clauses import is_passive
from nyaris.trees.sentence import Sentence, Token
from nyaris.words.lexicon import LexiconFacts, is_agent, kind_of
from nyaris.words.wording import is_quoted

_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "DET", "NUM", "PRON", "SYM", "X", "PUNCT"})
_BREAKS = frozenset({"(", ":", ";", "“", '"', "["})
_SHORTEST_CONFIXED = 6


class QuestionFacts(Facts):
    """Question words, and subjects and sentences that are not asked for."""

    topic: ClassVar[str] = "question"

    person: str
    """What stands for a person, party or organisation (who)."""
    thing: str
    """What stands for everything else (what)."""
    which: str = ""
    """What stands for a noun of unknown kind that is described, with {noun} for it (which {noun})."""
    known_names: frozenset[str] = frozenset()
    """Names of people (or parts of them) and organisations, lower case: somebody, if they do something."""
    countries: frozenset[str] = frozenset()
    """Names of countries, lower case."""
    country: str = ""
    """What stands for a country (which country)."""
    human_verbs: frozenset[str] = frozenset()
    """Lemmas of verbs whose subject, if it is a name, is somebody."""
    thing_kinds: frozenset[str] = frozenset()
    """Kinds of nouns that are no person."""
    things: frozenset[str] = frozenset()
    """More nouns that are none, lower case."""
    thing_endings: tuple[str, ...] = ()
    """Endings of such nouns."""
    thing_confixes: tuple[tuple[str, str], ...] = ()
    """Beginnings and endings that go together in such nouns."""
    not_things: frozenset[str] = frozenset()
    """Nouns with such an ending, or of such a kind, that may be persons all the same."""
    not_persons: frozenset[str] = frozenset()
    """Nouns that names of organisations end in and that are things as often."""
    verb_prefixes: tuple[str, ...] = ()
    """Beginnings of verbs, where verbs have them; another predicate needs an auxiliary."""
    not_asked: frozenset[str] = frozenset()
    """Words that a subject does not contain: the answer would say nothing (neither, such, it)."""
    not_inside: frozenset[str] = frozenset()
    """Words of time that the parser may count among a subject (today)."""
    negative: frozenset[str] = frozenset()
    """Words that make a subject of nobody and nothing."""
    pointers: frozenset[str] = frozenset()
    """Words that point outside of the sentence unless they stand before a document (this Agreement)."""
    not_in_rest: frozenset[str] = frozenset()
    """Words of the rest that point at the subject or at another sentence."""
    not_predicates: frozenset[str] = frozenset()
    """Lemmas of predicates that do not make a question of the subject (mean)."""
    openers: frozenset[str] = frozenset()
    """Words and phrases before the subject that are dropped (however)."""
    adverbials: frozenset[str] = frozenset()
    """First words of clauses and phrases before the subject that stay (if, upon)."""
    modals: dict[str, str] = Field(default_factory=dict)
    """Modals that do not stand after a question word, and the one that does."""
    speakers: frozenset[str] = frozenset()
    """Pronouns of those who speak and are spoken to, whose acts may be asked for."""
    inversion: bool = False
    """Whether the finite word goes before the subject in a question for the object; else the verb becomes passive."""
    may_be_persons: tuple[str, ...] = ()
    """Endings of common nouns that may name somebody."""
    may_begin_persons: tuple[str, ...] = ()
    """Beginnings of such nouns, if they do not end as things do."""
    not_objects: frozenset[str] = frozenset()
    """Nouns that make one expression with their verb (take place), or that are somebody."""
    ties_to_object: frozenset[str] = frozenset()
    """Words after an object that belong to it."""
    not_asking: frozenset[str] = frozenset()
    """Lemmas of verbs whose object is not asked for."""
    cut_after: int = 14
    """The words of a question that may lose what follows its next comma."""
    longest: int = 36
    longest_subject: int = 12


def phrase_asked(sentence: Sentence, noun: Token, facts: QuestionFacts) -> tuple[Token, ...] | None:
    """The words of a noun phrase that may be asked for, None where it has gaps or the answer would say nothing."""
    tokens = tuple(token for token in sentence.subtree(noun))
    while tokens and tokens[-1].text == ",":
        tokens = tokens[:-1]
    if not tokens or tokens[-1].index - tokens[0].index + 1 != len(tokens) or len(tokens) > facts.longest_subject:
        return None
    own = {child.lower for child in sentence.children(noun, "det", "nmod:poss", "advmod", "amod", "case", "cc")} | {
        noun.lower
    }
    if own & facts.not_asked or any(token.lower in facts.negative for token in tokens):
        return None
    if (
        noun.upos not in {"NOUN", "PROPN"}
        or tokens[0].upos in {"ADP", "ADV", "CCONJ", "INTJ", "SCONJ"}
        or is_quoted(sentence, noun)
    ):
        return None
    if any(token.lower in facts.not_inside for token in tokens):
        return None
    if tokens[-1].upos not in _NOMINAL or tokens[-1].feat("PronType") == "Rel":
        return None
    if any(token.text in _BREAKS for token in tokens):
        return None
    return tokens


def question_word(sentence: Sentence, noun: Token, grammar: Grammar) -> str | None:
    """What stands for the phrase of a noun in a question, None when nobody can tell whether it is somebody."""
    facts = grammar.facts(QuestionFacts)
    known = _known_word(sentence, noun, grammar)
    joined = sentence.children(noun, "conj")
    if known is not None or joined:
        return known
    verb = sentence.head(noun)
    if noun.text[0].isupper() and noun.upos == "PROPN":
        acts = verb is not None and not noun.has_rel("nsubj:pass") and verb.upos == "VERB"
        parts = {noun.lower, *(child.lower for child in sentence.children(noun, "flat", "compound"))}
        if acts and len(parts) == 1 and facts.country and noun.lower in facts.countries:
            return facts.country
        if acts and parts & facts.known_names and not is_passive(sentence, verb or noun, grammar):
            return facts.person
        human = acts and verb is not None and bool({verb.lower, verb.lemma.lower()} & facts.human_verbs)
        return facts.person if human and not is_passive(sentence, verb or noun, grammar) else None
    described = sentence.children(noun, "amod", "compound", "acl")
    plain = noun.text.islower() and noun.text.isalpha() and noun.upos == "NOUN" and noun.lower not in facts.not_asked
    if not (facts.which and plain and described) or any(child.upos == "NUM" for child in described):
        return None
    return facts.which.format(noun=noun.lower)


def _known_word(sentence: Sentence, noun: Token, grammar: Grammar) -> str | None:
    """Who or what, for a noun whose kind is known."""
    facts = grammar.facts(QuestionFacts)
    if _names_document(sentence, noun, grammar):
        return facts.thing
    kinds = [kind_of(sentence, each, grammar) for each in (noun, *sentence.children(noun, "conj"))]
    if noun.has_rel("nsubj:pass") and not {"person", "party"} & set(kinds) and is_agent(sentence, noun, grammar):
        return None  # what is done to an organisation may be done to it as to a thing (a hospital is built)
    if is_agent(sentence, noun, grammar) and noun.lower not in facts.not_persons:
        return facts.person if not any(kind in facts.thing_kinds for kind in kinds) else None
    if (sentence.children(noun, "conj") and None in kinds) or noun.lower in facts.not_things:
        return None
    names = {noun.lower, noun.lemma.lower()}
    if names & facts.not_things or (noun.text[0].isupper() and noun.index and kinds[0] is None):
        return None
    listed = kinds[0] in facts.thing_kinds or names & facts.things or _looks_like_thing(noun.lower, facts)
    return facts.thing if listed else None


def _names_document(sentence: Sentence, noun: Token, grammar: Grammar) -> bool:
    """Whether the name that begins with the noun ends in a document ("the Central Bank of Malaysia Act 2009")."""
    named = noun
    for token in sentence.tokens[noun.index + 1 :]:
        if not (token.text[0].isupper() or token.upos == "ADP"):
            break
        named = token if token.upos in {"NOUN", "PROPN"} else named
    kinds = grammar.facts(LexiconFacts).kind_by_noun
    return named != noun and noun.text[0].isupper() and kinds.get(named.lower) == "document"


def _looks_like_thing(word: str, facts: QuestionFacts) -> bool:
    confixed = any(word.startswith(first) and word.endswith(last) for first, last in facts.thing_confixes)
    return word.endswith(facts.thing_endings) or (confixed and len(word) > _SHORTEST_CONFIXED)


def points_outside(sentence: Sentence, token: Token, grammar: Grammar) -> bool:
    """Whether the word points at another sentence, or at what the question leaves open."""
    facts = grammar.facts(QuestionFacts)
    if token.lower in facts.pointers:
        noun = sentence.head(token)
        known = noun is not None and token.has_rel("det")
        return not known or noun is None or kind_of(sentence, noun, grammar) != "document"
    return token.lower in facts.not_in_rest


def may_be_somebody(sentence: Sentence, noun: Token, grammar: Grammar) -> bool:
    """Whether a common noun of unknown kind may name a person."""
    facts = grammar.facts(QuestionFacts)
    if noun.lower in facts.not_things | facts.not_persons or is_agent(sentence, noun, grammar):
        return True
    if _looks_like_thing(noun.lower, facts) or noun.lower in facts.things:
        return False
    ends = bool(facts.may_be_persons) and noun.lower.endswith(facts.may_be_persons)
    return ends or (bool(facts.may_begin_persons) and noun.lower.startswith(facts.may_begin_persons))
