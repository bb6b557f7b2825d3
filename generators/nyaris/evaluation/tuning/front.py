"""Trainings next to one another: what each gained and cost, and which of them no other beats on both sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from nyaris.evaluation.records import RetrievalCell
from nyaris.evaluation.retrieval import mean_of
from nyaris.evaluation.stress import overall
from nyaris.evaluation.tuning.runs import FROZEN, Run


@dataclass(frozen=True, slots=True)
class Point:
    """One training. `loss` is the relative loss of mean nDCG@10 and `gain` the stress accuracy won, against the
    frozen model on the same queries and rows, each with its 95 % interval."""

    slug: str
    recipe: str
    share: int
    seed: int
    stress: float
    stress_low: float
    stress_high: float
    retrieval: float
    retrieval_low: float
    retrieval_high: float
    gain: float
    gain_low: float
    gain_high: float
    loss: float
    loss_low: float
    loss_high: float
    seconds: float
    averaged: float | None
    on_front: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The seeds of one recipe at one share, together."""

    recipe: str
    share: int
    seeds: int
    stress: float
    retrieval: float
    gain: float
    loss: float
    least_loss: float
    most_loss: float


def points_of(runs: Sequence[Run]) -> list[Point]:
    """The tuned runs as points, those of the front marked. The frozen model, which must be among the runs, can be on
    the front like any other."""
    frozen = next(run for run in runs if run.slug == FROZEN)
    before, stress = mean_of(frozen.retrieval).value, overall(frozen.stress).value
    points = [_point(run, before) for run in runs if run.slug != FROZEN]
    as_it_is = Group(FROZEN, 0, 0, stress, before, 0.0, 0.0, 0.0, 0.0)
    best = {(group.recipe, group.share) for group in front([as_it_is, *groups_of(points)])}
    return [replace(point, on_front=(point.recipe, point.share) in best) for point in points]


def groups_of(points: Sequence[Point]) -> list[Group]:
    """Means over seeds."""
    together: defaultdict[tuple[str, int], list[Point]] = defaultdict(list)
    for point in points:
        together[point.recipe, point.share].append(point)
    return [_group(recipe, share, mine) for (recipe, share), mine in sorted(together.items())]


def front(groups: Sequence[Group]) -> list[Group]:
    """The Pareto front: groups that no other equals or beats on both sides, from the best retrieval downwards."""
    best: list[Group] = []
    for group in sorted(groups, key=lambda group: (-group.retrieval, -group.stress)):
        if not best or group.stress > best[-1].stress:
            best.append(group)
    return best


def _group(recipe: str, share: int, points: Sequence[Point]) -> Group:
    def mean(values: Iterable[float]) -> float:
        return sum(values) / len(points)

    return Group(
        recipe,
        share,
        len(points),
        mean(point.stress for point in points),
        mean(point.retrieval for point in points),
        mean(point.gain for point in points),
        mean(point.loss for point in points),
        min(point.loss for point in points),
        max(point.loss for point in points),
    )


def _point(run: Run, before: float) -> Point:
    stress, retrieval = overall(run.stress), mean_of(run.retrieval)
    recipe = run.configuration["recipe"]
    least, most = _bounds(retrieval)
    return Point(
        run.slug,
        recipe["name"],
        run.configuration["share"],
        run.configuration["seed"],
        stress.value,
        stress.low,
        stress.high,
        retrieval.value,
        retrieval.low,
        retrieval.high,
        stress.difference or 0.0,
        stress.difference_low or 0.0,
        stress.difference_high or 0.0,
        -(retrieval.difference or 0.0) / before,
        -most / before,
        -least / before,
        run.seconds,
        run.averaged,
    )


def _bounds(cell: RetrievalCell) -> tuple[float, float]:
    return cell.difference_low or 0.0, cell.difference_high or 0.0
