"""Near misses told apart: measures on the rows of a suite, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence

from nyaris.dataset.read import Row
from nyaris.evaluation.records import StressCell
from nyaris.evaluation.statistics import Resampling
from nyaris.evaluation.systems import System


def measure_stress(
    system: System,
    rows: Sequence[Row],
    *,
    baseline: System | None = None,
    resampling: Resampling | None = None,
) -> list[StressCell]:
    """Triplet accuracy, paired accuracy, AUC and mean margin of every cell; `overall` picks the one over all rows."""
    raise NotImplementedError


def overall(cells: Sequence[StressCell], measure: str = "triplet_accuracy") -> StressCell:
    """The cell of a measure over all rows, of the first system in the list."""
    return next(cell for cell in cells if cell.measure == measure and not any(cell.slice))
