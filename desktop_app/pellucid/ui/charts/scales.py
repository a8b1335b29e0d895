"""Scales, ticks and their words: the arithmetic of charts, without Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from pellucid.core.numbers import number

MOST_TICKS = 6
_DAY_ZERO = datetime(1970, 1, 1, tzinfo=UTC)
_CALENDAR_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
"""Months between ticks of a date axis, from monthly to once a century."""
_DAY_STEPS = (1, 2, 5, 7, 14)


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


@dataclass(frozen=True, slots=True)
class Tick:
    value: float
    text: str


def scale_over(low: float, high: float, start: float, end: float, *, is_log: bool = False) -> Scale:
    """Make a scale, widening a range without extent and refusing a log that cannot be."""
    is_log = is_log and low > 0
    if not high > low:
        margin = abs(low) * 0.5 or 0.5
        low, high = (low / 2, low * 2) if is_log else (low - margin, low + margin)
    return Scale(low, high, start, end, is_log)


def round_step(low: float, high: float, most: int = MOST_TICKS) -> float:
    """Return the least of 1, 2, 2.5 and 5 times a power of ten giving at most `most` ticks."""
    power = 10.0 ** math.floor(math.log10((high - low) / most))
    factors = (1.0, 2.0, 2.5, 5.0, 10.0, 20.0)
    fitting = (f * power for f in factors if _inside(low, high, f * power) <= most)
    return next(fitting, 50 * power)


def _inside(low: float, high: float, step: float) -> int:
    return math.floor(high / step + 1e-9) - math.ceil(low / step - 1e-9) + 1


def ticks(scale: Scale, most: int = MOST_TICKS) -> tuple[Tick, ...]:
    """Return at most `most` ticks at round values within the scale."""
    if scale.is_log:
        return _log_ticks(scale, most)
    step = round_step(scale.low, scale.high, most)
    first = math.ceil(scale.low / step - 1e-9)
    last = math.floor(scale.high / step + 1e-9)
    values = [i * step for i in range(first, last + 1)]
    return tuple(Tick(v, tick_text(v, step)) for v in values)


def tick_text(value: float, step: float) -> str:
    """Write a tick with as many decimals as its step needs, and no more."""
    if abs(value) < step * 1e-6:
        return "0"
    if abs(value) >= 1e6:
        scaled = _shortened(value, step)
        if scaled:
            return scaled
    places = 0
    while places < 8 and abs(round(step, places) - step) > step * 1e-6:
        places += 1
    if abs(value) >= 1e12 or step < 1e-7:
        return number(value)
    return f"{value:,.{places}f}".replace("-", "−")


def _shortened(value: float, step: float) -> str:
    for size, name in ((1e9, "bn"), (1e6, "m")):
        if abs(value) >= size and abs(value) < 1e12:
            part = value / size
            digits = 0 if step >= size else 1 if step >= size / 10 else 2
            return f"{part:,.{digits}f} {name}".replace("-", "−")
    return ""


def _log_ticks(scale: Scale, most: int) -> tuple[Tick, ...]:
    """Powers of ten, with 3 or with 2 and 5 between while there is room; else every other power."""
    low, high = math.floor(math.log10(scale.low)), math.ceil(math.log10(scale.high))
    for inside in ((1, 2, 5), (1, 3), (1,)):
        values = [f * 10.0**p for p in range(low, high + 1) for f in inside]
        kept = [v for v in values if scale.low * 0.999 <= v <= scale.high * 1.001]
        if len(kept) <= most:
            break
    every = math.ceil(len(kept) / most)
    if len(kept) < 2:
        linear = Scale(scale.low, scale.high, scale.start, scale.end)
        return ticks(linear, most)
    return tuple(Tick(v, f"{v:,.10g}") for v in kept[::every])


def as_date(days: float) -> date:
    """Return the day that is `days` after 1970-01-01, held within the calendar's years."""
    least, most = -719_162.0, 2_932_896.0
    return (_DAY_ZERO + timedelta(days=min(max(days, least), most))).date()


def _days(day: date) -> float:
    return float((day - _DAY_ZERO.date()).days)


def date_ticks(scale: Scale, most: int = MOST_TICKS) -> tuple[Tick, ...]:
    """Return at most `most` ticks at starts of years, months or days; the scale is in days."""
    span = scale.high - scale.low
    if span < 45:
        return _day_ticks(scale, most)
    step = next((s for s in _CALENDAR_STEPS if span / (s * 30.44) <= most - 1), 1200)
    first = as_date(scale.low)
    month = (first.year * 12 + first.month - 1) // step * step
    found: list[Tick] = []
    while month // 12 <= 9998:
        day = date(max(month // 12, 1), month % 12 + 1, 1)
        at = _days(day)
        if at > scale.high:
            break
        if at >= scale.low:
            found.append(Tick(at, str(day.year) if step >= 12 else f"{day:%b %Y}"))
        month += step
    return tuple(found[:most])


def _day_ticks(scale: Scale, most: int) -> tuple[Tick, ...]:
    span = scale.high - scale.low
    step = next((s for s in _DAY_STEPS if span / s <= most - 1), 14)
    first = math.ceil(scale.low)
    values = range(first, math.floor(scale.high) + 1, step)
    return tuple(Tick(v, f"{as_date(v).day} {as_date(v):%b}") for v in values)[:most]


def value_text(value: float, *, is_date: bool = False, exact: bool = False) -> str:
    """Write a datum for a sentence: a date as its day, a number to three or four digits."""
    if is_date:
        day = as_date(value)
        return f"{day.day} {day:%B %Y}"
    return number(value, 4 if exact else 3)


def padded(low: float, high: float, share: float = 0.06) -> tuple[float, float]:
    """Return the range widened by `share` of itself on both sides."""
    margin = (high - low) * share
    return low - margin, high + margin


def score_range(
    scores: Sequence[float], bounds: Sequence[tuple[float, float]], reach: float = 0.5
) -> tuple[float, float]:
    """Return the y range of a curve: every score, 0, and intervals as far as they stay readable.

    An interval may reach beyond the scores by `reach` of their span; the rest is cut off, so that
    one empty corner of the data does not flatten the whole curve.
    """
    finite = [s for s in scores if math.isfinite(s)] or [0.0]
    low, high = min(*finite, 0.0), max(*finite, 0.0)
    span = (high - low) or 1.0
    lows = [a for a, _ in bounds if math.isfinite(a)]
    highs = [b for _, b in bounds if math.isfinite(b)]
    low = min(low, max(min(lows, default=low), low - reach * span))
    high = max(high, min(max(highs, default=high), high + reach * span))
    return padded(low, high)
