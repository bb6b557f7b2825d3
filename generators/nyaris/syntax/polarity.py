"""What a language has for changing the sign of a clause, and what keeps a clause from it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import ClassVar, Literal

from pydantic import Field

from nyaris.grammar import Facts
from nyaris.words.morphology import Form
from nyaris.words.opposites import Opposite

Relation = Literal["contradiction", "contrary", "modality", "rebinding"]

Place = Literal["before", "after", "instead"]
"""Where a denial goes: the particle before or after a finite word, or another word instead of it."""


class Denial(Facts):
    """How one finite word (modal, auxiliary, copula) is denied."""

    place: Place = "after"
    put: str = ""
    """What is put there; empty for the particle."""
    relation: Relation = "contradiction"
    only_permission: bool = False
    """Whether the word also tells what is possible, which its denial does not contradict."""
    undo: bool = True
    """Whether taking the particle away leaves a sentence that somebody would write."""
    with_none: bool = True
    """Whether it stands after a negative subject."""
    ban: bool = False
    """Whether the denial forbids: nobody forbids what is good."""
    unless_waived: bool = False
    """Whether a duty under this word is rather waived than turned into a ban, and a quality never forbidden."""
    not_with: frozenset[str] = frozenset()
    """Lemmas of predicates that nobody would deny under this word."""


class Copula(Facts):
    """What takes the place of a linking word or of a negator before each kind of predicate; None where nothing does."""

    nominal: str | None = None
    adposition: str | None = None
    other: str | None = None


class Quantifier(Facts):
    """What a subject's quantifier turns into; the first of the list that fits counts."""

    find: str
    put: str
    partitive: str = ""
    """What it turns into before a definite noun phrase, or before "of" (without the adposition)."""
    relation: Relation = "contradiction"
    number: Literal["Sing", "Plur", ""] = ""
    under: frozenset[str] = frozenset()
    """If given: the finite words under which it is done; an asterisk stands for a verb alone."""
    not_under: frozenset[str] = frozenset()
    denies: bool = True
    """Whether the result is the negative one of the two."""


class Turn(Facts):
    """A word or phrase, and what says the opposite in its place."""

    find: str
    put: str
    under: frozenset[str] = frozenset()
    """If given: the finite words under which it is done; an asterisk stands for a verb alone."""
    blockers: frozenset[str] = frozenset()
    """Words elsewhere in the sentence that keep it from being done."""


