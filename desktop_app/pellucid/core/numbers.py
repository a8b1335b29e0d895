"""Numbers as a reader sees them: three significant digits, thousands separated, plain intervals."""

from __future__ import annotations

import math

_YEARS = (1600, 2100)
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float, digits: int = 3) -> str:
    """Format `value` to `digits` significant digits; outside 1e-7 to 1e15 as `2.81 × 10⁻⁹`.

    Whole numbers under a million keep all their digits: 32,560 is not 32,600.
    """
    if math.isnan(value):
        return "unknown"
    if math.isinf(value):
        return "infinity" if value > 0 else "minus infinity"
    if value == 0:
        return "0"
    size = abs(value)
    if value == int(value) and size < 1e6:
        text = f"{int(value):,}"
    elif size >= 1e15 or size < 1e-7:
        mantissa, _, power = f"{value:.{digits - 1}e}".partition("e")
        text = f"{mantissa} × 10{str(int(power)).translate(_RAISED)}"
    else:
        rounded = float(f"{value:.{digits - 1}e}")
        places = digits - 1 - math.floor(math.log10(abs(rounded)))
        text = f"{rounded:,.{max(places, 0)}f}"
    return text.replace("-", "−", 1) if text.startswith("-") else text


def place(value: float, width: float = 0.0) -> str:
    """Format a cell or a quantile: three digits, or as many as tell apart what is `width` apart.

    From 1,000 on it is whole, and it ends in no zero that says nothing: 5,324, 42.297 and 0.2.
    """
    size = abs(value)
    if not 1e-7 <= size < 1e6 or value == int(value):
        return number(value)
    places = 0 if size >= 100 else 2 - math.floor(math.log10(float(f"{size:.2e}")))
    if 0 < width < math.inf:
        places = max(places, 1 - math.floor(math.log10(width)))
    text = f"{value:,.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "−", 1)


def number_text(text: str, digits: int = 6) -> str:
    """Format a cell that holds a number as a reader sees it; leave any other as it is."""
    try:
        return number(float(text), digits)
    except ValueError:
        return text


def are_years(low: float, high: float) -> bool:
    """Say whether whole numbers from `low` to `high` can only be calendar years."""
    return _YEARS[0] <= low <= high <= _YEARS[1]


def year(value: float) -> str:
    """Format a calendar year, or a mean of years: its thousands are not separated."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def count(value: int) -> str:
    """Format a count exactly, with thousands separated."""
    return f"{value:,}"


def byte_size(how_many: int) -> str:
    """Format a number of bytes, in units that a reader knows."""
    for unit, name in ((1e9, "GB"), (1e6, "MB"), (1e3, "KB")):
        if how_many >= unit:
            return f"{number(how_many / unit)} {name}"
    return f"{how_many} bytes"


def percent(share: float, digits: int = 2) -> str:
    """Format a share of 1 as percent; a share that is not 0 or 1 never reads as 0% or 100%."""
    if math.isnan(share):
        return "unknown"
    if 0 < share < 0.001:
        return "under 0.1%"
    if 0.999 < share < 1:
        return "over 99.9%"
    return f"{number(share * 100, max(digits, 3) if share > 0.1 else digits)}%"


def interval(low: float, high: float, digits: int = 3, apart: float = 0.0) -> str:
    """Format an interval as `0.41 to 0.47`, both ends with the decimals of the larger one.

    No end reads as `apart` (no difference: 0, or 1 for ratios) unless it is that, and what ends at
    1 does not seem to start there.
    """
    size = max(abs(low), abs(high))
    are_whole = low % 1 == 0 and high % 1 == 0
    if are_whole or not 1e-7 <= size < 1e15:
        return f"{number(low, digits)} to {number(high, digits)}"
    places = max(0, digits - 1 - math.floor(math.log10(size)))
    if high == 1 and low < 1 and round(low, places) == 1:
        return f"{correlation(low)} to 1"
    return f"{_end(low, digits, places, apart)} to {_end(high, digits, places, apart)}"


def _end(value: float, digits: int, places: int, apart: float) -> str:
    if not math.isfinite(value) or value in (-1, 0, 1) or abs(value) >= 10**digits:
        return number(value, digits)
    if round(value, places) == apart:
        return number(value, 1 if apart == 0 else digits)
    return f"{value:,.{places}f}".replace("-", "−", 1)


def correlation(value: float) -> str:
    """Format a measure of association; one short of 1 never reads as 1."""
    if 0.9995 <= abs(value) < 1:
        return "over 0.999" if value > 0 else "under −0.999"
    return number(value)


def signed(value: float, digits: int = 3) -> str:
    """Format with an explicit sign, for scores and differences."""
    return f"+{number(value, digits)}" if value > 0 else number(value, digits)


def plural(how_many: int, one: str, many: str = "") -> str:
    """Return `1 row` or `2 rows`."""
    return f"{count(how_many)} {one if how_many == 1 else many or one + 's'}"


def listing(items: list[str], most: int = 5) -> str:
    """Join as `a, b and c`, naming at most `most` and counting the rest."""
    if len(items) > most:
        return f"{', '.join(items[: most - 1])} and {count(len(items) - most + 1)} more"
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
