"""How far two groups lie apart: an effect, its interval, a test."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pellucid.explain.contrast.types import Measure
from pellucid.explain.proportions import newcombe

Floats = NDArray[np.float64]
_Z = 1.959964
FEWEST = 3
"""Values that a group needs for a number to be compared."""


@dataclass(frozen=True, slots=True)
class Difference:
    """First group minus second, with its 95% interval and a p-value that is not corrected."""

    measure: Measure
    effect: float
    low: float
    high: float
    p_value: float
    test: str
    interval: str

    @property
    def strength(self) -> float:
        """The end of the interval nearer to 0, as a Cliff's delta; 0 where it holds 0.

        One scale for all measures: of values that are 0 or 1, Cliff's delta is the difference of
        shares, and of normal ones with equal spread it is 2 Phi(d / sqrt 2) - 1.
        """
        if self.low <= 0 <= self.high:
            return 0.0
        near = self.low if self.low > 0 else self.high
        return abs(math.erf(near / 2)) if self.measure == "standardised difference" else abs(near)


def share_difference(first: Floats, second: Floats) -> Difference:
    """Compare two arrays of 0 and 1: difference of shares, Newcombe's interval, Fisher's test."""
    from scipy.stats import fisher_exact

    a, b, n, m = int(first.sum()), int(second.sum()), len(first), len(second)
    effect = a / n - b / m
    low, high = newcombe(np.array([a / n, b / m]), np.array([float(n), float(m)]))
    p_value = float(fisher_exact([[a, n - a], [b, m - b]]).pvalue)
    return Difference("difference of shares", effect, low, high, p_value,
                      "Fisher's exact test", "Newcombe's hybrid score interval")  # fmt: skip


def mean_difference(first: Floats, second: Floats) -> Difference:
    """Compare means in standard deviations: Welch's test, Bonett's interval.

    The standard deviation is the root of the mean of both groups' variances, which are not pooled.
    Source: Bonett (2008), Psychological Methods 13(2), for two independent groups.
    """
    from scipy.stats import ttest_ind

    spread_a, spread_b = float(first.var(ddof=1)), float(second.var(ddof=1))
    square = (spread_a + spread_b) / 2
    effect = float(first.mean() - second.mean()) / math.sqrt(square)
    n, m = len(first) - 1, len(second) - 1
    variance = effect**2 * (spread_a**2 / n + spread_b**2 / m) / (8 * square**2)
    variance += (spread_a / n + spread_b / m) / square
    half = _Z * math.sqrt(variance)
    p_value = float(ttest_ind(first, second, equal_var=False).pvalue)
    return Difference("standardised difference", effect, effect - half, effect + half, p_value,
                      "Welch's t-test", "Bonett's interval, variances not pooled")  # fmt: skip


def rank_difference(first: Floats, second: Floats) -> Difference:
    """Compare ranks: Cliff's delta with its asymmetric interval, the Mann-Whitney test.

    Source: Cliff (1996), "Ordinal methods for behavioral data analysis"; for complete separation
    Feng and Cliff (2004), Journal of Modern Applied Statistical Methods 3(2).
    """
    from scipy.stats import mannwhitneyu

    placed_a, placed_b = _placements(first, second), -_placements(second, first)
    delta = float(placed_a.mean())
    n, m = len(first), len(second)
    variance = float(placed_a.var(ddof=1)) / n + float(placed_b.var(ddof=1)) / m
    if abs(delta) >= 1 - 1e-12:
        inner = (min(n, m) - _Z**2) / (min(n, m) + _Z**2)
        low, high = (inner, 1.0) if delta > 0 else (-1.0, -inner)
    else:
        centre = delta - delta**3
        half = _Z * math.sqrt(variance * ((1 - delta**2) ** 2 + _Z**2 * variance))
        whole = 1 - delta**2 + _Z**2 * variance
        low, high = (centre - half) / whole, (centre + half) / whole
    p_value = float(mannwhitneyu(first, second, method="asymptotic").pvalue)
    return Difference("Cliff's delta", delta, low, high, p_value,
                      "Mann-Whitney test", "Cliff's asymmetric interval")  # fmt: skip


def _placements(values: Floats, others: Floats) -> Floats:
    """Return, for each value, the share of `others` under it minus the share above it."""
    ordered = np.sort(others)
    under = np.searchsorted(ordered, values, "left")
    upto = np.searchsorted(ordered, values, "right")
    return np.asarray((under - (len(others) - upto)) / len(others), dtype=np.float64)


def holm(p_values: Floats) -> Floats:
    """Return p-values corrected for their number by Holm's step-down procedure."""
    order = np.argsort(p_values, kind="stable")
    steps = p_values[order] * np.arange(len(p_values), 0, -1)
    corrected = np.empty(len(p_values))
    corrected[order] = np.minimum(1.0, np.maximum.accumulate(steps))
    return corrected
