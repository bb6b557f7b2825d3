"""The retrieval task: queries, judgements, and a corpus in which every near miss lies beside its original.

The layout is that of mteb and BEIR, one subset per language. `<language>` is full retrieval; `<language>-paired` puts
the two texts of a pair, and nothing else, before each of its queries, for paired accuracy. They are two subsets because
a list of candidates (`top_ranked`) turns every task that finds one into reranking.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

from nyaris.hashing import digest

CORPUS, QUERIES, QRELS = "corpus", "queries", "qrels"
PAIRED_QRELS, TOP_RANKED = "paired-qrels", "paired-top_ranked"
BORROWED = {"paired-corpus": CORPUS, "paired-queries": QUERIES}
"""Configurations of the paired subset that read the files of another."""
_READ = [
    "block",
    "place",
    "pair_id",
    "direction",
    "query",
    "positive",
    "negative",
    "kept",
    "turned",
    "language",
]

Row = dict[str, Any]


@cache
def retrieval_schemas() -> dict[str, Any]:
    """Columns by the end of a configuration's name."""
    import pyarrow as pa

    text = pa.string()
    judged = pa.schema([("query-id", text), ("corpus-id", text), ("score", pa.int32())])
    return {
        CORPUS: pa.schema([("_id", text), ("title", text), ("text", text)]),
        QUERIES: pa.schema([("_id", text), ("text", text)]),
        QRELS: judged,
        PAIRED_QRELS: judged,
        TOP_RANKED: pa.schema([("query-id", text), ("corpus-ids", pa.list_(text))]),
    }


def query_id(pair: str, direction: str) -> str:
    """`<pair>_q1` or `<pair>_q2`: paired accuracy goes by what stands before the underscore."""
    return f"{pair}_q{1 if direction == 'source' else 2}"


@lru_cache(maxsize=256)
def text_id(text: str) -> str:
    """The place of a text in the corpus: equal texts have one."""
    return digest("text", text)


def retrieval_tables(table: Any) -> Iterator[tuple[str, str, Any]]:
    """(language, end of the configuration's name, table) of rows with every block whole; corpora may repeat texts."""
    import pyarrow as pa

    records: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for _, block in groupby(table.select(_READ).to_pylist(), key=lambda row: row["block"]):
        rows = list(block)
        language = rows[0]["language"]
        for row in rows:
            query, texts = query_id(row["pair_id"], row["direction"]), (row["positive"], row["negative"])
            records[language, QUERIES].append({"_id": query, "text": row["query"]})
            records[language, CORPUS].extend(_entry(text) for text in texts)
            records[language, PAIRED_QRELS].append(_judged(query, texts[0]))
            # sorted by what is as good as chance, so that the first candidate is not always the right one
            candidates = sorted(map(text_id, texts))
            records[language, TOP_RANKED].append({"query-id": query, "corpus-ids": candidates})
        for row in rows:
            query = query_id(row["pair_id"], row["direction"])
            records[language, QRELS].extend(_judged(query, text) for text in _answering(row, rows))
    for (language, name), found in records.items():
        yield language, name, pa.Table.from_pylist(found, schema=retrieval_schemas()[name])


def _answering(row: Row, block: list[Row]) -> list[str]:
    """The texts that answer the query of a row.

    Whatever says the same; and where texts are passages, those in which another sentence was turned round, as long as
    the query asks for what the document says.
    """
    found: dict[str, None] = {}
    for other in block:
        elsewhere = other["place"] != row["place"]
        if elsewhere and row["direction"] == "source":
            found |= dict.fromkeys((other["positive"], other["negative"]))
        elif not elsewhere:
            sides = ((other["kept"], other["positive"]), (other["turned"], other["negative"]))
            found |= {text: None for meaning, text in sides if meaning == row["kept"]}
    return sorted(found)


def context_tables(table: Any) -> Iterator[tuple[str, Any]]:
    """(language, corpus entries) of other texts of the documents."""
    import pyarrow as pa

    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in table.select(["language", "text"]).to_pylist():
        found[row["language"]].append(_entry(row["text"]))
    for language, entries in found.items():
        yield language, pa.Table.from_pylist(entries, schema=retrieval_schemas()[CORPUS])


def unique(corpus: Any) -> Any:
    """Corpus entries sorted by `_id`, each once."""
    ids = corpus["_id"].to_pylist()
    return corpus.take([index for index, name in enumerate(ids) if not index or ids[index - 1] != name])


def _entry(text: str) -> Row:
    return {"_id": text_id(text), "title": "", "text": text}


def _judged(query: str, text: str) -> Row:
    return {"query-id": query, "corpus-id": text_id(text), "score": 1}
