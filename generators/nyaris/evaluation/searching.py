"""Searches that compare a query with every text of a corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]
    Places = NDArray[np.int64]

Search = Callable[[Sequence[str], int], "tuple[Places, Scores]"]
"""Queries and a number of texts in; places in the corpus and scores out, as `System.rank` gives them."""
Scorer = Callable[[Sequence[str]], Any]
"""Queries in; an array (queries, texts) out, minus infinity for what is not found."""
_AT_ONCE = 20_000_000
"""Scores that are held at one time."""


def searching(scores: Scorer, texts: int) -> Search:
    """A search by the scores of every one of so many texts."""
    import numpy as np

    def search(queries: Sequence[str], top: int) -> tuple[Places, Scores]:
        places: list[Any] = []
        values: list[Any] = []
        for _, matrix in in_pieces(scores, queries, texts):
            best = _best(matrix, min(top, texts))
            mine = np.take_along_axis(matrix, best, axis=1).astype(float)
            places.append(np.where(np.isfinite(mine), best, -1))
            values.append(mine)
        if not places:
            return np.zeros((0, 0), dtype=np.int64), np.zeros((0, 0))
        return np.concatenate(places), np.concatenate(values)

    return search


def in_pieces(scores: Scorer, queries: Sequence[str], texts: int) -> Iterator[tuple[slice, Any]]:
    """The scores of some queries after those of others, with their places, so that memory holds them."""
    step = max(1, _AT_ONCE // max(1, texts))
    for start in range(0, len(queries), step):
        some = slice(start, min(start + step, len(queries)))
        yield some, scores(queries[some])


def numbered(texts: Sequence[str]) -> dict[str, int]:
    """The different texts with their numbers, in order of first appearance."""
    return {text: number for number, text in enumerate(dict.fromkeys(texts))}


def _best(matrix: Any, top: int) -> Any:
    """The places of the highest scores of each row, best first, ties in order of place."""
    import numpy as np

    width = matrix.shape[1]
    if top < width:
        # what is as high as the last one of the best may stand further on: sort all of those that reach it
        limits = -np.partition(-matrix, top - 1, axis=1)[:, top - 1 : top]
        found = np.empty((len(matrix), top), dtype=np.int64)
        for row, (values, limit) in enumerate(zip(matrix, limits, strict=True)):
            reaching = np.flatnonzero(values >= limit)
            found[row] = reaching[np.argsort(-values[reaching], kind="stable")[:top]]
        return found
    return np.argsort(-matrix, axis=1, kind="stable")
