"""Systems: the same scores whether pairs or a corpus are asked for, and ranks that are right."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tiny_encoder import tiny_encoder

from nyaris.errors import NyarisError
from nyaris.evaluation.fusion import Hybrid
from nyaris.evaluation.lexical import Bm25
from nyaris.evaluation.rerankers import Reranker
from nyaris.evaluation.searching import searching
from nyaris.evaluation.systems import Encoder, Indexed

TEXTS = [
    "the tenant pays within 7 days",
    "the tenant pays within 9 days",
    "the landlord repairs the roof",
    "rent is due monthly",
    "the deposit is returned",
]
QUERIES = ["who pays within 9 days", "when is rent due", "zzz"]


@pytest.fixture(scope="module")
def model() -> Any:
    return tiny_encoder([*TEXTS, *QUERIES])


class Reader:
    """What a cross-encoder looks like from outside; it counts common letters."""

    num_labels = 1
    prompts = None
    tokenizer = None

    def __init__(self) -> None:
        import torch

        self.device = torch.device("cpu")
        self.read: list[tuple[str, str]] = []

    def state_dict(self) -> dict[str, Any]:
        return {}

    def predict(self, pairs: list[tuple[str, str]], **_: Any) -> Any:
        self.read.extend(pairs)
        return np.array([float(text.count("roof")) for _, text in pairs])


def test_every_system_ranks_by_the_scores_that_it_gives(model: Any) -> None:
    encoder = Encoder("tiny", model)
    systems: list[Indexed] = [encoder, Bm25(), Hybrid("hybrid", encoder)]
    for system in systems:
        places, scores = system.rank(QUERIES[:2], TEXTS, 3)
        pairs = [(query, text) for query in QUERIES[:2] for text in TEXTS]
        given = system.score([query for query, _ in pairs], [text for _, text in pairs]).reshape(2, -1)
        for row in range(2):
            found = [place for place in places[row] if place >= 0]
            assert given[row][found] == pytest.approx(scores[row][: len(found)], abs=1e-5), system.name
            assert max(given[row]) == pytest.approx(scores[row][0], abs=1e-5)


def test_bm25_counts_single_figures_and_finds_nothing_for_unknown_words() -> None:
    places, _ = Bm25().rank(QUERIES, TEXTS, 2)
    assert places[0][0] == 1
    assert places[2].tolist() == [-1, -1]


def test_bm25_scores_are_those_of_the_library() -> None:
    import bm25s

    retriever = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
    retriever.index([text.split() for text in TEXTS], show_progress=False)
    expected = retriever.get_scores(QUERIES[0].split())
    assert Bm25().score([QUERIES[0]] * len(TEXTS), TEXTS) == pytest.approx(expected, abs=1e-5)


def test_the_hybrid_adds_reciprocal_ranks(model: Any) -> None:
    encoder = Encoder("tiny", model)
    parts = [part.rank(QUERIES[:1], TEXTS, 5)[0][0].tolist() for part in (Bm25(), encoder)]
    expected = [sum(1 / (61 + part.index(place)) for part in parts if place in part) for place in range(5)]
    assert Hybrid("hybrid", encoder).score(QUERIES[:1] * 5, TEXTS) == pytest.approx(expected)


def test_a_reranker_reorders_the_first_and_leaves_the_rest_behind_them() -> None:
    reader = Reader()
    corpus = ["pays pays pays roof", "pays pays", "pays and nothing", "roof pays and other things", "nothing"]
    first, _ = Bm25().rank(["pays"], corpus, 5)
    system = Reranker("reader", reader, Bm25(), depth=2)
    places, scores = system.rank(["pays"], corpus, 5)
    assert {text for _, text in reader.read} == {corpus[place] for place in first[0][:2]}
    assert places[0][0] == next(place for place in first[0][:2] if "roof" in corpus[place])
    assert places[0][2:].tolist() == first[0][2:].tolist()
    assert places[0][-1] == -1
    assert scores[0][0] > scores[0][1] > scores[0][2]
    assert "first 2 of bm25" in system.note


def test_a_classifier_is_no_reranker() -> None:
    reader = Reader()
    reader.num_labels = 3
    with pytest.raises(NyarisError, match="gives 3 scores"):
        Reranker("nli", reader, Bm25())


def test_ties_go_to_the_earlier_text_also_where_the_list_is_cut() -> None:
    matrix = np.array([[1.0, 2.0, 1.0, 2.0, 1.0]])
    places, _ = searching(lambda queries: matrix, 5)(["q"], 3)
    assert places.tolist() == [[1, 3, 0]]


def test_prompts_of_the_model_part_queries_from_documents(model: Any) -> None:
    plain = Encoder("tiny", model).score(["the tenant"], ["the tenant"])[0]
    model.prompts = {"query": "who pays ", "document": ""}
    try:
        prompted = Encoder("tiny", model).score(["the tenant"], ["the tenant"])[0]
    finally:
        model.prompts = {}
    assert plain == pytest.approx(1, abs=1e-5)
    assert prompted < 0.999
