"""The range that each kind of chart takes, without Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pellucid.report.charts import Bar, HeatmapChart
from pellucid.ui.charts.scales import padded


def bar_range(bars: Sequence[Bar]) -> tuple[float, float]:
    """Return the x range: every end, 0, and intervals as far as they stay readable."""
    ends = [e for bar in bars for e in (bar.start, bar.value) if math.isfinite(e)] or [0.0]
    floating = any(bar.start for bar in bars)
    low = min(ends) if floating else min(*ends, 0.0)
    high = max(ends) if floating else max(*ends, 0.0)
    reach = 0.4 * ((high - low) or 1.0)
    lows = [b.low for b in bars if b.low is not None and math.isfinite(b.low)]
    highs = [b.high for b in bars if b.high is not None and math.isfinite(b.high)]
    low, high = (
        min(low, max(min(lows, default=low), low - reach)),
        max(high, min(max(highs, default=high), high + reach)),
    )
    wide = padded(low, high, 0.02)
    return (0.0 if low == 0 else wide[0], 0.0 if high == 0 else wide[1])


def dot_range(dots: Sequence[Bar]) -> tuple[float, float]:
    """Return a range that holds every dot and interval; it need not hold 0."""
    ends = [e for dot in dots for e in (dot.value, dot.low, dot.high)]
    known = [e for e in ends if e is not None and math.isfinite(e)] or [0.0]
    low, high = min(known), max(known)
    return padded(low, high, 0.08) if high > low else (low - 0.5, high + 0.5)


def reach(chart: HeatmapChart) -> float:
    """Return the greatest size of a value, 1 where all are 0 or absent."""
    return max((abs(v) for row in chart.values for v in row if v is not None), default=0.0) or 1.0
