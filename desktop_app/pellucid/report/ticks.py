"""Round places on an axis and their words: numbers, logarithms, dates."""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pellucid.core.numbers import are_years, number

MOST = 6
_EPOCH = datetime.date(1970, 1, 1)
_FIRST_DAY, _LAST_DAY = -719_162, 2_932_896
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400)
_DAY_STEPS = (1, 2, 7, 14)


@dataclass(frozen=True, slots=True)
class Tick:
    value: float
    text: str


def ticks(low: float, high: float, most: int = MOST, whole: bool = False) -> tuple[Tick, ...]:
    """Return at most `most` multiples of 1, 2, 2.5 or 5 times a power of ten within the range.

    `whole` keeps to whole numbers, for counts and years.
    """
    if not (math.isfinite(low) and math.isfinite(high)) or high <= low:
        return (Tick(low, number(low)),) if math.isfinite(low) else ()
    for step in _steps(high - low, most):
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first < most and not (whole and step % 1):
            word = _year if are_years(low, high) else _text
            return tuple(Tick(i * step, word(i * step, step)) for i in range(first, last + 1))
    raise AssertionError("the steps grow without end")


def _steps(span: float, most: int) -> Iterator[float]:
    power = math.floor(math.log10(span / most))
    for exponent in itertools.count(power):
        for factor in (1.0, 2.0, 2.5, 5.0):
            yield factor * 10.0**exponent


def _year(value: float, step: float) -> str:
    return _plain(value, step).replace(",", "")


def _text(value: float, step: float) -> str:
    if abs(value) < step / 1e6:
        return "0"
    size = abs(value)
    for unit, name in ((1e9, " bn"), (1e6, " m")):
        if unit <= size < 1e12:
            return _plain(value / unit, step / unit) + name
    return number(value) if size >= 1e12 or step < 1e-6 else _plain(value, step)


def _plain(value: float, step: float) -> str:
    """Write with the decimals that the step has, and no more."""
    places = next((p for p in range(8) if math.isclose(round(step, p), step, rel_tol=1e-6)), 8)
    return f"{value:,.{places}f}".replace("-", "−")


def log_ticks(low: float, high: float, most: int = MOST) -> tuple[Tick, ...]:
    """Return at most `most` round values spread over a range of powers of ten; 0 < low < high."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for factors in ((1, 2, 5), (1, 3), (1,)):
        values = [f * 10.0**p for p in powers for f in factors]
        inside = [v for v in values if low * 0.999 <= v <= high * 1.001]
        if len(inside) <= most:
            break
    if len(inside) < 2:
        return ticks(low, high, most)
    return tuple(Tick(v, _power_text(v)) for v in inside[:: math.ceil(len(inside) / most)])


def _power_text(value: float) -> str:
    for unit, name in ((1e9, " bn"), (1e6, " m")):
        if unit <= value < 1e12:
            return f"{value / unit:,.10g}{name}"
    return number(value) if value >= 1e12 or value < 1e-4 else f"{value:,.10g}"


def day_of(days: float) -> datetime.date:
    """Return the date `days` after 1970-01-01, held within the calendar."""
    return _EPOCH + datetime.timedelta(days=min(max(math.floor(days), _FIRST_DAY), _LAST_DAY))


def date_ticks(low: float, high: float, most: int = MOST) -> tuple[Tick, ...]:
    """Return at most `most` starts of years, months or days; the range is days since 1970-01-01."""
    span = high - low
    if span < 62:
        step = next((s for s in _DAY_STEPS if span / s < most), 14)
        return tuple(_date_tick(d, _day_text) for d in range(math.ceil(low), int(high) + 1, step))
    months = next((s for s in _MONTH_STEPS if span / 30.44 / s < most), 2400)
    text = _year_text if months >= 12 else _month_text
    start = day_of(low)
    first = -(-(start.year * 12 + start.month - 1) // months) * months
    days = [_month_start(first + i * months) for i in range(most + 1)]
    return tuple(_date_tick(d, text) for d in days if low <= d <= high)[:most]


def _month_start(month: int) -> int:
    year = min(max(month // 12, 1), 9999)
    return (datetime.date(year, month % 12 + 1, 1) - _EPOCH).days


def _date_tick(days: int, text: Callable[[datetime.date], str]) -> Tick:
    return Tick(float(days), text(day_of(days)))


def _day_text(day: datetime.date) -> str:
    return f"{day.day} {day:%b}"


def _month_text(day: datetime.date) -> str:
    return f"{day:%b} {day.year}"


def _year_text(day: datetime.date) -> str:
    return str(day.year)


def axis_ticks(
    low: float,
    high: float,
    *,
    scale: str,
    is_date: bool,
    most: int = MOST,
    whole: bool = False,
) -> tuple[Tick, ...]:
    """Return the ticks that fit a chart's x axis."""
    if is_date:
        return date_ticks(low, high, most)
    if scale == "log":
        return log_ticks(low, high, most)
    return ticks(low, high, most, whole)
