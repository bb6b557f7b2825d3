"""The catalogue is made from the cases, and `nyaris rules` shows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Command
from make_catalogue import CASES, examples

from nyaris.catalogue import CatalogueFacts
from nyaris.grammar import load_grammar
from nyaris.rules import flips


@pytest.mark.parametrize("code", sorted(folder.name for folder in CASES.iterdir()))
def test_every_example_is_the_one_from_the_cases(code: str) -> None:
    entries = load_grammar(code).facts(CatalogueFacts).rules
    for rule, (source, result) in examples(code).items():
        assert (entries[rule].source, entries[rule].result) == (source, result), "run python tests/make_catalogue.py"


@pytest.mark.parametrize("code", ["en", "ms"])
def test_every_phenomenon_has_examples(code: str) -> None:
    entries = load_grammar(code).facts(CatalogueFacts).rules
    assert {rule.phenomenon for rule in flips()} == {rule.phenomenon for rule in flips() if rule.id in entries}


def test_the_command_lists_every_rule_in_every_language(nyaris: Command) -> None:
    code, out, _ = nyaris("rules", "--json")
    rows = json.loads(out)
    assert code == 0
    assert {row["rule"] for row in rows} >= {rule.id for rule in flips()}
    assert {row["language"] for row in rows} >= {"en", "en-MY", "ms"}
    shown = nyaris("rules", "--language", "ms")[1]
    assert "negation.insert" in shown
    assert nyaris("rules", "--language", "xx")[0] == 1


def test_measured_precision_comes_from_scored_sheets(nyaris: Command, tmp_path: Path) -> None:
    figures = [{"code": "ms", "rule": "negation.insert", "valid": 7, "judged": 8}]
    (tmp_path / "score.json").write_text(json.dumps({"judged": figures}), encoding="utf-8")
    (tmp_path / "score.csv").write_text("code,rule,valid,judged\nms,negation.insert,7,8\n", encoding="utf-8")
    for name in ("score.json", "score.csv"):
        rows = json.loads(nyaris("rules", "--language", "ms", "--judged", tmp_path / name, "--json")[1])
        (mine,) = (row for row in rows if row["rule"] == "negation.insert")
        assert mine["precision"] == 7 / 8
        assert mine["evidence"]["source"]
    (tmp_path / "score.json").write_text("[]", encoding="utf-8")
    code, _, err = nyaris("rules", "--judged", tmp_path / "score.json")
    assert code == 2
    assert "nyaris audit score -o" in err
