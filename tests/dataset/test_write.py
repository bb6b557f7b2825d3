"""The output folder is the publishable repository: its readers really read it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from nyaris.dataset.card import render_card
from nyaris.generate import generate
from nyaris.pairs.differences import differences
from nyaris.rules import RELATIONS, phenomena
from nyaris.run.collation import Collation
from nyaris.run.settings import Settings
from nyaris.run.tables import read_table

SIDES = ("positive", "negative")


@pytest.fixture(scope="module")
def rows(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    from datasets import load_dataset

    cache = str(tmp_path_factory.mktemp("cache"))
    loaded = load_dataset(str(dataset), "labelled", cache_dir=cache)
    return [{**row, "split": split} for split, table in loaded.items() for row in table]


def test_the_triplet_configuration_holds_training_columns_only(dataset: Path, tmp_path: Path) -> None:
    from datasets import load_dataset

    loaded = load_dataset(str(dataset), "triplet", cache_dir=str(tmp_path))
    assert {tuple(table.column_names) for table in loaded.values()} == {("query", "positive", "negative")}


def test_every_configuration_and_split_loads(dataset: Path, tmp_path: Path) -> None:
    from datasets import get_dataset_config_names, load_dataset

    known = json.loads((dataset / "manifest.json").read_text(encoding="utf-8"))["configurations"]
    assert sorted(get_dataset_config_names(str(dataset))) == sorted(known)
    retrieval = ("corpus", "queries", "qrels", "paired-corpus", "paired-queries", "paired-qrels", "paired-top_ranked")
    ours = {f"{language}-{name}" for language in ("en", "ms") for name in retrieval}
    assert set(known) == {"labelled", "triplet", "quad"} | ours
    for name, about in known.items():
        loaded = load_dataset(str(dataset), name, cache_dir=str(tmp_path))
        assert {split: table.num_rows for split, table in loaded.items()} == about["rows"], name


def test_labelled_is_the_default_and_as_long_as_triplet(dataset: Path, tmp_path: Path) -> None:
    from datasets import load_dataset

    default = load_dataset(str(dataset), cache_dir=str(tmp_path))
    triplet = load_dataset(str(dataset), "triplet", cache_dir=str(tmp_path))
    assert {name: table.num_rows for name, table in default.items()} == {
        name: table.num_rows for name, table in triplet.items()
    }
    assert "phenomenon" in default["train"].column_names


def test_every_phenomenon_in_every_variety(rows: list[dict[str, Any]]) -> None:
    seen = Counter((row["phenomenon"], row["variety"]) for row in rows)
    missing = [(name, code) for name in phenomena() for code in ("en", "en-MY", "ms") if not seen[name, code]]
    assert not missing


def test_rows_are_sound(rows: list[dict[str, Any]]) -> None:
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert len({row["query"], row["positive"], row["negative"]}) == 3
        assert row["relation"] in RELATIONS
        assert row["phenomenon"] == row["rule"].split(".")[0] or row["origin"] == "frame"
        assert row["version"]
        assert (row["answer"] is not None) == (row["query_style"] == "question")


def test_edits_lead_from_the_positive_to_the_negative(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        assert row["edits"] == [change._asdict() for change in differences(row["positive"], row["negative"])]
        assert all(row["positive"][edit["start"] : edit["end"]] == edit["before"] for edit in row["edits"])


def test_both_directions_of_every_pair_exchange_positive_and_negative(rows: list[dict[str, Any]]) -> None:
    pairs: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        pairs[row["pair_id"]].append(row)
    for source, mirror in pairs.values():
        assert (source["direction"], mirror["direction"]) == ("source", "mirror")
        assert (source["positive"], source["negative"]) == (mirror["negative"], mirror["positive"])


def test_every_keeper_is_on_the_positive_as_often_as_on_the_negative(rows: list[dict[str, Any]]) -> None:
    sides = [Counter((row["rule"], row["language"], row[f"{side}_keeper"]) for row in rows) for side in SIDES]
    assert sides[0] == sides[1]


def test_about_half_of_the_rows_of_a_language_are_hard(rows: list[dict[str, Any]]) -> None:
    for language in ("en", "ms"):
        hard = [row["hardness"] == "hard" for row in rows if row["language"] == language]
        assert 0.4 < sum(hard) / len(hard) < 0.6, language


def test_passages_put_the_sentence_back_and_edits_point_into_them(sources: list[str], tmp_path: Path) -> None:
    generate(sources, tmp_path / "made", Settings(granularity="passage"), collation=Collation(shares=(1, 0, 0)))
    found = read_table(tmp_path / "made" / "labelled").to_pylist()
    assert {row["granularity"] for row in found} == {"passage"}
    assert {row["origin"] for row in found} == {"document"}
    assert {row["language"] for row in found} == {"en", "ms"}
    for row in found:
        first, last = row["edits"][0], row["edits"][-1]
        before, after = row["positive"][: first["start"]].rstrip(), row["positive"][last["end"] :]
        assert row["negative"].startswith(before)
        assert row["negative"].endswith(after)
        assert all(row["positive"][edit["start"] : edit["end"]] == edit["before"] for edit in row["edits"])
        assert row["query"] not in row["positive"]
    assert any(row["edits"][0]["start"] > len(row["query"]) for row in found)
    texts = {text for row in found for text in (row["positive"], row["negative"])}
    corpus = {
        each["text"] for code in ("en", "ms") for each in read_table(tmp_path / "made" / f"{code}-corpus").to_pylist()
    }
    assert texts < corpus


def test_no_document_or_frame_is_on_two_sides_of_a_split(rows: list[dict[str, Any]]) -> None:
    sides: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        sides[row["source"]["document"]].add(row["split"])
    assert all(len(splits) == 1 for splits in sides.values())


def test_sources_are_true(rows: list[dict[str, Any]], sources: list[str]) -> None:
    by_name = {Path(source).name: Path(source) for source in sources}
    checked = 0
    for row in rows:
        if row["origin"] == "document":
            folder, _, name = row["source"]["document"].partition("/")
            text = (by_name[folder] / name).read_text(encoding="utf-8")
            stretch = text[row["source"]["start"] : row["source"]["end"]]
            assert set(stretch.split()) & set(row["positive"].split())
            checked += 1
    assert checked


def test_the_card_escapes_what_comes_from_documents() -> None:
    manifest = {
        "generator": {"name": "nyaris", "version": "0"},
        "splits": {"train": 2},
        "configurations": {"labelled": {"folder": "labelled", "rows": {"train": 2}}},
        "counts": {"negation": {"en": 2}},
        "rules": {"negation.insert": {"en": 2}},
        "languages": ["en"],
        "varieties": ["en"],
        "parsers": ["x"],
        "licences": {"mine | <script>alert(1)</script> {{ 7 * 7 }}": 2},
    }
    card = render_card(manifest)
    assert "<script>" not in card
    assert "mine \\| &lt;script>" in card
    assert "49" not in card
