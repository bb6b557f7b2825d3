"""Do the configurations of a folder say the same? Users train on one, measure with another, and read a third."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from nyaris.auditing.findings import Finding, Limits, judged
from nyaris.dataset.read import Row, configurations, parquet_files
from nyaris.run.tables import SPLITS, read_table

Columns = tuple[str, ...]
_TRIPLET: Columns = ("query", "positive", "negative")
_QUAD: Columns = ("q1", "d1", "q2", "d2")


def agreement(folder: Path, rows: Sequence[Row], limits: Limits) -> list[Finding]:
    """Records of `triplet`, `quad` and the retrieval tasks that `labelled` has not, or that point at nothing."""
    present = configurations(folder)
    wrong: list[str] = []
    for split in SPLITS:
        mine = [row for row in rows if row.split == split]
        if "triplet" in present:
            wrong += _differ(_records(folder, "triplet", split, _TRIPLET), Counter(row.texts for row in mine), split)
        if "quad" in present:
            wrong += _differ(_records(folder, "quad", split, _QUAD), _quads(mine), split)
        for name in present:
            if name.endswith("-qrels"):
                wrong += _loose_ends(folder, name, split)
    meaning = "records of other configurations that do not agree with `labelled`, or point at nothing"
    return [judged("disagreements", len(wrong), limits.disagreements, meaning, wrong)]


def _quads(rows: Sequence[Row]) -> Counter[tuple[str, ...]]:
    pairs: defaultdict[str, dict[str, Row]] = defaultdict(dict)
    for row in rows:
        pairs[row.pair][row.direction] = row
    whole = [sides for sides in pairs.values() if sides.keys() == {"source", "mirror"}]
    return Counter(
        (sides["source"].query, sides["source"].positive, sides["mirror"].query, sides["mirror"].positive)
        for sides in whole
    )


def _differ(found: Iterator[tuple[str, ...]], expected: Counter[tuple[str, ...]], split: str) -> list[str]:
    counts = Counter(found)
    return [f"{split}: {' | '.join(record)}" for record in ((counts - expected) + (expected - counts)).elements()]


def _loose_ends(folder: Path, name: str, split: str) -> list[str]:
    """Judgements whose query or text is not in the same split of the same task."""
    language = name.removesuffix("-qrels").removesuffix("-paired")
    queries = set(_records(folder, f"{language}-queries", split, ("_id",)))
    texts = set(_records(folder, f"{language}-corpus", split, ("_id",)))
    judgements = _records(folder, name, split, ("query-id", "corpus-id"))
    return [
        f"{name} {split}: {query} {text}"
        for query, text in judgements
        if (query,) not in queries or (text,) not in texts
    ]


def _records(folder: Path, name: str, split: str, columns: Columns) -> Iterator[tuple[str, ...]]:
    for path in parquet_files(folder, name, split):
        table = read_table(path)
        yield from zip(*(table[column].to_pylist() for column in columns), strict=True)
