"""Numbers, percents and quotation marks as readers of each language write them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pellucid.core.numbers import number

Bound = Literal["", "under", "over"]
_UNKNOWN = "–"
NARROW, FIXED = "\u202f", "\u00a0"
"""Spaces at which no line breaks: between thousands, and before a sign."""
_LARGE = 1_000.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A share as percent: its text with the sign, whether it is a bound, whether it was rounded."""

    text: str
    bound: Bound = ""
    is_rounded: bool = False


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """The signs of a language: decimals, thousands, the space before %, quotation marks, lists.

    Numbers under `fewest_grouped` are not cut into thousands. `between` stands between sentences.
    """

    decimal: str
    thousands: str
    before_percent: str
    quotes: tuple[str, str]
    comma: str
    last: str
    fewest_grouped: float = 1_000.0
    brackets: tuple[str, str] = (" (", ")")
    between: str = " "
    semicolon: str = "; "

    def localised(self, text: str) -> str:
        """Return an English number, as `core.numbers` writes it, with the signs of the language.

        What is no number, as where a figure is not known, becomes a dash.
        """
        if not any(character.isdigit() for character in text):
            return _UNKNOWN
        whole, point, rest = text.partition(".")
        digits = whole.replace(",", "")
        if abs(float(digits.replace("−", "-") or 0)) >= self.fewest_grouped:
            digits = whole.replace(",", self.thousands)
        return f"{digits}{self.decimal if point else ''}{rest}"

    def number(self, value: float, digits: int = 3) -> str:
        """Format a number to `digits` significant digits."""
        return self.localised(number(value, digits))

    def percent(self, share: float, *, rounded: bool = False) -> Figure:
        """Format a share; `rounded` gives whole percents. No share but 0 or 1 reads as 0 or 100."""
        low = 0.01 if rounded else 0.001
        if 0 < share < low or 1 - low < share < 1:
            bound: Bound = "under" if share < 0.5 else "over"
            return Figure(self._percent(f"{100 * (low if share < 0.5 else 1 - low):g}"), bound)
        if rounded:
            return Figure(self._percent(str(round(100 * share))), "", share not in (0.0, 1.0))
        return Figure(self._percent(number(share * 100, 3 if share > 0.1 else 2)))

    def _percent(self, text: str) -> str:
        return f"{self.localised(text)}{self.before_percent}%"

    def ratio(self, value: float) -> tuple[str, Bound]:
        """Format a factor; beyond a thousandfold it is only bounded."""
        if value >= _LARGE:
            return self.number(_LARGE), "over"
        if value <= 1 / _LARGE:
            return self.localised(f"{1 / _LARGE:g}"), "under"
        return self.number(value), ""

    def signed(self, value: float) -> str:
        """Format with an explicit sign."""
        return f"+{self.number(value)}" if value > 0 else self.number(value)

    def quoted(self, text: str) -> str:
        """Set a cell in quotation marks; marks of this sort within it become single ones."""
        opening, closing = self.quotes
        inner = text.replace(opening.strip(), "‘").replace(closing.strip(), "’")
        return f"{opening}{inner}{closing}"

    def bracketed(self, text: str) -> str:
        """Set what follows a word in brackets; nothing stays nothing."""
        opening, closing = self.brackets
        return f"{opening}{text}{closing}" if text else ""

    def listed(self, items: Sequence[str]) -> str:
        """Join as `a, b and c`."""
        if len(items) < 2:
            return "".join(items)
        return self.comma.join(items[:-1]) + self.last + items[-1]
