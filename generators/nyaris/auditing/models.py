"""What models that the user names think of the rows: entailment models of the labels, encoders of the margins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from nyaris.dataset.read import Row
from nyaris.errors import NyarisError
from nyaris.hashing import digest


@dataclass(frozen=True)
class NliCell:
    """Statements of one phenomenon and language: how often the query entails the positive, contradicts the negative."""

    model: str
    phenomenon: str
    language: str
    rows: int
    entailed: float
    contradicted: float
    negative_entailed: float
    """The share that deserves a reader: the model takes the negative to follow from the query."""


@dataclass(frozen=True)
class DenseCell:
    """Rows of one phenomenon, language and hardness under one encoder: cosine to the positive minus to the negative."""

    model: str
    phenomenon: str
    language: str
    hardness: str
    rows: int
    accuracy: float
    """Share of rows whose positive is nearer than their negative."""
    margin: float
    """The mean margin."""


def nli_agreement(rows: Sequence[Row], name: str, most: int) -> list[NliCell]:
    """Ask an entailment cross-encoder (premise: the query). Raises NyarisError for a model without such labels."""
    model = _load("CrossEncoder", name)
    labels = {index: str(label).lower() for index, label in (model.config.id2label or {}).items()}
    entailment = next((index for index, label in labels.items() if "entail" in label and "not" not in label), None)
    contradiction = next((index for index, label in labels.items() if "contra" in label), None)
    if entailment is None or contradiction is None:
        raise NyarisError(
            f"--nli {name}: its labels are {', '.join(labels.values())}: entailment and contradiction needed"
        )
    chosen = _sampled([row for row in rows if row.query_style == "statement"], most)
    pairs = [(row.query, text) for row in chosen for text in (row.positive, row.negative)]
    verdicts = [int(verdict) for verdict in model.predict(pairs, show_progress_bar=False).argmax(axis=1)]
    cells: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for row, positive, negative in zip(chosen, verdicts[::2], verdicts[1::2], strict=True):
        cells[row.phenomenon, row.language].append((positive, negative))
    return [
        NliCell(
            name,
            phenomenon,
            language,
            len(seen),
            _share(positive == entailment for positive, _ in seen),
            _share(negative == contradiction for _, negative in seen),
            _share(negative == entailment for _, negative in seen),
        )
        for (phenomenon, language), seen in sorted(cells.items())
    ]


def dense_margins(rows: Sequence[Row], name: str, most: int) -> list[DenseCell]:
    """Embed a sample of the rows with a sentence encoder and measure the margins."""
    model = _load("SentenceTransformer", name)
    chosen = _sampled(rows, most)
    texts = sorted({text for row in chosen for text in row.texts})
    vectors = model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    place = {text: number for number, text in enumerate(texts)}
    cells: defaultdict[tuple[str, str, str], list[float]] = defaultdict(list)
    for row in chosen:
        query, positive, negative = (vectors[place[text]] for text in row.texts)
        cells[row.phenomenon, row.language, row.hardness].append(float(query @ positive - query @ negative))
    return [
        DenseCell(name, *key, len(margins), _share(margin > 0 for margin in margins), sum(margins) / len(margins))
        for key, margins in sorted(cells.items())
    ]


def _sampled(rows: Sequence[Row], most: int) -> list[Row]:
    return sorted(rows, key=lambda row: digest("models", row.pair, row.direction))[:most]


def _share(hits: Iterable[bool]) -> float:
    verdicts = list(hits)
    return round(sum(verdicts) / max(1, len(verdicts)), 4)


def _load(kind: str, name: str) -> Any:
    try:
        import sentence_transformers
    except ImportError as error:
        raise NyarisError("--nli and --dense need sentence-transformers: pip install 'nyaris[embeddings]'") from error
    try:
        return getattr(sentence_transformers, kind)(name)
    except (OSError, ValueError) as error:
        raise NyarisError(f"the model {name} cannot be loaded: {str(error).splitlines()[0]}") from error
