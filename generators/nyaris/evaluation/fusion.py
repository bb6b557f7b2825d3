"""Several rankings made into one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from nyaris.evaluation.lexical import Bm25
from nyaris.evaluation.records import Kind
from nyaris.evaluation.searching import Scorer, Search, in_pieces, numbered, searching
from nyaris.evaluation.systems import Encoder

if TYPE_CHECKING:
    from nyaris.evaluation.searching import Places, Scores

_FUSION = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher 2009)."""


class Hybrid:
    """Reciprocal rank fusion of BM25 and an encoder, over all texts."""

    kind: Kind = "hybrid"

    def __init__(self, name: str, encoder: Encoder) -> None:
        self.name, self._parts = name, (Bm25(), encoder)
        self.note = f"reciprocal rank fusion of bm25 and {encoder.name}"

    def score(self, queries: Sequence[str], texts: Sequence[str]) -> Scores:
        """The fused ranks of each text among the different texts of the call."""
        import numpy as np

        asked, answering = numbered(queries), numbered(texts)
        wanted: list[list[tuple[int, int]]] = [[] for _ in asked]
        for number, (query, text) in enumerate(zip(queries, texts, strict=True)):
            wanted[asked[query]].append((number, answering[text]))
        scores = self.scorer(list(answering))
        found = np.empty(len(queries))
        for some, matrix in in_pieces(scores, list(asked), len(answering)):
            for row, pairs in zip(matrix, wanted[some], strict=True):
                for number, place in pairs:
                    found[number] = row[place]
        return found

    def rank(self, queries: Sequence[str], corpus: Sequence[str], top: int) -> tuple[Places, Scores]:
        """The texts with the best fused ranks."""
        return self.index(corpus)(queries, top)

    def index(self, corpus: Sequence[str], *, remember: bool = True) -> Search:
        """A search by both parts."""
        return searching(self.scorer(corpus, remember=remember), len(corpus))

    def scorer(self, corpus: Sequence[str], *, remember: bool = True) -> Scorer:
        """A function from queries to the fused ranks of every text."""
        import numpy as np

        parts = [part.scorer(corpus, remember=remember) for part in self._parts]

        def scores(queries: Sequence[str]) -> Any:
            fused = np.zeros((len(queries), len(corpus)))
            for part in parts:
                mine = part(queries)
                order = np.argsort(-mine, axis=1, kind="stable")
                ranks = np.empty_like(order)
                np.put_along_axis(ranks, order, np.arange(len(corpus))[None, :], axis=1)
                fused += np.where(np.isfinite(mine), 1 / (_FUSION + 1 + ranks), 0)
            return fused

        return scores
