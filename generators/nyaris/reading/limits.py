"""How much of a document is enough: limits of size and of time."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from nyaris.errors import UsageError


class TooSlow(Exception):
    """The time for a document is over."""


@dataclass(frozen=True)
class Limits:
    """What one document may take. Raises UsageError for limits that nothing would pass."""

    megabytes: float = 50
    """Of a file that is read in one piece, of one record, of what a packed file unpacks to."""
    seconds: float = 300

    def __post_init__(self) -> None:
        if self.megabytes <= 0:
            raise UsageError(f"--max-document-size {self.megabytes:g}: more than 0 megabytes are needed")
        if self.seconds <= 0:
            raise UsageError(f"--max-document-seconds {self.seconds:g}: more than 0 seconds are needed")

    @property
    def size(self) -> int:
        """Bytes."""
        return int(self.megabytes * 1_000_000)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TooSlow in the block when the time is over; without effect outside of a main thread and on Windows."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL if before is None else before)  # None: set by C code
