"""Files of plain records: JSON lines, CSV that is safe to open, Parquet."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nyaris.dataset.safety import safe_cell

Record = dict[str, Any]


def write_jsonl(records: Iterable[Record], path: Path) -> int:
    """One object a line; returns how many."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for count, record in enumerate(records, 1):  # noqa: B007
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return count


def write_csv(records: Iterable[Record], path: Path) -> int:
    """Lists and mappings as JSON, nothing as an empty cell, and no cell that a spreadsheet would run."""
    count, writer = 0, None
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        for count, record in enumerate(records, 1):  # noqa: B007
            if writer is None:
                writer = csv.DictWriter(file, list(record))
                writer.writeheader()
            writer.writerow({name: _cell(value) for name, value in record.items()})
    return count


def write_tsv(rows: Iterable[tuple[object, ...]], path: Path) -> None:
    """Rows without quoting; ids and numbers only."""
    path.write_text("".join("\t".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return safe_cell(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
