"""The facts of questions: question words, and what is not asked for."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from nyaris.grammar import Facts


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
    human_only: frozenset[str] = frozenset()
    """Lemmas (or forms) of verbs that nothing but somebody does (accuse), whatever the noun seems to be."""
    thing_kinds: frozenset[str] = frozenset()
    """Kinds of nouns that are no person."""
    things: frozenset[str] = frozenset()
    """More nouns that are none, lower case."""
    thing_endings: tuple[str, ...] = ()
    """Endings of such nouns."""
    person_endings: tuple[str, ...] = ()
    """Endings of nouns of persons that end as things do too."""
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
    coordinators: frozenset[str] = frozenset()
    """Conjunctions between clauses each of which may be asked about alone (and, but)."""
    reporting: frozenset[str] = frozenset()
    """Lemmas of verbs whose clause is told as it is (say, provide)."""
    complementisers: frozenset[str] = frozenset()
    """Words that open such a clause (that)."""
    thing_predicates: tuple[str, ...] = ()
    """Beginnings of predicates of texts and things alone (come into force)."""
    numbered: frozenset[str] = frozenset()
    """Nouns of which there are many with numbers (clause, section), and of texts with names (Act): which of them."""
    giving: frozenset[str] = frozenset()
    """Lemmas (or forms) of verbs whose object goes to somebody."""
    receiving: frozenset[str] = frozenset()
    """Adpositions before whom it goes to: what they open is no part of the object."""
    how_much: str = ""
    """What stands for a sum of money that is acted on."""
    cut_after: int = 14
    """The words of a question that may lose what follows its next comma."""
    longest: int = 36
    shortest: int = 4
    """The fewest words after the subject that make a question for it worth asking."""
    longest_subject: int = 12
    longest_asked: int = 24
    """The most words of a phrase that is asked for."""
    longest_opening: int = 22
    """The most words of an adjunct that stays before the question word."""
    droppable: frozenset[str] = frozenset()
    """Adverbs that only link the sentence to another (also): the question leaves them out."""
    with_object: frozenset[str] = frozenset()
    """Those predicates that may be asked about if they have a noun for their object (state, contain)."""
    persons: frozenset[str] = frozenset()
    """More nouns of persons, lower case, whom nothing is known about but that."""
    human_passives: frozenset[str] = frozenset()
    """Lemmas (or forms) of verbs that only persons are the object of (appoint, arrest)."""
    may_begin: frozenset[str] = frozenset()
    """Words of closed classes that a noun phrase may begin with (either)."""
    owning_anaphors: frozenset[str] = frozenset()
    """Pronouns of any number that may say whose something is, behind its noun."""
    with_complement: frozenset[str] = frozenset()
    """Nouns that may have a verb of their own behind them (the decision to ...), which is easily taken for the root."""
    turned: frozenset[str] = frozenset()
    """More verbs that become passive in a question for the object, in languages that tell voice by a prefix."""
    anaphors: frozenset[str] = frozenset()
    """Pronouns that may stand for one who is asked for."""
    plural_anaphors: frozenset[str] = frozenset()
    """Pronouns that may only stand for several others."""
    circumstances: frozenset[str] = frozenset()
    """Adpositions that open no part of a name (in, during): what follows a name with them belongs to the verb."""
    not_deeds: frozenset[str] = frozenset()
    """Lemmas (or forms) of verbs of what happens to somebody (receive)."""
    deed_by: str = ""
    """The same in the passive, before the agent (dilakukan), in languages that tell voice by a prefix."""
    deed: str = ""
    """What stands for a verb with all that belongs to it (do)."""
