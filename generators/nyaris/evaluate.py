"""How well systems tell near misses apart, next to how well they find things otherwise."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nyaris import __version__
from nyaris.errors import UsageError
from nyaris.evaluation.answers import read_answers, read_questions, score_answers
from nyaris.evaluation.embeddings import default_cache
from nyaris.evaluation.loading import Computing, SystemSpec, load_systems, parse_systems
from nyaris.evaluation.nanobeir import is_nanobeir, load_nanobeir, nanobeir_names
from nyaris.evaluation.records import Answers, CollectionEntry, Evaluation, SystemEntry
from nyaris.evaluation.retrieval import Collection, Found, read_collection, retrieval_cells, search
from nyaris.evaluation.statistics import Resampling
from nyaris.evaluation.stress import RowScores, margin_histograms, score_rows, stress_cells, worst_failures
from nyaris.evaluation.suite import Suite, near_misses_first, read_suite
from nyaris.evaluation.verdict import verdict

if TYPE_CHECKING:
    from nyaris.evaluation.systems import Indexed

_TIMED_QUERIES, _TIMED_SECONDS = 20, 10.0
Report = Callable[[str, int], None]
"""Told what is being done and how many more texts are done."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What breaks the verdict: a larger share of the baseline's mean nDCG@10 lost, or a lower triplet accuracy."""

    max_retrieval_loss: float | None = None
    min_accuracy: float | None = None


@dataclass(frozen=True, slots=True)
class Sampling:
    """How much is measured: rows and queries per language of the suite, other texts in its corpora, texts of each
    collection (all by default), failures that are kept per system."""

    split: str = "test"
    rows: int | None = None
    queries: int = 500
    others: int = 2000
    retrieval_split: str = "test"
    retrieval_texts: int | None = None
    failures: int = 200


@dataclass(frozen=True, slots=True)
class _Inputs:
    """Everything that was asked for, read and checked."""

    specs: list[SystemSpec]
    suite: Suite | None
    collections: list[Collection] = field(default_factory=list)
    answers: Answers | None = None


def evaluate(
    systems: Sequence[str],
    suite: Path | None = None,
    *,
    retrieval: Sequence[str] = (),
    answers: Path | None = None,
    questions: Path | None = None,
    limits: Limits | None = None,
    sampling: Sampling | None = None,
    computing: Computing | None = None,
    resampling: Resampling | None = None,
    report: Report = lambda stage, texts: None,
) -> Evaluation:
    """Measure systems on the near misses of a dataset folder and on broad retrieval; score a pipeline's answers.

    `systems`: what `parse_systems` takes; one may end in `@baseline`. `retrieval`: folders in the layout of BEIR,
    `nanobeir`, or one collection of it such as `nanobeir:NFCorpus`. `answers`: a JSON Lines file; its questions are
    those of the suite, or of `questions`, an export. Embeddings are cached where `computing.cache` says.
    Everything is read and checked before anything is embedded. Raises UsageError for what cannot be measured.
    """
    limits, sampling, resampling = limits or Limits(), sampling or Sampling(), resampling or Resampling()
    inputs = _read(systems, suite, retrieval, answers, questions, limits, sampling, resampling.seed)
    stage = ""

    def told(texts: int) -> None:
        report(stage, texts)

    report("loading models", 0)
    loaded = load_systems(inputs.specs, computing or Computing(cache=default_cache()), told)
    scores: list[RowScores] = []
    found: list[list[Found]] = []
    latencies: list[float | None] = []
    for system in loaded:
        if inputs.suite:
            stage = f"{system.name}: near misses"
            report(stage, 0)
            mine = score_rows(system, inputs.suite.rows)
            scores.append(replace(mine, near_miss_first=near_misses_first(system, inputs.suite)))
        found.append([])
        for one in inputs.collections:
            stage = f"{system.name}: {one.name}"
            report(stage, 0)
            found[-1].append(search(system, one))
        latencies.append(_latency(system, inputs.collections[0]) if inputs.collections else None)
    report("intervals", 0)
    return _evaluation(inputs, loaded, scores, found, latencies, limits, sampling, resampling)


