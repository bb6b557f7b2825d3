"""How figures look on a page: digits, signs, and one of eleven shades whose middle is chance, or no change."""

from __future__ import annotations

SHADES = 11
_MIDDLE = SHADES // 2
_CHANCE = {"paired_accuracy": 0.25}
_WIDEST_CHANGE = 0.25
"""A change of so much, either way, takes the strongest shade."""
_CERTAIN = 0.05
_SMALLER_IS_BETTER = frozenset({"near_miss_at_1"})

NAMES = {
    "triplet_accuracy": "Triplet accuracy",
    "paired_accuracy": "Paired accuracy",
    "auc": "AUC",
    "near_miss_at_1": "Near miss at rank 1",
    "margin": "Mean margin",
}
MEANINGS = {
    "triplet_accuracy": "share of rows whose right text scores higher than its near miss; chance is 0.5",
    "paired_accuracy": "share of pairs both of whose queries prefer their own text; chance is 0.25",
    "auc": "how well scores part right texts from near misses over all rows; chance is 0.5",
    "near_miss_at_1": "share of queries for which a search returns the near miss first; smaller is better",
    "margin": "mean of the score of the right text minus that of the near miss, on the scale of the system",
}


def chance(measure: str) -> float:
    """The value that stands in the middle of the scale."""
    return _CHANCE.get(measure, 0.5)


def is_smaller_better(measure: str) -> bool:
    """Whether the measure counts failures."""
    return measure in _SMALLER_IS_BETTER


def shade(measure: str, value: float) -> int:
    """0 for the worst value, 10 for the best, 5 for chance."""
    middle = chance(measure)
    place = (value - middle) / ((1 - middle) if value > middle else middle)
    return _step(-place if is_smaller_better(measure) else place)


def shade_of_change(measure: str, change: float) -> int:
    """0 for a great loss, 10 for a great gain, 5 for none."""
    place = change / _WIDEST_CHANGE
    return _step(-place if is_smaller_better(measure) else place)


def _step(place: float) -> int:
    return _MIDDLE + round(_MIDDLE * max(-1.0, min(1.0, place)))


def figure(value: float, digits: int = 2) -> str:
    """A share or score."""
    return f"{value:.{digits}f}".replace("-", "−")


def signed(value: float, digits: int = 2) -> str:
    """A change, with its sign; none where it rounds to nothing."""
    text = f"{value:+.{digits}f}"
    return text[1:] if float(text) == 0 else text.replace("-", "−")


def is_certain(p: float | None) -> bool:
    """Whether a change is held to be more than chance."""
    return p is not None and p < _CERTAIN


def probability(p: float | None) -> str:
    """A p-value as it is written."""
    if p is None:
        return ""
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"
