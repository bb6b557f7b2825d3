"""Parquet files of configurations and splits, written a row group at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

GROUP_ROWS = 10_000
FILE_ROWS = 200_000


def row_groups(tables: Iterable[Any]) -> Iterator[Any]:
    """The rows of the tables in tables of `GROUP_ROWS` rows; the last one may be shorter."""
    import pyarrow as pa

    waiting: list[Any] = []
    count = 0
    for table in tables:
        waiting.append(table)
        count += table.num_rows
        while count >= GROUP_ROWS:
            together = pa.concat_tables(waiting)
            yield together.slice(0, GROUP_ROWS).combine_chunks()
            waiting, count = [together.slice(GROUP_ROWS)], count - GROUP_ROWS
    if count:
        yield pa.concat_tables(waiting).combine_chunks()


class Shelf:
    """Tables in by configuration and split, `<configuration>/<split>-00000-of-0000n.parquet` out.

    The files get their names when the block ends without an error. A split without rows gives no file.
    """

    def __init__(self, folder: Path, file_rows: int = FILE_ROWS) -> None:
        self._folder, self._file_rows = folder, file_rows
        self._parts: dict[tuple[str, str], _Parts] = {}

    def __enter__(self) -> Shelf:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        for part in self._parts.values():
            part.finish(keep=kind is None)

    def add(self, configuration: str, split: str, table: Any) -> None:
        """Take rows; row groups that are full are written."""
        if table.num_rows:
            new = _Parts(self._folder / configuration, split, self._file_rows)
            self._parts.setdefault((configuration, split), new).add(table)

    def rows(self, configuration: str) -> dict[str, int]:
        """How many rows the splits of a configuration have."""
        return {split: part.rows for (name, split), part in self._parts.items() if name == configuration}

    def configurations(self) -> list[str]:
        """The configurations that have rows."""
        return list(dict.fromkeys(name for name, _ in self._parts))


class _Parts:
    """One split of one configuration; files and row groups are cut by the number of rows alone."""

    def __init__(self, folder: Path, split: str, file_rows: int) -> None:
        self._folder, self._split, self._file_rows = folder, split, file_rows
        self._waiting: list[Any] = []
        self._waiting_rows = 0
        self._writer: Any = None
        self._files = 0
        self._in_file = 0
        self.rows = 0

    def add(self, table: Any) -> None:
        self.rows += table.num_rows
        self._waiting.append(table)
        self._waiting_rows += table.num_rows
        if self._waiting_rows >= GROUP_ROWS:
            groups = list(row_groups(self._waiting))
            full = [group for group in groups if group.num_rows == GROUP_ROWS]
            for group in full:
                self._write(group)
            self._waiting = groups[len(full) :]
            self._waiting_rows = sum(group.num_rows for group in self._waiting)

    def finish(self, keep: bool) -> None:
        if keep:
            for group in row_groups(self._waiting):
                self._write(group)
        if self._writer:
            self._writer.close()
        for number in range(self._files):
            if keep:
                self._path(number).rename(self._folder / f"{self._split}-{number:05}-of-{self._files:05}.parquet")
            else:
                self._path(number).unlink()

    def _write(self, group: Any) -> None:
        from pyarrow import parquet

        if self._writer is None or self._in_file + group.num_rows > self._file_rows:
            if self._writer:
                self._writer.close()
            self._folder.mkdir(parents=True, exist_ok=True)
            self._writer = parquet.ParquetWriter(self._path(self._files), group.schema, compression="snappy")
            self._files, self._in_file = self._files + 1, 0
        self._writer.write_table(group)
        self._in_file += group.num_rows

    def _path(self, number: int) -> Path:
        return self._folder / f"{self._split}.{number}.part"
