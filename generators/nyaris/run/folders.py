"""Folders of a run: a folder per shard, and a note of which shards make up a finished run."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from shutil import rmtree
from typing import Any

from nyaris.errors import NyarisError
from nyaris.run.shard import ShardResult
from nyaris.run.tables import context_schema, reject_schema, shard_schema, write_table

WORK = ".shards"
ROWS, REJECTS, CONTEXTS, SOURCES = "rows.parquet", "rejects.parquet", "contexts.parquet", "sources.json"


@dataclass(frozen=True)
class Run:
    """A finished run: its settings as the manifest holds them, the names of its shards, and what was not read."""

    settings: dict[str, Any]
    shards: list[str]
    unread: list[str]


def finish_run(work: Path, run: Run) -> None:
    """Note beside the folder with the shards that all of them are there."""
    work.with_name(f"{work.name}.json").write_text(
        json.dumps(asdict(run), ensure_ascii=False, indent=1), encoding="utf-8"
    )


def finished_run(folder: Path) -> tuple[Run, list[Path]]:
    """The run that an output folder holds, and its shard folders. Raises NyarisError where there is none."""
    if not folder.is_dir():
        raise NyarisError(f"{folder} is no folder: give folders that 'nyaris generate' wrote")
    notes = sorted(folder.glob(f"{WORK}/*.json"))
    if not notes:
        unfinished = any(folder.glob(f"{WORK}/*"))
        remedy = "finish it with --resume" if unfinished else "give one that 'nyaris generate' wrote"
        raise NyarisError(f"{folder} holds no finished run ({WORK}/*.json): {remedy}")
    if len(notes) > 1:
        raise NyarisError(f"{folder} holds {len(notes)} runs: keep one of the folders in {folder / WORK}")
    try:
        run = Run(**json.loads(notes[0].read_text(encoding="utf-8")))
        shards = [notes[0].with_suffix("") / name for name in run.shards]
    except (ValueError, TypeError) as error:
        raise NyarisError(f"{notes[0]} cannot be read ({error}): run 'nyaris generate ... --resume' again") from error
    missing = [shard.name for shard in shards if not is_written(shard)]
    if missing:
        raise NyarisError(f"{folder} lacks the shard {missing[0]}: run 'nyaris generate ... --resume' again")
    return run, shards


def is_written(shard: Path) -> bool:
    """Whether a shard is there; it is there whole or not at all."""
    return (shard / SOURCES).exists()


def write_shard(folder: Path, result: ShardResult) -> None:
    """Write to a folder beside it and rename."""
    beside = folder.with_name(f"{folder.name}.{os.getpid()}.part")
    beside.mkdir(parents=True, exist_ok=True)
    write_table(result.rows, shard_schema(), beside / ROWS)
    write_table(result.rejects, reject_schema(), beside / REJECTS)
    write_table(result.contexts, context_schema(), beside / CONTEXTS)
    (beside / SOURCES).write_text(json.dumps(result.sources, ensure_ascii=False), encoding="utf-8")
    if folder.exists():
        rmtree(folder)
    beside.rename(folder)
