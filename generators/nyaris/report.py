"""One page about folders that Nyaris wrote: datasets, evaluations, and what tuning costs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nyaris.dataset.page import PAGE, TITLE, dataset_part, read_audit
from nyaris.dataset.read import MANIFEST
from nyaris.errors import UsageError
from nyaris.evaluation.records import FILE as EVALUATION
from nyaris.evaluation.records import Evaluation, read_evaluation
from nyaris.evaluation.report.page import evaluation_part, tradeoff_part
from nyaris.evaluation.report.tradeoff import FILE as TRADEOFF
from nyaris.evaluation.report.tradeoff import read_tradeoff
from nyaris.pages.shell import ROOM, Part, render
from nyaris.run.durable import disk_errors, write_durably

_TITLES = {"Dataset": TITLE, "Evaluation": "Near misses: an evaluation", "What tuning costs": "Near misses and tuning"}
_READ = (MANIFEST, EVALUATION, TRADEOFF)


def report(folders: Sequence[Path], output: Path | None = None) -> Path:
    """Write one HTML file about everything that the folders hold; a single folder takes its page itself.

    Raises UsageError for a folder that holds nothing to report, NyarisError for a file that cannot be read.
    """
    if output is None and len(folders) != 1:
        raise UsageError(f"{len(folders)} folders need a file for their page: give one with -o")
    output = output or folders[0] / PAGE
    found = [(folder, name) for folder in folders for name in _READ if (folder / name).is_file()]
    for folder in folders:
        if folder not in {each for each, _ in found}:
            raise UsageError(f"{folder} holds none of {', '.join(_READ)}: give a folder that Nyaris wrote")
    room = ROOM // len(found)
    _write([_part(folder, name, room, place) for place, (folder, name) in enumerate(found, start=1)], output)
    return output


def report_evaluation(evaluation: Evaluation, output: Path) -> Path:
    """Write the page of an evaluation that need not lie in a folder."""
    _write([evaluation_part(evaluation, ROOM, "p1")], output)
    return output


def _part(folder: Path, name: str, room: int, place: int) -> Part:
    if name == MANIFEST:
        return dataset_part(folder, room, audit=read_audit(folder))
    if name == EVALUATION:
        return evaluation_part(read_evaluation(folder), room, f"p{place}")
    return tradeoff_part(read_tradeoff(folder / TRADEOFF), f"p{place}")


def _write(parts: Sequence[Part], output: Path) -> None:
    if output.is_dir():
        raise UsageError(f"{output} is a folder: give a file such as {output / 'report.html'} with -o")
    title = _TITLES[parts[0].title] if len(parts) == 1 else "Near misses: a report"
    with disk_errors(output):
        output.parent.mkdir(parents=True, exist_ok=True)
        write_durably(output, render(title, parts))
