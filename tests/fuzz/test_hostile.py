"""Files that are made to hurt: each is refused with its reason, and the rest is read."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Command

from nyaris.reading.documents import Document, Unread, read_documents
from nyaris.reading.limits import Limits, TooSlow, time_limit
from nyaris.run import patience
from nyaris.run.settings import Settings
from nyaris.run.shard import process_documents

GOOD = "The tenant must pay the rent to the landlord before 1 March 2026.\n"
ENCRYPTED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"3 0 obj<</Filter/Standard/V 1/R 2/O(" + b"x" * 32 + b")/U(" + b"y" * 32 + b")/P -4>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[(a)(a)]>>\n%%EOF"
)


def bomb(path: Path) -> None:
    """A Word file of a few kilobytes that unpacks to 200 MB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        with packed.open("word/document.xml", "w", force_zip64=True) as inside:
            for _ in range(200):
                inside.write(b" " * 1_000_000)


def written(content: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(content)

    return write


HOSTILE: dict[str, tuple[Callable[[Path], None], str]] = {
    "junk.txt": (written(bytes(range(256)) * 50), "a binary file"),
    "bomb.docx": (bomb, "unpacks to 200 MB"),
    "torn.docx": (written(b"PK\x03\x04" + b"x" * 99), "not a readable Word file"),
    "locked.pdf": (written(ENCRYPTED), "not a readable PDF"),
    "torn.pdf": (written(b"%PDF-1.7\n" + os.urandom(200)), "not a readable PDF"),
    "tags.html": (written(b"<b>" * 300_000), "more than 200,000 tags"),
    "torn.parquet": (written(b"PAR1" + b"\x00" * 40 + b"PAR1"), "not a readable Parquet file"),
    "wide.csv": (written(b"text\n" + b"x" * 2_000_000), "not valid CSV"),
    "line.jsonl": (
        written(b'{"text": "' + b"x" * 3_000_000 + b'"}\n{"text": "' + GOOD.strip().encode() + b'"}'),
        "longer than 1 MB",
    ),
    "deep.jsonl": (written(b"[" * 100_000 + b"\n"), "not valid JSON"),
    "huge.md": (written(GOOD.encode() * 20_000), "more than the 1 MB of a document"),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_each_gives_a_reason(name: str, tmp_path: Path) -> None:
    make, reason = HOSTILE[name]
    make(tmp_path / name)
    (tmp_path / "zzz.txt").write_text(GOOD, encoding="utf-8")
    with time_limit(60):
        found = list(read_documents([str(tmp_path)], limits=Limits(megabytes=1)))
    assert [each for each in found if isinstance(each, Unread) and name in each.id and reason in each.reason], found
    assert any(isinstance(each, Document) and each.text == GOOD for each in found)


def test_zeros_and_broken_lines_cost_themselves_alone(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "One\\u0000 \\ud800."}\n{broken\n{"text": "Two."}\n')
    (tmp_path / "b.csv").write_bytes(b"text,id\n" + b"A clean row.," * 1 + b"1\n" + b"x" * 9000 + b"\x00y,2\n")
    found = list(read_documents([str(tmp_path)]))
    documents = [each for each in found if isinstance(each, Document)]
    assert [each.text for each in documents[:2]] == ["One  .", "Two."]
    assert [each.id.partition("#")[2] for each in documents] == ["0", "2", "1", "2"]
    assert next(each.reason for each in found if isinstance(each, Unread)).startswith("line 2 is not")


def test_links_and_odd_names(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Nobody may read this.", encoding="utf-8")
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    (folder / "inside.txt").symlink_to(folder / "good.txt")
    (folder / "outside.txt").symlink_to("../secret.txt")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "sub" / "up").symlink_to("..")
    os.mkfifo(folder / "pipe.txt")
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text(GOOD, encoding="utf-8")
    found = list(read_documents([str(folder)]))
    reasons = {each.id: each.reason for each in found if isinstance(each, Unread)}
    assert reasons == {
        "in/loop.txt": "a link that leads nowhere, or in a circle",
        "in/outside.txt": "a link that leaves the folder",
        "in/pipe.txt": "neither a file nor a folder",
        "in/sub/up": "a link to a folder, which is not followed",
    }
    assert {each.id for each in found if isinstance(each, Document)} == {
        "in/good.txt",
        "in/inside.txt",
        "in/caf\ufffd.txt",
    }


def test_a_large_text_file_is_read_in_blocks_of_one_source(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("w", encoding="utf-8") as file:
        for number in range(60_000):
            file.write(f"{number} {GOOD}\n")
    found = [each for each in read_documents([str(path)]) if isinstance(each, Document)]
    assert len(found) >= 3
    assert [each.id for each in found] == [f"large.txt#{number}" for number in range(len(found))]
    assert {each.source for each in found} == {"large.txt"}
    assert all(len(each.text) < 2_100_000 for each in found)
    assert "".join(each.text for each in found) == path.read_text(encoding="utf-8"), "nothing is lost or torn"


def test_what_hangs_or_breaks_costs_itself_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    real = process_documents

    def process(documents: list[Document], settings: Settings) -> object:
        for document in documents:
            if document.id == "slow":
                raise TooSlow
            if document.id == "broken":
                raise ZeroDivisionError("by a document")
        return real(documents, settings)

    monkeypatch.setattr(patience, "process_documents", process)
    documents = [Document(name, GOOD) for name in ("a", "slow", "b", "broken")]
    result = patience.process_patiently(documents, Settings(frames=0), 30)
    assert [row["id"] for row in result.sources] == ["a", "slow", "b", "broken"]
    refused = {row["document"]: (row["reason"], row["text"]) for row in result.rejects if row["rule"] == "document"}
    assert refused["slow"][0] == "too-slow"
    assert refused["broken"] == ("error", "ZeroDivisionError: by a document")
    assert {row["source"]["document"] for row in result.rows} == {"a", "b"}


def test_the_time_limit_ends_what_goes_on_for_ever() -> None:
    with pytest.raises(TooSlow), time_limit(0.05):
        while True:
            pass


def test_the_run_goes_on_and_names_what_was_not_read(tmp_path: Path, nyaris: Command) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("junk.txt", "torn.pdf", "deep.jsonl"):
        HOSTILE[name][0](folder / name)
    (folder / "bidi.txt").write_text("The tenant must \u202epay\u202c the landlord by 1 March 2026.", encoding="utf-8")
    (folder / "good.txt").write_text(GOOD * 3, encoding="utf-8")
    code, out, err = nyaris("generate", folder, "-o", tmp_path / "out", "--frames", 0, "--json")
    assert code == 1
    assert all(name in err for name in ("junk.txt", "torn.pdf", "deep.jsonl"))
    assert len(json.loads(out)["unread"]) == 3
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["rejects"]["sentence"]["hidden-characters"] == 1
