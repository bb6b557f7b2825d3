"""Sheets for blind readers: what they show, and what scoring refuses."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from nyaris.auditing.sample import CODES, SHOWN, read_sheet, sample, write_sheet
from nyaris.auditing.score import score
from nyaris.dataset.read import read_rows
from nyaris.errors import UsageError


@pytest.fixture
def sheet(dataset: Path, tmp_path: Path) -> Path:
    sample(dataset, tmp_path / "sheet.csv", per_cell=8, planted=0.25)
    return tmp_path / "sheet.csv"


def key_of(sheet: Path) -> dict[str, Any]:
    content = json.loads(sheet.with_name("sheet.csv.key.json").read_text(encoding="utf-8"))
    return dict(content["rows"])


def fill(sheet: Path, target: Path, wrong: dict[str, str] | None = None) -> Path:
    """As a perfect reader would, but for some verdicts."""
    key = key_of(sheet)
    rows = read_sheet(sheet)
    for row in rows:
        row["verdict"] = (wrong or {}).get(row["id"], "neg-form" if key[row["id"]]["planted"] else "ok")
    write_sheet(rows, target)
    return target


def test_a_sheet_shows_only_what_a_blind_reader_may_see(dataset: Path, sheet: Path) -> None:
    rows = read_sheet(sheet)
    assert list(rows[0]) == [*SHOWN, "verdict", "note"]
    assert not {row["id"] for row in rows} & {row.id for row in read_rows(dataset)}
    text = sheet.read_text(encoding="utf-8-sig")
    assert not any(word in text for row in read_rows(dataset) for word in (row.rule, row.id, row.pair))
    assert all(not row["verdict"] and not row["note"] for row in rows)


def test_cells_are_even_and_rules_take_turns(sheet: Path) -> None:
    real = [entry for entry in key_of(sheet).values() if not entry["planted"]]
    cells = Counter((entry["phenomenon"], entry["variety"]) for entry in real)
    assert set(cells.values()) <= set(range(1, 9)) and max(cells.values()) == 8
    rules = Counter(entry["rule"] for entry in real if (entry["phenomenon"], entry["variety"]) == ("temporal", "ms"))
    assert len(rules) > 2
    planted = Counter(entry["planted"] for entry in key_of(sheet).values() if entry["planted"])
    assert (len(planted) == 2 and sum(planted.values()) >= 2 * 14) or len(planted) > 2


def test_planted_rows_are_bad_and_others_are_as_they_were(dataset: Path, sheet: Path) -> None:
    by_id = {row.id: row for row in read_rows(dataset)}
    for shown in read_sheet(sheet):
        entry = key_of(sheet)[shown["id"]]
        row = by_id[entry["row"]]
        same = (shown["query"], shown["positive"], shown["negative"]) == row.texts
        assert same == (entry["planted"] is None)


def test_the_same_seed_draws_the_same_sheet(dataset: Path, sheet: Path, tmp_path: Path) -> None:
    sample(dataset, tmp_path / "again.csv", per_cell=8, planted=0.25)
    sample(dataset, tmp_path / "other.csv", per_cell=8, planted=0.25, seed=1)
    assert (tmp_path / "again.csv").read_bytes() == sheet.read_bytes()
    assert (tmp_path / "other.csv").read_bytes() != sheet.read_bytes()


def test_precision_intervals_and_bad_rows(sheet: Path, tmp_path: Path) -> None:
    real = [name for name, entry in key_of(sheet).items() if entry["variety"] == "ms" and not entry["planted"]]
    bad = next(name for name in real if key_of(sheet)[name]["phenomenon"] == "temporal")
    found = score(
        [fill(sheet, tmp_path / "one.csv", {bad: "neg-same"})],
        sheet.with_name("sheet.csv.key.json"),
        tmp_path / "out.json",
    )
    cell = next(each for each in found.cells if (each.phenomenon, each.variety) == ("temporal", "ms"))
    assert (cell.valid, cell.judged) == (7, 8)
    assert (cell.low, cell.high) == pytest.approx((0.529, 0.978), abs=0.001)
    assert [(name, code) for name, _, _, code in found.bad] == [(bad, "neg-same")]
    assert found.readers[0].caught == found.readers[0].planted > 0
    record = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert sum(each["judged"] for each in record["judged"]) == sum(each.judged for each in found.cells)
    assert set(record["judged"][0]) == {"code", "rule", "valid", "judged"}


def test_two_and_three_readers(sheet: Path, tmp_path: Path) -> None:
    key = sheet.with_name("sheet.csv.key.json")
    real = [name for name, entry in key_of(sheet).items() if not entry["planted"]]
    first = fill(sheet, tmp_path / "1.csv", dict.fromkeys(real[:10], "pos-drift"))
    second = fill(sheet, tmp_path / "2.csv", dict.fromkeys(real[:5], "pos-drift"))
    third = fill(sheet, tmp_path / "3.csv")
    found = score([first, second], key)
    assert found.kappa is not None and 0.5 < found.kappa < 0.8
    assert set(found.disputed) == set(real[5:10])
    assert sum(cell.valid for cell in found.cells) == len(real) - 10
    assert sum(cell.valid for cell in score([first, second, third], key).cells) == len(real) - 5


def test_a_spreadsheet_runs_nothing_and_loses_nothing(tmp_path: Path) -> None:
    texts = ["=1+1", "+60 3", "-5", "@now", "\t=2", " =3", "'quoted", "plain", "'=4", "Akta “X” – ü"]
    write_sheet(
        [{"id": str(n), "query": text, "verdict": "", "note": ""} for n, text in enumerate(texts)], tmp_path / "s.csv"
    )
    with (tmp_path / "s.csv").open(encoding="utf-8-sig", newline="") as file:
        assert all(row["query"].lstrip()[:1] not in {"=", "+", "-", "@"} for row in csv.DictReader(file))
    assert [row["query"] for row in read_sheet(tmp_path / "s.csv")] == texts


def test_jsonl(dataset: Path, tmp_path: Path) -> None:
    key = sample(dataset, tmp_path / "sheet.jsonl", per_cell=2, planted=0)
    rows = read_sheet(tmp_path / "sheet.jsonl")
    write_sheet([row | {"verdict": "ok"} for row in rows], tmp_path / "read.jsonl")
    assert all(cell.share == 1 for cell in score([tmp_path / "read.jsonl"], key).cells)


def test_a_sheet_with_verdicts_is_never_written_over(dataset: Path, sheet: Path) -> None:
    with pytest.raises(UsageError, match="--overwrite"):
        sample(dataset, sheet)
    sample(dataset, sheet, per_cell=8, planted=0.25, overwrite=True)
    fill(sheet, sheet)
    with pytest.raises(UsageError, match="holds verdicts"):
        sample(dataset, sheet, overwrite=True)


def test_what_scoring_refuses(dataset: Path, sheet: Path, tmp_path: Path) -> None:
    key = sheet.with_name("sheet.csv.key.json")
    filled = read_sheet(fill(sheet, tmp_path / "ok.csv"))
    planted = [row["id"] for row in filled if key_of(sheet)[row["id"]]["planted"]]
    spoilt = {
        "no verdict": [filled[0] | {"verdict": " "}, *filled[1:]],
        "unknown verdicts .*'fine'; known are ok": [filled[0] | {"verdict": "fine"}, *filled[1:]],
        "unknown ids zzz": [*filled, filled[0] | {"id": "zzz"}],
        "absent ids": filled[1:],
        "repeated ids": [*filled, filled[0]],
        "only fill in verdicts": [filled[0] | {"negative": "Mended."}, *filled[1:]],
        "planted bad rows": [row | {"verdict": "ok"} if row["id"] in planted else row for row in filled],
    }
    for message, rows in spoilt.items():
        write_sheet(rows, tmp_path / "bad.csv")
        with pytest.raises(UsageError, match=message):
            score([tmp_path / "bad.csv"], key)
    with pytest.raises(UsageError, match="no verdict for"):
        score([sheet], key)
    with pytest.raises(UsageError, match="named twice"):
        score([tmp_path / "ok.csv", tmp_path / "ok.csv"], key)
    with pytest.raises(UsageError, match="no key"):
        score([tmp_path / "ok.csv"], tmp_path / "none.json")
    assert set(CODES) >= {"ok", "neg-form", "fragment"}
