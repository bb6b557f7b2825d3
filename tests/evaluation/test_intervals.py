"""Intervals and tests against values that are known."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from nyaris.evaluation.statistics import (
    Resampling,
    auc_estimates,
    cluster_numbers,
    grouped_estimates,
    holm,
    mean_estimates,
)

MANY = Resampling(bootstrap=2000, permutations=4000)


def test_rows_of_one_sentence_count_as_one_observation() -> None:
    draws = np.random.default_rng(1).random(200) < 0.5
    alone = mean_estimates(draws[:, None].astype(float), np.arange(200), None, MANY)[0]
    repeated = np.repeat(draws, 10)[:, None].astype(float)
    clusters = np.repeat(np.arange(200), 10)
    clustered = mean_estimates(repeated, clusters, None, MANY)[0]
    naive = mean_estimates(repeated, np.arange(2000), None, MANY)[0]
    assert alone.high - alone.low == pytest.approx(2 * 1.96 * 0.5 / 200**0.5, rel=0.15)
    assert clustered.high - clustered.low == pytest.approx(alone.high - alone.low, rel=0.15)
    assert naive.high - naive.low < 0.5 * (alone.high - alone.low)


def test_the_paired_test_sees_a_steady_gain_and_no_gain_in_noise() -> None:
    generator = np.random.default_rng(2)
    before = generator.random(300)
    noise = before + generator.normal(0, 0.2, 300)
    better = before + 0.05 + generator.normal(0, 0.1, 300)
    base, same, gain = mean_estimates(np.stack([before, noise, better], axis=1), np.arange(300), 0, MANY)
    assert base.difference is None
    assert base.p is None
    assert same.p is not None
    assert same.p > 0.05
    assert gain.p == pytest.approx(1 / 4001)
    assert gain.difference == pytest.approx(0.05, abs=0.02)
    assert gain.difference_low is not None
    assert gain.difference_low > 0


def test_p_values_of_the_exchange_are_those_of_all_exchanges() -> None:
    # of the 16 ways to exchange four differences of one sign, two are as extreme
    found = mean_estimates(np.array([[0.0, 1.0]] * 4), np.arange(4), 0, MANY)[1]
    assert found.p == pytest.approx(2 / 16, abs=0.03)


def test_p_values_under_no_difference_are_spread_evenly() -> None:
    generator = np.random.default_rng(3)
    quick = Resampling(bootstrap=100, permutations=400)
    ps = [mean_estimates(generator.normal(size=(30, 2)), np.arange(30), 0, quick, trial)[1].p for trial in range(200)]
    assert np.mean([p is not None and p < 0.1 for p in ps]) == pytest.approx(0.1, abs=0.06)


def test_the_area_under_the_curve_counts_ties_half() -> None:
    generator = np.random.default_rng(4)
    positive, negative = (generator.integers(least, least + 5, size=(120, 1)).astype(float) for least in (2, 1))
    found = auc_estimates(positive, negative, np.arange(120) // 2, None, MANY)[0]
    expected = roc_auc_score([1] * 120 + [0] * 120, np.concatenate([positive, negative]).ravel())
    assert found.value == pytest.approx(expected)
    assert found.low < expected < found.high


def test_where_all_agree_the_interval_is_that_of_so_many_clusters() -> None:
    found = mean_estimates(np.ones((8, 1)), np.arange(8) // 2, None, MANY, share=True)[0]
    assert (found.value, found.high) == (1, 1)
    assert found.low == pytest.approx(0.51, abs=0.01)  # Wilson, 4 of 4


def test_groups_weigh_alike_whatever_their_size() -> None:
    small, large = np.full((3, 1), 1.0), np.zeros((300, 1))
    assert grouped_estimates([small, large], None, MANY)[0].value == 0.5


def test_the_same_seed_gives_the_same_and_other_systems_change_nothing() -> None:
    values = np.random.default_rng(5).random((50, 3))
    clusters = np.arange(50)
    both = mean_estimates(values[:, :2], clusters, 0, MANY, "cell")
    assert mean_estimates(values, clusters, 0, MANY, "cell")[:2] == both
    assert mean_estimates(values[:, :2], clusters, 0, Resampling(1, 2000, 4000), "cell") != both


def test_holm_steps_down() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([]) == []


def test_clusters_are_numbered_in_order() -> None:
    assert cluster_numbers(["b", "a", "b"]).tolist() == [0, 1, 0]
