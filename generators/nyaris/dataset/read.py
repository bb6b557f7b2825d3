"""A dataset folder read back: its rows, its other configurations, and the hash that says which files they were."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from nyaris.errors import NyarisError, UsageError
from nyaris.run.tables import SPLITS, read_table

MANIFEST = "manifest.json"

_NEEDED = ("id", "pair_id", "direction", "query", "positive", "negative", "phenomenon", "rule", "language")


@dataclass(frozen=True, slots=True)
class Change:
    """Characters `start` to `end` of the positive read `before`; the negative has `after` there."""

    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled triple with its split. `document`, `start` and `end` say which source sentence it was made from."""

    id: str
    pair: str
    direction: str
    query: str
    positive: str
    negative: str
    phenomenon: str
    rule: str
    relation: str
    query_style: str
    granularity: str
    hardness: str
    language: str
    variety: str
    origin: str
    document: str
    start: int
    end: int
    licence: str
    edits: tuple[Change, ...]
    answer: str | None
    near_miss_answer: str | None
    split: str

    @property
    def texts(self) -> tuple[str, str, str]:
        """Query, positive, negative."""
        return self.query, self.positive, self.negative

    @property
    def sentence(self) -> tuple[str, int]:
        """What it was made from: the document and the place in it; a frame is one sentence."""
        return self.document, self.start


def read_rows(folder: Path) -> list[Row]:
    """The rows of `labelled`, split by split. Raises UsageError for a folder that is no dataset, NyarisError for one
    whose columns are not those of Nyaris."""
    rows: list[Row] = []
    for split in SPLITS:
        for path in parquet_files(folder, "labelled", split):
            table = read_table(path)
            missing = [name for name in _NEEDED if name not in table.column_names]
            if missing:
                raise NyarisError(f"{path}: no column {', '.join(missing)}: generate the folder again")
            rows.extend(_row(record, split) for record in table.to_pylist())
    if not rows:
        raise UsageError(f"{folder} holds no dataset: give a folder that `nyaris generate` wrote")
    return rows


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest. Raises UsageError where there is none, NyarisError where it cannot be read."""
    path = folder / MANIFEST
    if not path.is_file():
        raise UsageError(f"{folder} holds no manifest.json: give a folder that `nyaris generate` wrote")
    return read_json(path)


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object from a file. Raises NyarisError for anything else."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NyarisError(f"{path} cannot be read as JSON: {error}") from error
    if not isinstance(content, dict):
        raise NyarisError(f"{path}: an object is expected, not a {type(content).__name__}")
    return content


def configurations(folder: Path) -> list[str]:
    """The folders that hold Parquet, by name."""
    return sorted({path.parent.name for path in folder.glob("*/*.parquet") if not path.parent.name.startswith(".")})


def parquet_files(folder: Path, configuration: str, split: str) -> list[Path]:
    """The shards of one configuration and split, in order."""
    return sorted((folder / configuration).glob(f"{split}-*.parquet"))


def fingerprint(folder: Path) -> str:
    """A hash over the bytes of every Parquet file below the configurations, with their names."""
    total = sha256()
    for path in sorted(folder.glob("*/*.parquet")):
        if not path.parent.name.startswith("."):
            total.update(path.relative_to(folder).as_posix().encode())
            total.update(sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _row(record: dict[str, Any], split: str) -> Row:
    source = record.get("source") or {}
    return Row(
        **{name: record[name] for name in ("id", "direction", "query", "positive", "negative", "phenomenon", "rule")},
        pair=record["pair_id"],
        language=record["language"],
        variety=record.get("variety") or record["language"],
        relation=record.get("relation") or "",
        query_style=record.get("query_style") or "statement",
        granularity=record.get("granularity") or "sentence",
        hardness=record.get("hardness") or "",
        origin=record.get("origin") or "document",
        document=source.get("document") or "",
        start=source.get("start") or 0,
        end=source.get("end") or 0,
        licence=source.get("licence") or "unknown",
        edits=tuple(Change(**edit) for edit in record.get("edits") or ()),
        answer=record.get("answer"),
        near_miss_answer=record.get("near_miss_answer"),
        split=split,
    )
