"""Balance leaves out as little as it can, and the last ones first."""

from __future__ import annotations

from nyaris.run.balance import Weighed, surplus

CELL = ("train", "rule")


def weighed(*leans: int, cell: tuple[str, ...] = CELL) -> list[Weighed]:
    return [Weighed(cell, lean, f"{cell[0]}{number}") for number, lean in enumerate(leans)]


def test_the_heavier_side_gives_way_from_its_end() -> None:
    assert list(surplus(weighed(2, -2, 2, 0, 2))) == ["train2", "train4"]


def test_cells_are_balanced_apart() -> None:
    other = weighed(-2, -2, cell=("test", "rule"))
    assert list(surplus([*weighed(2, -2), *other])) == ["test0", "test1"]


def test_what_leans_nowhere_stays_and_half_weights_count() -> None:
    assert list(surplus(weighed(0, 0))) == []
    assert list(surplus(weighed(2, -1, -1, -1))) == ["train3"]
