"""Collections in both layouts, and measures on lists that are known."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tiny_evaluation import VOCABULARY, Told, write_collection

from nyaris.errors import NyarisError, UsageError
from nyaris.evaluation import nanobeir
from nyaris.evaluation.lexical import Bm25
from nyaris.evaluation.nanobeir import load_nanobeir, nanobeir_names
from nyaris.evaluation.records import RetrievalCell
from nyaris.evaluation.retrieval import Collection, mean_of, measure_retrieval, read_collection, search
from nyaris.evaluation.statistics import Resampling

QUICK = Resampling(bootstrap=200, permutations=200)


class Fixed(Told):
    """A system that gives the same list for every query."""

    def __init__(self, places: list[int]) -> None:
        super().__init__("fixed", {})
        self._places = places

    def rank(self, queries: Sequence[str], corpus: Sequence[str], top: int) -> tuple[Any, Any]:
        return np.tile(self._places, (len(queries), 1)), np.zeros((len(queries), len(self._places)))


def cell(cells: list[RetrievalCell], name: str | None, measure: str, topic: str | None = None) -> RetrievalCell:
    return next(each for each in cells if (each.collection, each.measure, each.topic) == (name, measure, topic))


@pytest.mark.parametrize("nested", [False, True])
def test_both_layouts_are_read_and_queries_without_judgements_left_out(tmp_path: Path, nested: bool) -> None:
    found = read_collection(write_collection(tmp_path / "words", nested))
    assert found.name == "words"
    assert found.corpus["d1"] == "common beta"
    assert list(found.queries) == [f"q{number}" for number in range(6)]
    assert found.topics == {"q0": "first", "q1": "first", "q2": "second", "q3": "second"}


def test_a_drawn_corpus_keeps_what_is_judged(tmp_path: Path) -> None:
    folder = write_collection(tmp_path / "words")
    found = read_collection(folder, most_texts=8)
    assert len(found.corpus) == 8
    assert {f"d{number}" for number in range(6)} < set(found.corpus)
    assert found.texts_in_all == 12
    assert read_collection(folder, most_texts=8).corpus == found.corpus
    assert len(read_collection(folder, most_texts=2).corpus) == 6


def test_titles_stand_before_texts(tmp_path: Path) -> None:
    folder = write_collection(tmp_path / "words")
    with (folder / "corpus.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"_id": "t", "title": "Title", "text": ""}) + "\n")
        file.write(json.dumps({"_id": "u", "title": "Title", "text": "text"}) + "\n")
    corpus = read_collection(folder).corpus
    assert (corpus["t"], corpus["u"]) == ("Title", "Title text")


def test_measures_on_a_known_list() -> None:
    corpus = {f"d{number}": f"text {number}" for number in range(20)}
    one = Collection("one", corpus, {"q": "?"}, {"q": {"d1": 1, "d15": 1}})
    values = {name: each[0] for name, each in search(Fixed(list(range(20))), one).values.items()}
    assert values["recall@1"] == 0
    assert values["recall@10"] == 0.5
    assert values["recall@100"] == 1
    assert values["mrr@10"] == 0.5
    assert values["ndcg@10"] == pytest.approx((1 / np.log2(3)) / (1 + 1 / np.log2(3)))
    late = {name: each[0] for name, each in search(Fixed([*range(2, 16), 1]), one).values.items()}
    assert late["mrr@10"] == 0
    nothing = search(Fixed([-1, -1]), one).values
    assert all(each.tolist() == [0] for each in nothing.values())


def test_cells_by_collection_topic_and_mean(tmp_path: Path) -> None:
    collections = [read_collection(write_collection(tmp_path / name)) for name in ("one", "two")]
    cells = measure_retrieval(Bm25(), collections, resampling=QUICK)
    assert mean_of(cells).value == 1
    assert mean_of(cells).n == 12
    assert cell(cells, "one", "recall@1", "first").n == 2
    worse = measure_retrieval(Fixed(list(range(12))), collections, baseline=Bm25(), resampling=QUICK)
    assert {each.system for each in worse} == {"fixed"}
    # each query finds its text at another rank, the first one at the first
    assert cell(worse, "one", "recall@1").value == pytest.approx(1 / 6)
    assert mean_of(worse, "recall@1").difference == pytest.approx(-5 / 6)
    assert (mean_of(worse, "recall@1").p or 1) < 0.05


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("qrels.tsv", None, r"qrels\.tsv\) not there"),
        ("corpus.jsonl", None, r"corpus\.jsonl not there"),
        ("qrels.tsv", "q0\td0\n", "tsv:1: query-id, corpus-id, score"),
        ("qrels.tsv", "q0\tnowhere\t1\n", "no query has a relevant text"),
        ("queries.jsonl", '{"_id": "q0"}\n', "jsonl:1: an object with _id and text"),
        ("corpus.jsonl", "{\n", "jsonl:1: not JSON"),
    ],
)
def test_what_is_wrong_with_a_folder_is_said(tmp_path: Path, file: str, content: str | None, said: str) -> None:
    folder = write_collection(tmp_path / "words")
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_text(content, encoding="utf-8")
    with pytest.raises(NyarisError, match=said):
        read_collection(folder)


def test_nanobeir_is_read_as_it_lies_on_the_hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    tables: dict[str, list[dict[str, Any]]] = {
        "corpus": [{"_id": f"d{number}", "text": word} for number, word in enumerate(VOCABULARY)],
        "queries": [{"_id": "q", "text": "beta"}],
        "qrels": [{"query-id": "q", "corpus-id": "d1"}],
    }
    for name, records in tables.items():
        (tmp_path / name).mkdir()
        parquet.write_table(pa.Table.from_pylist(records), tmp_path / name / "NanoNFCorpus-00000-of-00001.parquet")
    card = ["---", "configs:"]
    for name in tables:
        card += [
            f"- config_name: {name}",
            "  data_files:",
            "  - split: NanoNFCorpus",
            f"    path: {name}/NanoNFCorpus-*",
        ]
    (tmp_path / "README.md").write_text("\n".join([*card, "---", ""]), encoding="utf-8")
    monkeypatch.setattr(nanobeir, "DATASET", str(tmp_path))
    found = load_nanobeir("NFCorpus")
    assert found.name == "NanoNFCorpus"
    assert found.corpus["d1"] == "beta"
    assert found.qrels == {"q": {"d1": 1}}
    with pytest.raises(NyarisError, match=r"(corpus|qrels) of NanoSciFact"):
        load_nanobeir("SciFact")


def test_names_of_nanobeir() -> None:
    assert len(nanobeir_names("nanobeir")) == 13
    assert nanobeir_names("nanobeir:nfcorpus") == nanobeir_names("NanoBEIR:NanoNFCorpus") == ["NFCorpus"]
    with pytest.raises(UsageError, match="known are ArguAna"):
        nanobeir_names("nanobeir:cranfield")
