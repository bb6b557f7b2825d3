"""The trade-off as a picture: an SVG that stands alone or in a page, light or dark."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

_WIDTH, _HEIGHT = 760.0, 480.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 64.0, 210.0, 24.0, 56.0
_MARKS = ("circle", "square", "diamond", "triangle", "down", "cross", "plus")
_TICKS = 6


def plot(tradeoff: Mapping[str, Any]) -> str:
    """Mean nDCG@10 (across) against stress accuracy (up), from the record of a `Tradeoff`.

    One mark per training with its share of near misses, the frozen model, the Pareto front, and the band of losses that
    are allowed. Recipes differ in shape and in colour, so that neither is needed alone.
    """
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    points: Sequence[Mapping[str, Any]] = tradeoff["points"]
    frozen = tradeoff["baseline"]
    allowed = frozen["retrieval"] * (1 - tradeoff["max_loss"])
    across = _scale([frozen["retrieval"], allowed, *(point["retrieval"] for point in points)], _LEFT, _WIDTH - _RIGHT)
    up = _scale([frozen["stress"], *(point["stress"] for point in points)], _HEIGHT - _BOTTOM, _TOP)
    recipes = sorted({point["recipe"] for point in points})
    looks = {recipe: (number % 8, _MARKS[number % len(_MARKS)]) for number, recipe in enumerate(recipes)}
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = (files("nyaris.evaluation.tuning") / "plot.svg.jinja").read_text(encoding="utf-8")
    marks = [
        {
            "x": across(point["retrieval"]),
            "y": up(point["stress"]),
            "colour": looks[point["recipe"]][0],
            "path": _path(looks[point["recipe"]][1], across(point["retrieval"]), up(point["stress"])),
            "label": f"{point['share']} %",
            "title": f"{point['recipe']}, {point['share']} % near misses, seed {point['seed']}: stress accuracy "
            f"{point['stress']:.3f}, mean nDCG@10 {point['retrieval']:.3f} ({-100 * point['loss']:+.1f} %)",
        }
        for point in points
    ]
    legend = [
        {
            "recipe": recipe,
            "colour": colour,
            "y": _TOP + 12 + 22 * number,
            "path": _path(mark, _WIDTH - _RIGHT + 24, _TOP + 8 + 22 * number),
        }
        for number, (recipe, (colour, mark)) in enumerate(looks.items())
    ]
    groups = [group for group in tradeoff["groups"] if _on_front(group, points)]
    line = sorted((across(group["retrieval"]), up(group["stress"])) for group in groups)
    return environment.from_string(template).render(
        width=_WIDTH,
        height=_HEIGHT,
        left=_LEFT,
        right=_WIDTH - _RIGHT,
        top=_TOP,
        bottom=_HEIGHT - _BOTTOM,
        model=tradeoff["model"],
        broad=tradeoff["broad"],
        columns=[(across(value), text) for value, text in across.ticks],
        rows=[(up(value), text) for value, text in up.ticks],
        marks=marks,
        legend=legend,
        line=" ".join(f"{x:.1f},{y:.1f}" for x, y in line),
        frozen=(across(frozen["retrieval"]), up(frozen["stress"])),
        allowed=across(allowed),
        max_loss=f"{100 * tradeoff['max_loss']:g} %",
    )


class _Scale:
    """Values to places on the page, and round values to mark."""

    def __init__(self, low: float, high: float, step: float, start: float, end: float) -> None:
        self._low, self._high, self._start, self._end = low, high, start, end
        digits = max(0, -math.floor(math.log10(step)))
        count = round((high - low) / step)
        self.ticks = [(low + step * each, f"{low + step * each:.{digits}f}") for each in range(count + 1)]

    def __call__(self, value: float) -> float:
        return self._start + (value - self._low) / (self._high - self._low) * (self._end - self._start)


def _scale(values: Sequence[float], start: float, end: float) -> _Scale:
    low, high = min(values), max(values)
    span = max(high - low, 0.01)
    raw = span / (_TICKS - 1)
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= raw)
    least = math.floor((low - 0.05 * span) / step) * step
    most = math.ceil((high + 0.05 * span) / step) * step
    return _Scale(least, most, step, start, end)


def _on_front(group: Mapping[str, Any], points: Sequence[Mapping[str, Any]]) -> bool:
    mine = [p for p in points if (p["recipe"], p["share"]) == (group["recipe"], group["share"])]
    return any(point["on_front"] for point in mine)


def _path(mark: str, x: float, y: float) -> str:
    """The outline of a mark around a place."""
    r = 5.0
    corners = {
        "square": ((-r, -r), (r, -r), (r, r), (-r, r)),
        "diamond": ((0, -1.3 * r), (1.3 * r, 0), (0, 1.3 * r), (-1.3 * r, 0)),
        "triangle": ((0, -1.2 * r), (1.2 * r, r), (-1.2 * r, r)),
        "down": ((0, 1.2 * r), (1.2 * r, -r), (-1.2 * r, -r)),
        "cross": ((-r, -r), (r, r), (0, 0), (r, -r), (-r, r), (0, 0)),
        "plus": ((-r, 0), (r, 0), (0, 0), (0, -r), (0, r), (0, 0)),
    }.get(mark)
    if corners is None:
        return f"M{x - r:.1f},{y:.1f}a{r},{r} 0 1,0 {2 * r},0a{r},{r} 0 1,0 {-2 * r},0Z"
    return "M" + "L".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners) + "Z"
