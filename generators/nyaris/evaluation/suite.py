"""The suite: rows of a dataset folder, and the corpora in which their near misses lie beside the originals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nyaris.dataset.read import Row, fingerprint, parquet_files, read_rows
from nyaris.dataset.retrieval import CORPUS, QRELS, query_id, text_id
from nyaris.errors import UsageError
from nyaris.evaluation.records import SuiteEntry
from nyaris.evaluation.systems import System
from nyaris.hashing import digest
from nyaris.run.tables import SPLITS, read_table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class NearMissSearch:
    """Rows (by place) whose queries are put to one corpus; for each row the places of the texts that miss its query:
    what was made from its source sentence (in frames: in its pair), or is the negative of a row that asks the same, and
    answers none that asks the same."""

    language: str
    corpus: tuple[str, ...]
    rows: tuple[int, ...]
    near_misses: tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True)
class Suite:
    """What systems are asked."""

    entry: SuiteEntry
    rows: tuple[Row, ...]
    searches: tuple[NearMissSearch, ...]


def read_suite(
    folder: Path,
    *,
    split: str = "test",
    most_rows: int | None = None,
    most_queries: int = 500,
    most_others: int = 2000,
    seed: int = 0,
) -> Suite:
    """The rows of a split, `most_rows` of each language at most, and one search per language that has a corpus.

    Rows and queries are drawn by whole source sentences. A corpus holds all texts made from the sentences of its
    queries, what answers them, and `most_others` other texts of the dataset at most.
    Raises UsageError for a folder that is no dataset and a split without rows.
    """
    if split not in SPLITS:
        raise UsageError(f"--split {split}: known are {', '.join(SPLITS)}")
    every = read_rows(folder)
    mine = [row for row in every if row.split == split]
    if not mine:
        there = ", ".join(
            f"{name} ({count:,})" for name in SPLITS if (count := sum(row.split == name for row in every))
        )
        raise UsageError(f"--suite {folder}: no rows in the split {split}: there are {there}; choose one with --split")
    languages = sorted({row.language for row in mine})
    rows = [row for language in languages for row in _drawn(mine, language, most_rows, seed, "rows")]
    searches = [
        search
        for language in languages
        for search in _search(folder, split, language, rows, most_queries, most_others, seed)
    ]
    texts = sum(len(each.corpus) for each in searches)
    name = folder.resolve().name
    return Suite(SuiteEntry(name, fingerprint(folder), split, len(rows), texts), tuple(rows), tuple(searches))


def near_misses_first(system: System, suite: Suite) -> NDArray[np.float64]:
    """For each row of the suite whether the first text that was found for its query is a near miss of it (1 or 0), NaN
    where its query was not put to a corpus."""
    import numpy as np

    found = np.full(len(suite.rows), np.nan)
    for search in suite.searches:
        places, _ = system.rank([suite.rows[row].query for row in search.rows], search.corpus, 1)
        for row, near_misses, place in zip(search.rows, search.near_misses, places[:, 0], strict=True):
            found[row] = int(place) in near_misses
    return found


def _drawn(rows: Sequence[Row], language: str, most: int | None, seed: int, purpose: str) -> list[Row]:
    """Rows of a language, of whole source sentences drawn by lot; in the order in which they came."""
    mine = [row for row in rows if row.language == language]
    if most is None or len(mine) <= most:
        return mine
    sizes: defaultdict[tuple[str, int], int] = defaultdict(int)
    for row in mine:
        sizes[row.sentence] += 1
    chosen, count = set(), 0
    for sentence in sorted(sizes, key=lambda each: digest(seed, purpose, *each)):
        if count + sizes[sentence] <= most:
            chosen.add(sentence)
            count += sizes[sentence]
    return [row for row in mine if row.sentence in chosen]


def _search(
    folder: Path, split: str, language: str, rows: Sequence[Row], most_queries: int, most_others: int, seed: int
) -> list[NearMissSearch]:
    texts = {
        name: text
        for path in parquet_files(folder, f"{language}-{CORPUS}", split)
        for name, text in zip(*read_table(path).select(["_id", "text"]).to_pydict().values(), strict=True)
    }
    asked = _drawn(rows, language, most_queries, seed, "queries")
    if not texts or not asked:
        return []
    judged: defaultdict[str, set[str]] = defaultdict(set)
    wanted = {query_id(row.pair, row.direction) for row in rows}
    for path in parquet_files(folder, f"{language}-{QRELS}", split):
        for query, text in zip(*read_table(path).select(["query-id", "corpus-id"]).to_pydict().values(), strict=True):
            if query in wanted:
                judged[query].add(text)
    made: defaultdict[object, set[str]] = defaultdict(set)
    answering: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        negative = text_id(row.negative)
        made[_situation(row)] |= {text_id(row.positive), negative}
        made[row.query].add(negative)
        answering[row.query] |= judged[query_id(row.pair, row.direction)]
    near = [(made[_situation(row)] | made[row.query]) - answering[row.query] for row in asked]
    kept = set().union(*near, *(answering[row.query] for row in asked)) & texts.keys()
    others = sorted(texts.keys() - kept, key=lambda name: digest(seed, "others", name))[:most_others]
    corpus = sorted(kept | set(others))
    places = {name: place for place, name in enumerate(corpus)}
    numbers = {row.id: number for number, row in enumerate(rows)}
    near_misses = [frozenset(places[name] for name in mine if name in places) for mine in near]
    return [
        NearMissSearch(
            language, tuple(texts[name] for name in corpus), tuple(numbers[row.id] for row in asked), tuple(near_misses)
        )
    ]


def _situation(row: Row) -> object:
    """What tells of one thing: a sentence of a document; of a frame, whose bindings tell of many, one pair."""
    return row.pair if row.origin == "frame" else row.sentence
