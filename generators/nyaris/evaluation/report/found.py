"""Broad retrieval as tables: collections by systems, one per measure, and topics by systems."""

from __future__ import annotations

from dataclasses import dataclass

from nyaris.evaluation.records import Evaluation, RetrievalCell
from nyaris.evaluation.report.scales import figure, is_certain, probability, signed

_MOST_TOPICS = 60
_FIRST = "ndcg@10"


@dataclass(frozen=True)
class Score:
    """A figure with its interval, and what it is against the baseline."""

    figure: str
    interval: str
    change: str
    told: str
    best: bool
    trend: str
    """`up`, `down` or nothing: which way it moved, where that is more than chance."""


@dataclass(frozen=True)
class Line:
    """A collection or topic, its queries, and a score of every system."""

    name: str
    queries: int
    scores: tuple[Score | None, ...]


@dataclass(frozen=True)
class Found:
    """One measure: `mean` over the collections, the collections, and topics as lines of their own."""

    measure: str
    systems: tuple[str, ...]
    mean: Line | None
    collections: tuple[Line, ...]
    topics: tuple[Line, ...]
    topics_in_all: int


def found(evaluation: Evaluation) -> tuple[Found, ...]:
    """A table per measure, nDCG first."""
    measures = list(dict.fromkeys(cell.measure for cell in evaluation.retrieval))
    measures.sort(key=lambda measure: measure != _FIRST)
    return tuple(_table(evaluation, measure) for measure in measures)


def _table(evaluation: Evaluation, measure: str) -> Found:
    cells = {
        (cell.system, cell.collection, cell.topic): cell for cell in evaluation.retrieval if cell.measure == measure
    }
    systems = [system.name for system in evaluation.systems if any(key[0] == system.name for key in cells)]
    places = list(dict.fromkeys((collection, topic) for _, collection, topic in cells))
    collections = sorted(collection for collection, topic in places if collection is not None and topic is None)
    topics = [(collection, topic) for collection, topic in places if collection is not None and topic is not None]
    shown = sorted(topics, key=lambda place: (_worst(cells, systems, place), place))[:_MOST_TOPICS]

    def line(name: str, place: tuple[str | None, str | None]) -> Line:
        found = [cells.get((system, *place)) for system in systems]
        best = max((cell.value for cell in found if cell), default=0.0)
        queries = max((cell.n for cell in found if cell), default=0)
        return Line(name, queries, tuple(_score(cell, best) if cell else None for cell in found))

    return Found(
        measure,
        tuple(systems),
        line("mean of the collections", (None, None)) if (None, None) in places else None,
        tuple(line(collection, (collection, None)) for collection in collections),
        tuple(line(f"{collection}: {topic}", (collection, topic)) for collection, topic in shown),
        len(topics),
    )


def _worst(
    cells: dict[tuple[str, str | None, str | None], RetrievalCell], systems: list[str], place: tuple[str, str]
) -> float:
    """The greatest loss of any system on a topic."""
    changes = [cell.difference for system in systems if (cell := cells.get((system, *place))) and cell.difference]
    return min(changes, default=0.0)


def _score(cell: RetrievalCell, best: float) -> Score:
    interval = f"{figure(cell.low, 3)}–{figure(cell.high, 3)}"
    change = "" if cell.difference is None else signed(cell.difference, 3)
    trend = ""
    if cell.difference and is_certain(cell.p):
        trend = "up" if cell.difference > 0 else "down"
    told = ", ".join(part for part in (f"{cell.n:,} queries", probability(cell.p)) if part)
    return Score(figure(cell.value, 3), interval, change, told, cell.value == best, trend)
