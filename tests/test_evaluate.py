"""`nyaris evaluate` as it is called: what it writes, when it fails, and that nothing is encoded twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Command
from tiny_encoder import tiny_encoder
from tiny_evaluation import write_collection

from nyaris.dataset.read import read_rows
from nyaris.evaluation.answers import read_questions
from nyaris.evaluation.records import Evaluation, RetrievalCell, StressCell, read_evaluation

QUICK = ("--split", "train", "--rows", "60", "--queries", "20", "--others", "20", "--bootstrap", "100")


@pytest.fixture(scope="module")
def models(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Two small encoders and a small cross-encoder."""
    import torch
    from sentence_transformers import CrossEncoder
    from transformers import BertConfig, BertForSequenceClassification

    folder = tmp_path_factory.mktemp("models")
    texts = [text for row in read_rows(dataset) for text in row.texts]
    for number, name in enumerate(("one", "two")):
        torch.manual_seed(number)
        encoder = tiny_encoder(texts)
        encoder.save(str(folder / name))
    configuration: Any = BertConfig
    config = configuration(
        vocab_size=2000, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32, num_labels=1
    )
    BertForSequenceClassification(config).save_pretrained(folder / "bare")
    encoder.tokenizer.save_pretrained(folder / "bare")
    CrossEncoder(str(folder / "bare"), device="cpu", max_length=64).save(str(folder / "reader"))
    return [str(folder / name) for name in ("one", "two", "reader")]


@pytest.fixture(scope="module")
def collections(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("collections")
    return [str(write_collection(folder / name)) for name in ("words", "others")]


def retrieval(folders: list[str]) -> list[str]:
    return [word for folder in folders for word in ("--retrieval", folder)]


def test_every_kind_of_system_side_by_side(
    nyaris: Command, dataset: Path, models: list[str], collections: list[str], tmp_path: Path
) -> None:
    one, two, reader = models
    words = [f"{one}@baseline", two, "bm25", "hybrid", reader, "--suite", dataset, *QUICK, *retrieval(collections)]
    code, out, err = nyaris("evaluate", *words, "--cache", tmp_path / "cache", "-o", tmp_path, "--rerank", 3)
    assert code == 0, err
    found = read_evaluation(tmp_path)
    assert [(each.name, each.kind, each.role) for each in found.systems] == [
        ("one", "bi-encoder", "baseline"),
        ("two", "bi-encoder", "candidate"),
        ("bm25", "bm25", "candidate"),
        ("hybrid", "hybrid", "candidate"),
        ("reader", "cross-encoder", "candidate"),
    ]
    assert found.systems[4].note == "reranks the first 3 of one"
    assert all(each.latency_ms for each in found.systems)
    assert {each.measure for each in found.stress} == {
        *("triplet_accuracy", "paired_accuracy", "auc", "margin", "near_miss_at_1")
    }
    assert {each.collection for each in found.retrieval} == {None, "words", "others"}
    cells: list[StressCell | RetrievalCell] = [*found.stress, *found.retrieval]
    for cell in cells:
        assert (cell.difference is None) == (cell.system == "one")
        assert cell.low <= cell.value <= cell.high
        assert cell.p is None or 0 < cell.p <= 1
    assert {each.system for each in found.failures} == {each.name for each in found.systems}
    assert (
        next(c.value for c in found.retrieval if (c.system, c.collection, c.measure) == ("bm25", None, "ndcg@10")) == 1
    )
    assert "triplet accuracy" in out
    assert found.verdict
    assert all(" ".join(sentence.split()) in " ".join(out.split()) for sentence in found.verdict.sentences)


def test_the_same_call_gives_the_same_record_without_encoding_again(
    nyaris: Command, dataset: Path, models: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sentence_transformers import SentenceTransformer

    words = [models[0], "--suite", dataset, *QUICK, "--cache", tmp_path, "--json"]
    code, first, err = nyaris("evaluate", *words)
    assert code == 0, err

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a text was encoded again")

    monkeypatch.setattr(SentenceTransformer, "encode", refuse)
    code, second, err = nyaris("evaluate", *words)
    assert code == 0, err
    assert first == second
    assert json.loads(first)["suite"]["split"] == "train"


def test_a_broken_limit_is_exit_code_1(
    nyaris: Command, dataset: Path, models: list[str], collections: list[str], tmp_path: Path
) -> None:
    compared = ["evaluate", "bm25@baseline", models[0], *retrieval(collections), "--cache", tmp_path]
    code, out, err = nyaris(*compared, "--max-retrieval-loss", 0.01)
    assert code == 1, err
    assert "one breaks the limit on retrieval: it loses" in out
    assert nyaris(*compared, "--max-retrieval-loss", 1)[0] == 0
    alone = ["evaluate", "bm25", "--suite", dataset, *QUICK]
    assert nyaris(*alone, "--min-accuracy", 0.99)[0] == 1
    assert nyaris(*alone, "--min-accuracy", 0.01)[0] == 0


def test_bf16_and_other_settings_have_embeddings_of_their_own(
    nyaris: Command, dataset: Path, models: list[str], tmp_path: Path
) -> None:
    found: list[Evaluation] = []
    for number, more in enumerate([(), ("--precision", "bf16"), ("--max-length", "8")]):
        words = [models[0], "--suite", dataset, *QUICK, "--cache", tmp_path / "cache", "-o", tmp_path / str(number)]
        code, _, err = nyaris("evaluate", *words, *more)
        assert code == 0, err
        found.append(read_evaluation(tmp_path / str(number)))
    assert len(list((tmp_path / "cache").iterdir())) == 3
    exact, halves, short = (each.stress[0].value for each in found)
    assert halves == pytest.approx(exact, abs=0.1)
    assert short != exact
    assert found[1].systems[0].note == "bfloat16"


def test_answers_alone_need_no_system(nyaris: Command, dataset: Path, tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    lines = [json.dumps({"id": each.id, "answer": each.case.near_miss_answer}) for each in read_questions(dataset)]
    path.write_text("\n".join(lines[1:]), encoding="utf-8")
    code, out, err = nyaris("evaluate", "--answers", path, "--suite", dataset)
    assert code == 0, err
    assert "100%" in out
    assert "1 of" in out
    assert "have no answer" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "nothing to measure: name systems"),
        (["bm25"], "nothing to measure on"),
        (["bm25", "--suite", "nowhere"], "nowhere holds no dataset"),
        (["bm25", "--retrieval", "nowhere"], "the layout of BEIR is expected"),
        (["bm25", "--retrieval", "nanobeir:cranfield"], "no such collection"),
        (["bm25", "--suite", "DATASET", "--split", "dev"], "known are train"),
        (["bm25", "--suite", "DATASET", "--max-retrieval-loss", "0.1"], "compares with a baseline"),
        (["bm25", "--retrieval", "WORDS", "--min-accuracy", "0.5"], "give a folder with --suite"),
        (["bm25", "--retrieval", "WORDS", "--retrieval", "WORDS"], "words comes twice"),
        (["bm25", "--suite", "DATASET", "--answers", "nowhere"], "nowhere: no such file"),
        (["bm25", "--suite", "DATASET", "--precision", "int8"], "known are float32, bf16"),
        (["./none", "--suite", "DATASET"], "no such folder"),
    ],
)
def test_what_cannot_be_measured_is_said_at_once(
    nyaris: Command, dataset: Path, collections: list[str], words: list[str], said: str
) -> None:
    places = {"DATASET": str(dataset), "WORDS": collections[0]}
    code, _, err = nyaris("evaluate", *(places.get(word, word) for word in words))
    assert code == 2
    assert said in err
    assert "Traceback" not in err
