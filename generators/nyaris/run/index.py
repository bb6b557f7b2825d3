"""The index: one light record per pair, sentence and document, on disk, by which it is decided what is left out.

Every decision is about whole pairs, and none depends on the order in which shards are read.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from nyaris.hashing import digest, draw
from nyaris.run.balance import Weighed, surplus
from nyaris.run.collation import Collation, Quota
from nyaris.run.near import near_duplicates
from nyaris.run.rows import sentence_key
from nyaris.run.tables import SPLITS

_TABLES = """
CREATE TABLE documents (
    document TEXT PRIMARY KEY, hash TEXT, shard TEXT, split TEXT, rank INT, home TEXT, sentences TEXT
);
CREATE TABLE sentences (
    place TEXT PRIMARY KEY, document TEXT, start INT, key TEXT, text TEXT, rank INT, home TEXT, reason TEXT
);
CREATE TABLE pairs (
    pair TEXT PRIMARY KEY, place TEXT, twin TEXT, lot TEXT, rank INT, lean INT, hardness TEXT, reason TEXT,
    split TEXT, phenomenon TEXT, language TEXT, variety TEXT, rule TEXT, document TEXT, domain TEXT, query_style TEXT
);
CREATE TABLE texts (text TEXT, pair TEXT, rank INT);
CREATE INDEX documents_by_shard ON documents (shard);
CREATE INDEX sentences_by_key ON sentences (key);
"""
_LOOKED_UP = 500
"""Names in one question to the database."""


class Fate(NamedTuple):
    """Where a pair goes, or why it is left out."""

    split: str
    reason: str | None


class Index:
    """Filled with `documents` of all shards first, then `pairs` of each; then `decide`, then ask for fates."""

    def __init__(self, path: Path, seed: int, collation: Collation) -> None:
        self._connection = sqlite3.connect(path)
        self._connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
        self._seed, self._collation = seed, collation

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def documents(self, shard: str, sources: Iterable[dict[str, Any]]) -> None:
        """Note the documents of a shard. Of two texts with one name the one with the smaller hash counts."""
        for source in sources:
            split = split_of(source, self._seed, self._collation)
            self._connection.execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (document) DO UPDATE"
                " SET hash = excluded.hash, shard = excluded.shard, split = excluded.split, rank = excluded.rank,"
                " sentences = excluded.sentences WHERE (excluded.hash, excluded.shard) < (hash, shard)",
                (
                    source["id"],
                    source["text"],
                    shard,
                    split,
                    SPLITS.index(split),
                    digest("home", source["id"]),
                    json.dumps(source["sentences"]),
                ),
            )

    def counts_from(self, shard: str) -> set[str]:
        """The documents of a shard that are taken from it."""
        found = self._connection.execute("SELECT document FROM documents WHERE shard = ?", (shard,))
        return {document for (document,) in found}

    def is_other_text(self, source: dict[str, Any]) -> bool:
        """Whether another text counts under the name of this one."""
        question = "SELECT hash FROM documents WHERE document = ?"
        return bool(self._connection.execute(question, (source["id"],)).fetchone()[0] != source["text"])

    def read(self) -> tuple[Counter[str], int]:
        """The sentences that were read by variety, and the number of documents; frames are none."""
        total: Counter[str] = Counter()
        documents = 0
        for (text,) in self._connection.execute("SELECT sentences FROM documents"):
            sentences = json.loads(text)
            if sentences is not None:
                total.update(sentences)
                documents += 1
        return total, documents

    def pairs(self, rows: Sequence[dict[str, Any]]) -> None:
        """Note the pairs of a shard."""
        by_pair: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            by_pair.setdefault(row["pair_id"], []).append(row)
        question = "SELECT document, split, rank, home FROM documents WHERE document IN"
        known = {name: place for name, *place in self._look_up(question, [row["source"]["document"] for row in rows])}
        sentences: dict[str, tuple[Any, ...]] = {}
        pairs: list[tuple[Any, ...]] = []
        texts: list[tuple[str, str, int]] = []
        for pair, found in by_pair.items():
            directions = sorted(found, key=lambda row: str(row["direction"]), reverse=True)
            row = directions[0]
            document, start = row["source"]["document"], row["source"]["start"]
            split, rank, home = known[document]
            if row["sentence"] and row["place"] not in sentences:
                key = sentence_key(row["sentence"])
                sentences[row["place"]] = (row["place"], document, start, key, row["sentence"], rank, home)
            pairs.append(self._pair(pair, directions, split, rank))
            unique = {each[name] for each in directions for name in ("query", "positive", "negative")}
            texts.extend((digest(text), pair, rank) for text in unique)
        write = self._connection.executemany
        write("INSERT OR IGNORE INTO sentences VALUES (?, ?, ?, ?, ?, ?, ?, NULL)", sentences.values())
        write(f"INSERT INTO pairs VALUES ({', '.join('?' * 16)})", pairs)
        write("INSERT INTO texts VALUES (?, ?, ?)", texts)

    def _pair(self, pair: str, directions: list[dict[str, Any]], split: str, rank: int) -> tuple[Any, ...]:
        row = directions[0]
        texts = [(each["query"], each["positive"], each["negative"]) for each in directions]
        hardness = {each["hardness"] for each in directions}
        return (
            pair,
            row["place"],
            digest(*sorted(texts)),
            digest(self._seed, "lot", pair),
            rank,
            sum(1 if each["hardness"] == "hard" else -1 for each in directions),
            hardness.pop() if len(hardness) == 1 else "mixed",
            None if _is_exchange(directions) else "no-exchange",
            split,
            *(row[name] for name in ("phenomenon", "language", "variety", "rule")),
            row["source"]["document"],
            row["domain"],
            row["query_style"],
        )

    def decide(self) -> None:
        """Give every pair that is left out its reason; the first one counts."""
        self._drop_sentences("duplicate", self._all_but_first("sentences", "place", "key", "rank DESC, home, start"))
        if self._collation.similarity < 1:
            self._drop_sentences("near-duplicate", near_duplicates(self._connection, self._collation.similarity))
        self._connection.execute(
            "UPDATE pairs SET reason = (SELECT reason FROM sentences WHERE sentences.place = pairs.place)"
            " WHERE reason IS NULL"
        )
        self._drop_pairs("duplicate", self._all_but_first("pairs", "pair", "twin", "rank DESC, lot"))
        self._drop_pairs("text-in-other-split", self._with_texts_held_out())
        if self._collation.hardness != "both":
            self._drop_pairs("hardness", self._of_other_hardness())
        for quota in self._collation.quotas:
            self._drop_pairs("quota", self._beyond(quota))
        if self._collation.refine:
            self._drop_pairs("balance", surplus(self._weighed()))

    def _all_but_first(self, table: str, name: str, group: str, order: str) -> Iterator[str]:
        """All but the first of every group."""
        numbered = f"SELECT {name}, row_number() OVER (PARTITION BY {group} ORDER BY {order}) AS n FROM {table}"
        found = self._connection.execute(f"SELECT {name} FROM ({numbered} WHERE reason IS NULL) WHERE n > 1")
        for (each,) in found:
            yield each

    def _with_texts_held_out(self) -> Iterator[str]:
        """Pairs with a text that a pair of a split with precedence has too (like sentences give the same question)."""
        kept = "SELECT texts.text, texts.pair, texts.rank FROM texts JOIN pairs USING (pair) WHERE reason IS NULL"
        highest = f"SELECT text, max(rank) AS top FROM ({kept}) GROUP BY text"
        found = self._connection.execute(
            f"SELECT DISTINCT pair FROM ({kept}) JOIN ({highest}) USING (text) WHERE rank < top"
        )
        for (each,) in found:
            yield each

    def _beyond(self, quota: Quota) -> Iterator[str]:
        """All but so many of every cell, drawn by lot."""
        cell = ", ".join(quota.columns)
        numbered = f"SELECT pair, row_number() OVER (PARTITION BY {cell} ORDER BY lot) AS n FROM pairs"
        found = self._connection.execute(
            f"SELECT pair FROM ({numbered} WHERE reason IS NULL) WHERE n > ?", (quota.pairs,)
        )
        for (pair,) in found:
            yield pair

    def _of_other_hardness(self) -> Iterator[str]:
        """The pairs whose directions are not both of the hardness that is asked for."""
        other = "SELECT pair FROM pairs WHERE hardness != ?"
        for (pair,) in self._connection.execute(other, (self._collation.hardness,)):
            yield pair

    def _weighed(self) -> Iterator[Weighed]:
        found = self._connection.execute(
            "SELECT split, rule, language, lean, pair FROM pairs WHERE reason IS NULL"
            " ORDER BY split, rule, language, lot"
        )
        for split, rule, language, lean, pair in found:
            yield Weighed((split, rule, language), lean, pair)

    def _drop_sentences(self, reason: str, places: Iterable[str]) -> None:
        self._drop("sentences", "place", reason, places)

    def _drop_pairs(self, reason: str, pairs: Iterable[str]) -> None:
        self._drop("pairs", "pair", reason, pairs)

    def _drop(self, table: str, name: str, reason: str, which: Iterable[str]) -> None:
        """The names are written down before any is marked, so that what is found does not hang on what is marked."""
        self._connection.executescript("DROP TABLE IF EXISTS chosen; CREATE TABLE chosen (name TEXT)")
        self._connection.executemany("INSERT INTO chosen VALUES (?)", ((each,) for each in which))
        self._connection.execute(
            f"UPDATE {table} SET reason = ? WHERE reason IS NULL AND {name} IN (SELECT name FROM chosen)", (reason,)
        )

    def fates(self, pairs: Sequence[str]) -> dict[str, Fate]:
        """What becomes of the pairs."""
        found = self._look_up("SELECT pair, split, reason FROM pairs WHERE pair IN", pairs)
        return {pair: Fate(split, reason) for pair, split, reason in found}

    def used(self, keys: Sequence[str]) -> set[str]:
        """Which of the sentence keys belong to sentences that gave pairs."""
        return {key for (key,) in self._look_up("SELECT DISTINCT key FROM sentences WHERE key IN", keys)}

    def splits(self, documents: Sequence[str]) -> dict[str, str]:
        """The splits of documents."""
        return dict(self._look_up("SELECT document, split FROM documents WHERE document IN", documents))

    def _look_up(self, question: str, names: Sequence[str]) -> Iterator[Any]:
        unique = list(dict.fromkeys(names))
        for start in range(0, len(unique), _LOOKED_UP):
            some = unique[start : start + _LOOKED_UP]
            yield from self._connection.execute(f"{question} ({', '.join('?' * len(some))})", some)


def split_of(source: dict[str, Any], seed: int, collation: Collation) -> str:
    """The split of a document or frame: a hash of its name or of other metadata, whatever else is in the set."""
    group = source["id"] if collation.split_by == "document" else source[collation.split_by] or source["id"]
    place = draw(seed, "split", group)
    for name, share in zip(SPLITS, collation.shares, strict=True):
        if place < share:
            return name
        place -= share
    return next(name for name, share in zip(SPLITS, collation.shares, strict=True) if share)


def _is_exchange(directions: list[dict[str, Any]]) -> bool:
    """Whether the pair is whole, and its texts tell nothing: what is the positive here is the negative there."""
    if [row["direction"] for row in directions] != ["source", "mirror"]:
        return False
    source, mirror = directions
    return (source["positive"], source["negative"]) == (mirror["negative"], mirror["positive"])
