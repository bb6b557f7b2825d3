"""What a training reads: near misses balanced over their kinds, and general pairs, in a constant number of rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from nyaris.dataset.read import Row
from nyaris.errors import UsageError
from nyaris.evaluation.tuning.general import Pair
from nyaris.hashing import digest


@dataclass(frozen=True)
class Mix:
    """Rows of one training: pairs to find, and near misses to tell apart."""

    general: tuple[Pair, ...]
    near: tuple[Row, ...]

    @property
    def size(self) -> int:
        """Rows of both kinds."""
        return len(self.general) + len(self.near)


def balanced(rows: Sequence[Row], most: int, seed: int) -> list[Row]:
    """At most `most` rows in whole pairs, as evenly over phenomenon x language as there are rows for.

    What a scarce cell cannot give is shared out among the others.
    """
    cells: defaultdict[tuple[str, str], defaultdict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        cells[row.phenomenon, row.language][row.pair].append(row)
    chosen: list[Row] = []
    waiting = sorted(cells.items(), key=lambda cell: (len(cell[1]), cell[0]))
    for number, (_, pairs) in enumerate(waiting):
        room = (most - len(chosen)) // (len(waiting) - number)
        for pair in sorted(pairs, key=lambda pair: digest(seed, "near", pair)):
            if room < len(pairs[pair]):
                break
            chosen.extend(pairs[pair])
            room -= len(pairs[pair])
    return sorted(chosen, key=lambda row: digest(seed, "order", row.id))


def mix(general: Sequence[Pair], near: Sequence[Row], size: int, share: int, seed: int) -> Mix:
    """`size` rows, `share` per cent of them near misses. Raises UsageError where either side has too few."""
    wanted = size * share // 100
    chosen = balanced(near, wanted, seed)
    kept = general[: size - wanted]
    for kind, found, needed in (
        ("near misses in the suite's train split", len(chosen), wanted - 1),
        ("general pairs", len(kept), size - wanted),
    ):
        if found < needed:
            raise UsageError(
                f"{share} % of {size} rows: only {found} {kind}: give more, or take --rows {_most(size, found, needed)}"
            )
    return Mix(tuple(kept), tuple(chosen))


def _most(size: int, found: int, needed: int) -> int:
    return max(1, size * found // max(1, needed))
