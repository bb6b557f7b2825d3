"""What tuning with near misses gains in stress accuracy and costs in broad retrieval, recipe by recipe."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nyaris import __version__
from nyaris.dataset.read import Row, fingerprint, read_rows
from nyaris.errors import NyarisError, UsageError
from nyaris.evaluation.embeddings import model_fingerprint
from nyaris.evaluation.retrieval import mean_of
from nyaris.evaluation.stress import overall
from nyaris.evaluation.systems import Encoder
from nyaris.evaluation.tuning.front import Group, Point, groups_of, points_of
from nyaris.evaluation.tuning.general import Pair, general_pairs
from nyaris.evaluation.tuning.measuring import (
    SHARES_OF_TUNED,
    Measuring,
    Sampling,
    Validation,
    pairs_collection,
    read_collections,
    sample_rows,
    suite_collections,
)
from nyaris.evaluation.tuning.mixing import mix
from nyaris.evaluation.tuning.plot import plot
from nyaris.evaluation.tuning.recipes import Recipe, recipe_of
from nyaris.evaluation.tuning.runs import FROZEN, Run, Trial, check_frame, complete, read_run, read_runs, write_run
from nyaris.evaluation.tuning.training import Schedule, averages, load_encoder, that_fit, tune, uses_bf16
from nyaris.evaluation.tuning.verifier import VerifierFigures, verify
from nyaris.grammar import bundled
from nyaris.run.durable import disk_errors, write_durably

if TYPE_CHECKING:
    from nyaris.evaluation.retrieval import Collection

FILE, PLOT, VERIFIER = "tradeoff.json", "tradeoff.svg", "verifier"
SHARES = (0, 10, 25, 50, 100)
_HELD_OUT_PAIRS = 150
"""General pairs that no training reads: the validation side searches in them."""
Report = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """What is compared: every recipe at every share with every seed. `max_loss`: of mean nDCG@10, relative."""

    recipes: tuple[str, ...] = ("mnrl",)
    shares: tuple[int, ...] = SHARES
    seeds: tuple[int, ...] = (0,)
    schedule: Schedule = field(default_factory=Schedule)
    sampling: Sampling = field(default_factory=Sampling)
    max_loss: float = 0.01
    verifier: bool = False
    fewer: bool = True
    """Whether fewer rows will do, where there are not as many general pairs or near misses."""

    def trials(self) -> list[Trial]:
        """What is to be trained; what averages the weights of another stands behind it."""
        wanted = {
            (share, seed, recipe_of(name)): None
            for name in self.recipes
            for share in self.shares
            for seed in self.seeds
        }
        ordered = sorted(wanted, key=lambda each: (each[1], each[0], _training(each[2]), each[2].average))
        return [Trial(recipe, share, seed) for share, seed, recipe in ordered]


@dataclass(frozen=True)
class Tradeoff:
    """What `tradeoff.json` holds. `broad` is false where the dataset's own retrieval task stood in for collections."""

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
    study = _Study(model, suite, output, plan, general, retrieval, validation, report)
    check_frame(output, study.frame)
    study.measure_frozen()
    trials = plan.trials()
    for number, trial in enumerate(trials, 1):
        if complete(output, trial):
            report(f"{number} of {len(trials)}: {trial.slug} is there")
            continue
        report(f"{number} of {len(trials)}: {trial.slug}")
        study.run(trial)
        _write(output, study.found())
    found = study.found(study.verifier() if plan.verifier else None)
    _write(output, found)
    return found


