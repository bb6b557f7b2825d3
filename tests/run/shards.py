"""Shards made by hand: pairs whose texts, sources and labels the test chooses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nyaris.hashing import digest
from nyaris.run.folders import write_shard
from nyaris.run.rows import sentence_key
from nyaris.run.shard import ShardResult
from nyaris.run.tables import shard_schema

Row = dict[str, Any]


def pair(document: str, start: int, sentence: str, *, hardness: str = "hard", **other: Any) -> list[Row]:
    """Both directions of a pair of a sentence of a document."""
    name = digest(document, start, "pair")
    place = digest(document, start)
    texts = (f"{sentence} (said otherwise)", f"Not: {sentence}")
    row = dict.fromkeys(shard_schema().names) | {
        "pair_id": name,
        "phenomenon": "negation",
        "rule": "negation.insert",
        "relation": "contradiction",
        "query_style": "statement",
        "hardness": hardness,
        "language": "en",
        "variety": "en",
        "domain": "test",
        "granularity": "sentence",
        "edits": [],
        "origin": "document",
        "source": {"document": document, "start": start, "end": start + 1, "licence": ""},
        "parser": "by hand",
        "seed": 0,
        "version": "0",
        "overlap_positive": 0.5,
        "overlap_negative": 0.5,
        "sentence": sentence,
        "place": place,
        "block": place,
    }
    meanings = (digest(place, "kept"), digest(name, "turned"))
    made = []
    for mine, direction in enumerate(("source", "mirror")):
        made.append(
            row
            | {
                "id": digest(name, direction),
                "direction": direction,
                "query": f"{'Query' if direction == 'source' else 'Turned query'}: {sentence}",
                "positive": texts[mine],
                "negative": texts[1 - mine],
                "kept": meanings[mine],
                "turned": meanings[1 - mine],
            }
            | other
        )
    return made


def shard(folder: Path, *rows: Row, contexts: dict[str, list[str]] | None = None, **about: str) -> Path:
    """Write rows, and other sentences by document, as one shard."""
    documents = dict.fromkeys([*(row["source"]["document"] for row in rows), *(contexts or {})])
    result = ShardResult(
        rows=list(rows),
        contexts=[
            {"document": document, "language": "en", "text": text, "keys": [sentence_key(text)]}
            for document, texts in (contexts or {}).items()
            for text in texts
        ],
        sources=[
            {"id": name, "text": "", "domain": "", "licence": "", "source": "", "sentences": {"en": 1}} | about
            for name in documents
        ],
    )
    folder.parent.mkdir(parents=True, exist_ok=True)
    write_shard(folder, result)
    return folder
