"""`nyaris collate`: parts of one job give what the whole would have given, and what does not fit is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Command
from test_generate import hashes

from nyaris.collate import collate
from nyaris.errors import NyarisError, UsageError
from nyaris.generate import generate
from nyaris.run.settings import Settings
from nyaris.run.tables import read_table


@pytest.fixture(scope="module")
def parts(sources: list[str], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The job of the fixture `dataset` in two runs, which have one document in common."""
    folders = [tmp_path_factory.mktemp("parts") / name for name in ("one", "two")]
    generate(sources[:2], folders[0], Settings())
    generate(sources[1:], folders[1], Settings())
    return folders


def test_parts_of_a_job_give_what_the_whole_gives(parts: list[Path], dataset: Path, tmp_path: Path) -> None:
    summary = collate(list(reversed(parts)), tmp_path / "all")
    assert hashes(tmp_path / "all") == hashes(dataset)
    assert summary.documents == 3


def test_a_finished_run_can_be_collated_otherwise(parts: list[Path], nyaris: Command, tmp_path: Path) -> None:
    options = ("--split", "0.5/0.25/0.25", "--quota", "rule=3", "--hardness", "easy", "--json")
    code, out, err = nyaris("collate", parts[0], "-o", tmp_path / "small", *options)
    assert (code, err) == (0, "")
    assert json.loads(out)["triples"] == len(read_table(tmp_path / "small" / "labelled"))
    manifest = json.loads((tmp_path / "small" / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["hardness"]) == {"easy"}
    assert max(sum(counts.values()) for counts in manifest["rules"].values()) <= 6
    assert manifest["settings"]["collation"]["shares"] == [0.5, 0.25, 0.25]


def test_settings_that_differ_are_named(parts: list[Path], sources: list[str], tmp_path: Path) -> None:
    generate(sources[:1], tmp_path / "other", Settings(seed=3))
    with pytest.raises(UsageError, match=r"differ in seed: 0 in .*one, 3 in .*other"):
        collate([parts[0], tmp_path / "other"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_what_is_no_finished_run_is_refused(parts: list[Path], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "begun" / ".shards" / "abc").mkdir(parents=True)
    for name, message in (
        ("nowhere", "is no folder"),
        ("empty", "no finished run"),
        ("begun", "finish it with --resume"),
    ):
        with pytest.raises(NyarisError, match=message):
            collate([parts[0], tmp_path / name], tmp_path / "out")
    (tmp_path / "begun" / ".shards" / "abc.json").write_text('{"settings": {}, "shards": ["x"], "unread": []}')
    with pytest.raises(NyarisError, match="lacks the shard x"):
        collate([tmp_path / "begun"], tmp_path / "out")
    (tmp_path / "begun" / ".shards" / "abc.json").write_text('{"sett')
    with pytest.raises(NyarisError, match="cannot be read"):
        collate([tmp_path / "begun"], tmp_path / "out")


def test_a_folder_with_other_files_is_left_alone(parts: list[Path], tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("precious", encoding="utf-8")
    with pytest.raises(UsageError, match="no Nyaris dataset"):
        collate(parts, tmp_path, overwrite=True)
    with pytest.raises(UsageError, match="--overwrite replaces it"):
        collate(parts, parts[0])
    assert (tmp_path / "mine.txt").exists()


def test_of_two_files_with_one_name_one_counts_and_the_other_is_reported(nyaris: Command, tmp_path: Path) -> None:
    texts = ("The tenant must pay the rent before Monday.\n", "The buyer must collect the goods before Friday.\n")
    for folder, text in zip("ab", texts, strict=True):
        (tmp_path / folder / "en").mkdir(parents=True)
        (tmp_path / folder / "en" / "terms.txt").write_text(text, encoding="utf-8")
    folders = [tmp_path / "a" / "en", tmp_path / "b" / "en"]
    code, out, err = nyaris("generate", *folders, "-o", tmp_path / "one", "--frames", 0)
    assert (code, err) == (0, "")
    assert "bear the name of another document: 1" in out
    rows = read_table(tmp_path / "one" / "labelled").to_pylist()
    assert len({"tenant" in row["positive"] for row in rows}) == 1
    nyaris("generate", *reversed(folders), "-o", tmp_path / "other", "--frames", 0)
    assert hashes(tmp_path / "one") == hashes(tmp_path / "other")
