"""Points against the frozen model, means over seeds, and the Pareto front."""

from __future__ import annotations

from nyaris.evaluation.records import RetrievalCell, StressCell
from nyaris.evaluation.tuning.front import Group, front, groups_of, points_of
from nyaris.evaluation.tuning.runs import FROZEN, Run


def group(name: str, retrieval: float, stress: float) -> Group:
    return Group(name, 50, 1, stress, retrieval, 0.0, 0.0, 0.0, 0.0)


def test_the_front_holds_what_nothing_beats() -> None:
    groups = [
        group("best-retrieval", 0.70, 0.60),
        group("beaten", 0.65, 0.59),
        group("between", 0.68, 0.70),
        group("same-stress-less-retrieval", 0.66, 0.70),
        group("best-stress", 0.60, 0.90),
        group("same-retrieval-less-stress", 0.60, 0.80),
    ]
    assert [each.recipe for each in front(groups)] == ["best-retrieval", "between", "best-stress"]
    assert front([]) == []


def cell(value: float, difference: float | None) -> tuple[StressCell, RetrievalCell]:
    around = (value - 0.1, value + 0.1)
    change = None if difference is None else (difference, difference - 0.1, difference + 0.1, 0.5)
    return (
        StressCell("s", "triplet_accuracy", None, None, None, None, None, 9, value, *around, *(change or ())),
        RetrievalCell("s", None, "ndcg@10", None, 9, value, *around, *(change or ())),
    )


def run(slug: str, stress: float, retrieval: float) -> Run:
    frozen = slug == FROZEN
    configuration = {} if frozen else {"recipe": {"name": slug.partition("-")[0]}, "share": 50, "seed": int(slug[-1])}
    won = cell(stress, None if frozen else stress - 0.6)[0]
    cost = cell(retrieval, None if frozen else retrieval - 0.8)[1]
    return Run(slug, configuration, 1.0, (won,), (cost,))


def test_points_stand_against_the_frozen_model() -> None:
    runs = [
        run(FROZEN, 0.6, 0.8),
        run("mnrl-050-0", 0.8, 0.7),
        run("mnrl-050-1", 0.7, 0.74),
        run("lora-050-0", 0.5, 0.8),
    ]
    first, second, worse = points_of(runs)
    assert (round(first.gain, 6), round(first.loss, 6)) == (0.2, 0.125)
    assert (round(first.loss_low, 6), round(first.loss_high, 6)) == (0.0, 0.25)
    assert (first.on_front, second.on_front, worse.on_front) == (True, True, False)  # the last one only loses
    both = groups_of([first, second])[0]
    assert (both.seeds, round(both.stress, 6), round(both.loss, 6)) == (2, 0.75, 0.1)
    assert (round(both.least_loss, 6), round(both.most_loss, 6)) == (0.075, 0.125)
