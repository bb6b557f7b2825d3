"""`nyaris parsers`: what --parser can take, told from what is really there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest
from conftest import ROOT, Command


def test_the_bundled_pipelines_are_there_with_their_scores(nyaris: Command) -> None:
    code, out, _ = nyaris("parsers", "--json")
    entries = [each for each in json.loads(out) if each["kind"] == "bundled"]
    assert code == 0
    assert [(each["language"], each["scheme"]) for each in entries] == [("en", "UD"), ("ms", "UD")]
    assert {"en", "en-MY", "en-SG"} == set(entries[0]["reads"])
    assert all(50 < scores["las"] < 100 for each in entries for scores in each["scores"].values())
    assert all(each["words_per_second"] is None for each in entries)


def test_stanza_models_are_found_and_measured(nyaris: Command, stanza_dir: Path) -> None:
    _, out, _ = nyaris("parsers", "--stanza-dir", stanza_dir, "--measure", "--json")
    entries = json.loads(out)
    found = {each["spec"]: each["reads"] for each in entries if each["kind"] == "Stanza"}
    assert found["stanza:ms"] == ["ms"]
    assert set(found) == {"stanza:en", "stanza:en:cases", "stanza:ms", "stanza:ms:cases"}
    assert all(each["words_per_second"] > 0 for each in entries)


def test_a_table_for_people(nyaris: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    code, out, _ = nyaris("parsers")
    assert code == 0
    assert "bundled" in out
    assert "(ewt)" in out


def test_an_installed_package_shows_its_scheme_and_what_it_says_of_itself(
    clearnlp_pipeline: Path, tmp_path: Path
) -> None:
    """A package as pip leaves it: its folder, and an entry point."""
    copytree(clearnlp_pipeline, tmp_path / "en_cases_web")
    (tmp_path / "en_cases_web" / "__init__.py").touch()
    meta = json.loads((tmp_path / "en_cases_web" / "meta.json").read_text())
    meta["performance"] = {"dep_uas": 0.918, "dep_las": 0.9, "speed": 9000.0}
    (tmp_path / "en_cases_web" / "meta.json").write_text(json.dumps(meta))
    info = tmp_path / "en_cases_web-0.0.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: en-cases-web\nVersion: 0.0.0\n")
    (info / "entry_points.txt").write_text("[spacy_models]\nen_cases_web = en_cases_web\n")
    paths = os.pathsep.join([str(ROOT / "generators"), str(tmp_path)])
    done = subprocess.run(
        [sys.executable, "-c", "from nyaris.cli import main; main()", "parsers", "--json"],
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=True,
    )
    (entry,) = [each for each in json.loads(done.stdout) if each["spec"] == "en_cases_web"]
    assert (entry["scheme"], entry["reads"]) == ("ClearNLP", ["en", "en-MY", "en-SG"])
    assert entry["scores"] == {"its own test set": {"uas": 91.8, "las": 90.0}}
    assert entry["problem"] is None


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--parser", "stanza:id"], 2, "--parser stanza:id is for the language 'id', which has no grammar"),
        (["--parser", "ms=stanza:ms"], 1, "no Stanza models in"),
        (["--parser", "en=bundled", "--parser", "en=stanza:en"], 2, "two parsers for en (bundled, stanza:en)"),
    ],
)
def test_a_parser_that_cannot_be_used_is_one_line(
    nyaris: Command, tmp_path: Path, arguments: list[str], code: int, message: str
) -> None:
    (tmp_path / "a.txt").write_text("The tenant shall pay the rent.", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    command = ["generate", tmp_path / "a.txt", "-o", tmp_path / "out", "--stanza-dir", tmp_path / "empty", *arguments]
    found, _, err = nyaris(*command)
    assert found == code
    assert message in err
    assert "Traceback" not in err


def test_a_bare_parser_reads_the_language_that_it_is_for(clearnlp_pipeline: Path) -> None:
    from nyaris.commands.options import settings_from

    settings = settings_from("auto", [str(clearnlp_pipeline)], None, None, seed=0)
    assert [code for code, _ in settings.parsers] == ["en", "en-MY", "en-SG"]
    assert settings.parser_for("ms", "ms") == "bundled"
