"""Files, folders and hub datasets into documents; what cannot be read is reported, and reading goes on."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nyaris.errors import NyarisError
from nyaris.grammar import grammar_codes
from nyaris.reading.formats import READERS, TABLES, Unreadable

HUB = "hf://"
METADATA = "metadata.csv"
FIELDS = ("language", "domain", "licence", "source")


@dataclass(frozen=True)
class Document:
    """A text with what is known of it; unknown fields are empty. `language` is a grammar code or an ISO code."""

    id: str
    text: str
    language: str = ""
    domain: str = ""
    licence: str = ""
    source: str = ""


@dataclass(frozen=True)
class Unread:
    """A file, or a record of one, that gave no document, and what the user can do about it."""

    id: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.id}: {self.reason}; {self.remedy}"


def read_documents(sources: list[str], text_column: str = "text") -> Iterator[Document | Unread]:
    """Documents of all sources, in the order of their paths. Nothing but the documents at hand is held in memory."""
    for source in sources:
        if source.startswith(HUB):
            yield from _hub_documents(source, text_column)
            continue
        path = Path(source)
        if path.is_dir():
            yield from _folder_documents(path, text_column)
        elif path.exists():
            yield from _file_documents(path, path.name, text_column, {})
        else:
            yield Unread(source, "no such file or folder", "check the spelling")


def _folder_documents(folder: Path, text_column: str) -> Iterator[Document | Unread]:
    known = _metadata(folder)
    name = folder.resolve().name
    found = False
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in relative.parts)
        if hidden or not path.is_file() or path.name == METADATA or path.stem.upper() == "README":
            continue
        found = True
        about = known.get(relative.as_posix(), {})
        yield from _file_documents(path, f"{name}/{relative.as_posix()}", text_column, about)
    if not found:
        yield Unread(str(folder), "the folder holds no files", "give a folder with documents in it")


def _file_documents(path: Path, name: str, text_column: str, about: Mapping[str, str]) -> Iterator[Document | Unread]:
    suffix = path.suffix.lower()
    about = {"language": _language_of_folder(path), **{key: value for key, value in about.items() if value}}
    fields = {key: about.get(key, "") for key in FIELDS}
    try:
        if suffix in READERS:
            text = READERS[suffix](path)
            if text.strip():
                yield Document(name, text, **fields)
            else:
                yield Unread(name, "the file holds no text", "leave it out, or run text recognition on a scan first")
        elif suffix in TABLES:
            yield from _records(TABLES[suffix](path), name, text_column, fields)
        else:
            known = ", ".join(sorted({*READERS, *TABLES}))
            yield Unread(name, f"unknown kind of file '{suffix or path.name}'", f"convert it to one of {known}")
    except Unreadable as error:
        yield Unread(name, error.reason, error.remedy)


def _records(
    rows: Iterator[Mapping[str, Any] | Unreadable], name: str, text_column: str, fields: Mapping[str, str]
) -> Iterator[Document | Unread]:
    for number, row in enumerate(rows):
        record = f"{name}#{number}"
        if isinstance(row, Unreadable):
            yield Unread(record, row.reason, row.remedy)
        elif not isinstance(row.get(text_column), str):
            columns = ", ".join(map(str, row)) or "none"
            yield Unread(
                record, f"no text in column '{text_column}' (columns: {columns})", "name it with --text-column"
            )
        elif row[text_column].strip():
            own = {key: str(row[key]) for key in FIELDS if row.get(key)}
            document = Document(f"{name}#{row.get('id', number)}", row[text_column], **fields)
            yield replace(document, **own)


def _hub_documents(source: str, text_column: str) -> Iterator[Document | Unread]:
    """`hf://datasets/ORG/NAME[/CONFIG][:SPLIT]`, streamed."""
    from datasets import load_dataset

    place, _, split = source.removeprefix(HUB).removeprefix("datasets/").partition(":")
    parts = place.split("/")
    if len(parts) < 2 or not all(parts):
        yield Unread(source, "not the address of a dataset", "write hf://datasets/ORG/NAME[/CONFIG][:SPLIT]")
        return
    try:
        rows = load_dataset("/".join(parts[:2]), *parts[2:3], split=split or "train", streaming=True)
    except Exception as error:  # the client raises a dozen kinds for a missing name, split, network or right
        yield Unread(source, f"the dataset cannot be loaded ({error})", "check name, split, network and access token")
        return
    yield from _records(iter(rows), place, text_column, dict.fromkeys(FIELDS, "") | {"source": source})


def _language_of_folder(path: Path) -> str:
    """A folder named like a grammar says what its files are written in; the nearest one counts."""
    return next((part.name for part in path.resolve().parents if part.name in grammar_codes()), "")


def _metadata(folder: Path) -> dict[str, dict[str, str]]:
    """`metadata.csv` beside the files: a column `file_name`, and any of language, domain, licence, source."""
    path = folder / METADATA
    if not path.is_file():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if "file_name" not in (reader.fieldnames or ()):
                raise NyarisError(f"{path}: a column 'file_name' is expected; found {reader.fieldnames}")
            return {row["file_name"]: {key: row.get(key) or "" for key in FIELDS} for row in reader}
    except (UnicodeDecodeError, csv.Error) as error:
        raise NyarisError(f"{path}: {error}; save it as a UTF-8 CSV file") from error
