"""Broad retrieval: collections in the layout of BEIR, and what a system finds in them."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nyaris.errors import NyarisError, UsageError
from nyaris.evaluation.json_lines import json_lines
from nyaris.evaluation.records import RetrievalCell
from nyaris.evaluation.statistics import Estimate, Resampling, grouped_estimates, holm
from nyaris.evaluation.systems import System
from nyaris.hashing import digest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MEASURES = {
    "ndcg@10": "ndcg_cut_10",
    "recall@1": "recall_1",
    "recall@10": "recall_10",
    "recall@100": "recall_100",
    "mrr@10": "recip_rank",
}
"""Our names and those of trec_eval; the reciprocal rank is taken of the first ten alone."""
DEPTH = 100
_JUDGED = ("query-id", "corpus-id", "score")


@dataclass(frozen=True, slots=True)
class Collection:
    """A corpus and queries by id, judgements by query, and the topic of those queries that name one.

    Every query has a relevant text in the corpus. `texts_in_all` counts the texts that the corpus was drawn from.
    """

    name: str
    corpus: Mapping[str, str]
    queries: Mapping[str, str]
    qrels: Mapping[str, Mapping[str, int]]
    topics: Mapping[str, str] = field(default_factory=dict)
    texts_in_all: int = 0


@dataclass(frozen=True)
class Found:
    """What a system reached on a collection: by measure, one value per query, in the order of the queries."""

    system: str
    values: Mapping[str, Floats]


def read_collection(folder: Path, *, split: str = "test", most_texts: int | None = None, seed: int = 0) -> Collection:
    """Read `corpus.jsonl`, `queries.jsonl` and the judgements (`qrels/<split>.tsv`, or `qrels.tsv` beside them).

    `most_texts` draws a part of the corpus; every judged text stays, even if there are more. Queries without a relevant
    text are left out, as trec_eval does. Raises UsageError for a folder in another layout or without judged queries.
    """
    judgements = next(
        (path for path in (folder / "qrels" / f"{split}.tsv", folder / "qrels.tsv") if path.is_file()), None
    )
    needed = [folder / "corpus.jsonl", folder / "queries.jsonl"]
    missing = [str(path) for path in needed if not path.is_file()]
    if judgements is None:
        missing.append(f"{folder / 'qrels' / f'{split}.tsv'} (or {folder / 'qrels.tsv'})")
    if missing or judgements is None:
        raise UsageError(f"--retrieval {folder}: {', '.join(missing)} not there: the layout of BEIR is expected")
    return collection(
        folder.resolve().name, _records(needed[0]), _records(needed[1]), _qrels(judgements), most_texts, seed
    )


def collection(
    name: str,
    corpus: Iterator[Mapping[str, Any]],
    queries: Iterator[Mapping[str, Any]],
    qrels: Mapping[str, Mapping[str, int]],
    most_texts: int | None = None,
    seed: int = 0,
) -> Collection:
    """A collection from records with `_id`, `text`, and `title`, `topic` or `metadata.topic` where they have them."""
    texts = {str(each["_id"]): " ".join(filter(None, (each.get("title"), each["text"]))) for each in corpus}
    asked, topics = {}, {}
    for each in queries:
        number = str(each["_id"])
        if any(score > 0 and text in texts for text, score in qrels.get(number, {}).items()):
            asked[number] = str(each["text"])
            metadata = each.get("metadata")
            topic = each.get("topic") or (metadata.get("topic") if isinstance(metadata, dict) else None)
            if topic:
                topics[number] = str(topic)
    if not asked:
        raise UsageError(f"{name}: no query has a relevant text in the corpus: do the ids of the judgements match?")
    judged = {number: dict(qrels[number]) for number in asked}
    kept = _drawn(texts, {text for each in judged.values() for text in each}, most_texts, name, seed)
    return Collection(name, kept, asked, judged, topics, len(texts))


def search(system: System, collection: Collection) -> Found:
    """Let a system search a collection, and score what it finds with trec_eval."""
    import numpy as np
    import pytrec_eval

    names, texts = list(collection.corpus), list(collection.corpus.values())
    places, _ = system.rank(list(collection.queries.values()), texts, DEPTH)
    # trec_eval orders equal scores by name: the rank itself is the score
    run = {
        query: {names[place]: float(DEPTH - rank) for rank, place in enumerate(row) if place >= 0}
        for query, row in zip(collection.queries, places, strict=True)
    }
    qrels = {query: dict(judged) for query, judged in collection.qrels.items()}
    scored = pytrec_eval.RelevanceEvaluator(qrels, {"ndcg_cut.10", "recall.1,10,100"}).evaluate(run)
    first_ten = {query: dict(list(found.items())[:10]) for query, found in run.items()}
    ranks = pytrec_eval.RelevanceEvaluator(qrels, {"recip_rank"}).evaluate(first_ten)
    return Found(
        system.name,
        {
            ours: np.array([{**scored.get(query, {}), **ranks.get(query, {})}.get(theirs, 0.0) for query in run])
            for ours, theirs in MEASURES.items()
        },
    )


def measure_retrieval(
    system: System,
    collections: Sequence[Collection],
    *,
    baseline: System | None = None,
    resampling: Resampling | None = None,
) -> list[RetrievalCell]:
    """Each measure on each collection, on its topics, and as the mean over the collections.

    With a `baseline` the cells carry differences and p-values; its own cells are not among them.
    """
    asked = [system] if baseline is None else [baseline, system]
    found = [[search(each, one) for one in collections] for each in asked]
    cells = retrieval_cells(collections, found, None if baseline is None else 0, resampling or Resampling())
    return cells if baseline is None else cells[len(cells) // 2 :]


def retrieval_cells(
    collections: Sequence[Collection], found: Sequence[Sequence[Found]], baseline: int | None, resampling: Resampling
) -> list[RetrievalCell]:
    """The cells of several systems, those of one after those of another; `found` holds one list of all collections per
    system, `baseline` is the place of one in it."""
    if not collections:
        return []
    cells: list[list[RetrievalCell]] = [[] for _ in found]
    for measure in MEASURES:
        by_collection = [_columns([mine[place] for mine in found], measure) for place in range(len(collections))]
        families: list[list[tuple[str | None, str | None, list[Floats]]]] = [
            [(None, None, by_collection)],
            [(one.name, None, [values]) for one, values in zip(collections, by_collection, strict=True)],
            list(_by_topic(collections, by_collection)),
        ]
        for family in families:
            rows = [
                (name, topic, values, grouped_estimates(values, baseline, resampling, name, topic))
                for name, topic, values in family
            ]
            for place, mine in enumerate(cells):
                system = found[place][0].system
                made = [_cell(system, measure, name, topic, values, each[place]) for name, topic, values, each in rows]
                mine.extend(_corrected(made))
    return [cell for mine in cells for cell in mine]


def mean_of(cells: Sequence[RetrievalCell], measure: str = "ndcg@10") -> RetrievalCell:
    """The cell of a measure that is the mean over the collections, of the first system in the list."""
    return next(cell for cell in cells if cell.measure == measure and cell.collection is None)


def _columns(found: Sequence[Found], measure: str) -> Floats:
    import numpy as np

    return np.stack([each.values[measure] for each in found], axis=1)


def _by_topic(collections: Sequence[Collection], columns: Sequence[Floats]) -> Iterator[tuple[str, str, list[Floats]]]:
    for one, values in zip(collections, columns, strict=True):
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, query in enumerate(one.queries):
            if query in one.topics:
                places[one.topics[query]].append(place)
        for topic in sorted(places):
            yield one.name, topic, [values[places[topic]]]


def _cell(
    system: str, measure: str, name: str | None, topic: str | None, values: Sequence[Floats], found: Estimate
) -> RetrievalCell:
    return RetrievalCell(system, name, measure, topic, sum(len(each) for each in values), *astuple(found))


def _corrected(cells: list[RetrievalCell]) -> list[RetrievalCell]:
    corrected = iter(holm([cell.p for cell in cells if cell.p is not None]))
    return [cell if cell.p is None else replace(cell, p=next(corrected)) for cell in cells]


def _drawn(texts: dict[str, str], judged: set[str], most: int | None, name: str, seed: int) -> dict[str, str]:
    if most is None or len(texts) <= most:
        return texts
    others = sorted((each for each in texts if each not in judged), key=lambda each: digest(seed, name, each))
    kept = judged | set(others[: max(0, most - len(judged & texts.keys()))])
    return {number: text for number, text in texts.items() if number in kept}


def _records(path: Path) -> Iterator[dict[str, Any]]:
    for place, record in json_lines(path):
        if "_id" not in record or not isinstance(record.get("text"), str):
            raise NyarisError(f"{place}: an object with _id and text is expected")
        yield record


def _qrels(path: Path) -> dict[str, dict[str, int]]:
    """Tab-separated query-id, corpus-id, score, with or without these names in the first line."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            if not row or (number == 1 and row[0] == _JUDGED[0]):
                continue
            try:
                query, text, score = row
                found[query][text] = int(score)
            except ValueError as error:
                raise NyarisError(f"{path}:{number}: {', '.join(_JUDGED)}, parted by tabs, are expected") from error
    return found
