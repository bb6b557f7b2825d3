"""Bad rows made from good ones, which show whether a reader reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nyaris.dataset.read import Row
from nyaris.hashing import choose, draw

Record = dict[str, str]
Planted = tuple[Row, str, Record]


def plant(rows: Sequence[Row], wanted: int, shown: Callable[[Row], Record], key: tuple[object, ...]) -> list[Planted]:
    """So many rows spoilt one way each, round the ways; fewer where a cell has too few rows that a way fits."""
    made: list[Planted] = []
    ways = list(WAYS)
    for row in rows:
        if len(made) == wanted:
            break
        kind = ways[len(made) % len(ways)]
        record = WAYS[kind](shown(row), row, (*key, row.id))
        if record is not None:
            made.append((row, kind, record))
    return made


def _exchanged(record: Record, row: Row, key: tuple[object, ...]) -> Record | None:
    """Positive and negative exchanged."""
    return record | {"positive": row.negative, "negative": row.positive}


def _paraphrase(record: Record, row: Row, key: tuple[object, ...]) -> Record | None:
    """The negative says what the positive says: the query's own words stand in for it."""
    if row.query_style != "statement" or row.query == row.positive:
        return None
    return record | {"negative": row.query}


def _word_order(record: Record, row: Row, key: tuple[object, ...]) -> Record | None:
    """Two neighbouring words of the negative change places."""
    words = row.negative.split(" ")
    places = [place for place in range(1, len(words) - 2) if words[place].isalpha() and words[place + 1].isalpha()]
    places = [place for place in places if words[place].islower() and words[place + 1].islower()]
    if not places:
        return None
    place = choose(places, *key, "order")
    words[place], words[place + 1] = words[place + 1], words[place]
    return record | {"negative": " ".join(words)}


def _repeated_word(record: Record, row: Row, key: tuple[object, ...]) -> Record | None:
    """A word of the negative stands twice."""
    words = row.negative.split(" ")
    place = 1 + int(draw(*key, "twice") * max(1, len(words) - 2))
    return record | {"negative": " ".join([*words[:place], words[place - 1].lower(), *words[place:]])}


def _other_query(record: Record, row: Row, key: tuple[object, ...]) -> Record | None:
    """The query asks for the negative: what should be missed is what is wanted."""
    if row.query_style != "statement":
        return None
    return record | {"query": row.negative, "negative": row.positive, "positive": row.query}


WAYS: dict[str, Callable[[Record, Row, tuple[object, ...]], Record | None]] = {
    "exchanged": _exchanged,
    "paraphrase": _paraphrase,
    "word order": _word_order,
    "repeated word": _repeated_word,
    "other query": _other_query,
}
