"""What a training is measured on, and what its choices may look at: two sides that share no query."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nyaris.dataset.read import Row, parquet_files
from nyaris.errors import UsageError
from nyaris.evaluation.records import RetrievalCell, StressCell
from nyaris.evaluation.retrieval import Collection, collection, mean_of, measure_retrieval, read_collection
from nyaris.evaluation.statistics import Resampling
from nyaris.evaluation.stress import measure_stress
from nyaris.evaluation.systems import Encoder, System
from nyaris.evaluation.tuning.general import Pair
from nyaris.evaluation.tuning.mixing import balanced
from nyaris.hashing import digest
from nyaris.run.tables import read_table

SHARES_OF_TUNED = (1.0, 0.8, 0.65, 0.5, 0.4, 0.3, 0.2, 0.1)
"""Averages that are tried, from the most tuned one."""
RESAMPLING = Resampling(permutations=2000)
_BREAKDOWNS = ((), ("phenomenon",), ("phenomenon", "language"), ("hardness",))


@dataclass(frozen=True, slots=True)
class Sampling:
    """How much is measured: rows of the suite (balanced over phenomenon x language), queries of a collection, texts
    that are searched, every judged one among them, and tokens of each. None: all."""

    rows: int | None = None
    queries: int | None = None
    texts: int | None = None
    length: int | None = 128


@dataclass(frozen=True)
class Measuring:
    """The reported side: rows of the suite's test split and broad collections, always against the frozen model."""

    rows: Sequence[Row]
    collections: Sequence[Collection]
    frozen: System
    bf16: bool

    def of(self, system: System) -> tuple[tuple[StressCell, ...], tuple[RetrievalCell, ...]]:
        """The cells of a system, with differences from the frozen model if it is another."""
        stress = measure_stress(system, self.rows, baseline=self._baseline(system), resampling=RESAMPLING)
        return tuple(cell for cell in stress if _is_kept(cell)), self.retrieval(system)

    def retrieval(self, system: System) -> tuple[RetrievalCell, ...]:
        """The cells of broad retrieval alone."""
        found = measure_retrieval(system, self.collections, baseline=self._baseline(system), resampling=RESAMPLING)
        return tuple(each for each in found if not each.topic)

    def _baseline(self, system: System) -> System | None:
        return None if system is self.frozen else self.frozen

    def of_model(self, name: str, model: Any) -> tuple[tuple[StressCell, ...], tuple[RetrievalCell, ...]]:
        """The same for an encoder in memory."""
        return self.of(Encoder(name, model, bf16=self.bf16))


class Validation:
    """The side that choices look at: collections that are not reported, and general pairs that no training read."""

    def __init__(self, collections: Sequence[Collection], frozen: System, tolerance: float, bf16: bool) -> None:
        self._collections, self._tolerance, self._bf16 = collections, tolerance, bf16
        self._before = self._scores(frozen)

    def slack(self, model: Any) -> float:
        """How much more retrieval might fall, where it fell most; negative: it fell by more than the tolerance."""
        after = self._scores(Encoder("tuned", model, bf16=self._bf16))
        falls = (after[name] / before - 1.0 for name, before in self._before.items() if before)
        return min(falls, default=0.0) + self._tolerance

    def _scores(self, system: System) -> Mapping[str, float]:
        cells = [measure_retrieval(system, [each], resampling=Resampling(bootstrap=1)) for each in self._collections]
        return {each.name: mean_of(found).value for each, found in zip(self._collections, cells, strict=True)}


def sample_rows(rows: Sequence[Row], sampling: Sampling, seed: int) -> list[Row]:
    """The rows to measure on, in whole pairs."""
    return balanced(rows, sampling.rows or len(rows), seed) if sampling.rows else list(rows)


def read_collections(folders: Sequence[Path], sampling: Sampling, seed: int) -> list[Collection]:
    """Collections in the layout of BEIR, as much of them as the sampling says."""
    found = [sampled(read_collection(folder), sampling, seed) for folder in folders]
    names = [each.name for each in found]
    if len(set(names)) < len(names):
        raise UsageError(f"--retrieval {', '.join(names)}: each collection can be named once")
    return found


def suite_collections(folder: Path, sampling: Sampling, seed: int) -> list[Collection]:
    """The dataset's own retrieval tasks, one per language, with originals and near misses among the distractors."""
    found = []
    for place in sorted(folder.glob("*-corpus")):
        language = place.name.removesuffix("-corpus")
        parts = {kind: list(_records(folder, f"{language}-{kind}")) for kind in ("corpus", "queries", "qrels")}
        qrels: dict[str, dict[str, int]] = {}
        for judged in parts["qrels"]:
            qrels.setdefault(judged["query-id"], {})[judged["corpus-id"]] = int(judged["score"])
        if qrels:
            whole = collection(f"suite-{language}", iter(parts["corpus"]), iter(parts["queries"]), qrels)
            found.append(sampled(whole, sampling, seed))
    return found


def pairs_collection(pairs: Sequence[Pair]) -> Collection:
    """General pairs as a search for the positive of each anchor."""
    return Collection(
        "general",
        {str(number): pair.positive for number, pair in enumerate(pairs)},
        {str(number): pair.anchor for number, pair in enumerate(pairs)},
        {str(number): {str(number): 1} for number in range(len(pairs))},
        texts_in_all=len(pairs),
    )


def sampled(whole: Collection, sampling: Sampling, seed: int) -> Collection:
    """Some of the queries, their judged texts, and other texts up to the number that is wanted."""
    drawn = sorted(whole.queries, key=lambda query: digest(seed, whole.name, "query", query))[: sampling.queries]
    queries = {query: whole.queries[query] for query in drawn}
    judged = {text for query in drawn for text, score in whole.qrels[query].items() if score > 0}
    kept = judged & whole.corpus.keys()
    others = sorted(whole.corpus.keys() - kept, key=lambda text: digest(seed, whole.name, "text", text))
    if sampling.texts is not None:
        others = others[: max(0, sampling.texts - len(kept))]
    kept |= set(others)
    return replace(
        whole,
        corpus={text: content for text, content in whole.corpus.items() if text in kept},
        queries=queries,
        qrels={query: whole.qrels[query] for query in drawn},
        topics={query: topic for query, topic in whole.topics.items() if query in queries},
        texts_in_all=len(whole.corpus),
    )


def _records(folder: Path, configuration: str) -> Iterator[dict[str, Any]]:
    for path in parquet_files(folder, configuration, "test"):
        yield from read_table(path).to_pylist()


def _is_kept(cell: StressCell) -> bool:
    names = ("phenomenon", "rule", "language", "variety", "hardness")
    divided = tuple(name for name, label in zip(names, cell.slice, strict=True) if label is not None)
    return divided in _BREAKDOWNS
