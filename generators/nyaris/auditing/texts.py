"""Texts made comparable."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

_PIECE = re.compile(r"\w+(?:['’-]\w+)*|%|[$£€]")


@lru_cache(maxsize=100_000)
def normal(text: str) -> str:
    """Without case, punctuation and spacing: what is equal after this says the same in the same words."""
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """Words and numbers in lower case, in order; hyphened and apostrophed words are one."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return _PIECE.findall(folded)


def bag_difference(first: str, second: str) -> tuple[Counter[str], Counter[str]]:
    """The words of the first text that the second lacks, and the other way round; order does not count."""
    left, right = Counter(words(first)), Counter(words(second))
    return left - right, right - left


def bare(text: str) -> str:
    """Without any spacing: what applying an edit must reproduce."""
    return "".join(text.split())
