"""Broad retrieval: collections in the layout of BEIR, and what a system finds in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nyaris.evaluation.records import RetrievalCell
from nyaris.evaluation.statistics import Resampling
from nyaris.evaluation.systems import System


@dataclass(frozen=True, slots=True)
class Collection:
    """A corpus and queries by id, judgements by query, and the topic of those queries that name one."""

    name: str
    corpus: Mapping[str, str]
    queries: Mapping[str, str]
    qrels: Mapping[str, Mapping[str, int]]
    topics: Mapping[str, str] = field(default_factory=dict)
    texts_in_all: int = 0


def read_collection(folder: Path, *, split: str = "test", most_texts: int | None = None, seed: int = 0) -> Collection:
    """Read `corpus.jsonl`, `queries.jsonl` and the judgements (`qrels/<split>.tsv`, or `qrels.tsv` beside them).

    `most_texts` draws a part of the corpus; what is judged relevant always stays.
    """
    raise NotImplementedError


def measure_retrieval(
    system: System,
    collections: Sequence[Collection],
    *,
    baseline: System | None = None,
    resampling: Resampling | None = None,
) -> list[RetrievalCell]:
    """Each measure on each collection, on its topics, and as the mean over the collections."""
    raise NotImplementedError


def mean_of(cells: Sequence[RetrievalCell], measure: str = "ndcg@10") -> RetrievalCell:
    """The cell of a measure that is the mean over the collections, of the first system in the list."""
    return next(cell for cell in cells if cell.measure == measure and cell.collection is None)
