"""What can be measured: something that scores texts for queries and ranks a corpus."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from nyaris.evaluation.records import Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class System(Protocol):
    """A retriever or reranker. Higher scores are better; they need not be comparable between systems."""

    name: str
    kind: Kind
    note: str

    def score(self, queries: Sequence[str], texts: Sequence[str]) -> NDArray[np.float64]:
        """One score for each query with the text beside it.

        What goes by statistics of a corpus or by ranks takes the different texts of the call for the corpus.
        """
        ...

    def rank(
        self, queries: Sequence[str], corpus: Sequence[str], top: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """For each query the places of the best `top` texts of the corpus, best first, and their scores.

        Both are of shape (queries, min(top, texts)); ties go to the earlier text; -1 stands where nothing was found.
        """
        ...


class Encoder:
    """A bi-encoder: cosine of embeddings, prompts of the model included (`encode_query`, `encode_document`).

    `model` is a SentenceTransformer in memory. Texts are encoded once while the system lives, and once for all where
    it is given a `cache`.
    """

    kind: Kind = "bi-encoder"
    note = ""

    def __init__(self, name: str, model: Any, *, batch_size: int = 32, cache: Path | None = None) -> None:
        raise NotImplementedError
