"""Balance: which pairs to leave out so that two sides of a cell weigh the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple


class Weighed(NamedTuple):
    """A pair: the cell it counts in, and how far it leans to one side (+) or the other (-); 0 for neither."""

    cell: tuple[str, ...]
    lean: int
    pair: str


def surplus(pairs: Iterable[Weighed]) -> Iterator[str]:
    """The pairs that are too many. `pairs` comes sorted by cell; within a cell and side the last ones go.

    Holds one cell at a time. Pairs that lean to neither side stay.
    """
    for _, group in groupby(pairs, key=lambda each: each.cell):
        sides: dict[bool, list[Weighed]] = {True: [], False: []}
        for each in group:
            if each.lean:
                sides[each.lean > 0].append(each)
        room = min(sum(abs(each.lean) for each in side) for side in sides.values())
        for side in sides.values():
            weight = 0
            for each in side:
                weight += abs(each.lean)
                if weight > room:
                    yield each.pair
