"""The main job: documents in, a dataset folder out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from nyaris import __version__
from nyaris.dataset.read import MANIFEST
from nyaris.dataset.write import write_dataset
from nyaris.errors import NyarisError, UsageError
from nyaris.grammar import bundled
from nyaris.pairs.frames import load_all_frames
from nyaris.reading.documents import read_documents
from nyaris.reading.limits import Limits
from nyaris.reading.places import signature
from nyaris.run.claim import claim
from nyaris.run.collate import collate
from nyaris.run.collation import Collation
from nyaris.run.dealing import Part, Tally, Task, deal
from nyaris.run.durable import disk_errors, write_durably
from nyaris.run.engines import check_engine, run_all
from nyaris.run.folders import (
    WORK,
    Run,
    begin_run,
    begun_runs,
    discard_leavings,
    discard_runs,
    finish_run,
    is_written,
    write_shard,
)
from nyaris.run.patience import process_patiently
from nyaris.run.settings import Settings
from nyaris.run.shard import process_frames
from nyaris.trees.parsers import load_parser

_DONE = "done.json"


@dataclass
class Summary:
    """What a run read and wrote. `again` says that all of it had been done before; `part` that it is one of several."""

    documents: int = 0
    unread: list[str] = field(default_factory=list)
    sentences: Counter[str] = field(default_factory=Counter)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Triples by (phenomenon, variety)."""
    rejects: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Refusals by (rule, reason)."""
    splits: Counter[str] = field(default_factory=Counter)
    again: bool = False
    part: Part | None = None

    @property
    def triples(self) -> int:
        """All rows written."""
        return sum(self.counts.values())

    def take(self, manifest: dict[str, Any]) -> None:
        """Fill in what the manifest says of the dataset."""
        self.sentences.update(manifest["sentences"])
        self.splits.update(manifest["splits"])
        for phenomenon, counts in manifest["counts"].items():
            self.counts.update({(phenomenon, variety): count for variety, count in counts.items()})
        for rule, reasons in manifest["rejects"].items():
            self.rejects.update({(rule, reason): count for reason, count in reasons.items()})


Progress = Callable[[int], None]


def generate(
    sources: list[str],
    output: Path,
    settings: Settings,
    *,
    workers: int = 1,
    engine: str = "local",
    ray_address: str | None = None,
    part: Part | None = None,
    limit: int | None = None,
    limits: Limits | None = None,
    resume: bool = False,
    overwrite: bool = False,
    collation: Collation | None = None,
    progress: Progress = lambda documents: None,
) -> Summary:
    """Write a dataset folder from documents and frames. `progress` hears of every finished shard.

    With a `part` only the shards of that part are written, for `collate`. A run that was interrupted at any moment
    goes on with `resume` and ends in the same bytes. Raises UsageError for a folder that cannot be used, NyarisError
    when nothing could be generated.
    """
    check_engine(engine, workers, ray_address)
    collation, limits, part = collation or Collation(), limits or Limits(), part or Part()
    for code, specs in settings.parsers_by_code().items():
        if len(specs) > 1:
            raise UsageError(f"two parsers for {code} ({', '.join(specs)}): give one, or compare them with explain")
        load_parser(specs[0], code, settings.stanza_dir)  # a wrong name is found before the first document is read
    _claimable(output)
    with disk_errors(output), claim(output / WORK, output):
        described = describe(settings)
        work = _open(output, described, resume, overwrite)
        job = {"inputs": signature(sources), "limit": limit, "part": asdict(part), "limits": asdict(limits)}
        done = _done(output, work, job, collation, part) if resume else None
        if done:
            return done
        tasks = partial(_tasks, sources, work, settings, limits, part, limit)
        names, tally = _write_shards(tasks, work, settings, workers, engine, ray_address, part, limits, progress)
        if tally.documents == 0 and part.of == 1:
            raise NyarisError("no document could be read:\n" + "\n".join(tally.lines()))
        finish_run(work, Run(described, names, tally.lines()))
        summary = Summary(tally.documents, tally.lines(), part=part if part.of > 1 else None)
        if part.of == 1:
            _write_dataset(output, work, names, settings, collation, summary)
        write_durably(work / _DONE, json.dumps(job | {"documents": tally.documents, "collation": asdict(collation)}))
    if summary.triples == 0 and part.of == 1:
        raise NyarisError(f"nothing was generated: {output / 'rejects.parquet'} says why each sentence was left out")
    return summary


def _tasks(
    sources: list[str], work: Path, settings: Settings, limits: Limits, part: Part, limit: int | None
) -> Iterator[Task | Tally]:
    """What there is to do, read wherever the engine reads; last comes what was found on the way."""
    settings.use()
    return deal(read_documents(sources, settings.text_column, limits), work, part, limit)


def _write_shards(
    tasks: Callable[[], Iterator[Task | Tally]],
    work: Path,
    settings: Settings,
    workers: int,
    engine: str,
    ray_address: str | None,
    part: Part,
    limits: Limits,
    progress: Progress,
) -> tuple[list[str], Tally]:
    """The names of all shards of the run, each written now or before, and what was read."""
    names: list[str] = []
    tally = Tally()
    run_shard = partial(_run_shard, settings=settings, seconds=limits.seconds)
    for done in run_all(run_shard, tasks, engine, workers, ray_address):
        if isinstance(done, Tally):
            tally = done
            continue
        name, documents = done
        names.append(name)
        progress(documents)
    if settings.frames and part.number == 1:
        if not is_written(work / "frames"):
            folders = [bundled("seeds") / "frames", *map(Path, settings.frame_folders)]
            write_shard(work / "frames", process_frames(load_all_frames(folders), settings))
        names.append("frames")
    return names, tally


def _run_shard(task: Task | Tally, settings: Settings, seconds: float) -> tuple[str, int] | Tally:
    """Write a shard and say which; a shard that is there already is not made again. A tally goes through."""
    if isinstance(task, Tally):
        return task
    if not is_written(task.path):
        write_shard(task.path, process_patiently(task.documents, settings, seconds))
    return task.path.name, len(task.documents)


def _write_dataset(
    output: Path, work: Path, names: list[str], settings: Settings, collation: Collation, summary: Summary
) -> None:
    (output / MANIFEST).unlink(missing_ok=True)  # it says that the rest is whole
    with collate([work / name for name in names], settings.seed, collation, output) as collated:
        manifest = write_dataset(collated, output, describe(settings, collation), summary.unread)
    summary.take(manifest)


def _claimable(output: Path) -> None:
    """Make the folder; refuse a file, and a folder with other things in it."""
    if output.exists() and not output.is_dir():
        raise UsageError(f"{output} is a file: give a folder with -o")
    ours = (output / MANIFEST).exists() or (output / WORK).exists()
    if output.exists() and any(output.iterdir()) and not ours:
        raise UsageError(f"{output} holds files that are no Nyaris dataset: choose an empty folder with -o")
    try:
        output.mkdir(parents=True, exist_ok=True)
        (output / WORK).mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError(f"{output} cannot be written ({error.strerror}): choose another folder with -o") from error


def _open(output: Path, described: dict[str, Any], resume: bool, overwrite: bool) -> Path:
    """The folder for the shards of this run, after a look at what earlier runs left."""
    earlier = begun_runs(output)
    if (earlier or (output / MANIFEST).exists()) and not (resume or overwrite):
        raise UsageError(f"{output} holds an earlier run: --resume continues it, --overwrite replaces it")
    discard_leavings(output)
    if overwrite:
        (output / MANIFEST).unlink(missing_ok=True)
        discard_runs(output)
    elif earlier and described["fingerprint"] not in earlier:
        raise UsageError(
            f"{output} holds a run with other settings ({_differences(earlier, described)}): "
            "choose another folder, or --overwrite"
        )
    work = output / WORK / str(described["fingerprint"])
    work.mkdir(exist_ok=True)
    begin_run(work, described | {"version": __version__})
    return work


def _differences(earlier: dict[str, dict[str, Any]], described: dict[str, Any]) -> str:
    """Every setting that is not the same, with its old and its new value."""
    _, other = sorted(earlier.items())[0]
    described = described | {"version": __version__}
    names = sorted({*other, *described} - {"fingerprint"})
    found = [
        f"{name.replace('_', '-')}: {_shown(other.get(name))} there, {_shown(described.get(name))} here"
        for name in names
        if other.get(name) != json.loads(json.dumps(described.get(name)))
    ]
    return "; ".join(found) if other and found else "or another version of Nyaris"


def _shown(value: object) -> str:
    return "nothing" if value in (None, (), [], {}, "") else json.dumps(value, ensure_ascii=False)


def _done(output: Path, work: Path, job: dict[str, Any], collation: Collation, part: Part) -> Summary | None:
    """What a finished run made of the same sources, if nothing is left to do."""
    try:
        done = json.loads((work / _DONE).read_text(encoding="utf-8"))
        note = json.loads(work.with_name(f"{work.name}.json").read_text(encoding="utf-8"))
        manifest = None if part.of > 1 else json.loads((output / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    asked = json.loads(json.dumps(job | {"documents": done.get("documents"), "collation": asdict(collation)}))
    if done != asked or not all(is_written(work / name) for name in note["shards"]):
        return None
    summary = Summary(done["documents"], note["unread"], again=True, part=part if part.of > 1 else None)
    if manifest:
        summary.take(manifest)
    return summary


def describe(settings: Settings, collation: Collation | None = None) -> dict[str, Any]:
    """The settings as the manifest holds them, without folders of this machine."""
    described = settings.described() | {"fingerprint": settings.fingerprint()}
    return described | ({"collation": asdict(collation)} if collation else {})
