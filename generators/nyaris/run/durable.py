"""Files and folders that are there whole or not at all, whenever the power fails."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

from nyaris.errors import NyarisError


def write_durably(path: Path, text: str) -> None:
    """Write a file beside it, make sure that it is on disk, and rename."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    with beside.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    _sync_folder(path.parent)


@contextmanager
def durable_folder(folder: Path) -> Iterator[Path]:
    """A folder to write into, which becomes `folder` when all is well."""
    beside = folder.with_name(f"{folder.name}.{os.getpid()}.part")
    if beside.exists():
        rmtree(beside)
    beside.mkdir(parents=True)
    try:
        yield beside
        for path in beside.iterdir():
            _sync(path)
        _sync_folder(beside)
        try:
            beside.rename(folder)
        except OSError:
            if not folder.is_dir():
                raise
            rmtree(beside)  # another worker was faster, with the same bytes
        _sync_folder(folder.parent)
    except BaseException:
        rmtree(beside, ignore_errors=True)
        raise


@contextmanager
def disk_errors(folder: Path) -> Iterator[None]:
    """Turn a full or unwritable disk into an error that says what to do; what is finished stays."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise NyarisError(
                f"no space is left for {folder}: make room and run the same command with --resume; "
                "what is finished is kept"
            ) from error
        if error.errno in {errno.EACCES, errno.EROFS, errno.EPERM}:
            raise NyarisError(f"{error.filename or folder} cannot be written ({error.strerror})") from error
        raise


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:  # some network file systems cannot
        pass
    finally:
        os.close(descriptor)
