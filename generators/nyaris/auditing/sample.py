"""A sheet for a blind reader: rows drawn by cell and rule, shown without what would give the answer away."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from nyaris.auditing.plants import plant
from nyaris.dataset.read import Row, fingerprint, read_json, read_rows
from nyaris.dataset.safety import plain_cell, safe_cell
from nyaris.errors import UsageError
from nyaris.hashing import digest, shuffled

TEXTS = ("query", "positive", "negative", "answer", "near_miss_answer")
SHOWN = ("id", "variety", "phenomenon", "relation", "query_style", *TEXTS)
VERDICT, NOTE = "verdict", "note"
CODES = ("ok", "neg-form", "neg-same", "neg-absurd", "pos-form", "query-form", "pos-drift", "label", "fragment")
FORMATS = (".csv", ".jsonl")

Record = dict[str, str]


def sample(
    folder: Path,
    sheet: Path,
    *,
    per_cell: int = 40,
    planted: float = 0.1,
    seed: int = 0,
    split: str | None = None,
    overwrite: bool = False,
) -> Path:
    """Write a sheet with an empty verdict column, and beside it the key; returns the key's path.

    A cell is phenomenon x variety; its rows are drawn round the rules, one row per source sentence as long as there
    are others. `planted` is the share of bad rows, made from good ones, that is mixed in. Raises UsageError rather than
    touch a sheet that holds verdicts.
    """
    _check(sheet, per_cell, planted, overwrite)
    rows = [row for row in read_rows(folder) if split in (None, row.split)]
    if not rows:
        raise UsageError(f"{folder} has no rows in the split '{split}'")
    entries: list[tuple[Row, str | None, Record]] = []
    for cell, members in sorted(_cells(rows).items()):
        drawn = _drawn(members, per_cell, (seed, *cell))
        entries += [(row, None, _shown(row)) for row in drawn]
        wanted = round(len(drawn) * planted)
        others = [row for row in members if row not in drawn] or members
        entries += plant(shuffled(others, seed, *cell, "plants"), wanted, _shown, (seed, *cell))
    records, key = [], {}
    for number in shuffled(range(len(entries)), seed, "order"):
        row, kind, record = entries[number]
        name = digest(seed, "sheet", fingerprint_of(record), number)[:10]
        records.append({**record, "id": name, VERDICT: "", NOTE: ""})
        key[name] = _key_entry(row, kind, record)
    write_sheet(records, sheet)
    path = sheet.with_name(sheet.name + ".key.json")
    content = {"sheet": sheet.name, "dataset": fingerprint(folder), "seed": seed, "rows": key}
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def read_sheet(path: Path) -> list[Record]:
    """The rows of a sheet, CSV or JSONL. Raises UsageError naming what is missing."""
    if not path.is_file():
        raise UsageError(f"no sheet {path}: `nyaris audit sample` writes one")
    try:
        if path.suffix == ".jsonl":
            lines = path.read_text(encoding="utf-8-sig").splitlines()
            rows = [
                {name: str(value or "") for name, value in json.loads(line).items()} for line in lines if line.strip()
            ]
        else:
            with path.open(encoding="utf-8-sig", newline="") as file:
                rows = [
                    {name: plain_cell(value or "") for name, value in row.items() if name}
                    for row in csv.DictReader(file)
                ]
    except (UnicodeDecodeError, ValueError, AttributeError) as error:
        raise UsageError(f"{path} cannot be read as a sheet: save it as CSV in UTF-8, or as JSONL ({error})") from error
    missing = {"id", VERDICT} - set(rows[0]) if rows else {"id", VERDICT}
    if missing:
        raise UsageError(f"{path} has no column {', '.join(sorted(missing))}: keep the header of the sheet as it was")
    return rows


def write_sheet(records: Iterable[Record], path: Path) -> None:
    """CSV whose cells no spreadsheet takes for formulas, with the mark by which it knows UTF-8; or JSONL."""
    if path.suffix == ".jsonl":
        lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        path.write_text("".join(lines), encoding="utf-8")
        return
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, [*SHOWN, VERDICT, NOTE])
        writer.writeheader()
        writer.writerows({name: safe_cell(value) for name, value in record.items()} for record in records)


def read_key(path: Path) -> dict[str, Any]:
    """What `sample` wrote beside the sheet."""
    if not path.is_file():
        raise UsageError(f"no key {path}: it is the .key.json file that `nyaris audit sample` wrote beside the sheet")
    key = read_json(path)
    if not isinstance(key.get("rows"), dict):
        raise UsageError(f"{path} is no key of a sheet: give the .key.json file that `nyaris audit sample` wrote")
    return key


def fingerprint_of(record: Mapping[str, str]) -> str:
    """A hash of the texts of a row as the reader sees them, whatever a spreadsheet did to line ends and spaces."""
    return digest(*(" ".join(record.get(name, "").split()) for name in SHOWN[1:]))


def _check(sheet: Path, per_cell: int, planted: float, overwrite: bool) -> None:
    if sheet.suffix not in FORMATS:
        raise UsageError(f"{sheet}: a sheet ends in {' or '.join(FORMATS)}")
    if per_cell < 1 or not 0 <= planted <= 1:
        raise UsageError("--per-cell is at least 1, and --planted a share between 0 and 1")
    if not sheet.parent.is_dir():
        raise UsageError(f"{sheet.parent} is no folder: make it first, or give another place with -o")
    if sheet.exists() and any(row.get(VERDICT, "").strip() for row in read_sheet(sheet)):
        raise UsageError(
            f"{sheet} holds verdicts: give another name with -o, a sheet that was read is never written over"
        )
    if sheet.exists() and not overwrite:
        raise UsageError(f"{sheet} is there already, and its key with it: give another name with -o, or --overwrite")


def _cells(rows: Sequence[Row]) -> dict[tuple[str, str], list[Row]]:
    cells: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        cells[row.phenomenon, row.variety].append(row)
    return cells


def _drawn(rows: Sequence[Row], most: int, key: tuple[object, ...]) -> list[Row]:
    """Round after round one row of every rule; within a rule new source sentences come first."""
    queues: list[list[Row]] = []
    for rule in shuffled(sorted({row.rule for row in rows}), *key, "rules"):
        members = shuffled([row for row in rows if row.rule == rule], *key, rule)
        turns: defaultdict[tuple[str, int], int] = defaultdict(int)
        ranked = []
        for place, row in enumerate(members):
            ranked.append((turns[row.sentence], place, row))
            turns[row.sentence] += 1
        queues.append([row for _, _, row in sorted(ranked, key=lambda each: each[:2])])
    drawn: list[Row] = []
    for turn in range(max(map(len, queues))):
        drawn += [queue[turn] for queue in queues if turn < len(queue)]
    return drawn[:most]


def _shown(row: Row) -> Record:
    record = {name: str(getattr(row, name) or "") for name in SHOWN[1:]}
    return {"id": "", **record}


def _key_entry(row: Row, kind: str | None, record: Record) -> dict[str, Any]:
    return {
        "row": row.id,
        "rule": row.rule,
        "phenomenon": row.phenomenon,
        "variety": row.variety,
        "planted": kind,
        "shown": fingerprint_of(record),
    }
