"""Measures on rows whose scores are known."""

from __future__ import annotations

import numpy as np
import pytest
from tiny_evaluation import Told, row

from nyaris.dataset.read import Change, Row
from nyaris.evaluation.records import StressCell
from nyaris.evaluation.statistics import Resampling
from nyaris.evaluation.stress import (
    RowScores,
    margin_histograms,
    measure_stress,
    overall,
    score_rows,
    stress_cells,
    worst_failures,
)

QUICK = Resampling(bootstrap=200, permutations=200)
SCORES = {"good": 0.9, "bad": 0.1, "same": 0.1}


def rows() -> list[Row]:
    """Two pairs of sentences in one language, one in another: right and right, right and wrong, tied and right."""
    pair = [("good", "bad"), ("good", "bad"), ("good", "bad"), ("bad", "good"), ("same", "bad"), ("good", "bad")]
    return [
        row(
            number,
            *texts,
            pair=f"p{number // 2}",
            direction="source" if number % 2 == 0 else "mirror",
            start=number // 2,
            language="en" if number < 4 else "ms",
            hardness="hard" if number % 2 == 0 else "easy",
        )
        for number, texts in enumerate(pair)
    ]


def cell(cells: list[StressCell], measure: str, **labels: str) -> StressCell:
    names = ("phenomenon", "rule", "language", "variety", "hardness")
    wanted = tuple(labels.get(name) for name in names)
    return next(each for each in cells if each.measure == measure and each.slice == wanted)


def test_ties_are_misses_and_a_pair_needs_both_rows() -> None:
    cells = measure_stress(Told("told", SCORES), rows(), resampling=QUICK)
    assert overall(cells).value == pytest.approx(4 / 6)
    assert overall(cells, "paired_accuracy").value == pytest.approx(1 / 3)
    assert overall(cells, "paired_accuracy").n == 3
    assert cell(cells, "triplet_accuracy", language="ms").value == 0.5
    assert cell(cells, "triplet_accuracy", hardness="hard").value == pytest.approx(2 / 3)
    assert overall(cells, "margin").value == pytest.approx((0.8 * 4 - 0.8) / 6)


def test_pairs_of_a_hard_and_an_easy_row_are_in_no_cell_of_hardness() -> None:
    cells = measure_stress(Told("told", SCORES), rows(), resampling=QUICK)
    assert not [each for each in cells if each.measure == "paired_accuracy" and each.hardness]
    assert cell(cells, "paired_accuracy", phenomenon="temporal", language="en").n == 2


def test_differences_are_against_the_baseline_and_corrected_by_breakdown() -> None:
    many = [row(number, start=number, language="en" if number % 2 else "ms") for number in range(60)]
    flat, sharp = Told("flat", {"p": 0.0, "n": 0.0}), Told("sharp", {"p": 1.0, "n": 0.0})
    cells = measure_stress(sharp, many, baseline=flat, resampling=QUICK)
    assert {each.system for each in cells} == {"sharp"}
    assert overall(cells).difference == 1.0
    assert overall(cells).p == pytest.approx(1 / 201)
    assert cell(cells, "triplet_accuracy", language="ms").p == pytest.approx(2 / 201)  # two languages


def test_near_misses_at_rank_1_are_measured_on_the_queries_that_were_asked() -> None:
    mine = rows()
    scored = score_rows(Told("told", SCORES), mine)
    first = np.array([1.0, 0.0, np.nan, np.nan, 1.0, np.nan])
    cells = stress_cells(mine, [RowScores("told", scored.positive, scored.negative, first)], None, QUICK)
    assert overall(cells, "near_miss_at_1").value == pytest.approx(2 / 3)
    assert overall(cells, "near_miss_at_1").n == 3


def test_histograms_part_right_from_wrong_at_zero() -> None:
    mine = rows()
    found = margin_histograms(mine, [score_rows(Told("told", SCORES), mine)])
    everything = next(each for each in found if each.phenomenon is None)
    middle = everything.edges.index(0.0)
    assert sum(everything.counts) == 6
    assert sum(everything.counts[:middle]) == 1
    assert {sum(each.counts) for each in found if each.language and not each.hardness} == {4, 2}


def test_the_worst_failures_come_first_with_their_edits() -> None:
    change = Change(0, 3, "bad", "good")
    mine = [row(0, "same", "bad"), row(1, "bad", "good", edits=(change,)), row(2, "good", "bad")]
    found = worst_failures(mine, score_rows(Told("told", SCORES), mine), 10)
    assert [each.id for each in found] == ["r1", "r0"]
    assert found[0].edits == ((0, 3, "bad", "good"),)
    assert (found[0].positive_score, found[0].negative_score) == (0.1, 0.9)
    assert len(worst_failures(mine, score_rows(Told("told", SCORES), mine), 1)) == 1
