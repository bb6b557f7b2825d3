"""The number of rows is constant, the kinds of near misses are balanced, pairs stay whole."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from nyaris.dataset.read import Row, read_rows
from nyaris.errors import UsageError
from nyaris.evaluation.tuning.general import Pair
from nyaris.evaluation.tuning.mixing import balanced, mix


@pytest.fixture(scope="module")
def rows(dataset: Path) -> list[Row]:
    return read_rows(dataset)


def test_cells_are_as_even_as_they_can_be(rows: list[Row]) -> None:
    there = Counter((row.phenomenon, row.language) for row in rows)
    chosen = balanced(rows, 120, seed=0)
    cells = Counter((row.phenomenon, row.language) for row in chosen)
    assert 120 - 2 * len(there) <= len(chosen) <= 120
    full = max(cells.values())
    assert all(count >= full - 4 or count == there[cell] for cell, count in cells.items())
    assert set(Counter(row.pair for row in chosen).values()) == {2}
    assert balanced(rows, 120, seed=0) == chosen
    assert balanced(rows, 120, seed=1) != chosen


def test_shares_of_a_constant_number_of_rows(rows: list[Row]) -> None:
    general = [Pair(f"anchor {number}", f"positive {number}") for number in range(100)]
    for share in (0, 10, 25, 50, 100):
        mixed = mix(general, rows, 100, share, seed=0)
        assert share - 10 <= len(mixed.near) <= share
        assert len(mixed.general) == 100 - share
    with pytest.raises(UsageError, match="general pairs"):
        mix(general[:10], rows, 100, 25, seed=0)
    with pytest.raises(UsageError, match="near misses"):
        mix(general, rows[:10], 100, 50, seed=0)
