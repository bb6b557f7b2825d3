"""A study: what all trainings of a comparison share, and each training made, measured and kept."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nyaris.dataset.read import fingerprint, read_rows
from nyaris.errors import UsageError
from nyaris.evaluation.embeddings import model_fingerprint
from nyaris.evaluation.retrieval import mean_of
from nyaris.evaluation.stress import overall
from nyaris.evaluation.systems import Encoder
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
from nyaris.evaluation.tuning.mixing import balanced, mix
from nyaris.evaluation.tuning.recipes import Recipe, recipe_of
from nyaris.evaluation.tuning.runs import FROZEN, Run, Trial, check_frame, read_run, write_run
from nyaris.evaluation.tuning.training import Schedule, averages, load_encoder, that_fit, tune, uses_bf16
from nyaris.evaluation.tuning.verifying import ROWS, VerifierFigures, read_figures, verify
from nyaris.grammar import bundled

if TYPE_CHECKING:
    from nyaris.evaluation.retrieval import Collection

SHARES = (0, 10, 25, 50, 100)
VERIFIER = "verifier"
_HELD_OUT_PAIRS = 150
"""General pairs that no training reads: the validation side searches in them."""
Report = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """What is compared: every recipe at every share with every seed. `max_loss`: of mean nDCG@10, relative.

    `fewer`: fewer rows will do, where there are not as many general pairs or near misses.
    """

    recipes: tuple[str, ...] = ("mnrl",)
    shares: tuple[int, ...] = SHARES
    seeds: tuple[int, ...] = (0,)
    schedule: Schedule = field(default_factory=Schedule)
    sampling: Sampling = field(default_factory=Sampling)
    max_loss: float = 0.01
    verifier: bool = False
    fewer: bool = True

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


class Study:
    """Everything that the trainings of one call share. Runs of other settings in the output folder are refused."""

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
        self.name, self.output, self.broad = _name(model), output, bool(retrieval)
        self._plan, self._report = plan, report
        self._model = load_encoder(model, plan.sampling.length)
        rows = read_rows(suite)
        self._near = that_fit(self._model, [row for row in rows if row.split == "train"], plan.schedule.length)
        tested = sample_rows([row for row in rows if row.split == "test"], plan.sampling, seed=0)
        if not tested or not self._near:
            raise UsageError(f"--suite {suite}: rows in the splits train and test are needed")
        self._pairs, unseen = _pairs(general, plan, {row.document for row in rows if row.split != "train"})
        enough = min(plan.schedule.rows, len(self._pairs), len(self._near)) if plan.fewer else plan.schedule.rows
        self._schedule = replace(plan.schedule, rows=enough)
        collections = read_collections(retrieval, plan.sampling, 0) or suite_collections(suite, plan.sampling, 0)
        self._checked = [*read_collections(validation, plan.sampling, 0), pairs_collection(unseen)]
        both = {each.name for each in collections} & {each.name for each in self._checked}
        if both:
            raise UsageError(f"--validation {', '.join(sorted(both))}: choices must not look at what is reported")
        bf16 = uses_bf16(plan.schedule.precision, self._model.device.type)
        self._frozen = Encoder(self.name, self._model, bf16=bf16, cache=output / "embeddings")
        self._measuring = Measuring(tested, collections, self._frozen, bf16)
        self._validation: Validation | None = None
        self._last: tuple[str, Any] | None = None
        self.frame = self._framed(suite)
        check_frame(output, self.frame)

    def measure_frozen(self) -> None:
        """The baseline, once."""
        if not read_run(self.output, FROZEN):
            self._report(f"{self.name} as it is")
            began = time.monotonic()
            cells = self._measuring.of(self._frozen)
            write_run(self.output, Run(FROZEN, self.frame, time.monotonic() - began, *cells))

    def run(self, trial: Trial) -> None:
        """Train, choose on the validation side what is to be chosen, measure, and keep the run."""
        assert trial.recipe
        began = time.monotonic()
        tuned, averaged = self._tuned(trial, trial.recipe), None
        if trial.recipe.average:
            averaged, tuned = self._averaged(tuned)
        cells = self._measuring.of_model(trial.slug, tuned)
        seconds = time.monotonic() - began
        write_run(self.output, Run(trial.slug, self.frame | trial.record(), seconds, *cells, averaged))
        stress, retrieval = overall(cells[0]).value, mean_of(cells[1]).value
        self._report(f"{trial.slug}: stress accuracy {stress:.3f}, mean nDCG@10 {retrieval:.3f}")

    def verifier(self) -> VerifierFigures:
        """A verifier trained on the near misses, measured behind the frozen model."""
        folder = self.output / VERIFIER
        known = read_figures(folder)
        if known:
            self._report("the verifier is there")
            return known
        rows = balanced(self._near, ROWS, seed=0)
        return verify(self._model, rows, self._measuring, self._frozen, folder, self._report)

    def _tuned(self, trial: Trial, recipe: Recipe) -> Any:
        """The tuned model; where the last trial trained the same and only averages otherwise, its weights."""
        key = json.dumps([_training(recipe), trial.share, trial.seed])
        if self._last is None or self._last[0] != key:
            data = mix(self._pairs, self._near, self._schedule.rows, trial.share, trial.seed)
            check = self._validated().slack if recipe.early_stop else None
            self._last = (key, tune(self._model, data, self._pairs, recipe, self._schedule, trial.seed, check))
        return self._last[1]

    def _averaged(self, tuned: Any) -> tuple[float, Any]:
        """The most tuned average that the validation side allows; the least tuned one where none is."""
        for share, model in averages(self._model, tuned, SHARES_OF_TUNED):
            slack = self._validated().slack(model)
            self._report(f"  {share:.2f} of the tuned weights: {slack:+.3f} left on the validation side")
            if slack >= 0:
                break
        return share, model

    def _validated(self) -> Validation:
        """Made when the first recipe asks."""
        if self._validation is None:
            self._validation = Validation(self._checked, self._frozen, self._plan.max_loss, self._measuring.bf16)
        return self._validation

    def _framed(self, suite: Path) -> dict[str, Any]:
        """What all runs that are compared have in common."""
        tested = self._measuring.rows
        return {
            "weights": model_fingerprint(self._model),
            "suite": fingerprint(suite),
            "near_misses": len(self._near),
            "tested": {"rows": len(tested), "ids": _digest(row.id for row in tested)},
            "general": {
                "pairs": len(self._pairs),
                "texts": _digest(text for pair in self._pairs for text in (pair.anchor, pair.positive)),
            },
            "retrieval": [_entry(each) for each in self._measuring.collections],
            "validation": [_entry(each) for each in self._checked],
            "tolerance": self._plan.max_loss,
            "length": self._plan.sampling.length,
            "schedule": asdict(self._schedule),
            "bf16": self._measuring.bf16,
        }


def _pairs(general: Sequence[str], plan: Plan, held_out: set[str]) -> tuple[list[Pair], list[Pair]]:
    """Pairs to train with, and pairs to validate with."""
    sources = list(general) or [str(bundled("seeds") / "documents")]
    pairs = general_pairs(sources, 0, plan.schedule.rows + _HELD_OUT_PAIRS, held_out)
    unseen = max(1, min(_HELD_OUT_PAIRS, len(pairs) // 5))
    return pairs[unseen:], pairs[:unseen]


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


def _digest(texts: Iterable[str]) -> str:
    return sha256("\x1f".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
