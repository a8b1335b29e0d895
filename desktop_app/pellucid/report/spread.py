"""How rows spread over an axis, for the strip beneath a curve."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pellucid.report.charts import AgreementBin, AgreementChart

_COLUMN_PX = 4.0
_NEAR = 10.0


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


def bin_ends(bins: Sequence[AgreementBin]) -> tuple[float, ...]:
    """Return the borders of neighbouring bins, one more than there are bins."""
    return (*(one.least for one in bins), bins[-1].most)


def agreement_range(chart: AgreementChart, share: float = 0.03) -> tuple[float, float]:
    """Return the range that both axes take: every mean and every interval, a little widened.

    Probabilities that come near to 0% or 100% are drawn as far as these, and no further.
    """
    low = min(min(one.predicted, one.low) for one in chart.bins)
    high = max(max(one.predicted, one.high) for one in chart.bins)
    margin = ((high - low) or abs(high) or 1.0) * share
    low, high = low - margin, high + margin
    if chart.is_share:
        return 0.0 if low < _NEAR else low, 100.0 if high > 100.0 - _NEAR else high
    return low, high
