"""Drawings as SVG: the trade-off of tuning, and how margins lie."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin

from nyaris.evaluation.report.scales import figure, signed
from nyaris.evaluation.report.svg import Element, add, drawing, steps, text_of
from nyaris.evaluation.report.tradeoff import Frozen, Point, Tradeoff

_WIDTH, _HEIGHT = 720, 460
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 24, 20, 56
_CORNERS: tuple[tuple[tuple[float, float], ...], ...] = (
    (),  # a circle
    ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    ((0, -1.1), (1.05, 0.85), (-1.05, 0.85)),
    ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    (
        *((-0.4, -1.1), (0.4, -1.1), (0.4, -0.4), (1.1, -0.4), (1.1, 0.4), (0.4, 0.4)),
        *((0.4, 1.1), (-0.4, 1.1), (-0.4, 0.4), (-1.1, 0.4), (-1.1, -0.4), (-0.4, -0.4)),
    ),
    ((0, 1.1), (1.05, -0.85), (-1.05, -0.85)),
)
_SHAPES = len(_CORNERS)
"""Recipes take shapes and colours by turns; the table below the drawing tells them apart beyond that."""
_STAR = tuple((size * sin(turn * pi / 5), -size * cos(turn * pi / 5)) for turn, size in enumerate([1.3, 0.52] * 5))

STANDALONE_STYLE = """
text { font: 12px system-ui, sans-serif; fill: #1c2126 }
.grid { stroke: #dde1e6 } .axis { stroke: #5b6570 } .frozen { stroke: #5b6570; stroke-dasharray: 4 4 }
.front { fill: none; stroke: #1c2126; stroke-width: 1.5 } .range { stroke: #8a939d } .point { stroke: #fff }
.series0 { fill: #0f5f9c } .series1 { fill: #b85c00 } .series2 { fill: #00755e } .series3 { fill: #8c3a8f }
.series4 { fill: #6b5a00 } .series5 { fill: #4b5563 } .series-frozen { fill: #1c2126 }
.allowed { fill: #00664f; opacity: .1 } .name { font-size: 13px } .share { font-size: 10.5px } .paper { fill: #fff }
@media (prefers-color-scheme: dark) {
  .paper { fill: #14171a } text, .series-frozen { fill: #e7eaed } .grid { stroke: #343a41 } .front { stroke: #e7eaed }
  .point { stroke: #14171a } .series0 { fill: #6db3ec } .series1 { fill: #f0a050 } .series2 { fill: #4cc2a4 }
  .series3 { fill: #d896da } .series4 { fill: #cdb84a } .series5 { fill: #a4aeb8 } .allowed { fill: #6fd1b5 }
}
"""


def tradeoff_svg(tradeoff: Tradeoff, number: str = "tradeoff", *, standalone: bool = False) -> str:
    """Stress accuracy against broad retrieval, with the frozen baseline and the front.

    `standalone` adds a style and a background, for a file of its own.
    """
    described = (
        f"{len(tradeoff.points)} tuned models. The frozen baseline retrieves {figure(tradeoff.baseline.retrieval, 3)} "
        f"and is right on {figure(tradeoff.baseline.stress, 3)} of the near misses."
    )
    recipes = list(dict.fromkeys(point.recipe for point in tradeoff.points))
    height = _HEIGHT + 22 * ((len(recipes) + 2) // 2)
    root = drawing(_WIDTH, height, "Stress accuracy against broad retrieval", described, number)
    if standalone:
        add(root, "style", STANDALONE_STYLE)
        add(root, "rect", class_="paper", width=_WIDTH, height=height)
    start, allowed = tradeoff.baseline, tradeoff.baseline.retrieval * (1 - (tradeoff.max_loss or 0))
    ranges = [(point, *_ranges(point, start)) for point in tradeoff.points]
    across = _Scale([start.retrieval, allowed, *(each for _, range_, _ in ranges for each in range_)])
    up = _Scale([start.stress, *(each for _, _, range_ in ranges for each in range_)])
    x = across.onto(_LEFT, _WIDTH - _RIGHT)
    y = up.onto(_HEIGHT - _BOTTOM, _TOP)
    if tradeoff.max_loss is not None:
        width, height = _WIDTH - _RIGHT - x(allowed), _HEIGHT - _BOTTOM - _TOP
        band = add(root, "rect", class_="allowed", x=x(allowed), y=_TOP, width=width, height=height)
        add(band, "title", f"retrieval loses at most {100 * tradeoff.max_loss:g} %")
    name = "broad retrieval (mean nDCG@10) →" if tradeoff.broad else "nDCG@10 on the dataset's own retrieval task →"
    _axes(root, across.steps, up.steps, x, y, name)
    frozen = (x(start.retrieval), y(start.stress))
    add(root, "line", class_="frozen", x1=frozen[0], x2=frozen[0], y1=_TOP, y2=_HEIGHT - _BOTTOM)
    add(root, "line", class_="frozen", x1=_LEFT, x2=_WIDTH - _RIGHT, y1=frozen[1], y2=frozen[1])
    if len(tradeoff.front) > 1:
        path = " ".join(f"{round(x(retrieval), 1)},{round(y(stress), 1)}" for retrieval, stress in tradeoff.front)
        add(root, "polyline", class_="front", points=path)
    for point, lost, won in ranges:
        _point(root, point, recipes.index(point.recipe), (x(lost[0]), x(lost[1])), (y(won[0]), y(won[1])), x, y)
    _shares(root, tradeoff.points, x, y)
    star = add(root, "g", class_="point series-frozen")
    add(
        star,
        "title",
        f"frozen baseline: retrieval {figure(start.retrieval, 3)}, stress {figure(start.stress, 3)}",
    )
    _shape(star, -1, *frozen, 7)
    _legend(root, recipes)
    return text_of(root)


class _Scale:
    """Values to places, with a little air at both ends."""

    def __init__(self, values: Sequence[float]) -> None:
        air = max(0.04 * (max(values) - min(values)), 0.002)
        self.steps = steps(min(values) - air, max(values) + air, 9)

    def onto(self, first: float, last: float) -> _Place:
        return _Place(self.steps[0], self.steps[-1], first, last)


class _Place:
    def __init__(self, low: float, high: float, first: float, last: float) -> None:
        self._low, self._first = low, first
        self._unit = (last - first) / (high - low)

    def __call__(self, value: float) -> float:
        return self._first + (value - self._low) * self._unit


Range = tuple[float, float]


def _ranges(point: Point, start: Frozen) -> tuple[Range, Range]:
    """Where retrieval and stress accuracy lie, given the intervals of what was lost and gained."""
    (least, most), (low, high) = point.losses, point.gains
    retrieval = (start.retrieval * (1 - most), start.retrieval * (1 - least))
    return retrieval, (start.stress + low, start.stress + high)


def _axes(root: Element, across: Sequence[float], up: Sequence[float], x: _Place, y: _Place, name: str) -> None:
    bottom, right = _HEIGHT - _BOTTOM, _WIDTH - _RIGHT
    for value in across:
        add(root, "line", class_="grid", x1=x(value), x2=x(value), y1=_TOP, y2=bottom)
        add(root, "text", _tick(value, across), x=x(value), y=bottom + 18, text_anchor="middle")
    for value in up:
        add(root, "line", class_="grid", x1=_LEFT, x2=right, y1=y(value), y2=y(value))
        add(root, "text", _tick(value, up), x=_LEFT - 8, y=y(value) + 4, text_anchor="end")
    add(root, "line", class_="axis", x1=_LEFT, x2=right, y1=bottom, y2=bottom)
    add(root, "line", class_="axis", x1=_LEFT, x2=_LEFT, y1=_TOP, y2=bottom)
    middle = (_LEFT + right) / 2
    add(root, "text", name, class_="name", x=middle, y=bottom + 42, text_anchor="middle")
    height = (_TOP + bottom) / 2
    turned = f"rotate(-90 16 {height})"
    add(
        root,
        "text",
        "stress accuracy (near misses) →",
        class_="name",
        x=16,
        y=height,
        text_anchor="middle",
        transform=turned,
    )


def _tick(value: float, every: Sequence[float]) -> str:
    close = every[1] - every[0] < 0.0095 if len(every) > 1 else False
    return figure(value, 3 if close else 2)


def _point(root: Element, point: Point, series: int, lost: Range, won: Range, x: _Place, y: _Place) -> None:
    group = add(root, "g", class_=f"point series{series % _SHAPES}")
    told = (
        f"{point.label}: retrieval {figure(point.retrieval, 3)} (loss {100 * point.loss:.1f} %), "
        f"stress {figure(point.stress, 3)} (gain {signed(point.gain, 3)})"
    )
    add(group, "title", told + (", on the front" if point.on_front else ""))
    across, up = x(point.retrieval), y(point.stress)
    add(group, "line", class_="range", x1=lost[0], x2=lost[1], y1=up, y2=up)
    add(group, "line", class_="range", x1=across, x2=across, y1=won[0], y2=won[1])
    _shape(group, series, across, up, 6.5 if point.on_front else 5)


def _shares(root: Element, points: Sequence[Point], x: _Place, y: _Place) -> None:
    """Per cent of near misses beside the points, those of the front first, wherever there is room for it."""
    taken = [(x(point.retrieval), y(point.stress)) for point in points]
    for point in sorted(points, key=lambda each: not each.on_front):
        for across, up in ((13, -7), (-13, -7), (13, 13), (-13, 13), (0, -13), (0, 19)):
            left, low = x(point.retrieval) + across, y(point.stress) + up
            if all(abs(left - other) > 13 or abs(low - 4 - height) > 9 for other, height in taken):
                taken.append((left, low - 4))
                add(root, "text", f"{point.share:g}", class_="share", x=left, y=low, text_anchor="middle")
                break


def _shape(parent: Element, series: int, x: float, y: float, size: float) -> None:
    """The shape of a series; the star of the baseline for -1."""
    corners = _STAR if series < 0 else _CORNERS[series % _SHAPES]
    if not corners:
        add(parent, "circle", cx=x, cy=y, r=size)
        return
    path = " ".join(f"{round(x + size * across, 1)},{round(y + size * up, 1)}" for across, up in corners)
    add(parent, "polygon", points=path)


def _legend(root: Element, recipes: Sequence[str]) -> None:
    entries = [(-1, "frozen baseline"), *enumerate(recipes)]
    for number, (series, name) in enumerate(entries):
        x, y = _LEFT + 8 + (number % 2) * 320, _HEIGHT + 8 + 22 * (number // 2)
        group = add(root, "g", class_="point " + ("series-frozen" if series < 0 else f"series{series % _SHAPES}"))
        _shape(group, series, x, y - 4, 5.5)
        add(root, "text", name if len(name) <= 44 else f"{name[:43]}…", x=x + 14, y=y)


def histogram_svg(edges: Sequence[float], counts: Sequence[int], title: str, number: str) -> str:
    """Bars over margins; those below zero, where the near miss scored higher, have a look of their own."""
    width, height, left, right, top, bottom = 260, 130, 8, 8, 8, 22
    total, wrong = sum(counts), below_zero(edges, counts)
    share = f"{100 * wrong / total:.0f} % below zero" if total else "no rows"
    root = drawing(
        width, height, title, f"{total:,} rows, {share}, from {figure(edges[0])} to {figure(edges[-1])}", number
    )
    place = _Place(edges[0], edges[-1], left, width - right)
    most = max(counts, default=0) or 1
    for low, high, count in zip(edges, edges[1:], counts, strict=False):
        if count:
            tall = max(1.0, (height - top - bottom) * count / most)
            side = "wrong" if (low + high) / 2 < 0 else "above"
            x, y = place(low), height - bottom - tall
            bar = add(root, "rect", class_=f"bar {side}", x=x, y=y, width=max(0.5, place(high) - x - 0.6), height=tall)
            add(bar, "title", f"{figure(low)} to {figure(high)}: {count:,}")
    base = height - bottom
    add(root, "line", class_="axis", x1=left, x2=width - right, y1=base, y2=base)
    if edges[0] < 0 < edges[-1]:
        add(root, "line", class_="zero", x1=place(0), x2=place(0), y1=top - 4, y2=base + 4)
        add(root, "text", "0", x=place(0), y=height - 7, text_anchor="middle")
    for value, anchor in ((edges[0], "start"), (edges[-1], "end")):
        if abs(place(value) - place(0)) > 26 or not edges[0] < 0 < edges[-1]:
            add(root, "text", figure(value), x=place(value), y=height - 7, text_anchor=anchor)
    return text_of(root)


def below_zero(edges: Sequence[float], counts: Sequence[int]) -> int:
    """How many margins lie in bins below zero."""
    return sum(count for low, high, count in zip(edges, edges[1:], counts, strict=False) if (low + high) / 2 < 0)
