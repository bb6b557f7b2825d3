"""Files, folders and hub datasets into documents; what cannot be read is reported, and reading goes on."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from nyaris.errors import NyarisError
from nyaris.grammar import grammar_codes
from nyaris.reading.formats import PLAIN, READERS, TABLES, Unreadable, clean, read_blocks
from nyaris.reading.limits import Limits, TooSlow, time_limit
from nyaris.reading.places import METADATA, file_name, walk

HUB = "hf://"
_LONGEST_NAME = 300
_SPLIT = "split it, or raise --max-document-size"
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


def read_documents(
    sources: list[str], text_column: str = "text", limits: Limits | None = None
) -> Iterator[Document | Unread]:
    """Documents of all sources, in the order of their paths. Nothing but the document at hand is held in memory."""
    limits = limits or Limits()
    for source in sources:
        if source.startswith(HUB):
            yield from _hub_documents(source, text_column, limits)
            continue
        path = Path(source)
        if path.is_dir():
            yield from _folder_documents(path, text_column, limits)
        elif path.is_file():
            yield from _file_documents(path, file_name(path.name), text_column, {}, limits)
        elif path.exists():
            yield Unread(source, "neither a file nor a folder", "give a file, a folder or hf://datasets/ORG/NAME")
        else:
            yield Unread(source, "no such file or folder", "check the spelling")


def _folder_documents(folder: Path, text_column: str, limits: Limits) -> Iterator[Document | Unread]:
    known = _metadata(folder)
    name = folder.resolve().name
    found = False
    for path, reason in walk(folder):
        found = True
        relative = path.relative_to(folder).as_posix()
        document = file_name(f"{name}/{relative}")
        if reason:
            yield Unread(document, reason, "give the thing itself as a source, or leave it out")
        else:
            yield from _file_documents(path, document, text_column, known.get(relative, {}), limits)
    if not found:
        yield Unread(str(folder), "the folder holds no files", "give a folder with documents in it")


def _file_documents(
    path: Path, name: str, text_column: str, about: Mapping[str, str], limits: Limits
) -> Iterator[Document | Unread]:
    suffix = path.suffix.lower()
    about = {"language": _language_of_folder(path), **{key: value for key, value in about.items() if value}}
    fields = {key: about.get(key, "") for key in FIELDS}
    try:
        if suffix == PLAIN:
            yield from _blocks(path, name, fields, limits)
        elif suffix in READERS:
            with time_limit(limits.seconds):
                text = READERS[suffix](path, limits)
            yield Document(name, text, **fields) if text.strip() else _empty(name)
        elif suffix in TABLES:
            yield from _records(TABLES[suffix](path, limits), name, text_column, fields, limits)
        else:
            known = ", ".join(sorted({PLAIN, *READERS, *TABLES}))
            yield Unread(name, f"unknown kind of file '{suffix or path.name}'", f"convert it to one of {known}")
    except Unreadable as error:
        yield Unread(name, error.reason, error.remedy)
    except TooSlow:
        yield Unread(name, f"not read in {limits.seconds:g} seconds", "split it, or raise --max-document-seconds")
    except OSError as error:
        yield Unread(name, f"cannot be read ({error.strerror or error})", "check its permissions")
    except Exception as error:  # the readers of many formats fail in many ways; one file must not stop the others
        yield Unread(name, f"cannot be read ({type(error).__name__})", "open it and save it again, or leave it out")


def _empty(name: str) -> Unread:
    return Unread(name, "the file holds no text", "leave it out, or run text recognition on a scan first")


def _blocks(path: Path, name: str, fields: Mapping[str, str], limits: Limits) -> Iterator[Document | Unread]:
    """A text file; a large one as several documents NAME#0, NAME#1 ..., cut at blank lines, all of one source."""
    blocks = read_blocks(path, limits)
    first, second = next(blocks, ""), next(blocks, None)
    if second is None:
        yield Document(name, first, **fields) if first.strip() else _empty(name)
        return
    source = fields["source"] or name
    for number, text in enumerate(chain((first, second), blocks)):
        if text.strip():
            yield Document(f"{name}#{number}", text, **{**fields, "source": source})


def _records(
    rows: Iterator[Mapping[str, Any] | Unreadable],
    name: str,
    text_column: str,
    fields: Mapping[str, str],
    limits: Limits,
) -> Iterator[Document | Unread]:
    for number, row in enumerate(rows):
        record = f"{name}#{number}"
        if isinstance(row, Unreadable):
            yield Unread(record, row.reason, row.remedy)
        elif not isinstance(row.get(text_column), str):
            columns = shorten(", ".join(map(str, row)) or "none", _LONGEST_NAME)
            yield Unread(
                record, f"no text in column '{text_column}' (columns: {columns})", "name it with --text-column"
            )
        elif len(row[text_column]) > limits.size:
            yield Unread(record, f"a text of more than {limits.megabytes:g} MB", _SPLIT)
        elif row[text_column].strip():
            own = {key: clean(shorten(str(row[key]), _LONGEST_NAME)) for key in FIELDS if row.get(key)}
            called = clean(shorten(str(row.get("id", number)), _LONGEST_NAME))
            document = Document(f"{name}#{called}", clean(row[text_column]), **fields)
            yield replace(document, **own)


def _hub_documents(source: str, text_column: str, limits: Limits) -> Iterator[Document | Unread]:
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
    fields = dict.fromkeys(FIELDS, "") | {"source": source}
    try:
        yield from _records(iter(rows), place, text_column, fields, limits)
    except Exception as error:  # a stream may break off for as many reasons
        yield Unread(source, f"the stream broke off ({error})", "run the same command with --resume")


def shorten(text: str, length: int) -> str:
    """The beginning of a text."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


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
