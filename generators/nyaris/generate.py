"""The main job: documents in, a dataset folder out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from shutil import rmtree
from typing import Any

from nyaris.dataset.write import MANIFEST, write_dataset
from nyaris.errors import NyarisError, UsageError
from nyaris.grammar import bundled
from nyaris.hashing import digest
from nyaris.pairs.frames import load_frames
from nyaris.reading.documents import Document, Unread, read_documents
from nyaris.run.collate import collate
from nyaris.run.collation import Collation
from nyaris.run.engines import ENGINES, run_all
from nyaris.run.folders import WORK, Run, finish_run, is_written, write_shard
from nyaris.run.settings import Settings
from nyaris.run.shard import process_documents, process_frames
from nyaris.trees.parsers import load_parser

_SHARD_CHARACTERS = 100_000


@dataclass
class Summary:
    """What a run read and wrote."""

    documents: int = 0
    unread: list[Unread] = field(default_factory=list)
    sentences: Counter[str] = field(default_factory=Counter)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Triples by (phenomenon, variety)."""
    rejects: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Refusals by (rule, reason)."""
    splits: Counter[str] = field(default_factory=Counter)

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


@dataclass(frozen=True)
class _Task:
    documents: tuple[Document, ...]
    path: Path


Progress = Callable[[int], None]


def generate(
    sources: list[str],
    output: Path,
    settings: Settings,
    *,
    workers: int = 1,
    engine: str = "local",
    limit: int | None = None,
    resume: bool = False,
    overwrite: bool = False,
    collation: Collation | None = None,
    progress: Progress = lambda documents: None,
) -> Summary:
    """Write a dataset folder from documents and frames. `progress` hears of every finished shard.

    Raises UsageError for a folder that cannot be used, NyarisError when nothing could be generated.
    """
    if engine not in ENGINES:
        raise UsageError(f"no engine '{engine}': known are {', '.join(ENGINES)}")
    work = _prepare(output, settings, resume, overwrite)
    for code, spec in settings.parsers:
        load_parser(spec, code)  # a wrong name is found before the first document is read
    collation = collation or Collation()
    summary = Summary()
    tasks = _tasks(sources, work, settings, limit, summary)
    paths: list[Path] = []
    for path, documents in run_all(partial(_run_shard, settings=settings), tasks, engine, workers):
        paths.append(path)
        progress(documents)
    if settings.frames:
        paths.append(_write_frames(work, settings))
    if summary.documents == 0:
        raise NyarisError("no document could be read:\n" + "\n".join(map(str, summary.unread)))
    unread = [str(each) for each in summary.unread]
    finish_run(work, Run(describe(settings), [path.name for path in paths], unread))
    with collate(paths, settings.seed, collation, output) as collated:
        manifest = write_dataset(collated, output, describe(settings, collation), unread)
    summary.take(manifest)
    if summary.triples == 0:
        raise NyarisError(f"nothing was generated: {output / 'rejects.parquet'} says why each sentence was left out")
    return summary


def _prepare(output: Path, settings: Settings, resume: bool, overwrite: bool) -> Path:
    if output.exists() and not output.is_dir():
        raise UsageError(f"{output} is a file: give a folder with -o")
    work = output / WORK / settings.fingerprint()
    ours = (output / MANIFEST).exists() or (output / WORK).exists()
    if output.exists() and any(output.iterdir()):
        if not ours:
            raise UsageError(f"{output} holds files that are no Nyaris dataset: choose an empty folder with -o")
        if not (resume or overwrite):
            raise UsageError(f"{output} holds an earlier run: --resume continues it, --overwrite replaces it")
        if resume and (output / WORK).exists() and not work.exists():
            raise UsageError(f"{output} holds a run with other settings: choose another folder, or --overwrite")
        if overwrite and (output / WORK).exists():
            rmtree(output / WORK)
    try:
        work.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{output} cannot be written ({error.strerror}): choose another folder with -o") from error
    return work


def _tasks(sources: list[str], work: Path, settings: Settings, limit: int | None, summary: Summary) -> Iterator[_Task]:
    batch: list[Document] = []
    for found in read_documents(sources, settings.text_column):
        if isinstance(found, Unread):
            summary.unread.append(found)
            continue
        if limit is not None and summary.documents >= limit:
            break
        summary.documents += 1
        if any(document.id == found.id for document in batch):
            yield _task(batch, work)  # what bears the same name is told apart by its shard
            batch = []
        batch.append(found)
        if sum(len(document.text) for document in batch) >= _SHARD_CHARACTERS:
            yield _task(batch, work)
            batch = []
    if batch:
        yield _task(batch, work)


def _task(batch: list[Document], work: Path) -> _Task:
    name = digest(*(part for document in batch for part in (document.id, document.text, document.language)))
    return _Task(tuple(batch), work / name)


def _run_shard(task: _Task, settings: Settings) -> tuple[Path, int]:
    """Write a shard and say where; a shard that is there already is not made again."""
    if not is_written(task.path):
        write_shard(task.path, process_documents(task.documents, settings))
    return task.path, len(task.documents)


def _write_frames(work: Path, settings: Settings) -> Path:
    frames = list(load_frames(bundled("seeds") / "frames"))
    write_shard(work / "frames", process_frames(frames, settings))
    return work / "frames"


def describe(settings: Settings, collation: Collation | None = None) -> dict[str, Any]:
    """The settings as the manifest holds them."""
    described = asdict(settings) | {"parsers": dict(settings.parsers), "fingerprint": settings.fingerprint()}
    return described | ({"collation": asdict(collation)} if collation else {})
