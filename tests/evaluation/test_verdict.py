"""What is said of figures, and when a limit is broken."""

from __future__ import annotations

from dataclasses import replace

from nyaris.evaluation.records import RetrievalCell, StressCell, SystemEntry
from nyaris.evaluation.verdict import verdict

SYSTEMS = [SystemEntry("old", "bi-encoder", "baseline"), SystemEntry("new", "bi-encoder", "candidate")]


def stress(
    value: float, difference: float | None, p: float | None, phenomenon: str | None = None, language: str | None = None
) -> StressCell:
    cell = StressCell(
        "new", "triplet_accuracy", phenomenon, None, language, None, None, 100, value, value - 0.05, value + 0.05
    )
    if difference is None:
        return cell
    low, high = difference - 0.04, difference + 0.04
    return replace(cell, difference=difference, difference_low=low, difference_high=high, p=p)


def retrieval(value: float, difference: float | None, p: float | None, collection: str | None) -> RetrievalCell:
    cell = RetrievalCell("new", collection, "ndcg@10", None, 50, value, value, value)
    if difference is None:
        return cell
    low, high = difference - 0.01, difference + 0.01
    return replace(cell, difference=difference, difference_low=low, difference_high=high, p=p)


STRESS = [stress(0.7, 0.2, 0.0001), stress(0.78, 0.37, 0.01, "temporal", "ms"), stress(0.5, 0.1, 0.4, "binding", "en")]
RETRIEVAL = [retrieval(0.47, -0.03, 0.002, None), retrieval(0.3, -0.1, 0.01, "a"), retrieval(0.64, 0.04, 0.3, "b")]


def test_gains_and_costs_are_said_where_they_are_significant() -> None:
    found = verdict(SYSTEMS, STRESS, RETRIEVAL)
    assert found.improved == (
        "new is better at near misses: triplet accuracy 0.500 -> 0.700 (+0.200 [+0.160, +0.240], p < 0.001).",
        "new is better at temporal near misses in Malay: triplet accuracy 0.410 -> 0.780 (+0.370 [+0.330, +0.410],"
        " p = 0.010).",
    )
    assert found.cost == (
        "new loses 6.0 % of nDCG@10 on the mean of 2 collections: 0.500 -> 0.470 (-0.030 [-0.040, -0.020], p = 0.002).",
        "new loses 25.0 % of nDCG@10 on a: 0.400 -> 0.300 (-0.100 [-0.110, -0.090], p = 0.010).",
    )
    assert not found.broken


def test_limits_are_relative_to_the_baseline() -> None:
    kept, broken = (verdict(SYSTEMS, STRESS, RETRIEVAL, max_retrieval_loss=limit) for limit in (0.061, 0.059))
    assert not kept.broken
    assert broken.broken
    assert broken.sentences[0].startswith("new breaks the limit on retrieval: it loses 6.0 % of nDCG@10, 5.9 % may be")
    assert verdict(SYSTEMS, STRESS, RETRIEVAL, min_accuracy=0.71).broken
    assert not verdict(SYSTEMS, STRESS, RETRIEVAL, min_accuracy=0.69).broken


def test_nothing_significant_is_said_too() -> None:
    found = verdict(SYSTEMS, STRESS[2:], RETRIEVAL[2:])
    assert found.sentences == ("new: no difference to the baseline is significant.",)


def test_without_a_baseline_it_says_where_a_system_stands() -> None:
    cells = [stress(0.7, None, None), stress(0.4, None, None, "binding", "en")]
    found = verdict([SYSTEMS[1]], cells, [retrieval(0.5, None, None, None), retrieval(0.5, None, None, "a")])
    assert found.sentences == (
        "new tells 70% of the near misses apart [65%, 75%]; least of binding in English: 40% of 100.",
        "new reaches nDCG@10 0.500 [0.500, 0.500] on a.",
    )
