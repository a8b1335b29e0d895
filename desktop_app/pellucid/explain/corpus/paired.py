"""Two measurements of the same texts compared: shares, means, and tests of their differences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pellucid.explain.proportions import wilson_interval
from pellucid.models.types import Estimate

Floats = NDArray[np.float64]
RESAMPLES = 1_000
LEVEL = 0.05
FEWEST_TESTED = 5
"""A sample is tested from so many values."""
_CHUNK = 2_000_000


def share(hits: int, total: int) -> Estimate:
    """Return a share with its Wilson interval; NaN, from 0 to 1, without any trial."""
    low, high = wilson_interval(hits, total)
    return Estimate(hits / total if total else float("nan"), low, high)


def mcnemar(first: int, second: int) -> float:
    """Return the exact two-sided p-value of two counts of discordant pairs; NaN without any."""
    if first + second == 0:
        return float("nan")
    from scipy.stats import binomtest

    return float(binomtest(first, first + second, 0.5).pvalue)


def mean_interval(values: Floats, random: np.random.Generator) -> Estimate:
    """Return the mean of paired differences (n,) with a 95% interval by bootstrap over them.

    Percentiles of `RESAMPLES` resamples; the interval is NaN with fewer than two values.
    """
    if len(values) < 2:
        return Estimate(float(values.mean()) if len(values) else np.nan, np.nan, np.nan)
    step = max(1, _CHUNK // len(values))
    means = []
    for start in range(0, RESAMPLES, step):
        draws = min(step, RESAMPLES - start)
        means.append(values[random.integers(len(values), size=(draws, len(values)))].mean(axis=1))
    low, high = np.quantile(np.concatenate(means), [0.025, 0.975])
    return Estimate(float(values.mean()), float(low), float(high))


def resampled_rows(rows: int, random: np.random.Generator) -> NDArray[np.intp]:
    """Return the rows that each bootstrap resample draws, (RESAMPLES, rows)."""
    return np.asarray(random.integers(rows, size=(RESAMPLES, rows)), dtype=np.intp)


def holm_intervals(samples: Sequence[Floats]) -> list[tuple[Estimate, float]]:
    """Return each sample's mean with its interval and p-value, corrected for their number.

    Student's t; the levels are those that Holm's step-down procedure grants. Samples of fewer than
    `FEWEST_TESTED` values are not tested: their interval and p-value are NaN.
    """
    from scipy.stats import t as student

    raw: dict[int, tuple[float, float, int]] = {}
    for index, values in enumerate(samples):
        if len(values) >= FEWEST_TESTED:
            mean, degrees = float(values.mean()), len(values) - 1
            error = float(values.std(ddof=1)) / len(values) ** 0.5
            strength = abs(mean) / error if error > 0 else (np.inf if mean else 0.0)
            raw[index] = (2 * float(student.sf(strength, degrees)), error, degrees)
    found = [(Estimate(float(v.mean()), np.nan, np.nan), float("nan")) for v in samples]
    reached, level, is_open = 0.0, LEVEL, True
    for step, index in enumerate(sorted(raw, key=lambda i: raw[i][0])):
        p_value, error, degrees = raw[index]
        if is_open:
            level = LEVEL / (len(raw) - step)
        is_open = is_open and p_value < level
        reached = max(reached, min(1.0, p_value * (len(raw) - step)))
        half = float(student.isf(level / 2, degrees)) * error
        mean = found[index][0].value
        found[index] = (Estimate(mean, mean - half, mean + half), reached)
    return found