def _read(
    systems: Sequence[str],
    suite: Path | None,
    retrieval: Sequence[str],
    answers: Path | None,
    questions: Path | None,
    limits: Limits,
    sampling: Sampling,
    seed: int,
) -> _Inputs:
    specs = parse_systems(systems)
    compared = any(each.baseline for each in specs)
    if specs and suite is None and not retrieval:
        raise UsageError("nothing to measure on: give a dataset folder with --suite, collections with --retrieval")
    if not specs and answers is None:
        raise UsageError("nothing to measure: name systems, or give a pipeline's answers with --answers")
    if limits.max_retrieval_loss is not None and not (compared and retrieval):
        raise UsageError("--max-retrieval-loss compares with a baseline (MODEL@baseline) on collections (--retrieval)")
    if limits.max_retrieval_loss is not None and len(specs) < 2:
        raise UsageError("--max-retrieval-loss: name a system beside the baseline")
    if limits.min_accuracy is not None and (suite is None or not specs):
        raise UsageError("--min-accuracy is about rows of a dataset: give a folder with --suite")
    scored = None
    if answers:
        source = questions or suite
        if source is None:
            raise UsageError("--answers: give the questions with --questions, or the dataset folder with --suite")
        scored = score_answers(answers.name, read_questions(source), read_answers(answers))
    for word in retrieval:
        if is_nanobeir(word):
            nanobeir_names(word)
    read = None
    if suite and specs:
        read = read_suite(
            suite,
            split=sampling.split,
            most_rows=sampling.rows,
            most_queries=sampling.queries,
            most_others=sampling.others,
            seed=seed,
        )
    collections = [one for word in retrieval if specs for one in _collections(word, sampling, seed)]
    names = [one.name for one in collections]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise UsageError(f"--retrieval: {', '.join(twice)} comes twice: collections are told apart by folder name")
    return _Inputs(specs, read, collections, scored)


def _collections(word: str, sampling: Sampling, seed: int) -> list[Collection]:
    if is_nanobeir(word) and not Path(word).is_dir():
        return [load_nanobeir(name, sampling.retrieval_texts, seed) for name in nanobeir_names(word)]
    folder, most = Path(word), sampling.retrieval_texts
    return [read_collection(folder, split=sampling.retrieval_split, most_texts=most, seed=seed)]


def _evaluation(
    inputs: _Inputs,
    systems: Sequence[Indexed],
    scores: Sequence[RowScores],
    found: Sequence[Sequence[Found]],
    latencies: Sequence[float | None],
    limits: Limits,
    sampling: Sampling,
    resampling: Resampling,
) -> Evaluation:
    specs, suite = inputs.specs, inputs.suite
    baseline = next((place for place, spec in enumerate(specs) if spec.baseline), None)
    entries = tuple(
        SystemEntry(each.name, each.kind, "baseline" if place == baseline else "candidate", latency, each.note)
        for place, (each, latency) in enumerate(zip(systems, latencies, strict=True))
    )
    stress = stress_cells(suite.rows, scores, baseline, resampling) if suite else []
    retrieval = retrieval_cells(inputs.collections, found, baseline, resampling)
    return Evaluation(
        generator={"name": "nyaris", "version": __version__},
        suite=suite.entry if suite else None,
        baseline=None if baseline is None else entries[baseline].name,
        seed=resampling.seed,
        bootstrap=resampling.bootstrap,
        systems=entries,
        stress=tuple(stress),
        margins=tuple(margin_histograms(suite.rows, scores)) if suite else (),
        collections=tuple(
            CollectionEntry(one.name, len(one.corpus), one.texts_in_all, len(one.queries)) for one in inputs.collections
        ),
        retrieval=tuple(retrieval),
        failures=tuple(
            each for mine in scores if suite for each in worst_failures(suite.rows, mine, sampling.failures)
        ),
        verdict=verdict(
            entries,
            stress,
            retrieval,
            max_retrieval_loss=limits.max_retrieval_loss,
            min_accuracy=limits.min_accuracy,
        )
        if entries
        else None,
        answers=inputs.answers,
    )


def _latency(system: Indexed, collection: Collection) -> float:
    """Milliseconds per query, one query after the other, with the texts indexed and the queries not seen before."""
    index = system.index(list(collection.corpus.values()), remember=False)
    queries = list(collection.queries.values())[:_TIMED_QUERIES]
    index(queries[:1], 10)  # the first call of a model takes longer
    start, asked = time.perf_counter(), 0
    for query in queries:
        index([query], 10)
        asked += 1
        if time.perf_counter() - start > _TIMED_SECONDS:
            break
    return round(1000 * (time.perf_counter() - start) / asked, 2)
