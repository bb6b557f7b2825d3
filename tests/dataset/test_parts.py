"""Files and row groups are cut by number of rows, however the rows come in."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from nyaris.dataset import parts
from nyaris.dataset.parts import Shelf

SCHEMA = pa.schema([("n", pa.int64())])


@pytest.mark.parametrize("step", [1, 7, 95])
def test_a_split_may_take_several_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    monkeypatch.setattr(parts, "GROUP_ROWS", 10)
    rows = [{"n": n} for n in range(95)]
    with Shelf(tmp_path, file_rows=40) as shelf:
        for start in range(0, 95, step):
            shelf.add("labelled", "train", pa.Table.from_pylist(rows[start : start + step], schema=SCHEMA))
        assert shelf.rows("labelled") == {"train": 95}
    files = sorted((tmp_path / "labelled").iterdir())
    assert [file.name for file in files] == [f"train-0000{n}-of-00003.parquet" for n in range(3)]
    assert [parquet.read_metadata(file).num_rows for file in files] == [40, 40, 15]
    assert [parquet.read_metadata(file).num_row_groups for file in files] == [4, 4, 2]
    assert [row for file in files for row in parquet.read_table(file).to_pylist()] == rows


def test_an_error_leaves_no_files(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), Shelf(tmp_path) as shelf:
        shelf.add("labelled", "train", pa.Table.from_pylist([{"n": n} for n in range(20_000)], schema=SCHEMA))
        1 / 0  # noqa: B018
    assert not list(tmp_path.rglob("*.parquet"))
    assert not list(tmp_path.rglob("*.part"))
