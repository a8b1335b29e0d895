"""Scales and the words of their values: the arithmetic of charts, without Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pellucid.core.numbers import number
from pellucid.report import ticks as report_ticks
from pellucid.report.ticks import Tick


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps data from `low` to `high` onto pixels from `start` to `end`, linearly or in log10."""

    low: float
    high: float
    start: float
    end: float
    is_log: bool = False

    def at(self, value: float) -> float:
        """Return the pixel of `value`; on a log scale, values below `low` sit on it."""
        low, high = self._bend(self.low), self._bend(self.high)
        share = (self._bend(max(value, self.low) if self.is_log else value) - low) / (high - low)
        return self.start + share * (self.end - self.start)

    def value(self, pixel: float) -> float:
        """Return the datum at `pixel`."""
        low, high = self._bend(self.low), self._bend(self.high)
        bent = low + (pixel - self.start) / (self.end - self.start) * (high - low)
        return float(10**bent) if self.is_log else bent

    def _bend(self, value: float) -> float:
        return math.log10(value) if self.is_log else value


def scale_over(low: float, high: float, start: float, end: float, *, is_log: bool = False) -> Scale:
    """Make a scale, widening a range without extent and refusing a log that cannot be."""
    is_log = is_log and low > 0
    if not high - low > 1e-9 * max(abs(low), abs(high)):
        margin = abs(low) * 0.5 or 0.5
        low, high = (low / 2, low * 2) if is_log else (low - margin, low + margin)
    return Scale(low, high, start, end, is_log)


def ticks(
    scale: Scale, most: int = report_ticks.MOST, *, is_date: bool = False
) -> tuple[Tick, ...]:
    """Return at most `most` ticks at round values within the scale, as reports have them."""
    kind = "log" if scale.is_log else "linear"
    return report_ticks.axis_ticks(scale.low, scale.high, scale=kind, is_date=is_date, most=most)


def value_text(value: float, *, is_date: bool = False, exact: bool = False) -> str:
    """Write a datum for a sentence: a date as its day, a number to three or four digits."""
    if is_date:
        day = report_ticks.day_of(value)
        return f"{day.day} {day:%B %Y}"
    return number(value, 4 if exact else 3)


def padded(low: float, high: float, share: float = 0.06) -> tuple[float, float]:
    """Return the range widened by `share` of itself on both sides."""
    margin = (high - low) * share
    return low - margin, high + margin


def score_range(
    scores: Sequence[float], bounds: Sequence[tuple[float, float]], reach: float = 0.25
) -> tuple[float, float]:
    """Return the y range of a curve: every score, 0, and intervals as far as they stay readable.

    An interval may reach beyond the scores by `reach` of their span; the rest is cut off, so that
    one empty corner of the data does not flatten the whole curve.
    """
    finite = [s for s in scores if math.isfinite(s)] or [0.0]
    low, high = min(*finite, 0.0), max(*finite, 0.0)
    if low == high:
        return -1.0, 1.0
    span = high - low
    lows = [a for a, _ in bounds if math.isfinite(a)]
    highs = [b for _, b in bounds if math.isfinite(b)]
    low = min(low, max(min(lows, default=low), low - reach * span))
    high = max(high, min(max(highs, default=high), high + reach * span))
    return padded(low, high)
