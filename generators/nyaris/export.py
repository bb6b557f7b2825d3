"""A dataset folder in the layouts of others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from nyaris.dataset.read import Row, parquet_files, read_rows
from nyaris.errors import UsageError
from nyaris.exporting.files import write_csv, write_jsonl
from nyaris.exporting.layouts import LAYOUTS
from nyaris.exporting.rag import rag_cases
from nyaris.exporting.retrieval import export_beir, export_mteb, readme
from nyaris.run.tables import SPLITS, read_table, write_table

FORMATS = (*LAYOUTS, "mteb", "beir", "jsonl", "csv", "rag")


def export(
    folder: Path,
    formats: Sequence[str],
    output: Path,
    *,
    split: str = "test",
    negatives: int = 2,
    overwrite: bool = False,
) -> dict[str, int]:
    """Write each format into a folder of its name below `output`; returns how many records each has.

    `split` is the one of `mteb` and `beir`, the others write every split. `negatives` is the n of `ntuple`.
    Raises UsageError for formats that do not exist and for folders that are in the way.
    """
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        raise UsageError(f"no format '{', '.join(unknown)}': known are {', '.join(FORMATS)}")
    if split not in SPLITS:
        raise UsageError(f"no split '{split}': known are {', '.join(SPLITS)}")
    if negatives < 1:
        raise UsageError(f"--negatives {negatives}: at least 1 is needed")
    if output.resolve() == folder.resolve():
        raise UsageError(f"{output} is the dataset itself: give another folder with -o")
    for name in formats:
        if (output / name).exists() and any((output / name).iterdir()) and not overwrite:
            raise UsageError(
                f"{output / name} is there already: --overwrite replaces it, or give another folder with -o"
            )
    rows = read_rows(folder)
    counts = {}
    for name in dict.fromkeys(formats):
        target = output / name
        _empty(target)
        counts[name] = _write(name, folder, rows, target, split, negatives)
    if any((output / name).is_dir() for name in LAYOUTS):
        (output / "README.md").write_text(readme(output, [(name, name) for name in LAYOUTS]), encoding="utf-8")
    return counts


def _write(name: str, folder: Path, rows: Sequence[Row], target: Path, split: str, negatives: int) -> int:
    if name in LAYOUTS:
        layout, ending = LAYOUTS[name], "-00000-of-00001.parquet"
        return _each_split(rows, lambda mine, path: _parquet(list(layout(mine, negatives)), path), target, ending)
    if name == "rag":
        return _each_split(rows, lambda mine, path: _lines(list(rag_cases(mine)), path), target, ".jsonl")
    if name in {"jsonl", "csv"}:
        write = write_jsonl if name == "jsonl" else write_csv
        splits = [each for each in SPLITS if parquet_files(folder, "labelled", each)]
        return sum(write(_labelled(folder, each), target / f"{each}.{name}") for each in splits)
    return (export_mteb if name == "mteb" else export_beir)(folder, target, split)


def _each_split(rows: Sequence[Row], write: Callable[[Sequence[Row], Path], int], target: Path, ending: str) -> int:
    total = 0
    for split in SPLITS:
        mine = [row for row in rows if row.split == split]
        if mine:
            total += write(mine, target / f"{split}{ending}")
    return total


def _parquet(records: list[dict[str, Any]], path: Path) -> int:
    if records:
        write_table(records, None, path)
    return len(records)


def _lines(records: list[dict[str, Any]], path: Path) -> int:
    return write_jsonl(records, path) if records else 0


def _labelled(folder: Path, split: str) -> Iterator[dict[str, Any]]:
    for path in parquet_files(folder, "labelled", split):
        yield from read_table(path).to_pylist()


def _empty(target: Path) -> None:
    """The folder, without what an earlier export left."""
    from shutil import rmtree

    if target.exists():
        rmtree(target)
    target.mkdir(parents=True)
