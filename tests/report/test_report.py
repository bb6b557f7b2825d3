"""`nyaris report`: which folders it takes, what it says of them, and how large it gets."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Command
from invented import SYSTEMS, evaluation, write_tradeoff

from nyaris.evaluation.records import Verdict, write_evaluation
from nyaris.report import report, report_evaluation


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An evaluation and a trade-off."""
    root = tmp_path_factory.mktemp("folders")
    write_evaluation(evaluation(), root / "evaluation")
    write_tradeoff(root / "tradeoff")
    return root / "evaluation", root / "tradeoff"


def test_folders_become_one_page(folders: tuple[Path, Path], dataset: Path, tmp_path: Path, nyaris: Command) -> None:
    code, out, _ = nyaris("report", *folders, dataset, "-o", tmp_path / "all.html", "--json")
    assert code == 0
    assert json.loads(out)["bytes"] == (tmp_path / "all.html").stat().st_size
    page = (tmp_path / "all.html").read_text(encoding="utf-8")
    assert page.count('<section class="part"') == 3
    for section in ("Worst failures", "What was refused", "Stress accuracy against broad retrieval"):
        assert f">{section}</h3>" in page
    assert (tmp_path / "all.html").read_bytes() == report([*folders, dataset], tmp_path / "again.html").read_bytes()


def test_a_folder_keeps_its_own_page(folders: tuple[Path, Path], nyaris: Command) -> None:
    assert nyaris("report", folders[0])[0] == 0
    assert "Fails: a limit is broken" in (folders[0] / "index.html").read_text(encoding="utf-8")


def test_what_cannot_be_reported_is_named(folders: tuple[Path, Path], tmp_path: Path, nyaris: Command) -> None:
    code, _, err = nyaris("report", tmp_path)
    assert (code, "holds none of manifest.json, evaluation.json, tradeoff.json" in err) == (2, True)
    code, _, err = nyaris("report", *folders)
    assert (code, "2 folders need a file for their page" in err) == (2, True)
    code, _, err = nyaris("report", folders[0], "-o", tmp_path)
    assert (code, "is a folder: give a file such as" in err) == (2, True)
    (tmp_path / "tradeoff.json").write_text('{"model": "x", "baseline": {"stress": NaN, "retrieval": 1}, "points": []}')
    code, _, err = nyaris("report", tmp_path)
    assert (code, err.count("\n"), "baseline.stress" in err) == (1, 1, True)


def test_an_empty_evaluation_says_how_to_fill_it(tmp_path: Path) -> None:
    bare = replace(
        evaluation(0), suite=None, baseline=None, systems=SYSTEMS[:1], stress=(), margins=(), retrieval=(), answers=None
    )
    page = report_evaluation(replace(bare, verdict=Verdict(False, None, None, (), (), ())), tmp_path / "x.html")
    text = page.read_text(encoding="utf-8")
    assert "No limit was set" in text
    for remedy in ("nyaris evaluate MODEL --suite DIR", "--retrieval DIR"):
        assert f"<code>{remedy}</code>" in text
    write_tradeoff(tmp_path)
    record = json.loads((tmp_path / "tradeoff.json").read_text(encoding="utf-8")) | {"points": []}
    (tmp_path / "tradeoff.json").write_text(json.dumps(record), encoding="utf-8")
    assert "No run is finished yet" in report([tmp_path]).read_text(encoding="utf-8")


def test_a_hundred_thousand_failures_stay_under_5_mb(tmp_path: Path) -> None:
    page = report_evaluation(evaluation(100_000), tmp_path / "page.html")
    assert 2_000_000 < page.stat().st_size < 5_000_000
    assert " of 100,000 are shown here" in page.read_text(encoding="utf-8")
