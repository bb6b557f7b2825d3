"""Rows, collections and a system of words for tests of evaluation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from nyaris.dataset.read import Row
from nyaris.evaluation.records import Kind

VOCABULARY = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu".split()


def row(number: int, positive: str = "p", negative: str = "n", **labels: Any) -> Row:
    """A row of a pair of its own, from a sentence of its own."""
    known: dict[str, Any] = {
        "id": f"r{number}",
        "pair": f"p{number}",
        "direction": "source",
        "query": f"q{number}",
        "positive": positive,
        "negative": negative,
        "phenomenon": "temporal",
        "rule": "temporal.a",
        "relation": "contradiction",
        "query_style": "statement",
        "granularity": "sentence",
        "hardness": "hard",
        "language": "en",
        "variety": "en",
        "origin": "document",
        "document": "d",
        "start": number,
        "end": number + 1,
        "licence": "CC0",
        "edits": (),
        "answer": None,
        "near_miss_answer": None,
        "split": "test",
    }
    return Row(**(known | labels))


class Told:
    """A system that knows the score of every text."""

    kind: Kind = "bi-encoder"
    note = ""

    def __init__(self, name: str, scores: dict[str, float]) -> None:
        self.name, self._scores = name, scores

    def score(self, queries: Sequence[str], texts: Sequence[str]) -> Any:
        return np.array([self._scores[text] for text in texts])

    def rank(self, queries: Sequence[str], corpus: Sequence[str], top: int) -> tuple[Any, Any]:
        scores = np.array([self._scores[text] for text in corpus])
        order = np.argsort(-scores, kind="stable")[:top]
        return np.tile(order, (len(queries), 1)), np.tile(scores[order], (len(queries), 1))


def write_collection(folder: Path, nested: bool = False) -> Path:
    """Twelve texts of one word each with a common one, a query for each of the first six, topics for four."""
    folder.mkdir(parents=True)
    texts = [{"_id": f"d{place}", "title": "", "text": f"common {word}"} for place, word in enumerate(VOCABULARY)]
    queries: list[dict[str, Any]] = [{"_id": f"q{place}", "text": VOCABULARY[place]} for place in range(6)]
    queries[0]["topic"] = queries[1]["topic"] = "first"
    queries[2]["metadata"] = queries[3]["metadata"] = {"topic": "second"}
    for name, records in (("corpus", texts), ("queries", [*queries, {"_id": "unjudged", "text": "nothing"}])):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
    lines = ["query-id\tcorpus-id\tscore", *(f"q{place}\td{place}\t1" for place in range(6))]
    path = folder / "qrels" / "test.tsv" if nested else folder / "qrels.tsv"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder
