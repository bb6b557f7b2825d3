"""docs/dataset.md names every configuration, column, key and reason of collation, and nothing that is not there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import ROOT

from nyaris.run.collation import QUOTA_COLUMNS, SPLIT_COLUMNS
from nyaris.run.tables import read_table

TEXT = (ROOT / "docs" / "dataset.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """A section of the page down to the next heading of any level."""
    match = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert match, title
    return match.group(1)


def first_cells(title: str) -> set[str]:
    """What stands between backticks in the first cell of the rows of a table."""
    return {name for line in re.findall(r"^\| (`[^|]+) \|", section(title), re.MULTILINE) for name in _ticked(line)}


def _ticked(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


@pytest.fixture(scope="module")
def manifest(dataset: Path) -> dict[str, dict[str, object]]:
    loaded: dict[str, dict[str, object]] = json.loads((dataset / "manifest.json").read_text(encoding="utf-8"))
    return loaded


def test_every_configuration(manifest: dict[str, dict[str, object]]) -> None:
    named = {name.replace("<language>", code) for name in first_cells("Configurations") for code in ("en", "ms")}
    assert named == set(manifest["configurations"])


@pytest.mark.parametrize("name", ["labelled", "quad"])
def test_every_column(dataset: Path, name: str) -> None:
    assert first_cells(f"`{name}`") == set(read_table(dataset / name).column_names)


def test_every_column_of_retrieval_and_of_the_ledger(dataset: Path) -> None:
    for name in ("corpus", "queries", "qrels", "paired-qrels", "paired-top_ranked"):
        line = re.search(rf"^\| {name.removeprefix('paired-')} \| (.*)$", section("Retrieval"), re.MULTILINE)
        assert line, name
        assert set(read_table(dataset / f"en-{name}").column_names) <= set(_ticked(line.group(1)))
    assert first_cells("`rejects.parquet`, the ledger") == set(read_table(dataset / "rejects.parquet").column_names)


def test_every_key_of_the_manifest(manifest: dict[str, dict[str, object]]) -> None:
    assert first_cells("`manifest.json`") == set(manifest)


def test_every_reason_and_option_of_collation() -> None:
    reasons = set(re.findall(r"^\d\. `([\w-]+)`:", section("What collation leaves out"), re.MULTILINE))
    code = (ROOT / "generators" / "nyaris" / "run" / "index.py").read_text(encoding="utf-8")
    dropped = set(re.findall(r"_drop_(?:sentences|pairs)\(\s*\"([\w-]+)\"", code)) | {"no-exchange"}
    assert reasons == dropped
    assert set(SPLIT_COLUMNS) <= set(re.findall(r"\w+", section("Splits")))
    assert set(QUOTA_COLUMNS) <= set(re.findall(r"\w+", section("What collation leaves out")))
