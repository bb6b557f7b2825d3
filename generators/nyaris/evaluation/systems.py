"""What can be measured: something that scores texts for queries and ranks a corpus; the encoder among them.

BM25 is in `lexical.py`, fusion in `fusion.py`, cross-encoders in `rerankers.py`; `loading.py` knows what users
call them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from nyaris.errors import NyarisError
from nyaris.evaluation.embeddings import Report, Store, model_fingerprint, no_report
from nyaris.evaluation.records import Kind
from nyaris.evaluation.searching import Scorer, Search, numbered, searching

if TYPE_CHECKING:
    from nyaris.evaluation.searching import Places, Scores


class System(Protocol):
    """A retriever or reranker. Higher scores are better; they need not be comparable between systems."""

    name: str
    kind: Kind
    note: str

    def score(self, queries: Sequence[str], texts: Sequence[str]) -> Scores:
        """One score for each query with the text beside it.

        What goes by statistics of a corpus or by ranks takes the different texts of the call for the corpus.
        """
        ...

    def rank(self, queries: Sequence[str], corpus: Sequence[str], top: int) -> tuple[Places, Scores]:
        """For each query the places of the best `top` texts of the corpus, best first, and their scores.

        Both are of shape (queries, min(top, texts)); ties go to the earlier text; -1 stands where nothing was found.
        """
        ...


class Indexed(System, Protocol):
    """A system that can be timed: what it does for a corpus is apart from what it does for a query."""

    def index(self, corpus: Sequence[str], *, remember: bool = True) -> Search:
        """A search in the corpus. `remember=False`: queries are worked out anew each time."""
        ...


class Encoder:
    """A bi-encoder: cosine (or dot product, where the model asks for it) of embeddings.

    `model` is a SentenceTransformer in memory; its prompts are used (`encode_query`, `encode_document`). Texts are
    encoded once while the system lives, and once for all where it is given a `cache`. `bf16` computes in bfloat16.
    """

    kind: Kind = "bi-encoder"

    def __init__(
        self,
        name: str,
        model: Any,
        *,
        batch_size: int = 32,
        cache: Path | None = None,
        bf16: bool = False,
        report: Report = no_report,
    ) -> None:
        self.name, self._model, self._batch_size, self._bf16, self._report = name, model, batch_size, bf16, report
        similarity = str(getattr(model, "similarity_fn_name", None) or "cosine")
        if similarity not in {"cosine", "dot"}:
            raise NyarisError(f"{name} compares by {similarity}: cosine and dot are what this command knows")
        self._normalised = similarity == "cosine"
        self.note = ", ".join(filter(None, ["" if self._normalised else "dot product", "bfloat16" if bf16 else ""]))
        prompts = getattr(model, "prompts", None) or {}
        routed = any(type(module).__name__ == "Router" for module in model.children())
        self._one_way = not routed and not any(prompts.values())
        folder = cache / model_fingerprint(model, bf16, self._normalised) if cache else None
        self._store = Store(folder, half=bf16 and self._normalised)

    def score(self, queries: Sequence[str], texts: Sequence[str]) -> Scores:
        """The similarity of each query and text."""
        import numpy as np

        asked, answering = numbered(queries), numbered(texts)
        left, right = self._vectors(list(asked), query=True), self._vectors(list(answering), query=False)
        ones, others = [asked[each] for each in queries], [answering[each] for each in texts]
        found = np.empty(len(queries))
        for start in range(0, len(queries), 10_000):
            some = slice(start, start + 10_000)
            found[some] = np.einsum("ij,ij->i", left[ones[some]], right[others[some]])
        return found

    def rank(self, queries: Sequence[str], corpus: Sequence[str], top: int) -> tuple[Places, Scores]:
        """The nearest texts."""
        return self.index(corpus)(queries, top)

    def index(self, corpus: Sequence[str], *, remember: bool = True) -> Search:
        """A search by exact comparison with every text."""
        return searching(self.scorer(corpus, remember=remember), len(corpus))

    def scorer(self, corpus: Sequence[str], *, remember: bool = True) -> Scorer:
        """A function from queries to their scores for every text."""
        matrix = self._vectors(corpus, query=False)

        def scores(queries: Sequence[str]) -> Any:
            mine = self._vectors(queries, query=True) if remember else self._encoded(list(queries), query=True)
            return mine @ matrix.T

        return scores

    def _vectors(self, texts: Sequence[str], *, query: bool) -> Any:
        role = "" if self._one_way else "query" if query else "document"
        make = self._encode_queries if query else self._encode_documents
        return self._store.vectors(texts, make, role=role, report=self._report)

    def _encode_queries(self, texts: list[str]) -> Any:
        return self._encoded(texts, query=True)

    def _encode_documents(self, texts: list[str]) -> Any:
        return self._encoded(texts, query=False)

    def _encoded(self, texts: list[str], *, query: bool) -> Any:
        import numpy as np

        encode = self._model.encode_query if query else self._model.encode_document
        with computing(self._model, self._bf16):
            made = encode(
                texts, batch_size=self._batch_size, normalize_embeddings=self._normalised, show_progress_bar=False
            )
        return np.asarray(made, dtype=np.float32)


@contextmanager
def computing(model: Any, bf16: bool) -> Iterator[None]:
    """The precision that a model computes in."""
    import torch

    with torch.autocast(model.device.type, dtype=torch.bfloat16, enabled=bf16):
        yield
