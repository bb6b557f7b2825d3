"""Cases for end-to-end checks of retrieval-augmented generation: a question and two contexts, one a near miss."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from nyaris.dataset.read import Row
from nyaris.hashing import draw


def rag_cases(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Question rows whose near miss would give another answer.

    The keys are those of a ragas sample (`user_input`, `retrieved_contexts`, `reference_contexts`, `reference`); what
    the system must not say is `near_miss_answer`.
    """
    for row in rows:
        if row.query_style != "question" or not row.answer or not row.near_miss_answer:
            continue
        contexts = [row.positive, row.negative]
        if draw(row.id, "contexts") < 0.5:
            contexts.reverse()
        yield {
            "id": row.id,
            "user_input": row.query,
            "retrieved_contexts": contexts,
            "reference_contexts": [row.positive],
            "reference": row.answer,
            "near_miss_context": row.negative,
            "near_miss_answer": row.near_miss_answer,
            "phenomenon": row.phenomenon,
            "rule": row.rule,
            "language": row.language,
            "variety": row.variety,
        }
