"""What a check found, and the limits it is held to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

from nyaris.errors import UsageError

_COUNTS = ("leaks", "disagreements")
SHOWN = 10
"""Examples that a finding names."""


@dataclass(frozen=True)
class Limits:
    """The largest value of each check that still passes. The defaults are what Nyaris promises of its own output."""

    probe: float = 0.55
    """A query-blind model fails a cell when even the lower end of its interval lies above this (chance is 0.5)."""
    query_probe: float = 0.6
    """The same for telling the query of a statement triple from its positive and negative."""
    leaks: float = 0.0
    """Documents, frames, source sentences and texts that stand in two splits."""
    near_leaks: float = 0.05
    """Share of held-out source sentences with a near-duplicate (Jaccard 0.8 of character 5-grams) in train."""
    duplicates: float = 0.0
    """Share of rows whose three texts another row has too."""
    conflicts: float = 0.005
    """Share of rows whose positive is another row's negative for the same query."""
    disagreements: float = 0.0
    """Records of other configurations that `labelled` does not bear out."""
    trivial: float = 0.0
    """Share of rows with equal texts, empty texts or placeholders."""
    edits: float = 0.0
    """Share of rows whose `edits` do not lead from the positive to the negative, or name what did not change."""
    unpaired: float = 0.0
    """Share of pairs without exactly one row per direction, both in one split."""
    answers: float = 0.05
    """Share of question rows whose answer the positive words otherwise, or has not at all."""
    implausible: float = 0.02
    """Share of a cell's document rows in which nothing changed that its phenomenon is about."""
    uneven: float = 0.01
    """Share of pairs in which the flip changed other words in the query than in the positive or the negative."""
    hardness: float = 0.2
    """How far the share of hard rows may lie from one half, in cells of at least 200 rows."""

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            if value < 0 or (value > 1 and name not in _COUNTS):
                raise UsageError(f"--limit {name}={value}: a share between 0 and 1 is expected")


@dataclass(frozen=True)
class Finding:
    """One check: its value, the limit, whether it passed, and up to ten examples of what is wrong."""

    check: str
    value: float
    limit: float
    passed: bool
    meaning: str
    examples: tuple[str, ...] = ()


def judged(check: str, value: float, limit: float, meaning: str, examples: Sequence[str] = ()) -> Finding:
    """A finding that passes while its value is at most the limit."""
    return Finding(check, round(value, 4), limit, value <= limit, meaning, tuple(examples[:SHOWN]))


def limits_from(given: Sequence[str]) -> Limits:
    """Limits from `NAME=SHARE` words. Raises UsageError naming what is known."""
    known = [field.name for field in fields(Limits)]
    chosen: dict[str, float] = {}
    for word in given:
        name, _, number = word.partition("=")
        if name not in known:
            raise UsageError(f"no limit '{name}': known are {', '.join(known)}")
        try:
            chosen[name] = float(number)
        except ValueError:
            raise UsageError(f"--limit {word}: NAME=SHARE is expected, such as {name}=0.05") from None
    return Limits(**chosen)
