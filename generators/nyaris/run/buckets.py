"""Buckets: rows sorted on disk by a hash, so that no more than a bucket of them is ever in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROWS_AT_ONCE = 20_000
"""Rows in memory, roughly: the size of a bucket, and of what is collected before it is written."""


class Buckets:
    """Tables in, the same rows out in the order of `keys`, whose first is a column of hexadecimal digests.

    Digests are spread evenly, so cutting their range into equal parts gives buckets of about the same size. The order
    that comes out does not depend on the order that went in, nor on the number of buckets. Rows with one first key
    come out in one table.
    """

    def __init__(self, folder: Path, schema: Any, keys: list[tuple[str, str]], expected: int) -> None:
        """`keys` are (column, "ascending" | "descending"); `expected` is about how many rows will come."""
        self._folder, self._schema, self._keys = folder, schema, keys
        self._count = max(1, -(-expected // ROWS_AT_ONCE))
        self._waiting: defaultdict[str, list[Any]] = defaultdict(list)
        self._rows = 0
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, part: str, table: Any) -> None:
        """Take rows of one part (a split, say)."""
        if table.num_rows:
            self._waiting[part].append(table.select(self._schema.names).cast(self._schema))
            self._rows += table.num_rows
            if self._rows >= ROWS_AT_ONCE:
                self._flush()

    def parts(self) -> list[str]:
        """The parts that hold rows."""
        self._flush()
        return sorted(path.name for path in self._folder.iterdir())

    def sorted(self, part: str) -> Iterator[Any]:
        """The rows of a part, bucket by bucket."""
        import pyarrow as pa

        self._flush()
        for number in range(self._count):
            path = self._folder / part / f"{number}.arrow"
            if path.exists():
                yield pa.concat_tables(_read(path)).sort_by(self._keys)

    def _flush(self) -> None:
        import pyarrow as pa

        for part, tables in self._waiting.items():
            table = pa.concat_tables(tables)
            rows: defaultdict[int, list[int]] = defaultdict(list)
            for index, key in enumerate(table.column(self._keys[0][0]).to_pylist()):
                rows[int(key[:8], 16) * self._count >> 32].append(index)
            (self._folder / part).mkdir(exist_ok=True)
            for number, indexes in rows.items():
                with (
                    (self._folder / part / f"{number}.arrow").open("ab") as file,
                    pa.ipc.new_stream(file, self._schema) as writer,
                ):
                    writer.write_table(table.take(indexes))
        self._waiting.clear()
        self._rows = 0


def _read(path: Path) -> Iterator[Any]:
    """The streams that were appended to a file."""
    import pyarrow as pa

    with path.open("rb") as file:
        while file.peek(1):
            yield pa.ipc.open_stream(file).read_all()
