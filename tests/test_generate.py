"""The main job on real documents: what it writes, that it is the same every time, and what bad input does."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

import pytest
from conftest import DOCUMENTS, Command

from nyaris.errors import UsageError
from nyaris.generate import generate
from nyaris.run.settings import Settings
from nyaris.run.tables import read_table

ENGLISH = (DOCUMENTS / "en" / "tenancy_agreement.txt").read_text(encoding="utf-8")
INDONESIAN = (
    "Perusahaan itu harus membayar gaji karyawan karena masa kerja telah berakhir sebelum tanggal 1 Maret 2026. "
    "Pengguna bisa menghubungi layanan kami melalui situs ini. Kami tidak bisa memberikan uang kembali.\n"
)
CHINESE = "租户应当在每月的第一天向房东支付租金。房东不得在未经租户同意的情况下进入房屋。\n"


def hashes(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and ".shards" not in path.parts)
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def test_bytes_do_not_depend_on_workers_or_order(sources: list[str], dataset: Path, tmp_path: Path) -> None:
    generate(list(reversed(sources)), tmp_path / "again", Settings(), workers=2)
    assert hashes(tmp_path / "again") == hashes(dataset)


def test_another_seed_gives_other_triples(sources: list[str], dataset: Path, tmp_path: Path) -> None:
    generate(sources, tmp_path / "other", Settings(seed=1))
    assert (
        hashes(tmp_path / "other")["labelled/train-00000-of-00001.parquet"]
        != (hashes(dataset)["labelled/train-00000-of-00001.parquet"])
    )


def test_a_run_can_be_resumed_and_ends_with_the_same_bytes(sources: list[str], dataset: Path, tmp_path: Path) -> None:
    folder = tmp_path / "made"
    generate(sources, folder, Settings())
    made = sorted(path for path in (folder / ".shards").glob("*/*") if path.is_dir())
    rmtree(made[0])
    (folder / "manifest.json").unlink()
    kept = made[-1] / "rows.parquet"
    before = kept.stat().st_mtime_ns
    generate(sources, folder, Settings(), resume=True)
    assert hashes(folder) == hashes(dataset)
    if kept.parent.name != "frames":
        assert kept.stat().st_mtime_ns == before, "a finished shard is not made again"


def test_a_folder_with_an_earlier_run_is_not_overwritten_unasked(
    sources: list[str], dataset: Path, tmp_path: Path
) -> None:
    before = hashes(dataset)
    with pytest.raises(UsageError, match="--resume continues it, --overwrite replaces it"):
        generate(sources, dataset, Settings())
    with pytest.raises(UsageError, match="other settings"):
        generate(sources, dataset, Settings(seed=9), resume=True)
    assert hashes(dataset) == before
    (tmp_path / "mine.txt").write_text("precious", encoding="utf-8")
    with pytest.raises(UsageError, match="no Nyaris dataset"):
        generate(sources, tmp_path, Settings(), overwrite=True)
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "precious"


def test_every_refusal_is_in_the_ledger(dataset: Path) -> None:
    ledger = read_table(dataset / "rejects.parquet").to_pylist()
    assert {"too-short", "no-full-stop"} <= {row["reason"] for row in ledger}
    assert all(row["reason"] and row["rule"] and row["document"] for row in ledger)
    manifest = json.loads((dataset / "manifest.json").read_text(encoding="utf-8"))
    assert sum(count for reasons in manifest["rejects"].values() for count in reasons.values()) == len(ledger)


def test_a_phenomenon_can_be_chosen(nyaris: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH, encoding="utf-8")
    code, out, _ = nyaris(
        "generate", tmp_path / "a.txt", "-o", tmp_path / "out", "--phenomenon", "temporal", "--frames", 0, "--json"
    )
    assert code == 0
    assert set(json.loads(out)["counts"]) == {"temporal"}


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--phenomenon", "tempral", "no phenomenon 'tempral'; did you mean 'temporal'?"),
        ("--rule", "negation.inset", "did you mean 'negation.insert'?"),
        ("--language", "xx", "no language 'xx'"),
        ("--parser", "xx=en_core_web_sm", "no parser language 'xx'"),
        ("--engine", "spark", "no engine 'spark'"),
        ("--per-sentence", "0", "at least 1"),
    ],
)
def test_wrong_options_are_named_with_what_exists(
    nyaris: Command, tmp_path: Path, option: str, value: str, message: str
) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH, encoding="utf-8")
    code, _, err = nyaris("generate", tmp_path / "a.txt", "-o", tmp_path / "out", option, value)
    assert code == 2
    assert message in err
    assert err.count("\n") == 1


def test_a_parser_that_is_not_there_is_one_line(nyaris: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH, encoding="utf-8")
    code, _, err = nyaris("generate", tmp_path / "a.txt", "-o", tmp_path / "out", "--parser", "en=no_such_pipeline")
    assert code == 1
    assert "'no_such_pipeline' not found" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("binary.txt", b"\x00\xff\x00", "a binary file"),
        ("latin.txt", "Café".encode("latin-1"), "not valid UTF-8"),
        ("empty.txt", b"", "holds no text"),
        ("thing.exe", b"MZ", "unknown kind of file"),
    ],
)
def test_a_bad_file_is_one_line_and_the_run_goes_on(
    nyaris: Command, tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_bytes(content)
    (folder / "good.txt").write_text(ENGLISH, encoding="utf-8")
    code, out, err = nyaris("generate", folder, "-o", tmp_path / "out", "--frames", 0, "--json")
    assert code == 1, "the exit code tells that something was not read"
    assert [line for line in err.splitlines() if name in line and message in line]
    assert json.loads(out)["triples"] > 0


def test_a_missing_path_does_not_stop_the_others(nyaris: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH, encoding="utf-8")
    arguments = (tmp_path / "nowhere", tmp_path / "a.txt", "-o", tmp_path / "out", "--frames", 0)
    code, _, err = nyaris("generate", *arguments)
    assert code == 1
    assert "nowhere: no such file or folder" in err
    assert (tmp_path / "out" / "triplet").is_dir()


def test_nothing_readable_is_an_error(nyaris: Command, tmp_path: Path) -> None:
    code, _, err = nyaris("generate", tmp_path / "nowhere", "-o", tmp_path / "out")
    assert code == 1
    assert "no document could be read" in err
    assert "nowhere" in err


@pytest.mark.parametrize("text", [INDONESIAN * 20, CHINESE * 20], ids=["indonesian", "chinese"])
def test_another_language_gives_nothing_and_says_so(nyaris: Command, tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    code, _, err = nyaris("generate", tmp_path / "a.txt", "-o", tmp_path / "out", "--frames", 0)
    assert code == 1
    assert "nothing was generated" in err
    reasons = {row["reason"] for row in read_table(tmp_path / "out" / "rejects.parquet").to_pylist()}
    assert reasons <= {"other-language", "too-short"}


def test_a_line_of_five_megabytes_is_survived(nyaris: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("word " * 1_000_000 + "\n\n" + ENGLISH, encoding="utf-8")
    code, out, _ = nyaris("generate", tmp_path / "a.txt", "-o", tmp_path / "out", "--frames", 0, "--json")
    assert code == 0
    assert json.loads(out)["triples"] > 0
