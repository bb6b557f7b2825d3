"""One reader per kind of file: a path in, plain text or records out. Heavy libraries load when a file needs them."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Any, BinaryIO, TextIO
from zipfile import ZipFile

from nyaris.reading.limits import Limits

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Marks of line breaking and byte order, which ordinary texts are full of."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")
_BLOCK = 1_000_000
_MOST_TAGS = 200_000
_INSTALL = "pip install 'nyaris[documents]'"


class Unreadable(Exception):
    """A file or record that gives no text: why, and what to do."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


def clean(text: str) -> str:
    """Composed characters, one kind of line end, no lone surrogates, control characters or marks of line breaking.

    What turns, joins or hides letters stays: sentences with it are refused later, not mended.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.encode("utf-8", "ignore").decode("utf-8")  # lone surrogates
    return _CONTROL.sub(" ", _INVISIBLE.sub("", text)).replace("\u00a0", " ")


def read_blocks(path: Path, limits: Limits) -> Iterator[str]:
    """Plain text in UTF-8: a file of ordinary size in one piece, a larger one in pieces cut at blank lines.

    A piece is no longer than a million characters and what follows up to the next blank line; where none comes, it is
    cut at a line end, or anywhere.
    """
    size = min(_BLOCK, limits.size)
    with _opened(path) as file:
        held = ""
        while more := _next_characters(file, size):
            held += more
            while len(held) > 2 * size:
                cut = _cut(held, size)
                yield clean(held[:cut])
                held = held[cut:]
        yield clean(held)


def _cut(text: str, size: int) -> int:
    blank = _BLANK_LINE.search(text, size)
    if blank:
        return blank.end()
    return text.rfind("\n", 0, 2 * size) + 1 or 2 * size


def _next_characters(file: TextIO, size: int) -> str:
    try:
        return file.read(size)
    except UnicodeDecodeError as error:
        place = file.buffer.tell() - len(error.object) + error.start
        raise Unreadable(
            f"not valid UTF-8 (byte {error.object[error.start]:#04x} at position {place})",
            "convert it, for example with iconv -f WINDOWS-1252 -t UTF-8",
        ) from error


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """A text file, line ends as they are."""
    with path.open("rb") as file:
        if b"\x00" in file.read(8192):
            raise Unreadable("a binary file, not text", "leave it out, or convert it to text")
        file.seek(0)
        yield TextIOWrapper(file, encoding="utf-8-sig", newline="")


def _decode(path: Path, limits: Limits) -> str:
    _check_size(path, limits)
    with _opened(path) as file:
        return _next_characters(file, -1)


def _check_size(path: Path, limits: Limits) -> None:
    size = path.stat().st_size
    if size > limits.size:
        raise Unreadable(
            f"{size / 1e6:,.0f} MB, more than the {limits.megabytes:g} MB of a document",
            "split it, or raise --max-document-size",
        )


def read_markdown(path: Path, limits: Limits) -> str:
    """The words of a Markdown file: a paragraph, heading or table cell each, without links and code."""
    from markdown_it import MarkdownIt

    blocks = MarkdownIt("commonmark").enable("table").parse(_decode(path, limits))
    lines = []
    for block in blocks:
        if block.type == "inline":
            parts = [_inline_text(child.type, child.content) for child in block.children or ()]
            lines.append("".join(parts))
    return clean("\n\n".join(lines))


def _inline_text(kind: str, content: str) -> str:
    return {"softbreak": " ", "hardbreak": "\n", "text": content, "code_inline": content}.get(kind, "")


def read_html(path: Path, limits: Limits) -> str:
    """The main text of a page, without navigation, cookie bars and footers."""
    try:
        import trafilatura
    except ImportError as error:
        raise Unreadable("HTML needs the document readers", _INSTALL) from error
    page = _decode(path, limits)
    if page.count("<") > _MOST_TAGS:
        raise Unreadable(f"more than {_MOST_TAGS:,} tags", "split the page")
    return clean(trafilatura.extract(page, include_comments=False, include_tables=True) or "")


def read_docx(path: Path, limits: Limits) -> str:
    """Paragraphs and table cells of a Word file, in order."""
    try:
        import docx
        from docx.table import Table
    except ImportError as error:
        raise Unreadable("DOCX needs the document readers", _INSTALL) from error
    _check_size(path, limits)
    try:
        _check_unpacked(path, limits)
        document = docx.Document(str(path))
    except Unreadable:
        raise
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


def _check_unpacked(path: Path, limits: Limits) -> None:
    """Refuse a packed file that swells, before it is unpacked; zipfile reads no more than the sizes it declares."""
    with ZipFile(path) as packed:
        size = sum(entry.file_size for entry in packed.infolist())
    if size > limits.size:
        raise Unreadable(
            f"unpacks to {size / 1e6:,.0f} MB, more than the {limits.megabytes:g} MB of a document",
            "leave it out, or raise --max-document-size",
        )


def read_pdf(path: Path, limits: Limits) -> str:
    """The text of a PDF, broken words joined, without lines that come back on most pages."""
    try:
        import pypdfium2
    except ImportError as error:
        raise Unreadable("PDF needs the document readers", _INSTALL) from error
    _check_size(path, limits)
    try:
        with pypdfium2.PdfDocument(str(path)) as document:
            pages = _page_texts(document, limits)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(f"not a readable PDF ({error})", "remove the password or repair the file") from error
    return clean("\n".join(_without_running_heads(pages)).replace("\ufffe", ""))


def _page_texts(document: Any, limits: Limits) -> list[str]:
    pages: list[str] = []
    size = 0
    for page in document:
        pages.append(page.get_textpage().get_text_bounded())
        page.close()
        size += len(pages[-1])
        if size > limits.size:
            raise Unreadable(f"more than {limits.megabytes:g} MB of text", "split it, or raise --max-document-size")
    return pages


def _without_running_heads(pages: list[str]) -> list[str]:
    split = [[line.strip() for line in page.splitlines()] for page in pages]
    counts: dict[str, int] = {}
    for lines in split:
        for line in {re.sub(r"\d+", "0", line) for line in lines if line}:
            counts[line] = counts.get(line, 0) + 1
    often = {line for line, count in counts.items() if len(pages) > 2 and count >= 0.6 * len(pages)}
    return ["\n".join(line for line in lines if re.sub(r"\d+", "0", line) not in often) for lines in split]


def read_jsonl(path: Path, limits: Limits) -> Iterator[Mapping[str, Any] | Unreadable]:
    """One object per line; a broken line is reported and the rest is read."""
    with path.open("rb") as file:
        for number, line in enumerate(_lines(file, limits), start=1):
            if line is None:
                yield Unreadable(
                    f"line {number} is longer than {limits.megabytes:g} MB", "split it, or raise --max-document-size"
                )
                continue
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield Unreadable(f"line {number} is not valid JSON ({error})", "mend or remove the line")
                continue
            if isinstance(row, dict):
                yield _cleaned(row)
            else:
                yield Unreadable(f"line {number} is not a JSON object", 'write {"text": "..."} on each line')


def _lines(file: BinaryIO, limits: Limits) -> Iterator[bytes | None]:
    """The lines of a file; None for one that is too long, of which no more than the limit is held."""
    while line := file.readline(limits.size + 1):
        if len(line) <= limits.size:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(limits.size + 1)
        yield None


def _cleaned(row: Mapping[Any, Any]) -> Mapping[str, Any]:
    return {clean(str(key)): clean(value) if isinstance(value, str) else value for key, value in row.items()}


def read_csv(path: Path, limits: Limits) -> Iterator[Mapping[str, Any] | Unreadable]:
    """Records of a CSV file with a header, a record in memory at a time."""
    csv.field_size_limit(limits.size)
    try:
        with _opened(path) as file:
            for row in csv.DictReader(file):
                yield _cleaned(row)
    except csv.Error as error:
        yield Unreadable(f"not valid CSV ({error})", "save it again as a comma-separated UTF-8 file")
    except UnicodeDecodeError:
        yield Unreadable("not valid UTF-8", "convert it, for example with iconv -f WINDOWS-1252 -t UTF-8")


def read_parquet(path: Path, limits: Limits) -> Iterator[Mapping[str, Any] | Unreadable]:
    """Records of a Parquet file, a batch in memory at a time."""
    import pyarrow
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=64):
                for row in batch.to_pylist():
                    yield _cleaned(row)
    except (pyarrow.ArrowException, OSError) as error:
        yield Unreadable(f"not a readable Parquet file ({error})", "write it again")


PLAIN = ".txt"
READERS: dict[str, Callable[[Path, Limits], str]] = {
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".docx": read_docx,
    ".pdf": read_pdf,
}
TABLES: dict[str, Callable[[Path, Limits], Iterator[Mapping[str, Any] | Unreadable]]] = {
    ".jsonl": read_jsonl,
    ".csv": read_csv,
    ".parquet": read_parquet,
}
