"""Tables on disk: columns and types are a contract with the readers of the dataset."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

SPLITS = ("train", "validation", "test")
TRIPLET_COLUMNS = ("query", "positive", "negative")


@cache
def labelled_schema() -> Any:
    """The default configuration: everything that is known of a triple. Labels are plain strings for every reader."""
    import pyarrow as pa

    text, whole, share = pa.string(), pa.int64(), pa.float64()
    edit = pa.struct([("start", whole), ("end", whole), ("before", text), ("after", text)])
    source = pa.struct([("document", text), ("start", whole), ("end", whole), ("licence", text)])
    columns = {
        **dict.fromkeys(["id", "pair_id", "direction", "query", "positive", "negative"], text),
        **dict.fromkeys(["phenomenon", "rule", "relation"], text),
        **dict.fromkeys(["query_keeper", "positive_keeper", "negative_keeper"], text),
        **dict.fromkeys(["query_style", "hardness", "language", "variety", "domain", "granularity"], text),
        "edits": pa.list_(edit),
        **dict.fromkeys(["answer", "near_miss_answer", "origin"], text),
        "source": source,
        "parser": text,
        "seed": whole,
        "version": text,
        "overlap_positive": share,
        "overlap_negative": share,
    }
    return pa.schema(list(columns.items()))


@cache
def shard_schema() -> Any:
    """What a shard writes: the labelled columns, and what collation needs to know of each row."""
    import pyarrow as pa

    # sentence: the source text, empty for frames; place: where it stands; block: its passage, or the place again;
    # kept, turned: what positive and negative say
    names = ("sentence", "place", "block", "kept", "turned")
    return pa.schema([*labelled_schema(), *((name, pa.string()) for name in names)])


@cache
def context_schema() -> Any:
    """Other texts of the documents that were read; `keys` are the digests of the sentences in them."""
    import pyarrow as pa

    return pa.schema(
        [
            ("document", pa.string()),
            ("language", pa.string()),
            ("text", pa.string()),
            ("keys", pa.list_(pa.string())),
        ]
    )


@cache
def reject_schema() -> Any:
    """The ledger: what was refused, where, by which rule and why."""
    import pyarrow as pa

    text, whole = pa.string(), pa.int64()
    return pa.schema(
        [
            ("document", text),
            ("start", whole),
            ("end", whole),
            ("variety", text),
            ("rule", text),
            ("reason", text),
            ("text", text),
        ]
    )


def write_table(rows: Any, schema: Any, path: Path) -> None:
    """Rows (a list of mappings, or a pyarrow table) as Parquet; equal rows give equal bytes."""
    import pyarrow as pa
    from pyarrow import parquet

    table = rows if isinstance(rows, pa.Table) else pa.Table.from_pylist(rows, schema=schema)
    parquet.write_table(table, path, compression="snappy")


def read_table(path: Path, columns: list[str] | None = None) -> Any:
    """A Parquet file as a pyarrow table."""
    from pyarrow import parquet

    return parquet.read_table(path, columns=columns)
