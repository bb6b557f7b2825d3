"""The retrieval task and the quads: what answers what, and in which layout."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from nyaris.dataset.retrieval import query_id, retrieval_schemas, retrieval_tables, text_id
from nyaris.hashing import digest
from nyaris.run.tables import SPLITS, read_table

BLOCK = digest("block")


def row(place: str, flip: str, direction: str, positive: str, negative: str) -> dict[str, str]:
    meanings = [f"{place} kept", f"{place} {flip}"]
    kept, turned = meanings if direction == "source" else reversed(meanings)
    return {
        **{"block": BLOCK, "place": place, "pair_id": digest(place, flip), "direction": direction, "language": "en"},
        **{"query": f"{place} {flip} {direction}", "positive": positive, "negative": negative},
        **{"kept": kept, "turned": turned},
    }


def pair(place: str, flip: str) -> list[dict[str, str]]:
    texts = (f"{place} as it is, said for {flip}", f"{place} after {flip}")
    return [row(place, flip, "source", *texts), row(place, flip, "mirror", *reversed(texts))]


def judged(rows: list[dict[str, str]], name: str = "qrels") -> dict[str, set[str]]:
    texts = {text_id(text): text for each in rows for text in (each["positive"], each["negative"])}
    queries = {query_id(each["pair_id"], each["direction"]): each["query"] for each in rows}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for _, kind, table in retrieval_tables(pa.Table.from_pylist(rows)):
        assert table.schema == retrieval_schemas()[kind]
        if kind == name:
            for each in table.to_pylist():
                found[queries[each["query-id"]]].add(texts[each["corpus-id"]])
    return found


def test_every_text_that_says_the_same_answers() -> None:
    found = judged([*pair("S", "f"), *pair("S", "g")])
    unchanged = {"S as it is, said for f", "S as it is, said for g"}
    assert found == {
        "S f source": unchanged,
        "S g source": unchanged,
        "S f mirror": {"S after f"},
        "S g mirror": {"S after g"},
    }


def test_a_passage_in_which_another_sentence_was_turned_answers_too() -> None:
    found = judged([*pair("S", "f"), *pair("T", "g")])
    assert found["S f source"] == {"S as it is, said for f", "T as it is, said for g", "T after g"}
    assert found["S f mirror"] == {"S after f"}


def test_the_paired_task_knows_one_answer_and_two_candidates(dataset: Path) -> None:
    for language in ("en", "ms"):
        judgements = read_table(dataset / f"{language}-paired-qrels").to_pylist()
        candidates = {
            each["query-id"]: each["corpus-ids"]
            for each in read_table(dataset / f"{language}-paired-top_ranked").to_pylist()
        }
        assert len(judgements) == len(candidates) == len(read_table(dataset / f"{language}-queries"))
        places = Counter(candidates[each["query-id"]].index(each["corpus-id"]) for each in judgements)
        assert places[0] == places[1], "the place in the list tells which one answers"
        assert {len(each) for each in candidates.values()} == {2}
        assert {name.count("_") for name in candidates} == {1}


@pytest.mark.parametrize("language", ["en", "ms"])
@pytest.mark.parametrize("split", SPLITS)
def test_what_is_judged_is_there_and_the_corpus_holds_more(dataset: Path, language: str, split: str) -> None:
    def ids(name: str, column: str) -> list[str]:
        files = sorted((dataset / f"{language}-{name}").glob(f"{split}-*.parquet"))
        return [str(each) for file in files for each in read_table(file)[column].to_pylist()]

    corpus, queries = ids("corpus", "_id"), ids("queries", "_id")
    assert set(ids("qrels", "query-id")) == set(queries)
    assert set(ids("qrels", "corpus-id")) <= set(corpus)
    assert len(set(corpus)) == len(corpus)
    assert len(set(queries)) == len(queries)
    if split == "train":
        assert len(corpus) > len(set(ids("qrels", "corpus-id"))), "no other sentences of the documents"


def test_quads_hold_each_pair_once_and_each_query_its_own_text(dataset: Path) -> None:
    rows: list[dict[str, Any]] = read_table(dataset / "labelled").to_pylist()
    quads = {each["pair_id"]: each for each in read_table(dataset / "quad").to_pylist()}
    assert len(quads) * 2 == len(rows)
    for each in rows:
        quad = quads[each["pair_id"]]
        mine, other = (1, 2) if each["direction"] == "source" else (2, 1)
        assert (each["query"], each["positive"], each["negative"]) == (
            quad[f"q{mine}"],
            quad[f"d{mine}"],
            quad[f"d{other}"],
        )
        assert (each["hardness"], each["answer"]) == (quad[f"q{mine}_hardness"], quad[f"q{mine}_answer"])
