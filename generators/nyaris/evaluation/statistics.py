"""Intervals and tests for measures whose rows are not independent: rows of one source sentence are drawn together.

Intervals are percentiles of a bootstrap over clusters; p-values are those of the paired randomisation test, in which
the two systems change places in whole clusters (two-sided). Everything is a function of the seed and of what is
measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nyaris.auditing.statistics import wilson
from nyaris.hashing import digest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_AT_ONCE = 4_000_000
"""Drawn numbers that are held at one time."""


@dataclass(frozen=True, slots=True)
class Resampling:
    """How intervals and p-values are made: `bootstrap` resamples, `permutations` random exchanges, one seed."""

    seed: int = 0
    bootstrap: int = 1000
    permutations: int = 10_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95 % interval, and how it stands to the baseline where there is one."""

    value: float
    low: float
    high: float
    difference: float | None = None
    difference_low: float | None = None
    difference_high: float | None = None
    p: float | None = None


def cluster_numbers(names: Sequence[object]) -> Ints:
    """The names as numbers from 0, in order of first appearance."""
    import numpy as np

    numbers: dict[object, int] = {}
    return np.fromiter((numbers.setdefault(name, len(numbers)) for name in names), dtype=np.int64, count=len(names))


def mean_estimates(
    values: Floats, clusters: Ints, baseline: int | None, resampling: Resampling, *key: object, share: bool = False
) -> list[Estimate]:
    """One estimate of the mean for each column of `values` (rows, systems); `baseline` is a column.

    For a `share` that is the same in every resample the bootstrap knows no spread; there Wilson's interval stands,
    with the clusters for a sample. Columns with the same `key` are drawn alike, whatever other columns are beside them.
    """
    import numpy as np

    totals = _by_cluster(values, clusters)
    sizes = np.bincount(clusters).astype(float)
    drawn = np.concatenate(
        [counts @ totals / (counts @ sizes)[:, None] for counts in _resamples(len(sizes), resampling, *key)]
    )
    found = values.mean(axis=0)
    ps = _exchange_test(totals, baseline, resampling, *key)
    estimates = _estimates(found, drawn, baseline, ps)
    return [_widened(each, len(sizes)) if share else each for each in estimates]


def grouped_estimates(
    values: Sequence[Floats], baseline: int | None, resampling: Resampling, *key: object
) -> list[Estimate]:
    """The same for the mean of the means of several groups, each drawn by itself; rows are their own clusters."""
    import numpy as np

    found = np.mean([each.mean(axis=0) for each in values], axis=0)
    drawn = np.mean(
        [
            np.concatenate([counts @ each / len(each) for counts in _resamples(len(each), resampling, *key, number)])
            for number, each in enumerate(values)
        ],
        axis=0,
    )
    weighted = np.concatenate([each / (len(each) * len(values)) for each in values])
    return _estimates(found, drawn, baseline, _exchange_test(weighted, baseline, resampling, *key))


def auc_estimates(
    positive: Floats, negative: Floats, clusters: Ints, baseline: int | None, resampling: Resampling, *key: object
) -> list[Estimate]:
    """How often a positive of any row scores above a negative of any row; columns are systems, ties count half.

    The p-value is that of the bootstrap, since the scores of two systems cannot be exchanged.
    """
    import numpy as np

    ones = np.ones((1, int(clusters.max()) + 1), dtype=np.float32)
    columns, found = [], []
    for column in range(positive.shape[1]):
        area = _area(positive[:, column], negative[:, column], clusters)
        found.append(float(area(ones)[0]))
        counts = _resamples(ones.shape[1], resampling, *key, row_width=2 * len(clusters))
        columns.append(np.concatenate([area(each) for each in counts]))
    drawn = np.stack(columns, axis=1)
    ps: list[float | None] = [None] * len(columns)
    if baseline is not None:
        for column in range(len(columns)):
            below = float((drawn[:, column] - drawn[:, baseline] <= 0).mean())
            above = float((drawn[:, column] - drawn[:, baseline] >= 0).mean())
            ps[column] = min(1.0, max(2 * min(below, above), 1 / (resampling.bootstrap + 1)))
    return [_widened(each, ones.shape[1]) for each in _estimates(np.array(found), drawn, baseline, ps)]


def holm(values: Sequence[float]) -> list[float]:
    """The p-values after Holm's step-down correction (1979), in the order given."""
    order = sorted(range(len(values)), key=lambda place: values[place])
    corrected, highest = [0.0] * len(values), 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, (len(values) - rank) * values[place]))
        corrected[place] = highest
    return corrected


