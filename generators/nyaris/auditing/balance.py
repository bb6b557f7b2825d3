"""How the rows spread over phenomena, languages, rules, directions, hardness and splits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from nyaris.auditing.findings import Finding, Limits, judged
from nyaris.dataset.read import Row

COLUMNS = ("phenomenon", "language", "rule", "direction", "hardness", "split")
_ENOUGH = 200
"""Rows of a cell below which its share of hard rows says little."""


def balance(rows: Sequence[Row]) -> list[dict[str, str | int]]:
    """Rows counted by all of COLUMNS, in their order."""
    counts = Counter(tuple(getattr(row, name) for name in COLUMNS) for row in rows)
    return [dict(zip(COLUMNS, key, strict=True)) | {"rows": count} for key, count in sorted(counts.items())]


def uneven_hardness(rows: Sequence[Row], limits: Limits) -> list[Finding]:
    """How far the share of hard rows of a phenomenon x language lies from one half."""
    totals = Counter((row.phenomenon, row.language) for row in rows)
    hard = Counter((row.phenomenon, row.language) for row in rows if row.hardness == "hard")
    return [
        judged(
            f"hardness {phenomenon} {language}",
            abs(hard[phenomenon, language] / total - 0.5),
            limits.hardness,
            f"from one half: {hard[phenomenon, language]} of {total} rows are hard",
        )
        for (phenomenon, language), total in sorted(totals.items())
        if total >= _ENOUGH
    ]
