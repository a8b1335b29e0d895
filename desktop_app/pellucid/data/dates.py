"""How a column writes its dates."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pellucid.data.parse import parse_seconds
from pellucid.data.views import MISSING_NUMBERS, View

_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%m.%d.%Y",
         "%d-%m-%Y", "%m-%d-%Y", "%m/%d/%y", "%d/%m/%y", "%d.%m.%y", "%d-%m-%y", "%m-%d-%y",
         "%d-%b-%Y", "%d-%b-%y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y",
         "%B %d %Y")  # fmt: skip
_TIMES = ("%H:%M:%S", "%H:%M", "%H:%M:%S.%f", "%I:%M:%S %p", "%I:%M %p", "%H.%M.%S")
_ZONES = ("", "Z", "%z", " %z", " UTC")
_COMPACT = "%Y%m%d"
_FEW = 500
_TRY = 20
_SMOOTHER = 0.5
"""Day and month are told apart by order where one reading jumps at most this much as far."""


def date_view(texts: Sequence[str], least_share: float) -> View | None:
    """Return the view whose format fits at least `least_share` of the stripped `texts`, or None.

    Where a day and a month cannot be told apart by any value, the reading under which successive
    rows are much closer wins; else the month comes first between slashes and the day otherwise.
    """
    told = [text for text in texts if text not in MISSING_NUMBERS][:_FEW]
    if not told or not _could_be_date(told):
        return None
    fitting: list[tuple[float, str]] = []
    for format_ in _formats(told):
        view = View("datetime", format=format_)
        if sum(parse_seconds(text, view) is not None for text in told[:_TRY]) * 2 < len(
            told[:_TRY]
        ):
            continue
        share = sum(parse_seconds(text, view) is not None for text in told) / len(told)
        if share >= least_share:
            fitting.append((share, format_))
    if not fitting:
        return None
    best_share = max(share for share, _ in fitting)
    tied = [format_ for share, format_ in fitting if share == best_share]
    return View("datetime", MISSING_NUMBERS, format=_steadiest(told, tied))


def _could_be_date(texts: Sequence[str]) -> bool:
    few = texts[:_TRY]
    digits = [sum(character.isdigit() for character in text) for text in few]
    fit = sum(3 <= d <= 20 and 6 <= len(t) <= 40 for d, t in zip(digits, few, strict=True))
    return fit * 2 > len(few)


def _formats(texts: Sequence[str]) -> list[str]:
    if all(len(text) == 8 and text.isdecimal() and text[:2] in ("19", "20") for text in texts):
        return [_COMPACT]
    if not any(":" in text or text.count(".") > 2 for text in texts[:_TRY]):
        return [*_DAYS, "%Y-%m"]
    stamps = [f"{day}{between}{time}" for day in _DAYS for time in _TIMES for between in (" ", "T")]
    return [stamp + zone for zone in _ZONES for stamp in stamps if _zone_fits(zone, texts)]


def _zone_fits(zone: str, texts: Sequence[str]) -> bool:
    few = texts[:_TRY]
    if zone in ("Z", " UTC"):
        return any(text.endswith(zone) for text in few)
    return not zone or any("+" in text or text.count("-") in (1, 3) for text in few)


def _steadiest(texts: Sequence[str], tied: list[str]) -> str:
    best, best_jump = tied[0], _jumps(texts, tied[0])
    for format_ in tied[1:]:
        jump = _jumps(texts, format_)
        if jump < _SMOOTHER * best_jump:
            best, best_jump = format_, jump
    return best


def _jumps(texts: Sequence[str], format_: str) -> float:
    view = View("datetime", format=format_)
    seconds = [s for text in texts if (s := parse_seconds(text, view)) is not None]
    return sum(abs(b - a) for a, b in pairwise(seconds))
