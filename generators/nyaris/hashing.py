"""Randomness keyed by what it is for: the same key gives the same draw in every run, process and order."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")


def digest(*key: object) -> str:
    """Sixteen hexadecimal digits from a key."""
    text = key[0] if len(key) == 1 and isinstance(key[0], str) else "\x1f".join(map(str, key))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def draw(*key: object) -> float:
    """A number in [0, 1) from a key."""
    return int(digest(*key), 16) / 2**64


def choose(options: Sequence[T], *key: object) -> T:
    """One of the options from a key."""
    return options[int(draw(*key) * len(options))]


def shuffled(options: Sequence[T], *key: object) -> list[T]:
    """The options in an order from a key."""
    return [option for _, _, option in sorted((digest(*key, i), i, option) for i, option in enumerate(options))]
