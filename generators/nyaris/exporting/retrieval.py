"""The retrieval configurations of the dataset, as BEIR and mteb read them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile
from typing import Any

from nyaris.dataset.read import configurations, parquet_files
from nyaris.errors import NyarisError
from nyaris.exporting.files import write_jsonl, write_tsv
from nyaris.run.tables import SPLITS, read_table

PARTS = ("corpus", "queries", "qrels")
PAIRED = {
    "paired-corpus": "corpus",
    "paired-queries": "queries",
    "paired-qrels": "paired-qrels",
    "paired-top_ranked": "paired-top_ranked",
}
"""Configurations of the paired subset, and the folders (after `<language>-`) that their files are in."""


def languages(folder: Path) -> list[str]:
    """The languages that have a retrieval task. Raises NyarisError where there is none."""
    found = [name.removesuffix("-corpus") for name in configurations(folder) if name.endswith("-corpus")]
    if not found:
        raise NyarisError(f"{folder} holds no retrieval task (<language>-corpus): generate the folder again")
    return found


def export_beir(folder: Path, target: Path, split: str) -> int:
    """`<language>/corpus.jsonl`, `queries.jsonl` and `qrels/<split>.tsv`; returns how many queries."""
    total = 0
    for language in languages(folder):
        place = target / language
        queries = list(_records(folder, f"{language}-queries", split))
        if not queries:
            continue
        (place / "qrels").mkdir(parents=True, exist_ok=True)
        write_jsonl(_records(folder, f"{language}-corpus", split), place / "corpus.jsonl")
        total += write_jsonl(queries, place / "queries.jsonl")
        header = ("query-id", "corpus-id", "score")
        judged = [tuple(each[name] for name in header) for each in _records(folder, f"{language}-qrels", split)]
        write_tsv([header, *judged], place / "qrels" / f"{split}.tsv")
    return total


def export_mteb(folder: Path, target: Path, split: str) -> int:
    """The retrieval configurations of one split by themselves, with a README that names them; returns the queries."""
    total = 0
    configs: list[tuple[str, str]] = []
    for language in languages(folder):
        if not parquet_files(folder, f"{language}-queries", split):
            continue
        for part in (*PARTS, "paired-qrels", "paired-top_ranked"):
            (target / f"{language}-{part}").mkdir(parents=True, exist_ok=True)
            for path in parquet_files(folder, f"{language}-{part}", split):
                copyfile(path, target / f"{language}-{part}" / path.name)
        total += sum(1 for _ in _records(folder, f"{language}-queries", split))
        places = {part: part for part in PARTS} | PAIRED
        configs += [(f"{language}-{name}", f"{language}-{place}") for name, place in places.items()]
    (target / "README.md").write_text(readme(target, configs), encoding="utf-8")
    return total


def readme(folder: Path, configs: list[tuple[str, str]]) -> str:
    """The header by which `datasets` finds (configuration, folder below `folder`) pairs, those that hold Parquet."""
    lines = ["---", "configs:"]
    for name, place in configs:
        splits = [split for split in SPLITS if parquet_files(folder, place, split)]
        if splits:
            lines += [f"  - config_name: {name}", "    data_files:"]
        for split in splits:
            lines += [f"      - split: {split}", f"        path: {place}/{split}-*.parquet"]
    return "\n".join([*lines, "---", "", "Exported by Nyaris.", ""])


def _records(folder: Path, configuration: str, split: str) -> Iterator[dict[str, Any]]:
    for path in parquet_files(folder, configuration, split):
        yield from read_table(path).to_pylist()
