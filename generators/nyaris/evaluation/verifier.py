"""A verifier: a small reader behind a first stage that puts look-alikes among the best texts in order.

A pooled vector forgets who did what to whom; a reader that compares token by token need not. Over a whole corpus it
would be worse than the retriever, so it is asked only to order texts that are nearly the same: those among the first
`depth` that share most of their words. Everything else stays as the first stage found it. `nyaris tradeoff --verifier`
trains one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from nyaris.evaluation.records import Kind
from nyaris.evaluation.searching import Search
from nyaris.evaluation.systems import Indexed

if TYPE_CHECKING:
    from nyaris.evaluation.searching import Places, Scores

DEPTH = 20
ALIKE = 0.7
"""Share of the words of two texts that both have, from which on they are look-alikes."""
_WORD = re.compile(r"\w+")


class Scorer(Protocol):
    """What reads a query and a text together."""

    def score(self, queries: Sequence[str], texts: Sequence[str]) -> Scores:
        """One score for each query with the text beside it."""
        ...


class Verifier:
    """A first stage with a reader behind it that puts look-alikes among the first `depth` in order."""

    kind: Kind = "verifier"

    def __init__(self, name: str, reader: Scorer, first: Indexed, *, depth: int = DEPTH, alike: float = ALIKE) -> None:
        self.name, self._reader, self._first, self._depth, self._alike = name, reader, first, depth, alike
        self.note = f"puts look-alikes among the first {depth} of {first.name} in order"

    def score(self, queries: Sequence[str], texts: Sequence[str]) -> Scores:
        """What the reader says."""
        return self._reader.score(queries, texts)

    def rank(self, queries: Sequence[str], corpus: Sequence[str], top: int) -> tuple[Places, Scores]:
        """The first stage's texts, look-alikes in the order of the reader; the scores only say the order."""
        return self.index(corpus)(queries, top)

    def index(self, corpus: Sequence[str], *, remember: bool = True) -> Search:
        """A search by the first stage with the verifier behind it."""
        import numpy as np

        first = self._first.index(corpus, remember=remember)
        words = [frozenset(_WORD.findall(text.lower())) for text in corpus]

        def search(queries: Sequence[str], top: int) -> tuple[Places, Scores]:
            places, _ = first(queries, max(top, self._depth))
            groups = [
                (row, group)
                for row, found in enumerate(places)
                for group in look_alikes([words[each] for each in found[: self._depth] if each >= 0], self._alike)
            ]
            asked = [(queries[row], corpus[places[row, rank]]) for row, group in groups for rank in group]
            scores = iter(self._reader.score(*map(list, zip(*asked, strict=True))) if asked else ())
            for row, group in groups:
                found = sorted(((next(scores), -rank) for rank in group), reverse=True)
                places[row, group] = [places[row, -rank] for _, rank in found]
            by_rank = np.where(places >= 0, -np.arange(places.shape[1], dtype=float), -np.inf)
            return places[:, :top], by_rank[:, :top]

        return search


def look_alikes(texts: Sequence[frozenset[str]], alike: float) -> list[list[int]]:
    """Groups of two and more ranks whose texts share so much of their words with the best of the group."""
    groups: list[list[int]] = []
    for rank, words in enumerate(texts):
        for group in groups:
            best = texts[group[0]]
            if len(words & best) >= alike * len(words | best):
                group.append(rank)
                break
        else:
            groups.append([rank])
    return [group for group in groups if len(group) > 1]
