"""Intervals of shares of rows, and of how far two shares lie apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LEVEL = 0.05
Floats = NDArray[np.float64]


def wilson(share: Floats, rows: Floats, level: float = LEVEL) -> tuple[Floats, Floats]:
    """Return the score interval of each share of some rows, at the confidence 1 - `level`.

    Source: Wilson (1927), Journal of the American Statistical Association 22.
    """
    from scipy.special import ndtri

    z2 = float(ndtri(level / 2)) ** 2
    middle = (share + z2 / (2 * rows)) / (1 + z2 / rows)
    half = np.sqrt(z2 * (share * (1 - share) / rows + z2 / (4 * rows**2))) / (1 + z2 / rows)
    return np.maximum(0.0, middle - half), np.minimum(1.0, middle + half)


def wilson_interval(successes: int, total: int) -> tuple[float, float]:
    """Return the 95% score interval of one share; (0, 1) without any trial."""
    if total == 0:
        return 0.0, 1.0
    low, high = wilson(np.array([successes / total]), np.array([float(total)]))
    return float(low[0]), float(high[0])


def newcombe(shares: Floats, rows: Floats, level: float = LEVEL) -> tuple[float, float]:
    """Return the hybrid score interval of the first share less the second; both shapes (2,).

    Source: Newcombe (1998), Statistics in Medicine 17, method 10.
    """
    low, high = wilson(shares, rows, level)
    gap = float(shares[0] - shares[1])
    under = float(np.hypot(shares[0] - low[0], high[1] - shares[1]))
    over = float(np.hypot(high[0] - shares[0], shares[1] - low[1]))
    return max(-1.0, gap - under), min(1.0, gap + over)
