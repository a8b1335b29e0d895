"""Whether a figure rises or falls along all periods of time, and by how much a period."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pellucid.explain.proportions import LEVEL, Floats

FEWEST_PERIODS = 5
"""Under which Sen's interval cannot reach 95%."""
METHOD = "Theil-Sen line through all periods with Sen's interval; Kendall's test over all rows"


@dataclass(frozen=True, slots=True)
class Trend:
    """The change a period, its 95% interval, the p-value over all rows, and how many periods lie
    between the first and the last."""

    slope: float
    low: float
    high: float
    p_value: float
    span: float


def trend_of(
    labels: Sequence[str], figures: Floats, values: Floats, codes: NDArray[np.intp]
) -> Trend | None:
    """Return the trend along the periods `labels`, None where there is none to be told.

    Args:
        labels: The periods in order, each a year, a month or a day in ISO 8601.
        figures: Each period's share or mean, shape (periods,).
        values: What is averaged, one a row, shape (rows,).
        codes: Each row's place in `labels`, -1 for none, shape (rows,).

    Told is a trend that the periods agree on (Mann-Kendall test, and Sen's interval without 0),
    from `FEWEST_PERIODS` periods on; whether the rows bear it is told by the p-value.
    Sources: Sen (1968, JASA 63); Kendall (1975), "Rank correlation methods".
    """
    from scipy.stats import kendalltau, theilslopes

    if len(labels) < FEWEST_PERIODS:
        return None
    times = np.array([_time_of(label) for label in labels])
    if not kendalltau(times, figures).pvalue < LEVEL:
        return None
    line = theilslopes(figures, times, 1 - LEVEL)
    if not math.isfinite(line.low_slope) or line.low_slope <= 0 <= line.high_slope:
        return None
    kept = codes >= 0
    p_value = float(kendalltau(times[codes[kept]], values[kept]).pvalue)
    return Trend(float(line.slope), float(line.low_slope), float(line.high_slope), p_value,
                 float(times[-1] - times[0]))  # fmt: skip


def _time_of(label: str) -> float:
    """Return when a period is, counted in periods of its own length."""
    parts = [int(part) for part in label.split("-")]
    if len(parts) == 3:
        return float(datetime.date(*parts).toordinal())
    return float(parts[0] * 12 + parts[1] if len(parts) == 2 else parts[0])
