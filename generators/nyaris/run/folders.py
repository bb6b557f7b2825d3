"""Folders of a run: a folder per shard, and a note of which shards make up a finished run."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from shutil import rmtree
from typing import Any

from nyaris.errors import NyarisError
from nyaris.run.claim import OWNER
from nyaris.run.durable import disk_errors, durable_folder, write_durably
from nyaris.run.shard import ShardResult
from nyaris.run.tables import context_schema, reject_schema, shard_schema, write_table

WORK = ".shards"
SETTINGS = "settings.json"
ROWS, REJECTS, CONTEXTS, SOURCES = "rows.parquet", "rejects.parquet", "contexts.parquet", "sources.json"


@dataclass(frozen=True)
class Run:
    """A finished run: its settings as the manifest holds them, the names of its shards, and what was not read."""

    settings: dict[str, Any]
    shards: list[str]
    unread: list[str]


def begin_run(work: Path, settings: dict[str, Any]) -> None:
    """Note in the folder with the shards what they are made with."""
    write_durably(work / SETTINGS, json.dumps(settings, ensure_ascii=False, indent=1, sort_keys=True))


def begun_runs(folder: Path) -> dict[str, dict[str, Any]]:
    """The settings of every run that left shards below an output folder, by fingerprint."""
    found: dict[str, dict[str, Any]] = {}
    for work in sorted(place for place in (folder / WORK).glob("*") if place.is_dir()):
        try:
            known = json.loads((work / SETTINGS).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            known = {}
        found[work.name] = known if isinstance(known, dict) else {}
    return found


def discard_runs(folder: Path) -> None:
    """Remove every run below an output folder; the lock stays."""
    for place in (folder / WORK).glob("*"):
        if place.is_dir():
            rmtree(place)
        elif place.suffix == ".json" and place.name != OWNER:
            place.unlink()


def discard_leavings(folder: Path) -> None:
    """Remove what a run that was killed had not finished writing."""
    for place in (*folder.glob("*.part"), *folder.glob("collate-*"), *folder.glob(f"{WORK}/*.part")):
        rmtree(place) if place.is_dir() else place.unlink()
    for place in folder.glob(f"{WORK}/*/*.part"):
        rmtree(place) if place.is_dir() else place.unlink()


def finish_run(work: Path, run: Run) -> None:
    """Note beside the folder with the shards that all of them are there."""
    write_durably(work.with_name(f"{work.name}.json"), json.dumps(asdict(run), ensure_ascii=False, indent=1))


def finished_run(folder: Path) -> tuple[Run, list[Path]]:
    """The run that an output folder holds, and its shard folders. Raises NyarisError where there is none."""
    if not folder.is_dir():
        raise NyarisError(f"{folder} is no folder: give folders that 'nyaris generate' wrote")
    notes = sorted(note for note in folder.glob(f"{WORK}/*.json") if note.name != OWNER)
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
    with disk_errors(folder), durable_folder(folder) as beside:
        write_table(result.rows, shard_schema(), beside / ROWS)
        write_table(result.rejects, reject_schema(), beside / REJECTS)
        write_table(result.contexts, context_schema(), beside / CONTEXTS)
        (beside / SOURCES).write_text(json.dumps(result.sources, ensure_ascii=False), encoding="utf-8")
