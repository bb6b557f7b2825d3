"""Training and paired layouts: what each row of the dataset becomes.

The names and columns of the first four are those of `mine_hard_negatives(output_format=...)` in sentence-transformers.
They hold training columns and nothing else: losses take columns by order, and one text column more trains silently as
one more negative.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from nyaris.auditing.texts import normal
from nyaris.dataset.read import Row
from nyaris.hashing import draw, shuffled

Record = dict[str, Any]
Layout = Callable[[Sequence[Row], int], Iterator[Record]]


def triplet(rows: Sequence[Row], negatives: int) -> Iterator[Record]:
    """query, positive, negative."""
    for row in rows:
        yield {"query": row.query, "positive": row.positive, "negative": row.negative}


def ntuple(rows: Sequence[Row], negatives: int) -> Iterator[Record]:
    """query, positive, negative_1 ... negative_n: other flips of the same sentence join; rows with fewer are left out.

    What says the opposite of one paraphrase of a sentence says it of all. Frames have no sentence in common, and of a
    question another flip need not be a miss: both keep their one negative, and only n = 1 takes them.
    """
    misses: defaultdict[tuple[Any, ...], list[str]] = defaultdict(list)
    for row in rows:
        misses[_family(row)].append(row.negative)
    for row in rows:
        known = {normal(row.query), normal(row.positive), normal(row.negative)}
        chosen = [row.negative]
        for text in shuffled(sorted(set(misses[_family(row)])), row.id, "ntuple"):
            if normal(text) not in known:
                known.add(normal(text))
                chosen.append(text)
        if len(chosen) >= negatives:
            named = {f"negative_{number}": text for number, text in enumerate(chosen[:negatives], 1)}
            yield {"query": row.query, "positive": row.positive, **named}


def labeled_pair(rows: Sequence[Row], negatives: int) -> Iterator[Record]:
    """sentence1, sentence2, label: 1 for the positive, 0 for the near miss."""
    for row in rows:
        yield {"sentence1": row.query, "sentence2": row.positive, "label": 1}
        yield {"sentence1": row.query, "sentence2": row.negative, "label": 0}


def labeled_list(rows: Sequence[Row], negatives: int) -> Iterator[Record]:
    """query, docs, labels: positive and near miss in an order that a hash draws."""
    for row in rows:
        docs = [(row.positive, 1), (row.negative, 0)]
        if draw(row.id, "order") < 0.5:
            docs.reverse()
        yield {"query": row.query, "docs": [text for text, _ in docs], "labels": [label for _, label in docs]}


def nevir(rows: Sequence[Row], negatives: int) -> Iterator[Record]:
    """id, q1, q2, doc1, doc2, as NevIR has them: each query is answered by its own document and missed by the other."""
    pairs: defaultdict[str, dict[str, Row]] = defaultdict(dict)
    for row in rows:
        pairs[row.pair][row.direction] = row
    for name, sides in sorted(pairs.items()):
        if sides.keys() >= {"source", "mirror"}:
            first, second = sides["source"], sides["mirror"]
            yield {
                "id": name,
                "q1": first.query,
                "q2": second.query,
                "doc1": first.positive,
                "doc2": second.positive,
                "phenomenon": first.phenomenon,
                "rule": first.rule,
                "language": first.language,
                "variety": first.variety,
            }


LAYOUTS: dict[str, Layout] = {
    "triplet": triplet,
    "ntuple": ntuple,
    "labeled-pair": labeled_pair,
    "labeled-list": labeled_list,
    "nevir": nevir,
}


def _family(row: Row) -> tuple[Any, ...]:
    """Rows whose negatives miss one another's queries."""
    if row.origin != "document" or row.query_style != "statement":
        return (row.id,)
    return (row.document, row.start, row.end, row.direction, row.language)