def _by_cluster(values: Floats, clusters: Ints) -> Floats:
    import numpy as np

    return np.stack([np.bincount(clusters, weights=column) for column in values.T], axis=1)


def _generator(resampling: Resampling, *key: object) -> np.random.Generator:
    import numpy as np

    return np.random.default_rng(int(digest(resampling.seed, *key), 16))


def _resamples(
    clusters: int, resampling: Resampling, *key: object, row_width: int = 0
) -> Iterator[NDArray[np.float32]]:
    """How often each cluster is drawn, resample by resample, in pieces of some rows."""
    import numpy as np

    generator = _generator(resampling, "bootstrap", *key)
    most = max(1, _AT_ONCE // max(clusters, row_width))
    for start in range(0, resampling.bootstrap, most):
        rows = min(most, resampling.bootstrap - start)
        drawn = generator.integers(0, clusters, size=(rows, clusters))
        drawn += np.arange(rows)[:, None] * clusters
        counts = np.bincount(drawn.ravel(), minlength=rows * clusters)
        yield counts.reshape(rows, clusters).astype(np.float32)


def _exchange_test(totals: Floats, baseline: int | None, resampling: Resampling, *key: object) -> list[float | None]:
    """The p-value of each column against the baseline; `totals` are sums by cluster."""
    import numpy as np

    if baseline is None:
        return [None] * totals.shape[1]
    differences = totals - totals[:, [baseline]]
    differences = differences[np.any(differences != 0, axis=1)]
    observed = np.abs(differences.sum(axis=0))
    reached = np.zeros(totals.shape[1])
    generator = _generator(resampling, "exchange", *key)
    width = len(differences)
    most = max(1, _AT_ONCE // max(1, width))
    for start in range(0, resampling.permutations if width else 0, most):
        rows = min(most, resampling.permutations - start)
        bits = np.unpackbits(np.frombuffer(generator.bytes(rows * (width // 8 + 1)), dtype=np.uint8))
        signs = bits[: rows * width].reshape(rows, width).astype(np.float64) * 2 - 1
        reached += (np.abs(signs @ differences) >= observed * (1 - 1e-9) - 1e-12).sum(axis=0)
    if not width:
        return [1.0] * totals.shape[1]
    return [float(count + 1) / (resampling.permutations + 1) for count in reached]


def _area(positive: Floats, negative: Floats, clusters: Ints) -> Callable[[NDArray[np.float32]], Floats]:
    """A function from (resamples, clusters) counts to the area under the curve in each resample."""
    import numpy as np

    order = np.argsort(negative, kind="stable")
    owners, ranked = clusters[order], negative[order]
    below, not_above = (np.searchsorted(ranked, positive, side=side) for side in ("left", "right"))
    tied = bool((below != not_above).any())

    def area(counts: NDArray[np.float32]) -> Floats:
        sums = np.zeros((len(counts), len(owners) + 1), dtype=np.float32)  # of whole numbers: exact up to 16 million
        np.cumsum(counts[:, owners], axis=1, out=sums[:, 1:])
        beaten = (sums[:, below] + sums[:, not_above]) / 2 if tied else sums[:, below]
        total = sums[:, -1].astype(np.float64)  # as many positives as negatives
        result: Floats = np.einsum("ij,ij->i", counts[:, clusters], beaten, dtype=np.float64) / total**2
        return result

    return area


def _estimates(found: Floats, drawn: Floats, baseline: int | None, ps: Sequence[float | None]) -> list[Estimate]:
    import numpy as np

    low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    values = [(float(found[each]), float(low[each]), float(high[each])) for each in range(len(found))]
    if baseline is None:
        return [Estimate(*each) for each in values]
    differences = found - found[baseline]
    least, most = np.quantile(drawn - drawn[:, [baseline]], [0.025, 0.975], axis=0)
    return [
        Estimate(*each)
        if place == baseline
        else Estimate(*each, float(differences[place]), float(least[place]), float(most[place]), ps[place])
        for place, each in enumerate(values)
    ]


def _widened(estimate: Estimate, clusters: int) -> Estimate:
    from dataclasses import replace

    if estimate.high - estimate.low > 1e-12:
        return estimate
    low, high = wilson(round(estimate.value * clusters), clusters)
    return replace(estimate, low=min(low, estimate.value), high=max(high, estimate.value))
