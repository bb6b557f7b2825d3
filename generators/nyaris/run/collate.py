"""Shards into one set: without duplicates, balanced, split by document and by frame, in an order of their own.

Nothing but an index of light records, a bucket of rows and a shard is looked at at a time; the rest is on disk.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from nyaris.hashing import digest
from nyaris.pairs.contrast import Reject
from nyaris.run.buckets import Buckets
from nyaris.run.collation import Collation
from nyaris.run.folders import CONTEXTS, REJECTS, ROWS, SOURCES
from nyaris.run.index import Index
from nyaris.run.rows import reject_row
from nyaris.run.tables import read_table, reject_schema, shard_schema

_BY_PLACE = [("block", "ascending"), ("place", "ascending"), ("pair_id", "ascending"), ("direction", "descending")]
_LEDGER = "ledger"
_INDEXED = [
    *("pair_id", "direction", "query", "positive", "negative", "phenomenon", "rule", "language", "variety"),
    *("domain", "hardness", "query_style", "source", "sentence", "place"),
]


@dataclass(frozen=True)
class Collated:
    """What became of the shards, to be read while `collate` is open.

    Tables of rows come in the order of blocks, places, pairs, with `source` before `mirror`, and all rows of a block
    in one table.
    """

    sentences: Counter[str]
    documents: int
    texts: int
    """About how many texts there are for a corpus."""
    folder: Path
    """Room for temporary files."""
    _shards: Sequence[Path]
    _index: Index
    _rows: Buckets
    _ledger: Buckets

    def rows(self, split: str) -> Iterator[Any]:
        """The rows of a split with the columns of `shard_schema`."""
        return self._rows.sorted(split)

    def ledger(self) -> Iterator[Any]:
        """Every refusal, in the order of a hash of the document, then of place, rule, reason and text."""
        for table in self._ledger.sorted(_LEDGER):
            yield table.select(reject_schema().names)

    def contexts(self) -> Iterator[tuple[str, Any]]:
        """(split, table) of the other texts of the documents: those that hold no sentence that gave a pair."""
        import pyarrow as pa

        for shard in self._shards:
            table = read_table(shard / CONTEXTS)
            mine = self._index.counts_from(shard.name)
            keys = table.column("keys").to_pylist()
            used = self._index.used([key for each in keys for key in each])
            splits = self._index.splits(sorted(mine))
            documents = table.column("document").to_pylist()
            places: dict[str, list[int]] = {}
            for number, (document, own) in enumerate(zip(documents, keys, strict=True)):
                if document in mine and not used.intersection(own):
                    places.setdefault(splits[document], []).append(number)
            for split, numbers in sorted(places.items()):
                yield split, table.take(pa.array(numbers))


@contextmanager
def collate(shards: Sequence[Path], seed: int, collation: Collation, work: Path) -> Iterator[Collated]:
    """Merge shard folders; needs room in `work` for their rows. What it gives depends on neither order nor number.

    A shard that is there twice counts once, and so does a document.
    """
    import pyarrow as pa

    unique = [folder for _, folder in sorted({shard.name: shard for shard in shards}.items())]
    with TemporaryDirectory(dir=work, prefix="collate-") as place:
        index = Index(Path(place) / "index.sqlite", seed, collation)
        try:
            total = {name: sum(_length(shard / name) for shard in unique) for name in (ROWS, REJECTS, CONTEXTS)}
            _fill(index, unique)
            index.decide()
            rows = Buckets(Path(place) / "rows", shard_schema(), _BY_PLACE, total[ROWS])
            schema = reject_schema().append(pa.field("order", pa.string()))
            keys = [(name, "ascending") for name in ("order", *reject_schema().names)]
            ledger = Buckets(Path(place) / "ledger", schema, keys, total[ROWS] + total[REJECTS])
            for shard in unique:
                _distribute(shard, index, rows, ledger)
            texts = 2 * total[ROWS] + total[CONTEXTS]
            yield Collated(*index.read(), texts, Path(place), unique, index, rows, ledger)
        finally:
            index.close()


def _length(path: Path) -> int:
    from pyarrow import parquet

    return int(parquet.read_metadata(path).num_rows)


def _fill(index: Index, shards: Sequence[Path]) -> None:
    for shard in shards:
        index.documents(shard.name, json.loads((shard / SOURCES).read_text(encoding="utf-8")))
    for shard in shards:
        mine = index.counts_from(shard.name)
        rows = read_table(shard / ROWS, _INDEXED).to_pylist()
        index.pairs([row for row in rows if row["source"]["document"] in mine])


def _distribute(shard: Path, index: Index, rows: Buckets, ledger: Buckets) -> None:
    """Rows to their splits, and to the ledger what is left out."""
    import pyarrow as pa

    table = read_table(shard / ROWS)
    mine = index.counts_from(shard.name)
    records = table.select(["pair_id", "source", "variety", "rule", "negative"]).to_pylist()
    fates = index.fates([row["pair_id"] for row in records])
    kept: dict[str, list[int]] = {}
    refused = [row for row in read_table(shard / REJECTS).to_pylist() if row["document"] in mine]
    for number, row in enumerate(records):
        if row["source"]["document"] not in mine:
            continue
        fate = fates[row["pair_id"]]
        if fate.reason is None:
            kept.setdefault(fate.split, []).append(number)
        else:
            source = row["source"]
            reject = Reject(row["rule"], fate.reason, row["negative"])
            refused.append(reject_row(source["document"], source["start"], source["end"], row["variety"], reject))
    refused.extend(
        reject_row(source["id"], 0, 0, "", Reject("document", "same-name", ""))
        for source in json.loads((shard / SOURCES).read_text(encoding="utf-8"))
        if source["id"] not in mine and index.is_other_text(source)
    )
    for split, numbers in kept.items():
        rows.add(split, table.take(pa.array(numbers)))
    lines = [row | {"order": digest(row["document"])} for row in refused]
    ledger.add(_LEDGER, pa.Table.from_pylist(lines, schema=reject_schema().append(pa.field("order", pa.string()))))
