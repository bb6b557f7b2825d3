"""Documents dealt out to shards: a shard is as many as fit, and named by what is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass, field
from pathlib import Path

from nyaris.errors import UsageError
from nyaris.hashing import digest
from nyaris.reading.documents import Document, Unread

_SHARD_CHARACTERS = 100_000
_SMALLEST, _SHARE = 0.1, 0.05
"""The first shards are a tenth of that, and no shard is more than a twentieth of what was dealt before it: in a short
job too every worker has something to do, and none waits long for the last shard of another."""
_MOST_UNREAD = 1000


@dataclass(frozen=True)
class Task:
    """Documents to process, and where the shard belongs."""

    documents: tuple[Document, ...]
    path: Path


@dataclass(frozen=True)
class Part:
    """The `number`th of `of` parts of a job that several machines share; documents go by the hash of their names."""

    number: int = 1
    of: int = 1

    def has(self, document: str) -> bool:
        """Whether the document is dealt to this part."""
        return self.of == 1 or int(digest("part", document), 16) % self.of == self.number - 1


def parse_part(text: str) -> Part:
    """`2/8` as the second of eight parts. Raises UsageError."""
    match = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text)
    part = Part(int(match.group(1)), int(match.group(2))) if match else Part(0, 0)
    if not 1 <= part.number <= part.of:
        raise UsageError(f"--shard {text}: NUMBER/OF is expected, from 1/1 up, such as 2/8 for the second of eight")
    return part


@dataclass
class Tally:
    """What was found while documents were dealt out."""

    documents: int = 0
    unread: list[Unread] = field(default_factory=list)
    more_unread: int = 0
    """Those that the list does not name: it does not grow without end."""

    def note(self, unread: Unread) -> None:
        """Keep the first thousand, count the rest."""
        if len(self.unread) < _MOST_UNREAD:
            self.unread.append(unread)
        else:
            self.more_unread += 1

    def lines(self) -> list[str]:
        """The list as it is printed and kept."""
        more = [f"and {self.more_unread:,} more that were not read"] if self.more_unread else []
        return [*map(str, self.unread), *more]


def deal(
    found: Iterator[Document | Unread], work: Path, part: Part, limit: int | None = None
) -> Iterator[Task | Tally]:
    """Shards of a part, and the tally last. Nothing but the documents of one shard is held."""
    tally = Tally()
    batch: list[Document] = []
    names: set[str] = set()
    characters = dealt = 0
    for each in found:
        if isinstance(each, Unread):
            tally.note(each)
            continue
        if limit is not None and tally.documents >= limit:
            break
        if not part.has(each.id):
            continue
        tally.documents += 1
        if each.id in names:  # what bears the same name is told apart by its shard
            yield _task(batch, work)
            batch, names, characters = [], set(), 0
        batch.append(each)
        names.add(each.id)
        characters += len(each.text)
        dealt += len(each.text)
        if characters >= _room(dealt - characters):
            yield _task(batch, work)
            batch, names, characters = [], set(), 0
    if batch:
        yield _task(batch, work)
    yield tally


def _room(dealt: int) -> float:
    """How many characters a shard holds after so many."""
    return min(_SHARD_CHARACTERS, max(_SMALLEST * _SHARD_CHARACTERS, _SHARE * dealt))


def _task(batch: list[Document], work: Path) -> Task:
    name = digest(*(part for document in batch for part in astuple(document)))
    return Task(tuple(batch), work / name)
