"""One reader per kind of file: a path in, plain text or records out. Heavy libraries load when a file needs them."""

from __future__ import annotations

import csv
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_INSTALL = "pip install 'nyaris[documents]'"


class Unreadable(Exception):
    """A file or record that gives no text: why, and what to do."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


def clean(text: str) -> str:
    """Composed characters, one kind of line end, no invisible or control characters."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.encode("utf-8", "ignore").decode("utf-8")  # lone surrogates
    return _CONTROL.sub(" ", _INVISIBLE.sub("", text)).replace("\u00a0", " ")


def read_text(path: Path) -> str:
    """Plain text in UTF-8."""
    return clean(_decode(path))


def _decode(path: Path) -> str:
    data = path.read_bytes()
    if b"\x00" in data[:8192]:
        raise Unreadable("a binary file, not text", "leave it out, or convert it to text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"not valid UTF-8 (byte {data[error.start]:#04x} at position {error.start})",
            "convert it, for example with iconv -f WINDOWS-1252 -t UTF-8",
        ) from error


def read_markdown(path: Path) -> str:
    """The words of a Markdown file: a paragraph, heading or table cell each, without links and code."""
    from markdown_it import MarkdownIt

    blocks = MarkdownIt("commonmark").enable("table").parse(_decode(path))
    lines = []
    for block in blocks:
        if block.type == "inline":
            parts = [_inline_text(child.type, child.content) for child in block.children or ()]
            lines.append("".join(parts))
    return clean("\n\n".join(lines))


def _inline_text(kind: str, content: str) -> str:
    return {"softbreak": " ", "hardbreak": "\n", "text": content, "code_inline": content}.get(kind, "")


def read_html(path: Path) -> str:
    """The main text of a page, without navigation, cookie bars and footers."""
    try:
        import trafilatura
    except ImportError as error:
        raise Unreadable("HTML needs the document readers", _INSTALL) from error
    return clean(trafilatura.extract(_decode(path), include_comments=False, include_tables=True) or "")


def read_docx(path: Path) -> str:
    """Paragraphs and table cells of a Word file, in order."""
    try:
        import docx
        from docx.table import Table
    except ImportError as error:
        raise Unreadable("DOCX needs the document readers", _INSTALL) from error
    try:
        document = docx.Document(str(path))
    except Exception as error:  # zip, XML and key errors alike mean a broken file
        raise Unreadable(
            f"not a readable Word file ({type(error).__name__})", "open and save it again as .docx"
        ) from error
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines.extend(cell.text for row in block.rows for cell in row.cells)
        else:
            lines.append(block.text)
    return clean("\n\n".join(lines))


def read_pdf(path: Path) -> str:
    """The text of a PDF, broken words joined, without lines that come back on most pages."""
    try:
        import pypdfium2
    except ImportError as error:
        raise Unreadable("PDF needs the document readers", _INSTALL) from error
    try:
        with pypdfium2.PdfDocument(str(path)) as document:
            pages = [page.get_textpage().get_text_bounded() for page in document]
    except pypdfium2.PdfiumError as error:
        raise Unreadable(f"not a readable PDF ({error})", "remove the password or repair the file") from error
    return clean("\n".join(_without_running_heads(pages)).replace("\ufffe", ""))


def _without_running_heads(pages: list[str]) -> list[str]:
    split = [[line.strip() for line in page.splitlines()] for page in pages]
    counts: dict[str, int] = {}
    for lines in split:
        for line in {re.sub(r"\d+", "0", line) for line in lines if line}:
            counts[line] = counts.get(line, 0) + 1
    often = {line for line, count in counts.items() if len(pages) > 2 and count >= 0.6 * len(pages)}
    return ["\n".join(line for line in lines if re.sub(r"\d+", "0", line) not in often) for lines in split]


def read_jsonl(path: Path) -> Iterator[Mapping[str, Any] | Unreadable]:
    """One object per line; a broken line is reported and the rest is read."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                yield Unreadable(f"line {number} is not valid JSON ({error})", "mend or remove the line")
                continue
            if isinstance(row, dict):
                yield {key: clean(value) if isinstance(value, str) else value for key, value in row.items()}
            else:
                yield Unreadable(f"line {number} is not a JSON object", 'write {"text": "..."} on each line')


def read_csv(path: Path) -> Iterator[Mapping[str, Any] | Unreadable]:
    """Records of a CSV file with a header."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    try:
        for row in csv.DictReader(clean(_decode(path)).splitlines(keepends=True)):
            yield {str(key): value for key, value in row.items()}
    except csv.Error as error:
        yield Unreadable(f"not valid CSV ({error})", "save it again as a comma-separated UTF-8 file")


def read_parquet(path: Path) -> Iterator[Mapping[str, Any] | Unreadable]:
    """Records of a Parquet file, a batch in memory at a time."""
    import pyarrow
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=256):
                for row in batch.to_pylist():
                    yield {key: clean(value) if isinstance(value, str) else value for key, value in row.items()}
    except pyarrow.ArrowInvalid as error:
        yield Unreadable(f"not a readable Parquet file ({error})", "write it again")


READERS: dict[str, Callable[[Path], str]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".docx": read_docx,
    ".pdf": read_pdf,
}
TABLES: dict[str, Callable[[Path], Iterator[Mapping[str, Any] | Unreadable]]] = {
    ".jsonl": read_jsonl,
    ".csv": read_csv,
    ".parquet": read_parquet,
}
