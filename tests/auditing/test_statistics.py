from __future__ import annotations

import pytest

from nyaris.auditing.statistics import bootstrap, cohen_kappa, wilson


def test_wilson_against_published_values() -> None:
    # Newcombe 1998, table I, method 3: 81/263, 15/148, 0/20, 1/29
    for successes, total, low, high in [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611)]:
        assert wilson(successes, total) == pytest.approx((low, high), abs=1e-4)
    assert wilson(1, 29) == pytest.approx((0.0061, 0.1718), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)


def test_kappa() -> None:
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert cohen_kappa(first, second) == pytest.approx(0.4)
    assert cohen_kappa(["ok"] * 4, ["ok"] * 4) is None
    assert cohen_kappa([], []) is None


def test_bootstrap_draws_whole_groups() -> None:
    assert bootstrap([5, 5, 5], [10, 10, 10]) == (0.5, 0.5)
    low, high = bootstrap([0, 10] * 50, [10] * 100)
    assert 0.35 < low < 0.45
    assert 0.55 < high < 0.65