class NegationFacts(Facts):
    """How a language denies a clause, and what keeps a clause from being denied."""

    topic: ClassVar[str] = "negation"

    particle: str
    forms: dict[str, Denial]
    """Finite words other than main verbs, lower case."""
    supported_auxiliaries: frozenset[str] = frozenset()
    """Lemmas of auxiliaries that take support where they are main verbs (has, does)."""
    support: dict[Form, str] = Field(default_factory=dict)
    """The verb that carries tense when a main verb is denied, by form; empty where the particle stands alone."""
    guesses: frozenset[str] = frozenset()
    """Modals that, before an adjective, say what may be: it may not be so as well."""
    copulas: dict[str, Copula] = Field(default_factory=dict)
    lone_negators: dict[str, Copula] = Field(default_factory=dict)
    """Negators that stand before the predicate without a finite word, and what stands there without them."""
    negative_forms: dict[str, str] = Field(default_factory=dict)
    """Negative words and contracted sequences ("wo n't") and what is left without the negation."""
    ended: tuple[Turn, ...] = ()
    """Words that say that something is over or not there yet, and their opposites (no longer: still)."""

    openers: tuple[Turn, ...] = ()
    """Words that open a sentence without a subject, and what they change for; an act must follow them."""
    privatives: frozenset[str] = frozenset()
    """Negators that say only what is missing (without), and let the negation of the clause go."""

    existential_subjects: frozenset[str] = frozenset()
    existential_verbs: dict[str, str] = Field(default_factory=dict)
    """Verbs of being there, and how they are denied."""
    existential_determiner: str = ""
    existential_replaced: frozenset[str] = frozenset()
    """Determiners that give way to the negative one."""

    # other ways to change the sign
    duties: dict[str, str] = Field(default_factory=dict)
    """Modals of duty and what says that there is no duty."""
    endings: frozenset[str] = frozenset()
    """Lemmas of predicates that tell of an end (vacate, lapse)."""
    end_causes: tuple[str, ...] = ()
    """What makes such an end come, whatever anybody wants (death, bankruptcy)."""
    bans: dict[str, str] = Field(default_factory=dict)
    """Modals under a negation that forbid, and the modal that allows."""
    quantifiers: tuple[Quantifier, ...] = ()
    answers: tuple[str, ...] = ()
    """Words elsewhere in the sentence that answer a quantifier (some ..., others ...)."""
    definites: frozenset[str] = frozenset()
    """Determiners that make a noun phrase definite."""
    joint: dict[str, str] = Field(default_factory=dict)
    """Conjunctions inside a subject, and what they are under a negative determiner."""
    no_to_article: dict[str, str] = Field(default_factory=dict)
    """The negative determiner of objects, and the article that takes its place before a noun that is counted."""
    counted: frozenset[str] = frozenset()
    """Nouns (lemmas) that take the article in the singular."""
    uncounted: frozenset[str] = frozenset()
    """Nouns that take none."""
    some: dict[str, str] = Field(default_factory=dict)
    """Polarity items and what they are in a clause without negation."""
    some_behind: dict[str, str] = Field(default_factory=dict)
    """Polarity items that leave a noun behind which stands nothing (mana-mana pihak), and what then follows it."""
    indefinites: frozenset[str] = frozenset()
    """Articles under which something can have happened to one and not to another."""
    episodic: frozenset[str] = frozenset()
    """Finite words that tell what happened; an asterisk stands for a main verb in the past."""
    free_choice: frozenset[str] = frozenset()
    """Modals under which polarity items live without negation ("may use any tool")."""

    # what stands in the way
    clause_blockers: tuple[str, ...] = ()
    """Words and phrases anywhere in the sentence that leave the scope of a negation open."""
    harmless: tuple[str, ...] = ()
    """Phrases that hold a blocker in another sense (tahun lalu, provided by)."""
    scope_blockers: tuple[str, ...] = ()
    """Words and phrases in the main clause that live only without negation, or change their meaning under it."""
    removal_blockers: tuple[str, ...] = ()
    """Words and phrases that live only with the negation, or make a formula with it."""
    turn_blockers: tuple[str, ...] = ()
    """Words that keep what is over or not there yet from being turned."""
    ban_blockers: tuple[str, ...] = ()
    """Words for what is good in itself."""
    lead_blockers: tuple[str, ...] = ()
    """Words before the subject that say that something holds here and there, or now and then."""
    connectives: frozenset[str] = frozenset()
    """Words that join two sentences when they stand inside one."""
    leading_blockers: tuple[str, ...] = ()
    """Words with which a sentence opens that must be left alone."""
    wrongs: tuple[str, ...] = ()
    """Words for what nobody allows or demands."""
    light_adverbs: frozenset[str] = frozenset()
    """Adverbs between subject and verb that do not mind a negation before them."""
    adverb_endings: tuple[str, ...] = ()
    """Endings of adverbs of manner, which stand between an auxiliary and its verb with a negation or without."""
    particle_blockers: frozenset[str] = frozenset()
    """Words directly after the negator that are what is denied (not only, not later than)."""
    shut_determiners: frozenset[str] = frozenset()
    """Determiners and quantifiers of a subject under which a negation changes its scope."""
    verbal_adpositions: frozenset[str] = frozenset()
    """Verbs that serve as adpositions (according to, involving)."""
    verb_prefixes: tuple[str, ...] = ()
    """Prefixes by which a word is no noun, whatever the parser calls it."""
    modifying_prefixes: tuple[str, ...] = ()
    """Those of them under which a verb modifies a noun without a relative pronoun."""
    active_prefixes: tuple[str, ...] = ()
    """Those of them that make active verbs: of two in one clause, the first may modify the subject."""
    instrumental: frozenset[str] = frozenset()
    """Active verbs that serve as adpositions after another verb (menggunakan)."""
    noun_endings: tuple[str, ...] = ()
    """Endings by which a word without such a prefix is no verb."""
    shares: frozenset[str] = frozenset()
    """Nouns and signs of a share as the head of a subject (per cent, half, majority)."""
    noun_prefixes: tuple[str, ...] = ()
    """Beginnings by which a word without a verbal prefix is a noun."""
    bare_verbs: frozenset[str] = frozenset()
    """Verbs without a prefix; other bare words right behind a bare noun rather belong to it (media cetak)."""
    clause_takers: frozenset[str] = frozenset()
    """Verbs that take a clause without a conjunction, in languages whose verbs do not show whether they are finite."""
    frame_nouns: frozenset[str] = frozenset()
    """Nouns that take a verb without a finite word as their complement, not as their predicate."""
    undeniable: frozenset[str] = frozenset()
    """Predicates (lemmas) that nobody denies, or whose denial says nothing."""
    negative_prefixes: tuple[str, ...] = ()
    """Beginnings of adjectives that are negative already."""
    negative_words: frozenset[str] = frozenset()
    """Lemmas of predicates that are negative already."""
    constitutive: frozenset[str] = frozenset()
    """Lemmas of verbs in whose passive a text lays down what holds, rather than what somebody must do."""
    inactive: frozenset[str] = frozenset()
    """Lemmas of verbs for what is the case with somebody or happens to him: "may" tells what is possible with them."""
    permitted_passives: frozenset[str] = frozenset()
    """Lemmas of verbs whose passive under a permission word tells what is allowed."""
    lasting: frozenset[str] = frozenset()
    """Words before how long something goes on: what does not happen for an hour does not go on for one either."""
    performers: frozenset[str] = frozenset()
    """Pronouns of who speaks in a letter (we)."""
    performatives: frozenset[str] = frozenset()
    """Lemmas of verbs that do what they say when the writer says them of himself (we refer to, we enclose)."""
    permission_pronouns: frozenset[str] = frozenset()
    purpose_marks: frozenset[str] = frozenset()
    """Words that introduce what something is for: a clause that opens the sentence so expects a means."""
    reporting: frozenset[str] = frozenset()
    """Predicates whose complement clause tells what somebody or something says, shows or believes."""
    complementizers: frozenset[str] = frozenset()
    """Words that open such a clause and leave it a statement (that)."""
    comma_reports: bool = False
    """Whether a comma alone may introduce such a clause."""
    adding: frozenset[str] = frozenset()
    """Conjunctions that add a clause without setting it against the first (and)."""
    opposites: tuple[Opposite, ...] = ()
    """Predicates that exclude each other and leave nothing between (lawful, unlawful)."""
    alternatives: frozenset[str] = frozenset()
    """Conjunctions under which a negation reaches all that is coordinated."""

    @cached_property
    def finite_words(self) -> frozenset[str]:
        """Every word that can carry tense or modality besides a main verb, with its negation or without."""
        first = {sequence.split()[0] for sequence in self.negative_forms}
        return frozenset({*self.forms, *self.copulas, *self.lone_negators, *first})

    @cached_property
    def turning(self) -> frozenset[str]:
        """The words of what is over or not there yet."""
        return frozenset(word for turn in self.ended for word in turn.find.split())

    @cached_property
    def turn_words(self) -> frozenset[str]:
        """Those of them that are not finite."""
        return self.turning - self.finite_words

    @cached_property
    def patterns(self) -> dict[str, re.Pattern[str]]:
        """The lists of phrases, compiled."""
        plain = {"wrongs", "harmless", "answers", "end_causes"}
        lists = [name for name, _ in self if name in plain or name.endswith("_blockers")]
        return {name: _phrases(getattr(self, name)) for name in lists}


def _phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    choices = "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True)) or "(?!)"
    return re.compile(rf"(?<![\w-])(?:{choices})(?![\w-])")
