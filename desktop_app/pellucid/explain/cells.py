"""Words for the cells of an axis and for places along it, shared by charts, facts and rows."""

from __future__ import annotations

import datetime
import math

from pellucid.core.numbers import are_years, number
from pellucid.models.additive import MISSING_CELL, Axis

MISSING, EMPTY, UNSEEN, OTHERS = "missing", "(empty)", "unseen", "other values"
_RESERVED = frozenset({MISSING, EMPTY, UNSEEN, OTHERS})


def level_label(level: str) -> str:
    """Return what stands for a level; one that reads like no value at all is quoted.

    A cell may hold the word missing, which is not the same as missing.
    """
    return f"“{level}”" if level in _RESERVED else level


def level_of(label: str) -> str:
    """Return the level that `level_label` made a label of."""
    bare = label.removeprefix("“").removesuffix("”")
    return bare if bare in _RESERVED and label != bare else label


def cell_labels(axis: Axis) -> tuple[str, ...]:
    """Return a label for every cell of `axis`: "missing", its bins or levels, the last cell's."""
    return tuple(cell_label(axis, cell) for cell in range(axis.size))


def cell_label(axis: Axis, cell: int) -> str:
    """Return the label of one cell, for example `38.5 to 41`, `39 to 41` or `Married`."""
    if cell == MISSING_CELL:
        return MISSING
    if cell == axis.unseen_cell:
        return OTHERS if axis.others else UNSEEN
    if axis.levels is not None:
        return level_label(axis.levels[cell - 1]) or EMPTY
    edges = axis.edges if axis.edges is not None else ()
    low = float(edges[cell - 2]) if cell > 1 else None
    high = float(edges[cell - 1]) if cell <= len(edges) else None
    return range_label(axis, low, high)


def range_label(axis: Axis, low: float | None, high: float | None) -> str:
    """Return the label of all values from `low` up to but not with `high`; None is open."""
    return _whole_range(axis, low, high) if axis.is_integer else _range(axis, low, high)


def _whole_range(axis: Axis, low: float | None, high: float | None) -> str:
    first = None if low is None else math.ceil(low)
    last = None if high is None else math.ceil(high) - 1
    if first is None and last is None:
        return "any value"
    if first is None:
        only = not math.isnan(axis.low) and last == axis.low
        return value_text(axis, last or 0) + ("" if only else " or less")
    if last is None:
        only = not math.isnan(axis.high) and first == axis.high
        return value_text(axis, first) + ("" if only else " or more")
    if first >= last:
        return value_text(axis, first)
    return f"{value_text(axis, first)} to {value_text(axis, last)}"


def _range(axis: Axis, low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return "any value"
    gap = abs((axis.high if high is None else high) - (axis.low if low is None else low))
    if low is None:
        return f"under {value_text(axis, high or 0.0, gap)}"
    if high is None:
        return f"{value_text(axis, low, gap)} or more"
    return f"{value_text(axis, low, gap)} to {value_text(axis, high, gap)}"


def value_text(axis: Axis, value: float, gap: float = math.nan) -> str:
    """Format a place on `axis`: a number, a date or a time of day.

    `gap` is the smallest difference that must stay visible; digits beyond three are added for it.
    """
    if axis.part == "elapsed":
        return (datetime.date(1970, 1, 1) + datetime.timedelta(days=round(value))).isoformat()
    if axis.part == "hour":
        minutes = round(value * 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if is_year(axis):
        return str(round(value))
    return plain(value, _digits(value, gap))


def plain(value: float, digits: int = 6) -> str:
    """Format to `digits` significant digits, without zeros at the end that say nothing."""
    text = number(value, digits)
    return text.rstrip("0").rstrip(".") if "." in text else text


def is_year(axis: Axis) -> bool:
    """Say whether `axis` holds whole numbers that can only be calendar years."""
    return axis.is_integer and are_years(axis.low, axis.high)


def _digits(value: float, gap: float) -> int:
    if value == 0 or math.isnan(gap) or gap == 0:
        return 3
    return min(9, max(3, math.ceil(math.log10(abs(value) / gap)) + 1))


def rounded(value: float, width: float) -> float:
    """Round to the coarsest of 1, 2 or 5 times a power of ten that `width` supports.

    `width` is the width of the interval in which the value could lie; the step is at most a quarter
    of it, so that no digit is told that the data do not carry.
    """
    if not math.isfinite(value) or not width > 0:
        return value
    power = 10.0 ** math.floor(math.log10(width / 4))
    step = max(s * power for s in (1.0, 2.0, 5.0) if s * power <= width / 4 * (1 + 1e-9))
    places = max(0, -math.floor(math.log10(step)))
    return round(round(value / step) * step, places)
