"""Every kind of file, and every kind of bad file: one clear report, and the rest is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nyaris.errors import NyarisError
from nyaris.reading.documents import Document, Unread, read_documents


def read(*sources: Path | str, column: str = "text") -> tuple[list[Document], list[Unread]]:
    found = list(read_documents([str(source) for source in sources], column))
    return [each for each in found if isinstance(each, Document)], [each for each in found if isinstance(each, Unread)]


def test_a_folder_gives_its_files_in_order_with_language_and_metadata(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    (folder / "ms").mkdir(parents=True)
    (folder / "b.txt").write_text("Second.", encoding="utf-8")
    (folder / "a.md").write_text("# First\n\nWith *words* and [a link](http://x).", encoding="utf-8")
    (folder / "ms" / "c.txt").write_text("Ketiga.", encoding="utf-8")
    (folder / "README.md").write_text("not a document", encoding="utf-8")
    (folder / "metadata.csv").write_text("file_name,domain,licence\nb.txt,tenancy,CC0-1.0\n", encoding="utf-8")
    documents, unread = read(folder)
    assert [document.id for document in documents] == ["letters/a.md", "letters/b.txt", "letters/ms/c.txt"]
    assert documents[0].text == "First\n\nWith words and a link."
    assert (documents[1].domain, documents[1].licence) == ("tenancy", "CC0-1.0")
    assert documents[2].language == "ms"
    assert not unread


def test_records_of_jsonl_csv_and_parquet(tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    rows = [{"id": "x", "text": "One.", "language": "en"}, {"id": "y", "text": "Dua.", "language": "ms"}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (tmp_path / "b.csv").write_text("id,text,language\nx,One.,en\ny,Dua.,ms\n", encoding="utf-8")
    parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "c.parquet")
    for name in ("a.jsonl", "b.csv", "c.parquet"):
        documents, unread = read(tmp_path / name)
        assert [(each.id, each.text, each.language) for each in documents] == [
            (f"{name}#x", "One.", "en"),
            (f"{name}#y", "Dua.", "ms"),
        ]
        assert not unread


def test_word_web_and_pdf_files(tmp_path: Path) -> None:
    import docx

    written = docx.Document()
    written.add_paragraph("The tenant pays.")
    written.add_table(1, 1).cell(0, 0).text = "In a cell."
    written.save(str(tmp_path / "a.docx"))
    body = "<p>The landlord repairs the roof of the building every year before the rain.</p>" * 3
    page = f"<html><body><nav>Home</nav><article>{body}</article></body></html>"
    (tmp_path / "b.html").write_text(page, encoding="utf-8")
    (tmp_path / "c.pdf").write_bytes(_pdf("The buyer signs."))
    documents, unread = read(tmp_path)
    assert not unread
    texts = [document.text for document in documents]
    assert texts[0] == "The tenant pays.\n\nIn a cell."
    assert "The landlord repairs the roof" in texts[1]
    assert "Home" not in texts[1]
    assert texts[2].strip() == "The buyer signs."


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"\x00\x01\x02 text", "binary file"),
        ("a.txt", b"caf\xe9", "not valid UTF-8 (byte 0xe9 at position 3)"),
        ("a.txt", b"  \n", "holds no text"),
        ("a.bin", b"text", "unknown kind of file '.bin'"),
        ("a.docx", b"PK not a zip", "not a readable Word file"),
        ("a.pdf", b"%PDF-1.4 broken", "not a readable PDF"),
        ("a.parquet", b"PAR1", "not a readable Parquet file"),
        ("a.jsonl", b"{broken", "line 1 is not valid JSON"),
        ("a.jsonl", b"[1]", "line 1 is not a JSON object"),
        ("a.csv", b"id,body\n1,x\n", "no text in column 'text' (columns: id, body)"),
    ],
)
def test_a_bad_file_is_reported_and_the_rest_is_read(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text("Good text.", encoding="utf-8")
    documents, unread = read(tmp_path)
    assert [document.text for document in documents] == ["Good text."]
    assert len(unread) == 1
    assert reason in unread[0].reason
    assert unread[0].id.split("#")[0].endswith(name)
    assert unread[0].remedy


def test_a_broken_line_does_not_cost_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "One."}\n{oops\n{"text": "Two."}\n', encoding="utf-8")
    documents, unread = read(tmp_path / "a.jsonl")
    assert [document.text for document in documents] == ["One.", "Two."]
    assert "line 2" in unread[0].reason


def test_missing_paths_and_empty_folders(tmp_path: Path) -> None:
    _, unread = read(tmp_path / "nowhere", tmp_path)
    assert [each.reason for each in unread] == ["no such file or folder", "the folder holds no files"]


def test_marks_of_line_breaking_go_and_what_hides_or_turns_letters_stays_to_be_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("land\u00adlord\u200b \u202eand\u202c\u00a0tenant\r\n", encoding="utf-8")
    documents, _ = read(tmp_path / "a.txt")
    assert documents[0].text == "landlord \u202eand\u202c tenant\n"


def test_a_metadata_file_without_file_names_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "metadata.csv").write_text("name,domain\na,b\n", encoding="utf-8")
    with pytest.raises(NyarisError, match="file_name"):
        read(tmp_path)


def test_hub_datasets_are_streamed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def load(*names: str, **options: Any) -> list[dict[str, str]]:
        asked.append((names, options))
        return [{"text": "From the hub."}]

    monkeypatch.setattr("datasets.load_dataset", load)
    documents, _ = read("hf://datasets/org/name/config:test")
    assert asked == [(("org/name", "config"), {"split": "test", "streaming": True})]
    assert documents[0].text == "From the hub."
    _, unread = read("hf://datasets/name")
    assert "not the address" in unread[0].reason


def _pdf(line: str) -> bytes:
    """The smallest PDF with one line of text."""
    stream = f"BT /F1 12 Tf 72 720 Td ({line}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(data)
    return data + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer
