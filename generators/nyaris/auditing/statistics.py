"""Intervals and agreement."""

from __future__ import annotations

from collections.abc import Sequence

_Z = 1.959964
"""Of the 95 % interval."""


def wilson(successes: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927), which stays inside [0, 1] for small samples; (0, 1) for none."""
    if not total:
        return 0.0, 1.0
    share, z2 = successes / total, _Z * _Z
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = _Z * (share * (1 - share) / total + z2 / (4 * total * total)) ** 0.5 / (1 + z2 / total)
    return max(0.0, middle - half), min(1.0, middle + half)


def bootstrap(sums: Sequence[float], sizes: Sequence[int], repeats: int = 1000) -> tuple[float, float]:
    """The 95 % interval of sum(sums) / sum(sizes) when whole groups are drawn again; the same in every run."""
    import numpy as np

    generator = np.random.default_rng(0)
    drawn = generator.integers(0, len(sums), size=(repeats, len(sums)))
    shares = np.asarray(sums, dtype=float)[drawn].sum(axis=1) / np.asarray(sizes, dtype=float)[drawn].sum(axis=1)
    low, high = np.quantile(shares, [0.025, 0.975])
    return float(low), float(high)


def cohen_kappa(first: Sequence[str], second: Sequence[str]) -> float | None:
    """Agreement of two readers beyond chance (Cohen 1960); None where chance alone would make them agree always."""
    total = len(first)
    if not total:
        return None
    agreed = sum(a == b for a, b in zip(first, second, strict=True)) / total
    chance = sum(first.count(code) * second.count(code) for code in {*first, *second}) / (total * total)
    return None if chance == 1 else (agreed - chance) / (1 - chance)
