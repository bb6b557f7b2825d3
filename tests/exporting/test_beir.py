"""BEIR's own loader reads what is exported, split by split, and its evaluation tells good rankings from bad ones."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any

import pytest

from nyaris.dataset.read import parquet_files
from nyaris.export import export
from nyaris.exporting.retrieval import languages
from nyaris.run.tables import SPLITS, read_table

Judged = dict[str, dict[str, int]]


def records(dataset: Path, configuration: str, split: str) -> list[dict[str, Any]]:
    return [each for path in parquet_files(dataset, configuration, split) for each in read_table(path).to_pylist()]


@pytest.mark.parametrize("split", SPLITS)
def test_beir_loads_and_evaluates_a_split(dataset: Path, tmp_path: Path, split: str) -> None:
    from beir.datasets.data_loader import GenericDataLoader

    count = export(dataset, ["beir"], tmp_path, split=split)["beir"]
    found = 0
    assert {path.name for path in (tmp_path / "beir").iterdir()} == set(languages(dataset))
    for language in languages(dataset):
        corpus, queries, judged = GenericDataLoader(str(tmp_path / "beir" / language)).load(split=split)
        found += len(queries)
        header = (tmp_path / "beir" / language / "qrels" / f"{split}.tsv").open(encoding="utf-8").readline()
        assert header == "query-id\tcorpus-id\tscore\n"
        # compared with the dataset, not with the files: BEIR silently merges ids and drops queries without a judgement
        texts = records(dataset, f"{language}-corpus", split)
        asked = records(dataset, f"{language}-queries", split)
        expected: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for each in records(dataset, f"{language}-qrels", split):
            expected[each["query-id"]][each["corpus-id"]] = each["score"]
        assert corpus == {each["_id"]: {"title": each["title"], "text": each["text"]} for each in texts}
        assert len(corpus) == len(texts)
        assert queries == {each["_id"]: each["text"] for each in asked}
        assert judged == expected
        assert {text for answers in judged.values() for text in answers} <= corpus.keys()
        evaluate_three_rankings(corpus, queries, judged)
    assert found == count > 0


def test_a_language_without_queries_in_the_split_leaves_no_half_folder(dataset: Path, tmp_path: Path) -> None:
    first, *others = languages(dataset)
    copytree(dataset, tmp_path / "made")
    rmtree(tmp_path / "made" / f"{first}-queries")
    export(tmp_path / "made", ["beir"], tmp_path / "out", split="train")
    assert {path.name for path in (tmp_path / "out" / "beir").iterdir()} == set(others)


def evaluate_three_rankings(corpus: dict[str, dict[str, str]], queries: dict[str, str], judged: Judged) -> None:
    """What answers a query first; what answers the other query of its pair first; the most words in common first."""
    right = {query: dict.fromkeys(answers, 1.0) for query, answers in judged.items()}
    led = {query: dict.fromkeys(judged[other(query)], 1.0) for query in judged if other(query) in judged}
    words = {name: set(entry["text"].lower().split()) for name, entry in corpus.items()}
    lexical = {
        query: {name: float(len(words[name] & set(text.lower().split()))) for name in corpus}
        for query, text in sorted(queries.items())[:100]
    }
    assert scores(judged, right) == (1, 1)
    assert led and scores(judged, led) == (0, 0)
    gain, first = scores(judged, lexical)
    assert 0.3 < gain < 1
    assert 0 < first < 1


def other(query: str) -> str:
    """The other query of a contrast pair, whose answers are this one's near misses."""
    pair, _, side = query.rpartition("_")
    return f"{pair}_{'q2' if side == 'q1' else 'q1'}"


def scores(judged: Judged, results: dict[str, dict[str, float]]) -> tuple[float, float]:
    """(nDCG@10, P@1)."""
    from beir.retrieval.evaluation import EvaluateRetrieval

    gain, _, _, precision = EvaluateRetrieval.evaluate(judged, results, [1, 10])
    return gain["NDCG@10"], precision["P@1"]
