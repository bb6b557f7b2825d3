"""The heat map: phenomenon by language for every system, as it is and as it changed against the baseline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nyaris.evaluation.records import Evaluation, StressCell, StressMeasure
from nyaris.evaluation.report.scales import (
    MEANINGS,
    NAMES,
    figure,
    is_certain,
    probability,
    shade,
    shade_of_change,
    signed,
)
from nyaris.pages.languages import language_name

FEW = 30
"""Rows below which a cell is marked: its figure says little."""
_SHADED: tuple[StressMeasure, ...] = ("triplet_accuracy", "paired_accuracy", "auc", "near_miss_at_1")
ALL = "all"


@dataclass(frozen=True)
class Shaded:
    """A cell: its figure, the small print below it, its shade, and what a pointer over it tells."""

    figure: str
    below: str
    shade: int
    told: str
    few: bool


@dataclass(frozen=True)
class Grid:
    """The cells of one system; rows are phenomena, columns languages. None where nothing was measured."""

    system: str
    role: str
    rows: tuple[tuple[str, tuple[Shaded | None, ...]], ...]


@dataclass(frozen=True)
class Panel:
    """What is seen for one choice: `key` names measure, hardness and view."""

    key: str
    measure: str
    view: str
    languages: tuple[str, ...]
    grids: tuple[Grid, ...]


@dataclass(frozen=True)
class Heat:
    """All panels, and the choices that lead to them as (value, label)."""

    panels: tuple[Panel, ...]
    measures: tuple[tuple[str, str], ...]
    hardness: tuple[tuple[str, str], ...]
    views: tuple[tuple[str, str], ...]
    meanings: dict[str, str]


def heat(evaluation: Evaluation) -> Heat:
    """Panels for every measure, hardness and view that has cells."""
    cells = {
        (cell.system, cell.measure, cell.phenomenon, cell.language, cell.hardness): cell
        for cell in evaluation.stress
        if cell.rule is None and cell.variety is None
    }
    measures = [measure for measure in _SHADED if any(key[1] == measure for key in cells)]
    hardness = [None, *sorted({key[4] for key in cells if key[4] is not None}, reverse=True)]
    phenomena = [None, *sorted({key[2] for key in cells if key[2] is not None})]
    languages = [None, *sorted({key[3] for key in cells if key[3] is not None})]
    names = [(system.name, system.role) for system in evaluation.systems]
    views: list[tuple[str, str, Callable[[StressCell], Shaded | None]]] = [("value", "Figures", _value)]
    if any(cell.difference is not None for cell in cells.values()):
        views.append(("change", f"Change against {evaluation.baseline}", _change))

    def grid(
        system: str, role: str, measure: StressMeasure, hard: str | None, make: Callable[[StressCell], Shaded | None]
    ) -> Grid:
        rows = []
        for phenomenon in phenomena:
            found = [cells.get((system, measure, phenomenon, language, hard)) for language in languages]
            if any(found):
                shown = tuple(make(cell) if cell else None for cell in found)
                rows.append((phenomenon or "all phenomena", shown))
        return Grid(system, role, tuple(rows))

    panels = []
    for measure in measures:
        for hard in hardness:
            for view, _, make in views:
                grids = [
                    grid(name, role, measure, hard, make)
                    for name, role in names
                    if view == "value" or role == "candidate"
                ]
                kept = tuple(each for each in grids if each.rows)
                key = f"{measure} {hard or ALL} {view}"
                panels.append(
                    Panel(key, measure, view, tuple(language_name(each) if each else "all" for each in languages), kept)
                )
    return Heat(
        tuple(panels),
        tuple((measure, NAMES[measure]) for measure in measures),
        tuple((hard or ALL, hard or "all rows") for hard in hardness),
        tuple((view, label) for view, label, _ in views),
        {measure: MEANINGS[measure] for measure in measures},
    )


def _value(cell: StressCell) -> Shaded:
    interval = f"{figure(cell.low)}–{figure(cell.high)}"
    told = f"{figure(cell.value, 3)}, 95 % interval {interval}, {cell.n:,} {_units(cell)}"
    return Shaded(figure(cell.value), interval, shade(cell.measure, cell.value), told, cell.n < FEW)


def _change(cell: StressCell) -> Shaded | None:
    if cell.difference is None:
        return None
    interval = (
        f"{signed(cell.difference_low)} to {signed(cell.difference_high)}"
        if cell.difference_low is not None and cell.difference_high is not None
        else ""
    )
    mark = "*" if is_certain(cell.p) else ""
    told = (
        f"{signed(cell.difference, 3)}, {interval and f'95 % interval {interval}, '}{probability(cell.p)}, n {cell.n:,}"
    )
    shown = shade_of_change(cell.measure, cell.difference)
    return Shaded(f"{signed(cell.difference)}{mark}", interval, shown, told, cell.n < FEW)


def _units(cell: StressCell) -> str:
    return "pairs" if cell.measure == "paired_accuracy" else "rows"
