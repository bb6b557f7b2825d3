"""The facts of time: words of order, bounds on durations, dates, beginnings and ends, and how often."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from nyaris.grammar import Facts
from nyaris.words.opposites import Opposite

ComplementKind = Literal["date", "event", "verb", "clause"]
Side = Literal["before", "after", "until", "during"]


class OrderWord(Facts):
    """A word that puts one thing before or after another, and what takes its place before each kind of complement."""

    find: str
    side: Side
    put: dict[ComplementKind, str]
    heads: frozenset[str] = frozenset()
    """If given: the only nouns it may stand before."""
    only_events: bool = False
    """Whether it has other meanings, so that its noun must be a listed event."""
    denied: bool = True
    """Whether it may stand in a negated clause."""
    modal: bool = False
    """Whether the clause must say what shall or will be."""
    ties: tuple[str, ...] = ()
    """Words elsewhere in the sentence that name the other end."""
    ranges: bool = False
    """Whether it also stands between two numbers or dates, where it must stay."""
    not_after: frozenset[str] = frozenset()
    """Words that must not stand directly before."""
    not_before: frozenset[str] = frozenset()
    """Words that must not stand directly after."""


class BoundWord(Facts):
    """Words that bound a duration, and what takes their place by what follows the duration."""

    find: str
    put: str
    """Where the duration is counted from something (N days after X)."""
    bare: str | None = None
    """Where it stands alone."""
    back: str | None = None
    """Where it is counted back (N days before X)."""
    anchors: dict[str, str] = Field(default_factory=dict)
    """What becomes of the word after the duration."""
    denied: bool = False
    """Whether it may stand in a negated clause."""
    not_after: frozenset[str] = frozenset()
    """Words that must not stand directly before."""


class Rhythm(Facts):
    """Ways to say how often, one per unit of time."""

    words: dict[str, str]
    """Unit -> word or phrase."""
    of: frozenset[str] = frozenset()
    """If given: the words it may stand beside or that it may modify."""
    attributive: bool = False
    """Whether it is an adjective, which stands before what it modifies."""
    amounts: bool = False
    """Whether it must stand right after a sum of money or a percentage."""
    not_before: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()


class Aspect(Facts):
    """A word that says that something is done already or still to come, and the other one."""

    find: str
    put: str
    base: bool = False
    """Whether the verb after it must give up its participle (has paid -> will pay)."""


class RelativeTime(Facts):
    """A time told from today, and other such times in a past or a future clause."""

    find: str
    past: str | None = None
    """In a clause about the past; where there is no `future`, in every clause that is not about the future."""
    future: str | None = None
    only_before: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()


class TemporalFacts(Facts):
    """How a language says when, for how long, and how often."""

    topic: ClassVar[str] = "temporal"

    order: tuple[OrderWord, ...]
    during: tuple[OrderWord, ...] = ()
    order_ties: tuple[str, ...] = ()
    """Words elsewhere in the sentence that fix the order, so that one word cannot be changed alone."""
    events: frozenset[str]
    """Nouns that name an event or a stretch of time."""
    times: frozenset[str] = frozenset()
    """Nouns of those that name a point or stretch of time (date, month, end)."""
    units: frozenset[str] = frozenset()
    """Those that are mere units (week, month)."""
    event_endings: tuple[str, ...] = ()
    not_events: frozenset[str] = frozenset()
    prompts: frozenset[str] = frozenset()
    """Events that the clause can only be a response to."""
    preparing: frozenset[str] = frozenset()
    """Verbs (forms or lemmas) for what is of no use once the other thing has happened (redact, test, obtain)."""
    prolonging: frozenset[str] = frozenset()
    """Verbs and nouns for what can only be done while a thing lasts (renew, extend)."""
    closings: frozenset[str] = frozenset()
    """Events that end it (expiry)."""
    gerund_endings: tuple[str, ...] = ()
    participle_endings: tuple[str, ...] = ()
    """Endings of participles that may stand between a determiner and its noun."""
    adverb_endings: tuple[str, ...] = ()
    head_first: bool
    """Whether a noun comes before its modifiers."""
    lenient: bool = False
    """Whether the words of order have no other meaning, so that any complement will do."""
    possible: frozenset[str]
    """Words of possibility: what may happen before may happen after too."""

    bounds: tuple[BoundWord, ...]
    bound_leads: tuple[str, ...] = ()
    looks_back: frozenset[str] = frozenset()
    looks_ahead: frozenset[str] = frozenset()
    bound_ties: tuple[str, ...] = ()
    """Words after a duration that make it something else (an age)."""
    bound_blockers: tuple[str, ...] = ()
    """Words elsewhere in the sentence that fit one side of a bound only (has reached the age of)."""
    failing: frozenset[str] = frozenset()
    """Verbs and prepositions that negate what follows."""

    exact_after: frozenset[str] = frozenset()
    """Words right before a duration that is meant exactly."""
    exact_before: tuple[str, ...] = ()
    """Words right after such a duration."""
    period_nouns: frozenset[str] = frozenset()
    exact_links: frozenset[str] = frozenset()
    """Those of them that must have a period noun before (a term of two years)."""
    not_exact_after: frozenset[str] = frozenset()
    """Words that must not stand right before such a duration."""
    not_exact_near: frozenset[str] = frozenset()
    """Words that must not stand among the five words before."""
    not_exact_before: tuple[str, ...] = ()

    date_after: frozenset[str] = frozenset()
    """Words right before a date that things happen on."""
    date_links: dict[str, frozenset[str]] = Field(default_factory=dict)
    """What must stand before some of them (the end of 2026, pada tahun 2026)."""
    date_not_after: tuple[str, ...] = ()
    """Words shortly before a date that make it part of something else (a birth, a range, a document)."""
    date_not_before: tuple[str, ...] = ()
    """Words right after a date that make it the start of a range."""
    date_ties: tuple[str, ...] = ()
    """Words elsewhere in the sentence for which only one date will do (holidays)."""
    year_ties: tuple[str, ...] = ()
    """What is known to belong to its years."""
    clock_after: frozenset[str] = frozenset()
    clock_not_after: frozenset[str] = frozenset()
    """Words that must not stand among the three words before a time of day."""
    day_parts: dict[str, tuple[int, int]] = Field(default_factory=dict)
    """Words after a time of day -> the first and last hour they go with."""

    rhythms: tuple[Rhythm, ...] = ()
    rhythm_not_after: tuple[str, ...] = ()
    rhythm_not_near: tuple[str, ...] = ()
    """Words shortly before it that make it a limit."""
    starts: tuple[Opposite, ...] = ()
    """Beginnings and ends."""
    start_ties: tuple[str, ...] = ()
    """Words elsewhere in the sentence that say the other end."""
    sequence: tuple[Opposite, ...] = ()
    """Earlier and later, in advance and in arrears, preceding and following."""
    sequence_ties: tuple[str, ...] = ()
    company: dict[str, frozenset[str]] = Field(default_factory=dict)
    """Word lists that `of` and `not_of` of those pairs name: lemmas near the pair's word."""
    aspects: tuple[Aspect, ...] = ()
    aspect_ties: tuple[str, ...] = ()
    """Words elsewhere in the sentence that say when, on what condition, or what came of it."""
    during_ties: tuple[str, ...] = ()
    rhythm_ties: tuple[str, ...] = ()
    relative: tuple[RelativeTime, ...] = ()
    future: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
