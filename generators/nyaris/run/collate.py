"""Shards into one set: sorted, without duplicates, split by document and by frame."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nyaris.hashing import draw
from nyaris.run.tables import SPLITS, TRIPLET_COLUMNS, labelled_schema, read_table, reject_schema

SHARES = (0.8, 0.1, 0.1)


@dataclass(frozen=True)
class Collated:
    """The labelled rows of every split, the ledger, and the sentences seen by variety."""

    splits: dict[str, Any]
    rejects: Any
    sentences: Counter[str]


def collate(shards: Sequence[Path], seed: int) -> Collated:
    """Merge shard folders. The result does not depend on their order, nor on who wrote them."""
    import json

    import pyarrow as pa

    tables = [read_table(shard / "rows.parquet") for shard in shards]
    ledgers = [read_table(shard / "rejects.parquet") for shard in shards]
    sentences: Counter[str] = Counter()
    for shard in shards:
        sentences.update(json.loads((shard / "sentences.json").read_text(encoding="utf-8")))
    rows = pa.concat_tables(tables).to_pandas() if tables else pa.Table.from_pylist([]).to_pandas()
    kept, repeated = _without_duplicates(rows)
    kept = kept.assign(split=[split_of(source["document"], seed) for source in kept["source"]])
    splits = {
        name: pa.Table.from_pandas(
            kept[kept["split"] == name].sort_values("id"), schema=labelled_schema(), preserve_index=False
        ).replace_schema_metadata()
        for name in SPLITS
    }
    ledger = pa.concat_tables([*ledgers, repeated]).sort_by(
        [(name, "ascending") for name in ("document", "start", "rule", "reason", "text")]
    )
    return Collated(splits, ledger, sentences)


def split_of(document: str, seed: int) -> str:
    """The split of a document or frame: a hash of its name, so that it stays when others come or go."""
    place = draw(seed, "split", document)
    for name, share in zip(SPLITS, SHARES, strict=True):
        if place < share:
            return name
        place -= share
    return SPLITS[0]


def _without_duplicates(rows: Any) -> tuple[Any, Any]:
    """A source sentence counts in the first document that has it, a triple once; pairs are dropped whole."""
    import pyarrow as pa

    ordered = rows.assign(document=[source["document"] for source in rows["source"]])
    ordered = ordered.sort_values(["document", "id"], ignore_index=True)
    first = ordered.groupby("sentence_key")["document"].transform("first")
    elsewhere = ordered["document"] != first
    again = ordered.duplicated(list(TRIPLET_COLUMNS))
    bad_pairs = set(ordered.loc[elsewhere | again, "pair_id"])
    dropped = ordered["pair_id"].isin(bad_pairs)
    ledger = [
        {
            "document": row.source["document"],
            "start": row.source["start"],
            "end": row.source["end"],
            "variety": row.variety,
            "rule": row.rule,
            "reason": "duplicate",
            "text": row.negative,
        }
        for row in ordered[dropped].itertuples()
    ]
    return ordered[~dropped], pa.Table.from_pylist(ledger, schema=reject_schema())
