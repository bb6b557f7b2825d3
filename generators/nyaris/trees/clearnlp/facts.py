"""What the conversion from ClearNLP must know of the language."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from nyaris.grammar import Facts


class ClearNlpFacts(Facts):
    """What the conversion must know of the language; a grammar without the topic has no such parsers."""

    topic: ClassVar[str] = "clearnlp"

    signature: frozenset[str] = frozenset()
    """Labels that the scheme has and Universal Dependencies does not."""
    relations: dict[str, str] = Field(default_factory=dict)
    """Labels that become one relation wherever they stand."""
    copulas: frozenset[str] = frozenset()
    infinitive_markers: frozenset[str] = frozenset()
    dummy_subjects: frozenset[str] = frozenset()
    negators: frozenset[str] = frozenset()
    fixed: tuple[str, ...] = ()
    fixed_quantifiers: tuple[str, ...] = ()
    superlative_phrases: tuple[str, ...] = ()
    foreign_features: frozenset[str] = frozenset()
    relative_pronouns: frozenset[str] = frozenset()
    predicative_adverbs: frozenset[str] = frozenset()
    """Adverbs that a copula can say of its subject: "the office is there"."""
