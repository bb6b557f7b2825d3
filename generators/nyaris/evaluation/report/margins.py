"""Margin histograms: a row of small drawings per system, one per phenomenon, for every hardness."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from markupsafe import Markup

from nyaris.evaluation.records import Evaluation, MarginHistogram
from nyaris.evaluation.report.heat import ALL
from nyaris.evaluation.report.plots import below_zero, histogram_svg


@dataclass(frozen=True)
class Small:
    """One drawing: whose margins, how many, and how many of them lie below zero."""

    phenomenon: str
    rows: int
    below: int
    svg: Markup


@dataclass(frozen=True)
class Panel:
    """The drawings of one choice of hardness, by system."""

    key: str
    systems: tuple[tuple[str, tuple[Small, ...]], ...]


def margins(evaluation: Evaluation, number: str) -> tuple[Panel, ...]:
    """A panel per hardness, all rows first; `number` makes the ids of drawings their own."""
    hardness = [None, *sorted({each.hardness for each in evaluation.margins if each.hardness}, reverse=True)]
    names = [system.name for system in evaluation.systems]
    panels = []
    for hard in hardness:
        systems = []
        for place, name in enumerate(names):
            mine = [each for each in evaluation.margins if each.system == name and each.hardness == hard]
            drawn = tuple(
                _small(phenomenon, cells, f"{number}-{hard or ALL}-{place}-{order}")
                for order, (phenomenon, cells) in enumerate(_over_languages(mine))
            )
            if drawn:
                systems.append((name, drawn))
        if systems:
            panels.append(Panel(hard or ALL, tuple(systems)))
    return tuple(panels)


def _over_languages(cells: list[MarginHistogram]) -> list[tuple[str, list[MarginHistogram]]]:
    """Histograms by phenomenon: the one over all languages, or else those of the languages."""
    found: defaultdict[str | None, list[MarginHistogram]] = defaultdict(list)
    for cell in cells:
        found[cell.phenomenon].append(cell)
    ordered = sorted(found.items(), key=lambda each: (each[0] is not None, each[0]))
    return [
        (phenomenon or "all phenomena", [cell for cell in mine if cell.language is None] or mine)
        for phenomenon, mine in ordered
    ]


def _small(phenomenon: str, cells: list[MarginHistogram], number: str) -> Small:
    edges = cells[0].edges
    same = [cell.counts for cell in cells if cell.edges == edges]
    counts = [sum(each) for each in zip(*same, strict=True)]
    svg = histogram_svg(edges, counts, f"Margins, {phenomenon}", number)
    return Small(phenomenon, sum(counts), below_zero(edges, counts), Markup(svg))