class _Study:
    """Everything that the trainings of one call share."""

    def __init__(
        self,
        model: str,
        suite: Path,
        output: Path,
        plan: Plan,
        general: Sequence[str],
        retrieval: Sequence[Path],
        validation: Sequence[Path],
        report: Report,
    ) -> None:
        self.plan, self.output, self.report = plan, output, report
        rows = read_rows(suite)
        self.name = _name(model)
        self.path, self.model = model, load_encoder(model, plan.sampling.length)
        self.bf16 = uses_bf16(plan.schedule.precision, self.model.device.type)
        self.near = that_fit(self.model, [row for row in rows if row.split == "train"], plan.schedule.length)
        tested = sample_rows([row for row in rows if row.split == "test"], plan.sampling, seed=0)
        if not tested or not self.near:
            raise UsageError(f"--suite {suite}: rows in the splits train and test are needed")
        held_out = {row.document for row in rows if row.split != "train"}
        sources = list(general) or [str(bundled("seeds") / "documents")]
        pairs = general_pairs(sources, 0, plan.schedule.rows + _HELD_OUT_PAIRS, held_out)
        unseen = max(1, min(_HELD_OUT_PAIRS, len(pairs) // 5))
        self.pairs, self.unseen = pairs[unseen:], pairs[:unseen]
        enough = min(plan.schedule.rows, len(self.pairs), len(self.near)) if plan.fewer else plan.schedule.rows
        self.schedule = replace(plan.schedule, rows=enough)
        self.broad = bool(retrieval)
        self.collections = read_collections(retrieval, plan.sampling, 0) or suite_collections(suite, plan.sampling, 0)
        self.checked = [*read_collections(validation, plan.sampling, 0), pairs_collection(self.unseen)]
        both = {each.name for each in self.collections} & {each.name for each in self.checked}
        if both:
            raise UsageError(f"--validation {', '.join(sorted(both))}: choices must not look at what is reported")
        self.frozen = Encoder(self.name, self.model, bf16=self.bf16, cache=output / "embeddings")
        self.measuring = Measuring(tested, self.collections, self.frozen, self.bf16)
        self.frame = self._frame(suite, tested)
        self._validation: Validation | None = None
        self._last: tuple[str, Any] | None = None

    def measure_frozen(self) -> None:
        """The baseline, once."""
        if not read_run(self.output, FROZEN):
            self.report(f"{self.name} as it is")
            began = time.monotonic()
            cells = self.measuring.of(self.frozen)
            write_run(self.output, Run(FROZEN, self.frame, time.monotonic() - began, *cells))

    def run(self, trial: Trial) -> None:
        """Train, choose on the validation side what is to be chosen, measure, and keep the run."""
        assert trial.recipe
        began = time.monotonic()
        tuned, averaged = self._tuned(trial, trial.recipe), None
        if trial.recipe.average:
            averaged, tuned = self._averaged(tuned)
            self.report(f"{trial.slug}: {averaged:.2f} of the tuned weights")
        cells = self.measuring.of_model(trial.slug, tuned)
        write_run(
            self.output,
            Run(trial.slug, self.frame | trial.record(), time.monotonic() - began, *cells, averaged),
        )
        gained, cost = overall(cells[0]), mean_of(cells[1])
        self.report(f"{trial.slug}: stress {gained.value:.3f}, mean nDCG@10 {cost.value:.3f}")

    def found(self, verifier: VerifierFigures | None = None) -> Tradeoff:
        """The figures of every run in the folder."""
        runs = read_runs(self.output)
        frozen = next(run for run in runs if run.slug == FROZEN)
        points = points_of(runs)
        groups = groups_of(points)
        most = max((group.gain for group in groups), default=0.0)
        kept = [g for g in groups if g.loss <= self.plan.max_loss and g.gain >= most / 2 and g.gain > 0]
        return Tradeoff(
            {"name": "nyaris", "version": __version__},
            datetime.now(UTC).date().isoformat(),
            self.name,
            {"stress": overall(frozen.stress).value, "retrieval": mean_of(frozen.retrieval).value},
            self.broad,
            self.plan.max_loss,
            tuple(points),
            tuple(groups),
            tuple(point.slug for point in points if point.on_front),
            tuple(f"{group.recipe} {group.share} %" for group in kept),
            self.frame,
            verifier or _kept_verifier(self.output),
        )

    def verifier(self) -> VerifierFigures:
        """A verifier trained on the near misses, measured behind the frozen model."""
        known = _kept_verifier(self.output)
        if known:
            self.report("the verifier is there")
            return known
        data = mix(self.pairs, self.near, self.schedule.rows, 50, seed=0)
        return verify(self.path, data, self.schedule, self.measuring, self.frozen, self.output / VERIFIER, self.report)

    def _tuned(self, trial: Trial, recipe: Recipe) -> Any:
        """The tuned model; where the last trial trained the same and only averages otherwise, its weights."""
        key = json.dumps([_training(recipe), trial.share, trial.seed])
        if self._last is None or self._last[0] != key:
            data = mix(self.pairs, self.near, self.schedule.rows, trial.share, trial.seed)
            check = self.validation.slack if recipe.early_stop else None
            made = tune(self.model, data, self.pairs, recipe, self.schedule, trial.seed, check)
            self._last = (key, made)
        return self._last[1]

    def _averaged(self, tuned: Any) -> tuple[float, Any]:
        """The most tuned average that the validation side allows; the least tuned one where none is."""
        for share, model in averages(self.model, tuned, SHARES_OF_TUNED):
            slack = self.validation.slack(model)
            self.report(f"  {share:.2f} of the tuned weights: {slack:+.3f} left on the validation side")
            if slack >= 0:
                break
        return share, model

    @property
    def validation(self) -> Validation:
        """Made when the first recipe asks."""
        if self._validation is None:
            self._validation = Validation(self.checked, self.frozen, self.plan.max_loss, self.bf16)
        return self._validation

    def _frame(self, suite: Path, tested: Sequence[Row]) -> dict[str, Any]:
        """What all runs that are compared have in common."""
        return {
            "weights": model_fingerprint(self.model),
            "suite": fingerprint(suite),
            "near_misses": len(self.near),
            "tested": {"rows": len(tested), "ids": _digest(row.id for row in tested)},
            "general": {"pairs": len(self.pairs), "texts": _digest(_texts(self.pairs))},
            "retrieval": [_entry(each) for each in self.collections],
            "validation": [_entry(each) for each in self.checked],
            "tolerance": self.plan.max_loss,
            "length": self.plan.sampling.length,
            "schedule": asdict(self.schedule),
            "bf16": self.bf16,
        }


def _name(model: str) -> str:
    """What a model is called in figures: of a folder the last part of the path that says something."""
    path = Path(model)
    if not path.is_dir():
        return model
    return next((part for part in reversed(path.resolve().parts) if part != "model"), model)


def _training(recipe: Recipe) -> str:
    """What a recipe trains, however it averages afterwards."""
    return json.dumps({key: value for key, value in recipe.record().items() if key not in {"name", "average"}})


def _entry(collection: Collection) -> dict[str, Any]:
    return {
        "name": collection.name,
        "texts": len(collection.corpus),
        "texts_in_all": collection.texts_in_all,
        "queries": len(collection.queries),
        "ids": _digest((*collection.corpus, *collection.queries)),
    }


def _texts(pairs: Sequence[Pair]) -> Iterator[str]:
    return (text for pair in pairs for text in (pair.anchor, pair.positive))


def _digest(texts: Any) -> str:
    return sha256("\x1f".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _kept_verifier(output: Path) -> VerifierFigures | None:
    from pydantic import TypeAdapter, ValidationError

    path = output / VERIFIER / "figures.json"
    if not path.is_file():
        return None
    try:
        return TypeAdapter(VerifierFigures).validate_json(path.read_bytes())
    except ValidationError as error:
        raise NyarisError(f"{path}: {error.errors()[0]['msg']}: remove {path.parent}, and it is made again") from error


def _write(output: Path, found: Tradeoff) -> None:
    """The figures, and the plot beside them."""
    record = found.record()
    with disk_errors(output):
        write_durably(output / FILE, json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n")
        write_durably(output / PLOT, plot(record))
