"""Intervals and tests for measures whose rows are not independent: rows of one source sentence are drawn together."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Resampling:
    """How intervals and p-values are made: `bootstrap` resamples, `permutations` random exchanges, one seed."""

    seed: int = 0
    bootstrap: int = 1000
    permutations: int = 10_000
