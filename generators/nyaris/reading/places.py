"""Where files are: a folder walked in order, and what stands in the way reported."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from nyaris.hashing import digest

METADATA = "metadata.csv"


def walk(folder: Path) -> Iterator[tuple[Path, str | None]]:
    """Every file below a folder in the order of its path, with the reason why it is not read, if there is one.

    Hidden files, `metadata.csv` and READMEs are passed over in silence. Links to folders are not followed, so that no
    loop is entered; links to files count where they stay inside the folder.
    """
    yield from _walk(folder, folder.resolve())


def _walk(folder: Path, root: Path) -> Iterator[tuple[Path, str | None]]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield folder, f"the folder cannot be opened ({error.strerror})"
        return
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            yield path, _reason_against_link(path, root)
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(path, root)
        elif entry.is_file(follow_symlinks=False):
            if not _is_about_the_files(path):
                yield path, None
        else:
            yield path, "neither a file nor a folder"


def _is_about_the_files(path: Path) -> bool:
    return path.name == METADATA or path.stem.upper() == "README"


def _reason_against_link(path: Path, root: Path) -> str | None:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return "a link that leads nowhere, or in a circle"
    if target.is_dir():
        return "a link to a folder, which is not followed"
    if not target.is_relative_to(root):
        return "a link that leaves the folder"
    return None if target.is_file() else "a link to something that is no file"


def file_name(path: str) -> str:
    """A path as text that can be stored: bytes that are no UTF-8 become replacement characters."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def signature(sources: list[str]) -> str:
    """A digest of the sources as given, and of names, sizes and times of the files behind them."""
    parts: list[object] = []
    for source in sources:
        parts.append(source)
        path = Path(source)
        files = (each for each, _ in walk(path)) if path.is_dir() else [path] if path.is_file() else []
        for file in (*files, *([path / METADATA] if (path / METADATA).is_file() else [])):
            try:
                known = file.stat()
            except OSError:
                continue
            parts.append(digest(parts.pop(), file, known.st_size, known.st_mtime_ns))
    return digest(*parts)
