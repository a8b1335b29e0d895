"""Shares and means of two groups of rows: their intervals, their difference, and its test."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pellucid.explain.proportions import LEVEL, Floats, newcombe

SHARES = "Newcombe's interval of a difference of shares"
MEANS = "Welch's interval of a difference of means"


@dataclass(frozen=True, slots=True)
class Moments:
    """Groups of rows by how many they are, the mean of what is compared, and its variance."""

    rows: Floats
    mean: Floats
    variance: Floats

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Difference:
    value: float
    low: float
    high: float
    p_value: float


def moments(values: Floats, codes: NDArray[np.intp], groups: int) -> Moments:
    """Return the moments of `values` (rows,) in each of the groups that `codes` (rows,) name."""
    kept = codes >= 0
    held, places = values[kept], codes[kept]
    rows = np.bincount(places, minlength=groups).astype(np.float64)
    mean = np.bincount(places, weights=held, minlength=groups) / np.maximum(rows, 1)
    squares = np.bincount(places, weights=(held - mean[places]) ** 2, minlength=groups)
    return Moments(rows, mean, np.asarray(squares / np.maximum(rows - 1, 1)))


def mean_bounds(found: Moments, level: float = LEVEL) -> tuple[Floats, Floats]:
    """Return Student's interval of each group's mean."""
    from scipy.special import stdtrit

    half = stdtrit(np.maximum(found.rows - 1, 1), 1 - level / 2) * np.sqrt(
        found.variance / np.maximum(found.rows, 1)
    )
    return np.asarray(found.mean - half), np.asarray(found.mean + half)


def difference_of(found: Moments, a: int, b: int, tried: int, *, shares: bool) -> Difference:
    """Return group `a` less group `b`: interval and p-value hold for all `tried` at once.

    Bonferroni's correction. Shares: Newcombe (1998, Statistics in Medicine 17, method 10) and the
    test of two proportions with a pooled variance. Means: Welch (1947, Biometrika 34).
    """
    value = float(found.mean[a] - found.mean[b])
    low, high = _difference_bounds(found, a, b, LEVEL / max(1, tried), shares)
    raw = float(p_values(found, np.array([a]), np.array([b]), shares=shares)[0])
    return Difference(value, low, high, min(1.0, raw * max(1, tried)))


def p_values(found: Moments, a: NDArray[np.intp], b: NDArray[np.intp], *, shares: bool) -> Floats:
    """Return the two-sided p-value of each pair of groups, not corrected, shape (pairs,)."""
    from scipy.special import ndtr, stdtr

    n, m, gap = found.rows[a], found.rows[b], found.mean[a] - found.mean[b]
    if shares:
        pooled = (found.mean[a] * n + found.mean[b] * m) / (n + m)
        error = np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    else:
        error = np.sqrt(found.variance[a] / n + found.variance[b] / m)
    with np.errstate(divide="ignore", invalid="ignore"):
        strength = np.where(error > 0, np.abs(gap) / error, np.where(gap == 0, 0.0, np.inf))
    if shares:
        return np.asarray(2 * ndtr(-strength))
    return np.asarray(2 * stdtr(_welch_degrees(found, a, b), -strength))


def _welch_degrees(found: Moments, a: NDArray[np.intp], b: NDArray[np.intp]) -> Floats:
    one, other = found.variance[a] / found.rows[a], found.variance[b] / found.rows[b]
    below = one**2 / np.maximum(found.rows[a] - 1, 1) + other**2 / np.maximum(found.rows[b] - 1, 1)
    degrees: Floats = np.divide((one + other) ** 2, below, out=np.ones(len(one)), where=below > 0)
    return np.maximum(degrees, 1.0)


def _difference_bounds(
    found: Moments, a: int, b: int, level: float, shares: bool
) -> tuple[float, float]:
    gap = float(found.mean[a] - found.mean[b])
    if shares:
        return newcombe(found.mean[[a, b]], found.rows[[a, b]], level)
    from scipy.special import stdtrit

    degrees = _welch_degrees(found, np.array([a]), np.array([b]))
    error = math.sqrt(found.variance[a] / found.rows[a] + found.variance[b] / found.rows[b])
    half = float(stdtrit(degrees, 1 - level / 2)[0]) * error
    return gap - half, gap + half
