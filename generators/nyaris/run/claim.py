"""One run at a time in a folder."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nyaris.errors import UsageError

LOCK, OWNER = "lock", "owner.json"


@contextmanager
def claim(work: Path, output: Path) -> Iterator[None]:
    """Hold the folder while the run goes on. Raises UsageError naming process and host of a run that holds it.

    The operating system frees the lock when its process ends, however it ends: a lock left behind does not count.
    """
    from filelock import FileLock, Timeout

    work.mkdir(parents=True, exist_ok=True)
    lock, owner = FileLock(work / LOCK), work / OWNER
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise UsageError(
            f"{output} is in use by another run{_described(owner)}: wait for it, stop it, or choose another folder"
        ) from None
    try:
        owner.write_text(json.dumps({"pid": os.getpid(), "host": socket.gethostname()}), encoding="utf-8")
        yield
    finally:
        owner.unlink(missing_ok=True)
        lock.release()


def _described(owner: Path) -> str:
    try:
        known = json.loads(owner.read_text(encoding="utf-8"))
        return f" (process {known['pid']} on {known['host']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
