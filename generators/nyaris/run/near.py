"""Near-duplicates: sentences of different documents that have most of their wording in common."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from sqlite3 import Connection
from struct import Struct
from typing import NamedTuple

_BANDS, _WIDTH = 20, 5
"""Signatures of 100 values in 20 bands of 5: 999 of 1,000 pairs with a similarity of 0.8 share a band."""
_BAND = Struct(f"<B{_WIDTH}I")
_SEED = 1
_COMPARED = 50
"""A sentence is compared with at most so many of those that share a band with it: formulas come by the thousand."""
_WORD = re.compile(r"\w+")


class _Member(NamedTuple):
    band: bytes
    place: str
    document: str
    text: str


def shingles(text: str) -> set[str]:
    """The pairs of neighbouring words of a text, in lower case."""
    words = _WORD.findall(text.lower())
    return {f"{first} {second}" for first, second in pairwise(words)} or set(words)


def similarity(first: str, second: str) -> float:
    """Jaccard similarity of the shingles."""
    left, right = shingles(first), shingles(second)
    return len(left & right) / len(left | right) if left | right else 1.0


def near_duplicates(connection: Connection, threshold: float) -> Iterator[str]:
    """The places of sentences that resemble a better placed one of another document.

    Reads the table `sentences` (place, document, text, rank, home, start; a reason where one is left out already) and
    keeps signatures in a table of its own, on disk. Whether a sentence goes depends on the sentences that it resembles
    and on nothing else, so more documents never bring one back.
    """
    connection.execute("CREATE TABLE bands (band BLOB, place TEXT)")
    cursor = connection.execute("SELECT place, text FROM sentences WHERE reason IS NULL")
    connection.executemany("INSERT INTO bands VALUES (?, ?)", _banded(cursor))
    connection.execute("CREATE INDEX by_band ON bands (band)")
    members = connection.execute(
        "SELECT band, place, document, text FROM bands JOIN sentences USING (place)"
        " WHERE band IN (SELECT band FROM bands GROUP BY band HAVING count(*) > 1)"
        " ORDER BY band, rank DESC, home, start"
    )
    for _, group in groupby(map(_Member._make, members), key=lambda member: member.band):
        better: list[_Member] = []
        for member in group:
            others = (other for other in better if other.document != member.document)
            if any(similarity(other.text, member.text) >= threshold for other in others):
                yield member.place
            if len(better) < _COMPARED:
                better.append(member)


def _banded(sentences: Iterable[tuple[str, str]]) -> Iterator[tuple[bytes, str]]:
    from rensa import RMinHash

    for place, text in sentences:
        signature = RMinHash(num_perm=_BANDS * _WIDTH, seed=_SEED)
        signature.update(sorted(shingles(text)))
        values = signature.digest()
        for band in range(_BANDS):
            yield _BAND.pack(band, *values[band * _WIDTH : (band + 1) * _WIDTH]), place
