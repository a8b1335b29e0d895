"""How a column writes its numbers: decimal mark, thousands separator, unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from pellucid.data.parse import parse_number
from pellucid.data.views import BLANKS, MISSING_NUMBERS, View

_UNITS = "$€£¥₹%"
_STYLES = ((".", ""), (".", ","), (",", ""), (",", "."), (",", "\u00a0"), (",", "\u202f"),
           (",", " "), (".", "\u00a0"), (".", "\u202f"), (".", " "), (".", "'"),
           (".", "’"))  # fmt: skip
_FEW = 2000


def number_view(texts: Sequence[str], decimal: str = ".") -> tuple[View, float]:
    """Return the way of writing numbers that fits `texts` best, and the share that it fits.

    `texts` are stripped and not empty; words for missing values do not count. Where "1,234" could
    be read either way, `decimal` decides.
    """
    told = Counter(text for text in texts[:_FEW] if text not in MISSING_NUMBERS)
    if not told:
        return View("number", MISSING_NUMBERS, decimal), 0.0
    unit = _unit(told)
    styles = sorted(_STYLES, key=lambda style: style[0] != decimal)
    best, best_share = View("number", MISSING_NUMBERS, decimal, unit=unit), -1.0
    for point, separator in styles:
        if separator and not any(separator in text for text in told):
            continue
        view = View("number", MISSING_NUMBERS, point, separator, unit)
        fitting = sum(n for text, n in told.items() if parse_number(text, view) is not None)
        share = fitting / told.total()
        if share > best_share:
            best, best_share = view, share
    return best, best_share


def _unit(texts: Collection[str]) -> str:
    ends = Counter(mark for text in texts for mark in {text[0], text[-1]} if mark in _UNITS)
    for mark, times in ends.most_common(1):
        if times > len(texts) / 2:
            return mark
    return ""


def file_decimal(rows: Sequence[Sequence[str]], least_share: float = 0.9) -> str:
    """Return the decimal mark, "." or ",", that more columns of the first rows need."""
    needs: Counter[str] = Counter()
    for index in range(max(map(len, rows), default=0)):
        cells = (row[index].strip(BLANKS) for row in rows if index < len(row))
        texts = [cell for cell in cells if cell]
        view, share = number_view(texts)
        if share >= least_share and any(view.decimal in text for text in texts):
            needs[view.decimal] += 1
    return "," if needs[","] > needs["."] else "."
