"""The contrast: two queries and two texts, each query answered by its own text and missed by the other.

Read from one side and from the other it gives two triples, whose positive and negative are exchanged. A reader who does
not see the query is therefore at chance on every pair, whatever else it can see.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nyaris.pairs.checks import candidate_reject
from nyaris.pairs.differences import overlap
from nyaris.rules import Relation

Direction = Literal["source", "mirror"]
Hardness = Literal["hard", "easy"]
Style = Literal["statement", "question"]


@dataclass(frozen=True)
class Triple:
    """A labelled near miss. `pair` is the same for its two directions.

    `kept` and `turned` name what positive and negative say: texts under one name mean the same.
    """

    pair: str
    query: str
    positive: str
    negative: str
    rule: str
    phenomenon: str
    relation: Relation
    direction: Direction
    hardness: Hardness
    query_style: Style
    query_keeper: str
    positive_keeper: str
    negative_keeper: str
    kept: str
    turned: str
    answer: str | None = None
    near_miss_answer: str | None = None


@dataclass(frozen=True)
class Reject:
    """A candidate that was refused: by which rule, and why."""

    rule: str
    reason: str
    text: str


@dataclass(frozen=True)
class Label:
    """What the two directions of a pair have in common."""

    pair: str
    rule: str
    phenomenon: str
    relation: Relation
    query_style: Style
    hardness: Hardness | None
    """None where the surfaces do not say it: a question has none of its own."""


@dataclass(frozen=True)
class Side:
    """One query with its text, the surfaces (keepers) of both, and the name of what they say."""

    query: str
    query_keeper: str
    text: str
    text_keeper: str
    meaning: str
    answer: str | None = None


def directions(label: Label, source: Side, mirror: Side) -> tuple[Triple, Triple] | Reject:
    """Both triples of a contrast, or the reason against either: a lone direction would tell which side is edited."""
    pair = (_triple(label, source, mirror, "source"), _triple(label, mirror, source, "mirror"))
    for triple in pair:
        if reason := candidate_reject(triple.query, triple.positive, triple.negative):
            return Reject(label.rule, reason, triple.negative)
    return pair


def _triple(label: Label, mine: Side, other: Side, direction: Direction) -> Triple:
    return Triple(
        pair=label.pair,
        query=mine.query,
        positive=mine.text,
        negative=other.text,
        rule=label.rule,
        phenomenon=label.phenomenon,
        relation=label.relation,
        direction=direction,
        hardness=label.hardness or _nearness(mine, other),
        query_style=label.query_style,
        query_keeper=mine.query_keeper,
        positive_keeper=mine.text_keeper,
        negative_keeper=other.text_keeper,
        kept=mine.meaning,
        turned=other.meaning,
        answer=mine.answer,
        near_miss_answer=other.answer if other.answer != mine.answer else None,
    )


def _nearness(mine: Side, other: Side) -> Hardness:
    """Hard where the negative has more words in common with the query than the positive has."""
    return "hard" if overlap(mine.query, other.text) > overlap(mine.query, mine.text) else "easy"
