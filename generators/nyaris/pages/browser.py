"""Rows for the table that a reader can filter, sort and page through; the script of the page builds it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from nyaris.pages.marks import Change, Runs, contrast, visible
from nyaris.pages.shell import data_block

TRIPLE_TEXTS = ("Query", "Right text", "Near miss")

_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_LONGEST = 4000
"""Characters of a text that a row shows."""


@dataclass(frozen=True)
class Entry:
    """A row: texts, labels in the order of the table's facets, figures in that of its numbers."""

    lang: str
    texts: Sequence[Runs]
    labels: Sequence[str]
    figures: Sequence[float] = ()
    note: str = ""


@dataclass(frozen=True)
class Browser:
    """The table. A column lists keys: `t` for the texts, `f0` for the first facet, `n0` for the first number."""

    texts: tuple[str, ...]
    facets: tuple[str, ...]
    numbers: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    order: str
    """The key that the table is sorted by at first; empty for the order of the rows."""
    values: tuple[tuple[str, ...], ...]
    rows: tuple[Any, ...]
    total: int
    """Entries that there were, some of which may have found no room."""

    def heading(self, key: str) -> str:
        """What a column's key is called."""
        return "Texts" if key == "t" else (self.facets if key[0] == "f" else self.numbers)[int(key[1:])]

    def data(self) -> dict[str, Any]:
        """What the script reads."""
        names = ("texts", "facets", "numbers", "columns", "order", "values", "rows")
        return {name: getattr(self, name) for name in names}


def triple_texts(query: str, positive: str, negative: str, changes: Sequence[Change]) -> tuple[Runs, Runs, Runs]:
    """The texts of a triple, with what parts positive and negative marked in both."""
    return [query], *contrast(positive, negative, changes)


def browser(
    groups: Sequence[Iterable[Entry]],
    columns: Sequence[Sequence[str]],
    room: int,
    total: int,
    *,
    texts: Sequence[str] = TRIPLE_TEXTS,
    facets: Sequence[str] = (),
    numbers: Sequence[str] = (),
    order: str = "",
) -> Browser:
    """As many of the `total` entries as fit into `room` bytes, dealt from the groups by turns, so that each has its
    share. Entries that find no room are not made."""
    dealt = (entry for turn in zip_longest(*groups) for entry in turn if entry is not None)
    labels, rows, used = [], [], 0
    for entry in dealt:
        shown = _shown(entry)
        used += len(data_block(shown).encode()) + 8 * len(entry.labels)
        if used > room:
            break
        labels.append([visible(label) for label in entry.labels])
        rows.append(shown)
    values = tuple(tuple(sorted({each[number] for each in labels})) for number in range(len(facets)))
    places = [{value: place for place, value in enumerate(each)} for each in values]
    for row, mine in zip(rows, labels, strict=True):
        row.append([place[label] for place, label in zip(places, mine, strict=True)])
    return Browser(
        tuple(texts),
        tuple(facets),
        tuple(numbers),
        tuple(map(tuple, columns)),
        order,
        values,
        tuple(rows),
        total,
    )


def _shown(entry: Entry) -> list[Any]:
    """Language, texts, figures and note; the places of the labels come last."""
    lang = entry.lang if _TAG.fullmatch(entry.lang) else ""
    figures = [round(figure, 4) for figure in entry.figures]
    return [lang, [_cut(text) for text in entry.texts], figures, visible(entry.note[:_LONGEST])]


def _cut(pieces: Runs) -> list[str]:
    """Pieces with what hides in them made visible, and an end where they are too long for a page."""
    shown, left = [], _LONGEST
    for piece in pieces:
        if left <= 0:
            break
        shown.append(visible(piece if len(piece) <= left else f"{piece[:left]} […]"))
        left -= len(piece)
    return shown
