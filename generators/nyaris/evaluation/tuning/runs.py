"""Runs on disk: one folder per training, with its configuration and figures; what is complete is not repeated."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nyaris.errors import NyarisError, UsageError
from nyaris.evaluation.records import RetrievalCell, StressCell
from nyaris.evaluation.tuning.recipes import Recipe
from nyaris.run.durable import disk_errors, write_durably

RUNS, FILE = "runs", "run.json"
FROZEN = "frozen"


@dataclass(frozen=True, slots=True)
class Trial:
    """What is to be trained. `share`: per cent of near misses among the rows; without a recipe nothing is trained."""

    recipe: Recipe | None
    share: int = 0
    seed: int = 0

    @property
    def slug(self) -> str:
        """The name of its folder."""
        return f"{self.recipe.name}-{self.share:03}-{self.seed}" if self.recipe else FROZEN

    def record(self) -> dict[str, Any]:
        """What makes a difference to the training, as plain values."""
        if not self.recipe:
            return {}
        return {"recipe": self.recipe.record(), "share": self.share, "seed": self.seed}


@dataclass(frozen=True, slots=True)
class Run:
    """A complete training, or the frozen model. `averaged`: the share of tuned weights that validation allowed."""

    slug: str
    configuration: dict[str, Any]
    seconds: float
    stress: tuple[StressCell, ...]
    retrieval: tuple[RetrievalCell, ...]
    averaged: float | None = None


def write_run(folder: Path, run: Run) -> None:
    """Keep a run, whole or not at all."""
    path = folder / RUNS / run.slug / FILE
    with disk_errors(folder):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_durably(path, json.dumps(asdict(run), ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def read_run(folder: Path, slug: str) -> Run | None:
    """A complete run; None where there is none. Raises NyarisError for a file that is something else."""
    from pydantic import TypeAdapter, ValidationError

    path = folder / RUNS / slug / FILE
    if not path.is_file():
        return None
    try:
        return TypeAdapter(Run).validate_json(path.read_bytes())
    except ValidationError as error:
        raise NyarisError(f"{path}: {error.errors()[0]['msg']}: remove it, and the run is made again") from error


def read_runs(folder: Path) -> list[Run]:
    """Every complete run of the folder, the frozen model first."""
    slugs = sorted(path.parent.name for path in (folder / RUNS).glob(f"*/{FILE}"))
    found = (read_run(folder, slug) for slug in sorted(slugs, key=lambda slug: (slug != FROZEN, slug)))
    return [run for run in found if run]


def check_frame(folder: Path, frame: Mapping[str, Any]) -> None:
    """See that every run of the folder was made within this frame: the same model, data and schedule.

    Raises UsageError that names the first difference: figures from different frames are not to be compared.
    """
    for run in read_runs(folder):
        for name, there, here in _differences(run.configuration, frame):
            raise UsageError(
                f"{folder / RUNS / run.slug}: {name} was {there}, and is {here} now: "
                "use another output folder, or the same settings"
            )


def complete(folder: Path, trial: Trial) -> Run | None:
    """The run of a trial, if it is there. Raises UsageError where a run of that name was trained otherwise."""
    run = read_run(folder, trial.slug)
    if run:
        for name, there, here in _differences(run.configuration, trial.record()):
            raise UsageError(
                f"{folder / RUNS / trial.slug}: {name} was {there}, and is {here} now: use another output folder"
            )
    return run


def _differences(there: Any, here: Any, name: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Where what is `here` stands otherwise `there`: a dotted name and both values."""
    if isinstance(here, Mapping) and isinstance(there, Mapping):
        for key, value in here.items():
            yield from _differences(there.get(key), value, f"{name}.{key}" if name else key)
    elif json.loads(json.dumps(here)) != there:
        yield name, there, here
