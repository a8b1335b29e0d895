"""How rows spread over an axis, for the strip beneath a curve."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_COLUMN_PX = 4.0


def spread_over(
    ends: Sequence[float], counts: Sequence[int], left: float, right: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return columns of equal width, about 4 px, whatever the bins.

    `ends` are the bins' borders in px, one more than `counts`; rows count as even within a bin.
    Gives the columns' borders from `left` to `right` and each one's rows as a share of the most.
    """
    columns = max(1, int((right - left) // _COLUMN_PX))
    borders = np.linspace(left, right, columns + 1)
    held = np.concatenate([[0], np.cumsum(counts)])
    rows = np.diff(np.interp(borders, np.maximum.accumulate(ends), held))
    return borders, rows / (rows.max() or 1.0)
