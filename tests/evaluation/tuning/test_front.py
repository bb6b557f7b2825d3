"""The Pareto front, and the picture of it."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from nyaris.evaluation.tuning.front import Group, front
from nyaris.evaluation.tuning.plot import plot


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


def record(points: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "model": "a <b> model",
        "baseline": {"stress": 0.6, "retrieval": 0.67},
        "broad": True,
        "max_loss": 0.01,
        "points": points,
        "groups": [{"recipe": each["recipe"], "share": 50, "stress": 0.7, "retrieval": 0.66} for each in points],
    }


def test_the_plot_is_xml_with_a_mark_for_each_run() -> None:
    points = [
        {"recipe": name, "share": 50, "seed": 0, "stress": 0.7, "retrieval": 0.66, "loss": 0.015, "on_front": True}
        for name in ("mnrl", "<script>", "distil")
    ]
    for given in (points, []):
        root = ElementTree.fromstring(plot(record(given)))
        marks = [each for each in root.iter() if each.get("class") == "mark"]
        assert len(marks) == len(given)
        assert not [each for each in root.iter() if each.tag.endswith("script")]
        assert next(root.iter("{http://www.w3.org/2000/svg}title")).text == (
            "a <b> model: stress accuracy against broad retrieval"
        )
