"""What is to become of finished shards: which pairs are kept, and how they are split."""

from __future__ import annotations

from dataclasses import dataclass

from nyaris.errors import UsageError
from nyaris.run.settings import must_exist

HARDNESS = ("both", "hard", "easy")
SPLIT_COLUMNS = ("document", "domain", "licence", "source")
QUOTA_COLUMNS = ("phenomenon", "language", "variety", "rule", "document", "domain", "query_style", "split")


@dataclass(frozen=True)
class Quota:
    """At most `pairs` pairs for every combination of values in `columns`."""

    columns: tuple[str, ...]
    pairs: int


@dataclass(frozen=True)
class Collation:
    """The options of `collate`; they may differ between collations of one run. Raises UsageError for bad ones."""

    shares: tuple[float, ...] = (0.8, 0.1, 0.1)
    """Of the documents, for train, validation and test."""
    split_by: str = "document"
    hardness: str = "both"
    quotas: tuple[Quota, ...] = ()
    similarity: float = 0.8
    """From which similarity on a sentence of another document is a duplicate; 1 for equal ones only."""
    refine: bool = False

    def __post_init__(self) -> None:
        must_exist("split column", [self.split_by], SPLIT_COLUMNS)
        must_exist("hardness", [self.hardness], HARDNESS)
        if len(self.shares) != 3 or min(self.shares) < 0 or abs(sum(self.shares) - 1) > 1e-6:
            shares = "/".join(f"{share:g}" for share in self.shares)
            raise UsageError(f"--split {shares}: three shares that add up to 1 are expected, such as 0.8/0.1/0.1")
        if not 0.5 <= self.similarity <= 1:
            raise UsageError(f"--similarity {self.similarity:g}: a number from 0.5 to 1 is expected")
        if self.refine and self.hardness != "both":
            raise UsageError(f"--refine balances hard and easy rows: leave out --hardness {self.hardness}")
        for quota in self.quotas:
            must_exist("quota column", quota.columns, QUOTA_COLUMNS)


def parse_shares(text: str) -> tuple[float, ...]:
    """`0.8/0.1/0.1` as numbers. Raises UsageError."""
    try:
        return tuple(float(part) for part in text.split("/"))
    except ValueError as error:
        raise UsageError(f"--split {text}: numbers with strokes between are expected, such as 0.8/0.1/0.1") from error


def parse_quota(text: str) -> Quota:
    """`rule+document=20` as a quota. Raises UsageError."""
    columns, equals, number = text.partition("=")
    if not equals or not number.isdecimal() or int(number) < 1:
        raise UsageError(f"--quota {text}: COLUMN+COLUMN=PAIRS is expected, such as rule+document=20")
    return Quota(tuple(columns.split("+")), int(number))
