"""What changed between two texts, word by word: derived from the strings alone, whatever rule made them."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

_PIECE = re.compile(r"\w+|[^\w\s]")


class Difference(NamedTuple):
    """Characters `start` to `end` of the first text read `before`; the second text has `after` there."""

    start: int
    end: int
    before: str
    after: str


def differences(first: str, second: str) -> list[Difference]:
    """The smallest runs of words by which the second text differs from the first, in order."""
    old, new = _pieces(first), _pieces(second)
    matcher = SequenceMatcher(None, [m.group() for m in old], [m.group() for m in new], autojunk=False)
    found = []
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            continue
        start = old[old_from].start() if old_from < len(old) else len(first)
        end = old[old_to - 1].end() if old_to > old_from else start
        after = second[new[new_from].start() : new[new_to - 1].end()] if new_to > new_from else ""
        found.append(Difference(start, end, first[start:end], after))
    return found


@lru_cache(maxsize=16)
def _pieces(text: str) -> tuple[re.Match[str], ...]:
    return tuple(_PIECE.finditer(text))


@lru_cache(maxsize=64)
def _words(text: str) -> frozenset[str]:
    return frozenset([piece.lower() for piece in _PIECE.findall(text)])


def overlap(first: str, second: str) -> float:
    """Jaccard overlap of the sets of lower-cased words."""
    left, right = _words(first), _words(second)
    return len(left & right) / len(left | right) if left | right else 1.0
