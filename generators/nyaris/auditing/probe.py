"""The query-blind probe: can a model that never sees the query tell the positive from the negative?

It should not: whatever it finds is a cue to the label that has nothing to do with meaning. Models are linear, over
word n-grams, character n-grams, or lengths and the words at both ends; they are trained and tested on other documents
(on other sentences where a cell has fewer than five documents), and both directions of a pair are on the same side.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from nyaris.auditing.statistics import bootstrap
from nyaris.dataset.read import Row
from nyaris.hashing import digest

FOLDS = 5
SIDES = "positive or negative"
QUERY = "query or not"

Pair = tuple[str, str]
"""Two texts of one triple; the model must find the first."""
_PIECE = r"\w+|[^\w\s]"


@dataclass(frozen=True)
class ProbeCell:
    """How often a model found the right text of two, with the 95 % interval over source sentences. Chance is 0.5."""

    task: str
    phenomenon: str
    language: str
    model: str
    rows: int
    sentences: int
    accuracy: float
    low: float
    high: float


def probe(rows: Sequence[Row], most: int = 2000) -> list[ProbeCell]:
    """Every task x phenomenon x language x model, and each language as a whole; at most so many rows per cell."""
    cells: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        cells[row.phenomenon, row.language].append(row)
        cells["all", row.language].append(row)
    found = []
    for (phenomenon, language), members in sorted(cells.items()):
        sampled = _bounded(members, most)
        statements = [row for row in sampled if row.query_style == "statement"]
        for task, chosen, pairs_of in ((SIDES, sampled, _sides), (QUERY, statements, _query)):
            found += _probe_cell(task, phenomenon, language, chosen, pairs_of)
    return found


def _sides(row: Row) -> list[Pair]:
    return [(row.positive, row.negative)]


def _query(row: Row) -> list[Pair]:
    return [(row.query, row.positive), (row.query, row.negative)]


def _bounded(rows: Sequence[Row], most: int) -> list[Row]:
    """Whole pairs in the order of a hash, so that both directions stay together."""
    ordered = sorted(rows, key=lambda row: (digest("probe", row.pair), row.direction))
    return ordered[: most - most % 2]


def _probe_cell(
    task: str, phenomenon: str, language: str, rows: Sequence[Row], pairs_of: Callable[[Row], list[Pair]]
) -> list[ProbeCell]:
    sentences = sorted({row.sentence for row in rows})
    if len(sentences) < 2 * FOLDS:
        return []
    documents = {row.document for row in rows}
    items = [(pair, row) for row in rows for pair in pairs_of(row)]
    groups = [row.document if len(documents) >= FOLDS else str(row.sentence) for _, row in items]
    found = []
    for name, features in MODELS.items():
        scores = _right(features([pair[0] for pair, _ in items]) - features([pair[1] for pair, _ in items]), groups)
        sums: defaultdict[tuple[str, int], float] = defaultdict(float)
        sizes: defaultdict[tuple[str, int], int] = defaultdict(int)
        for (_, row), score in zip(items, scores, strict=True):
            sums[row.sentence] += score
            sizes[row.sentence] += 1
        low, high = bootstrap([sums[key] for key in sentences], [sizes[key] for key in sentences])
        accuracy = sum(scores) / len(scores)
        found.append(ProbeCell(task, phenomenon, language, name, len(rows), len(sentences), accuracy, low, high))
    return found


def _right(difference: Any, groups: Sequence[str]) -> list[float]:
    """1 where a model trained on the other folds prefers the first text, 0.5 where it cannot decide."""
    import numpy as np
    from scipy.sparse import vstack
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold

    right = np.zeros(difference.shape[0])
    for train, test in GroupKFold(n_splits=FOLDS).split(right, groups=groups):
        seen = difference[train]
        labels = np.repeat([1, 0], len(train))
        model = LogisticRegression(solver="liblinear", fit_intercept=False, C=1.0)
        model.fit(vstack([seen, -seen]), labels)
        decision = difference[test] @ model.coef_[0]
        right[test] = np.where(np.abs(decision) < 1e-9, 0.5, decision > 0)
    return [float(value) for value in right]


def _words(texts: Iterable[str]) -> Any:
    from sklearn.feature_extraction.text import HashingVectorizer

    reader = HashingVectorizer(token_pattern=_PIECE, ngram_range=(1, 2), n_features=2**17, alternate_sign=False)
    return reader.transform(texts)


def _characters(texts: Iterable[str]) -> Any:
    from sklearn.feature_extraction.text import HashingVectorizer

    reader = HashingVectorizer(analyzer="char_wb", ngram_range=(3, 5), n_features=2**17, alternate_sign=False)
    return reader.transform(texts)


def _shape(texts: Iterable[str]) -> Any:
    from sklearn.feature_extraction import FeatureHasher

    return FeatureHasher(n_features=2**15, alternate_sign=False).transform(_measures(text) for text in texts)


def _measures(text: str) -> dict[str, float]:
    """Lengths, counts scaled to about one, and the words that open and end the text."""
    words = re.findall(_PIECE, text.lower())
    return {
        "characters": len(text) / 100,
        "words": len(words) / 20,
        "word length": len(text) / max(1, len(words)) / 5,
        "commas": text.count(",") / 2,
        "digits": sum(char.isdigit() for char in text) / 5,
        "capitals": sum(char.isupper() for char in text) / 5,
        **{f"opens {size} {' '.join(words[:size])}": 1.0 for size in (1, 2)},
        **{f"ends {size} {' '.join(words[-size:])}": 1.0 for size in (2, 3)},
    }


MODELS: dict[str, Callable[[Iterable[str]], Any]] = {"words": _words, "characters": _characters, "shape": _shape}
