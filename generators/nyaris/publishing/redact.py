"""Personal data of a whole dataset folder: what there is, and a copy in which stand-ins take its place.

A value has one stand-in wherever it stands, so that query, positive and negative of a triple, and every configuration,
still say the same of the same. Edits and overlaps are made again from the new strings.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from nyaris.pairs.differences import differences, overlap
from nyaris.publishing.personal import Personal, personal_data, stand_in
from nyaris.run.tables import read_table

Names = dict[tuple[str, str], int]
"""(kind, key) -> the number of its stand-in."""


def found_in(folder: Path, files: Sequence[str]) -> Counter[tuple[str, str]]:
    """How often each (kind, key) stands in the files."""
    counts: Counter[tuple[str, str]] = Counter()
    for text in _texts(folder, files):
        counts.update((found.kind, found.key) for found in personal_data(text))
    return counts


def redact(folder: Path, files: Sequence[str], target: Path) -> Names:
    """Copy the files to `target` with stand-ins; returns the values that were replaced."""
    values = sorted(found_in(folder, files))
    names: Names = {}
    for kind, key in values:
        names[kind, key] = 1 + sum(known == kind for known, _ in names)

    def clean(text: str) -> str:
        return _replaced(text, names)

    for name in files:
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith(".parquet"):
            _redact_table(folder / name, place, clean)
        elif name.endswith(".json"):
            content = _mapped(json.loads((folder / name).read_text(encoding="utf-8")), clean)
            place.write_text(json.dumps(content, indent=2, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
        else:
            place.write_text(clean((folder / name).read_text(encoding="utf-8")), encoding="utf-8")
    return names


def _replaced(text: str, names: Names) -> str:
    made, position = "", 0
    for found in personal_data(text):
        number = names.get((found.kind, found.key))
        made += text[position : found.start] + (found.value if number is None else _shaped(found, number))
        position = found.end
    return made + text[position:]


def _shaped(found: Personal, number: int) -> str:
    return stand_in(found, number)


def _redact_table(source: Path, target: Path, clean: Callable[[str], str]) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    table = read_table(source)
    rows = [_mapped(row, clean) for row in table.to_pylist()]
    if {"edits", "positive", "negative"} <= set(table.column_names):
        for row in rows:
            row["edits"] = [change._asdict() for change in differences(row["positive"], row["negative"])]
            for side in ("positive", "negative"):
                if f"overlap_{side}" in row:
                    row[f"overlap_{side}"] = round(overlap(row["query"], row[side]), 4)
    parquet.write_table(pa.Table.from_pylist(rows, schema=table.schema), target, compression="snappy")


def _mapped(value: Any, clean: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {name: _mapped(each, clean) for name, each in value.items()}
    if isinstance(value, list):
        return [_mapped(each, clean) for each in value]
    return value


def _texts(folder: Path, files: Sequence[str]) -> Iterator[str]:
    """Every distinct string of every file."""
    for name in files:
        if name.endswith(".parquet"):
            seen: set[str] = set()
            for batch in read_table(folder / name).to_batches(max_chunksize=10_000):
                for row in batch.to_pylist():
                    for text in _strings(row):
                        if text not in seen:
                            seen.add(text)
                            yield text
        else:
            yield from (folder / name).read_text(encoding="utf-8").splitlines()


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
