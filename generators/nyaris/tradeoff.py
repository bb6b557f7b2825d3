"""What tuning with near misses gains in stress accuracy and costs in broad retrieval, recipe by recipe."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nyaris import __version__
from nyaris.evaluation.report.plots import tradeoff_svg
from nyaris.evaluation.report.tradeoff import Tradeoff as Drawn
from nyaris.evaluation.retrieval import mean_of
from nyaris.evaluation.stress import overall
from nyaris.evaluation.tuning.front import Group, Point, groups_of, points_of
from nyaris.evaluation.tuning.runs import FROZEN, complete, read_runs
from nyaris.evaluation.tuning.study import VERIFIER, Plan, Report, Study
from nyaris.evaluation.tuning.verifying import VerifierFigures, read_figures
from nyaris.run.durable import disk_errors, write_durably

FILE, PLOT = "tradeoff.json", "tradeoff.svg"


@dataclass(frozen=True)
class Tradeoff:
    """What `tradeoff.json` holds. `broad` is false where the dataset's own retrieval task stood in for collections;
    `frame` says what all runs have in common."""

    generator: dict[str, str]
    made: str
    model: str
    baseline: dict[str, float]
    broad: bool
    max_loss: float
    points: tuple[Point, ...]
    groups: tuple[Group, ...]
    front: tuple[str, ...]
    kept: tuple[str, ...]
    """Recipe and share of groups that lose no more than `max_loss` and gain at least half of the most gained."""
    frame: dict[str, Any]
    verifier: VerifierFigures | None = None

    def record(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return asdict(self)


def tradeoff(
    model: str,
    suite: Path,
    output: Path,
    plan: Plan | None = None,
    *,
    general: Sequence[str] = (),
    retrieval: Sequence[Path] = (),
    validation: Sequence[Path] = (),
    report: Report = lambda line: None,
) -> Tradeoff:
    """Train what the plan says and is not in `output` yet; write the figures of everything that is.

    `general`: documents, or tables of pairs; the bundled documents by default. `retrieval`: collections in the layout
    of BEIR; the dataset's own task by default, which is no broad benchmark. `validation`: collections that recipes may
    look at. Raises UsageError for data that does not suffice, and for an output folder with runs of other settings.
    """
    plan = plan or Plan()
    trials = plan.trials()
    study = Study(model, suite, output, plan, general, retrieval, validation, report)
    study.measure_frozen()
    for number, trial in enumerate(trials, 1):
        if complete(output, trial):
            report(f"{number} of {len(trials)}: {trial.slug} is there")
            continue
        report(f"{number} of {len(trials)}: {trial.slug}")
        study.run(trial)
        _write(_found(study, plan), output)
    if plan.verifier:
        study.verifier()
    found = _found(study, plan)
    _write(found, output)
    return found


def _found(study: Study, plan: Plan) -> Tradeoff:
    """The figures of every run in the folder."""
    runs = read_runs(study.output)
    frozen = next(run for run in runs if run.slug == FROZEN)
    points = points_of(runs)
    groups = groups_of(points)
    most = max((group.gain for group in groups), default=0.0)
    kept = [each for each in groups if each.loss <= plan.max_loss and each.gain >= most / 2 and each.gain > 0]
    return Tradeoff(
        {"name": "nyaris", "version": __version__},
        datetime.now(UTC).date().isoformat(),
        study.name,
        {"stress": overall(frozen.stress).value, "retrieval": mean_of(frozen.retrieval).value},
        study.broad,
        plan.max_loss,
        tuple(points),
        tuple(groups),
        tuple(point.slug for point in points if point.on_front),
        tuple(f"{group.recipe} {group.share} %" for group in kept),
        study.frame,
        read_figures(study.output / VERIFIER),
    )


def _write(found: Tradeoff, output: Path) -> None:
    """The figures, and the plot beside them."""
    record = found.record()
    with disk_errors(output):
        write_durably(output / FILE, json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n")
        write_durably(output / PLOT, tradeoff_svg(Drawn.model_validate(record), standalone=True))
