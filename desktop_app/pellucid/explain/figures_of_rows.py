"""Single figures of some rows, each with its 95% interval and the name of its method."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pellucid.explain.proportions import wilson_interval
from pellucid.models.intervals import student_t_975

Floats = NDArray[np.float64]
_Z = 1.959964
_NOTHING = float("nan")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure over `n` values; `low` and `high` are NaN and `method` empty without an interval."""

    value: float
    n: int
    low: float = _NOTHING
    high: float = _NOTHING
    method: str = ""

    @property
    def bounds(self) -> tuple[float, float] | None:
        return (self.low, self.high) if math.isfinite(self.low) else None


def share_figure(hits: int, total: int) -> Figure:
    """Return a share with Wilson's interval; NaN of nothing."""
    if not total:
        return Figure(_NOTHING, 0)
    low, high = wilson_interval(hits, total)
    return Figure(hits / total, total, low, high, "Wilson score interval")


def mean_figure(values: Floats) -> Figure:
    """Return the mean of known values with Student's t interval."""
    n = len(values)
    if n < 2:
        return Figure(float(values.mean()) if n else _NOTHING, n)
    mean, half = float(values.mean()), float(values.std(ddof=1)) / math.sqrt(n)
    half *= student_t_975(n - 1)
    return Figure(mean, n, mean - half, mean + half, "Student's t interval")


def median_figure(values: Floats) -> Figure:
    """Return the median of known values, bounded by the values at binomial ranks.

    Source: Conover (1999), "Practical nonparametric statistics", section 3.2, normal approximation.
    """
    n = len(values)
    if not n:
        return Figure(_NOTHING, 0)
    ordered = np.sort(values)
    low = math.floor(n / 2 - _Z * math.sqrt(n) / 2)
    high = math.ceil(n / 2 + _Z * math.sqrt(n) / 2)
    if low < 0 or high >= n:
        return Figure(float(np.median(values)), n)
    return Figure(float(np.median(values)), n, float(ordered[low]), float(ordered[high]),
                  "binomial ranks")  # fmt: skip


def plain_figure(values: Floats, statistic: str) -> Figure:
    """Return a minimum, maximum, sum or standard deviation ("spread"), which get no interval."""
    if not len(values):
        return Figure(_NOTHING, 0)
    if statistic == "sum":
        return Figure(float(values.sum()), len(values))
    if statistic in ("minimum", "maximum"):
        extreme = values.min() if statistic == "minimum" else values.max()
        return Figure(float(extreme), len(values))
    return Figure(float(values.std(ddof=1)) if len(values) > 1 else _NOTHING, len(values))


def figure_of(values: Floats, statistic: str) -> Figure:
    """Return the statistic of a column's known values."""
    if statistic == "mean":
        return mean_figure(values)
    return median_figure(values) if statistic == "median" else plain_figure(values, statistic)


@dataclass(frozen=True, slots=True)
class MeanGap:
    """How two means differ, first less second, by Welch's test and interval."""

    first: Figure
    second: Figure
    difference: float
    low: float
    high: float
    p_value: float


def mean_gap(first: Floats, second: Floats) -> MeanGap:
    """Compare the means of two groups of two values or more."""
    from scipy.stats import ttest_ind

    result = ttest_ind(first, second, equal_var=False)
    bounds = result.confidence_interval(0.95)
    return MeanGap(
        mean_figure(first), mean_figure(second), float(first.mean() - second.mean()),
        float(bounds.low), float(bounds.high), float(result.pvalue),
    )  # fmt: skip
