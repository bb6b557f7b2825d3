"""Models that read query and text together, behind a system that searches."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nyaris.errors import NyarisError
from nyaris.evaluation.embeddings import Report, Store, model_fingerprint, no_report
from nyaris.evaluation.records import Kind
from nyaris.evaluation.searching import Search
from nyaris.evaluation.systems import Indexed, computing

if TYPE_CHECKING:
    from nyaris.evaluation.searching import Places, Scores


class Reranker:
    """A cross-encoder that reads query and text together; in a corpus it reorders the best of another system.

    `model` is a CrossEncoder with one score. What the first system found below `depth` stays behind in its order.
    """

    kind: Kind = "cross-encoder"

    def __init__(
        self,
        name: str,
        model: Any,
        first: Indexed,
        *,
        depth: int = 50,
        batch_size: int = 32,
        cache: Path | None = None,
        bf16: bool = False,
        report: Report = no_report,
    ) -> None:
        if model.num_labels != 1:
            raise NyarisError(f"{name} gives {model.num_labels} scores: a cross-encoder with one is needed")
        self.name, self._model, self._first, self._depth = name, model, first, depth
        self._batch_size, self._bf16, self._report = batch_size, bf16, report
        self.note = f"reranks the first {depth} of {first.name}" + (", bfloat16" if bf16 else "")
        # in 32 bits always: scores are one number each
        self._store = Store(cache / model_fingerprint(model, bf16) if cache else None)

    def score(self, queries: Sequence[str], texts: Sequence[str]) -> Scores:
        """What the model says of each query and text, before any squashing of its scores."""
        return self._scores(list(zip(queries, texts, strict=True)), remember=True)

    def rank(self, queries: Sequence[str], corpus: Sequence[str], top: int) -> tuple[Places, Scores]:
        """The first system's texts, the best of them in another order; the scores only say the order."""
        return self.index(corpus)(queries, top)

    def index(self, corpus: Sequence[str], *, remember: bool = True) -> Search:
        """A search by the first system with the model behind it."""
        import numpy as np

        first = self._first.index(corpus, remember=remember)

        def search(queries: Sequence[str], top: int) -> tuple[Places, Scores]:
            places, _ = first(queries, max(top, self._depth))
            head = places[:, : self._depth]
            pairs = [(queries[row], corpus[place]) for row, place in zip(*_found(head), strict=True)]
            scores = np.full(head.shape, -np.inf)
            scores[head >= 0] = self._scores(pairs, remember)
            order = np.argsort(-scores, axis=1, kind="stable")
            places[:, : self._depth] = np.take_along_axis(head, order, axis=1)
            by_rank = np.where(places >= 0, -np.arange(places.shape[1], dtype=float), -np.inf)
            return places[:, :top], by_rank[:, :top]

        return search

    def _scores(self, pairs: list[tuple[str, str]], remember: bool) -> Scores:
        store = self._store if remember else Store()
        joined = {f"{query}\x1f{text}": (query, text) for query, text in pairs}

        def make(keys: list[str]) -> Any:
            import torch

            with computing(self._model, self._bf16):
                made = self._model.predict(
                    [joined[key] for key in keys],
                    batch_size=self._batch_size,
                    activation_fn=torch.nn.Identity(),  # a sigmoid makes ties of the surest scores
                    show_progress_bar=False,
                )
            return made.astype("float32").reshape(-1, 1)

        keys = [f"{query}\x1f{text}" for query, text in pairs]
        if not keys:
            import numpy as np

            return np.zeros(0)
        return store.vectors(keys, make, report=self._report).ravel().astype(float)


def _found(places: Places) -> tuple[list[int], list[int]]:
    import numpy as np

    rows, columns = np.nonzero(places >= 0)
    return rows.tolist(), places[rows, columns].tolist()
