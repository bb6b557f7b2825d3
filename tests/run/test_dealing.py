"""Documents are dealt out one shard at a time, to one part each, and what is not read does not fill the memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nyaris.reading.documents import Document, Unread
from nyaris.run import dealing
from nyaris.run.dealing import Part, Tally, Task, deal


def test_no_more_is_read_than_a_shard_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dealing, "_SHARD_CHARACTERS", 100)
    read: list[int] = []

    def found() -> Iterator[Document]:
        for number in range(1000):
            read.append(number)
            yield Document(f"d{number}", "x" * 40)

    shards = deal(found(), Path("work"), Part())
    first = [next(shards) for _ in range(40)]
    sizes = [len(task.documents) for task in first if isinstance(task, Task)]
    assert sum(sizes) == len(read)
    assert sizes == sorted(sizes), "the first shards are small, so that every worker soon has something to do"
    assert (sizes[0], sizes[-1]) == (1, 3)


def test_every_document_belongs_to_one_part() -> None:
    documents = [Document(f"d{number}", "text") for number in range(200)]
    dealt = [
        document.id
        for number in range(1, 6)
        for task in deal(iter(documents), Path("work"), Part(number, 5))
        if isinstance(task, Task)
        for document in task.documents
    ]
    assert sorted(dealt) == sorted(document.id for document in documents)


def test_the_list_of_what_was_not_read_ends_in_a_count() -> None:
    unread = (Unread(f"r{number}", "why", "what") for number in range(2500))
    (tally,) = deal(unread, Path("work"), Part())
    assert isinstance(tally, Tally)
    assert len(tally.lines()) == 1001
    assert tally.lines()[-1] == "and 1,500 more that were not read"


def test_a_change_of_metadata_makes_another_shard() -> None:
    names = {
        task.path.name
        for licence in ("", "CC0-1.0")
        for task in deal(iter([Document("d", "text", licence=licence)]), Path("work"), Part())
        if isinstance(task, Task)
    }
    assert len(names) == 2
