"""Near misses told apart: measures on the rows of a suite, cell by cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING

from nyaris.dataset.read import Row
from nyaris.evaluation.records import Failure, MarginHistogram, StressCell, StressMeasure
from nyaris.evaluation.statistics import (
    Estimate,
    Resampling,
    auc_estimates,
    cluster_numbers,
    holm,
    mean_estimates,
)
from nyaris.evaluation.systems import System

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_LABELS = ("phenomenon", "rule", "language", "variety", "hardness")
BREAKDOWNS: tuple[tuple[str, ...], ...] = (
    (),
    ("phenomenon",),
    ("language",),
    ("hardness",),
    ("phenomenon", "language"),
    ("phenomenon", "hardness"),
    ("language", "hardness"),
    ("phenomenon", "language", "hardness"),
    ("phenomenon", "language", "variety"),
    ("phenomenon", "rule"),
    ("phenomenon", "rule", "language"),
    ("phenomenon", "rule", "language", "variety", "hardness"),
)
"""What the rows are divided by. The p-values of one breakdown are corrected together."""
_BINS = 40


@dataclass(frozen=True)
class RowScores:
    """What a system gave the rows: scores of positives and negatives, and for each row whether the first text that it
    found in the whole corpus was a near miss (NaN where it was not asked)."""

    system: str
    positive: Floats
    negative: Floats
    near_miss_first: Floats | None = None

    @property
    def margins(self) -> Floats:
        """Positive minus negative."""
        return self.positive - self.negative


def score_rows(system: System, rows: Sequence[Row]) -> RowScores:
    """Ask a system about every row, positives and negatives in one call."""
    queries = [row.query for row in rows]
    texts = [*(row.positive for row in rows), *(row.negative for row in rows)]
    scores = system.score([*queries, *queries], texts)
    return RowScores(system.name, scores[: len(rows)], scores[len(rows) :])


def measure_stress(
    system: System,
    rows: Sequence[Row],
    *,
    baseline: System | None = None,
    resampling: Resampling | None = None,
) -> list[StressCell]:
    """Triplet accuracy, paired accuracy, AUC and mean margin of every cell; `overall` picks the one over all rows.

    With a `baseline` the cells carry differences and p-values; its own cells are not among them.
    """
    asked = [system] if baseline is None else [baseline, system]
    scores = [score_rows(each, rows) for each in asked]
    cells = stress_cells(rows, scores, None if baseline is None else 0, resampling or Resampling())
    return cells if baseline is None else cells[len(cells) // 2 :]


def stress_cells(
    rows: Sequence[Row], scores: Sequence[RowScores], baseline: int | None, resampling: Resampling
) -> list[StressCell]:
    """The cells of several systems, those of one after those of another; `baseline` is the place of one in `scores`.

    A triplet is right where the positive scores higher; a tie is a miss. A pair is right where both of its rows are.
    """
    found: list[list[StressCell]] = [[] for _ in scores]
    for measure, units, estimate in _measures(rows, scores, baseline, resampling):
        for breakdown in BREAKDOWNS:
            family: list[list[StressCell]] = [[] for _ in scores]
            for labels, places in _cells(units, breakdown):
                for mine, one, each in zip(family, scores, estimate(places, labels), strict=True):
                    mine.append(_cell(one.system, measure, labels, len(places), each))
            for all_of_it, mine in zip(found, family, strict=True):
                all_of_it.extend(_corrected(mine))
    return [cell for mine in found for cell in mine]


def overall(cells: Sequence[StressCell], measure: str = "triplet_accuracy") -> StressCell:
    """The cell of a measure over all rows, of the first system in the list."""
    return next(cell for cell in cells if cell.measure == measure and set(cell.slice) == {None})


def margin_histograms(rows: Sequence[Row], scores: Sequence[RowScores]) -> list[MarginHistogram]:
    """How margins lie over all rows and by phenomenon, language and hardness; the edges of one system are the same
    everywhere, symmetric round 0, so that 0 is one of them."""
    import numpy as np

    breakdowns = ((), ("phenomenon",), ("phenomenon", "language"), ("phenomenon", "language", "hardness"))
    found = []
    for one in scores:
        reach = float(np.abs(one.margins).max()) or 1.0
        edges = np.linspace(-reach, reach, _BINS + 1)
        for breakdown in breakdowns:
            for (phenomenon, _, language, _, hardness), places in _cells([*map(_labels, rows)], breakdown):
                counts = np.histogram(one.margins[places], edges)[0]
                shape = (tuple(map(float, edges)), tuple(map(int, counts)))
                found.append(MarginHistogram(one.system, phenomenon, language, hardness, *shape))
    return found


def worst_failures(rows: Sequence[Row], scores: RowScores, most: int) -> list[Failure]:
    """The rows whose negative scored higher, or the same, by margin."""
    places = [place for place in range(len(rows)) if scores.margins[place] <= 0]
    places.sort(key=lambda place: (scores.margins[place], rows[place].id))
    return [
        Failure(
            scores.system,
            row.id,
            *(row.phenomenon, row.rule, row.relation, row.language, row.variety, row.hardness),
            *row.texts,
            tuple((each.start, each.end, each.before, each.after) for each in row.edits),
            float(scores.positive[place]),
            float(scores.negative[place]),
        )
        for place in places[:most]
        for row in [rows[place]]
    ]


_Labels = tuple[str | None, ...]
_Estimator = Callable[["NDArray[np.int64]", _Labels], list[Estimate]]


def _measures(
    rows: Sequence[Row], scores: Sequence[RowScores], baseline: int | None, resampling: Resampling
) -> Iterator[tuple[StressMeasure, list[_Labels], _Estimator]]:
    """Each measure with the labels of its units and what makes estimates of some of them."""
    import numpy as np

    labels = [_labels(row) for row in rows]
    sentences = cluster_numbers([row.sentence for row in rows])
    margins = np.stack([each.margins for each in scores], axis=1)
    positive = np.stack([each.positive for each in scores], axis=1)
    negative = np.stack([each.negative for each in scores], axis=1)
    right = (margins > 0).astype(float)

    def means(values: Floats, clusters: NDArray[np.int64], share: bool) -> _Estimator:
        def estimate(places: NDArray[np.int64], labels: _Labels) -> list[Estimate]:
            mine = _renumbered(clusters[places])
            return mean_estimates(values[places], mine, baseline, resampling, *labels, share=share)

        return estimate

    def areas(places: NDArray[np.int64], labels: _Labels) -> list[Estimate]:
        mine = _renumbered(sentences[places])
        return auc_estimates(positive[places], negative[places], mine, baseline, resampling, *labels)

    yield "triplet_accuracy", labels, means(right, sentences, True)
    pairs = _pairs(rows)
    if pairs:
        both = np.array([right[list(places)].min(axis=0) for places in pairs])
        theirs = [_common(labels[first], labels[second]) for first, second in pairs]
        yield "paired_accuracy", theirs, means(both, sentences[[first for first, _ in pairs]], True)
    yield "margin", labels, means(margins, sentences, False)
    yield "auc", labels, areas
    asked = [each.near_miss_first for each in scores]
    if all(each is not None for each in asked):
        first = np.stack([each for each in asked if each is not None], axis=1)
        some = np.flatnonzero(~np.isnan(first).any(axis=1))
        if len(some):
            yield "near_miss_at_1", [labels[place] for place in some], means(first[some], sentences[some], True)


def _cell(system: str, measure: StressMeasure, labels: _Labels, n: int, found: Estimate) -> StressCell:
    phenomenon, rule, language, variety, hardness = labels
    return StressCell(system, measure, phenomenon, rule, language, variety, hardness, n, *astuple(found))


def _labels(row: Row) -> _Labels:
    return row.phenomenon, row.rule, row.language, row.variety, row.hardness


def _common(one: _Labels, other: _Labels) -> _Labels:
    """The labels of a pair: those in which its rows agree (of questions, mostly one row is hard and one easy)."""
    return tuple(mine if mine == theirs else None for mine, theirs in zip(one, other, strict=True))


def _pairs(rows: Sequence[Row]) -> list[tuple[int, int]]:
    together: defaultdict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        together[row.pair].append(place)
    return [(places[0], places[1]) for places in together.values() if len(places) == 2]


def _cells(units: Sequence[_Labels], breakdown: tuple[str, ...]) -> Iterator[tuple[_Labels, NDArray[np.int64]]]:
    """The labels of each cell, None for what is not divided by, and the places of its units."""
    import numpy as np

    kept = [name in breakdown for name in _LABELS]
    groups: defaultdict[_Labels, list[int]] = defaultdict(list)
    for place, labels in enumerate(units):
        if all(label is not None for label, keep in zip(labels, kept, strict=True) if keep):
            groups[tuple(label if keep else None for label, keep in zip(labels, kept, strict=True))].append(place)
    for labels in sorted(groups, key=lambda each: [label or "" for label in each]):
        yield labels, np.array(groups[labels])


def _renumbered(clusters: NDArray[np.int64]) -> NDArray[np.int64]:
    import numpy as np

    numbers: NDArray[np.int64] = np.unique(clusters, return_inverse=True)[1]
    return numbers


def _corrected(cells: list[StressCell]) -> list[StressCell]:
    tested = [cell.p for cell in cells if cell.p is not None]
    corrected = iter(holm(tested))
    return [cell if cell.p is None else replace(cell, p=next(corrected)) for cell in cells]
