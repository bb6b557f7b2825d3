"""Rows come out of buckets sorted, whatever went in and however many buckets there are."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest

from nyaris.hashing import digest
from nyaris.run import buckets
from nyaris.run.buckets import Buckets

SCHEMA = pa.schema([("key", pa.string()), ("nested", pa.list_(pa.struct([("n", pa.int64())])))])


@pytest.mark.parametrize("expected", [1, 200, 5000])
@pytest.mark.parametrize("seed", [1, 2])
def test_sorted_whatever_the_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected: int, seed: int) -> None:
    monkeypatch.setattr(buckets, "ROWS_AT_ONCE", 50)
    rows = [{"key": digest(n // 2), "nested": [{"n": n // 2}]} for n in range(300)]
    shuffled = rows.copy()
    Random(seed).shuffle(shuffled)
    taken = Buckets(tmp_path, SCHEMA, [("key", "ascending")], expected)
    for start in range(0, 300, 7):
        taken.add("train" if start else "other", pa.Table.from_pylist(shuffled[start : start + 7], schema=SCHEMA))
    assert taken.parts() == ["other", "train"]
    found = [row for part in taken.parts() for table in taken.sorted(part) for row in table.to_pylist()]
    assert sorted(found, key=lambda row: str(row["key"])) == sorted(rows, key=lambda row: str(row["key"]))
    train = [row["key"] for table in taken.sorted("train") for row in table.to_pylist()]
    assert train == sorted(train)
    tables = list(taken.sorted("train"))
    assert all(a["key"][-1].as_py() < b["key"][0].as_py() for a, b in pairwise(tables))
