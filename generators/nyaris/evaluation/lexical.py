"""BM25."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from nyaris.evaluation.records import Kind
from nyaris.evaluation.searching import Scorer, Search, numbered, searching

if TYPE_CHECKING:
    from nyaris.evaluation.searching import Places, Scores

_WORD = r"(?u)\b\w+\b"
"""What BM25 takes for a word; single figures too, since near misses often differ in nothing else."""


class Bm25:
    """BM25 over words in lower case, without stemming and stop words, so that it serves every language alike."""

    kind: Kind = "bm25"
    note = "Lucene's variant, k1 1.5, b 0.75, no stemming, no stop words"

    def __init__(self, name: str = "bm25") -> None:
        self.name = name

    def score(self, queries: Sequence[str], texts: Sequence[str]) -> Scores:
        """The weight of the query's words in each text; the texts of the call are the corpus."""
        import numpy as np

        asked, answering = numbered(queries), numbered(texts)
        index = _Words(list(answering))
        left = index.counted(list(asked))[[asked[each] for each in queries]]
        right = index.weights[[answering[each] for each in texts]]
        return np.asarray(left.multiply(right).sum(axis=1), dtype=float).ravel()

    def rank(self, queries: Sequence[str], corpus: Sequence[str], top: int) -> tuple[Places, Scores]:
        """The texts with the query's words in them; texts with none are not found."""
        return self.index(corpus)(queries, top)

    def index(self, corpus: Sequence[str], *, remember: bool = True) -> Search:
        """A search in an inverted index."""
        return searching(self.scorer(corpus, remember=remember), len(corpus))

    def scorer(self, corpus: Sequence[str], *, remember: bool = True) -> Scorer:
        """A function from queries to their scores for every text, minus infinity where no word matches."""
        import numpy as np

        index = _Words(corpus)
        transposed = index.weights.T.tocsr()

        def scores(queries: Sequence[str]) -> Any:
            found = (index.counted(queries) @ transposed).toarray()
            return np.where(found > 0, found, -np.inf)

        return scores


class _Words:
    """The weights of words in texts, (texts, vocabulary), as bm25s computes them."""

    def __init__(self, texts: Sequence[str]) -> None:
        import bm25s
        from scipy.sparse import csc_matrix

        retriever = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
        retriever.index(_words(texts), show_progress=False)
        self._vocabulary: dict[str, int] = retriever.vocab_dict
        parts = retriever.scores
        width = len(parts["indptr"]) - 1
        self.weights = csc_matrix((parts["data"], parts["indices"], parts["indptr"]), (len(texts), width)).tocsr()

    def counted(self, queries: Sequence[str]) -> Any:
        """How often each known word stands in each query."""
        from scipy.sparse import csr_matrix

        rows, columns = [], []
        for place, words in enumerate(_words(queries)):
            known = [self._vocabulary[word] for word in words if word in self._vocabulary]
            rows.extend([place] * len(known))
            columns.extend(known)
        return csr_matrix(([1.0] * len(rows), (rows, columns)), (len(queries), self.weights.shape[1]))


def _words(texts: Sequence[str]) -> list[list[str]]:
    import bm25s

    words: list[list[str]] = bm25s.tokenize(
        list(texts), token_pattern=_WORD, stopwords=None, return_ids=False, show_progress=False
    )
    return words
