"""What every language offers: a few makers of whole sentences, and the words that go into them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from pellucid.writing.row_languages.formats import Bound, Figure, NumberFormat

EffectSort = Literal["odds", "relative odds", "units", "factor", "score"]


class Language(Protocol):
    """One language. Each module of this package is one, its functions the makers.

    Names of columns stand bare, cells in quotation marks. No maker knows the gender, the number or
    the first letter of a name, so none may let a word agree with one: names stand beside what they
    are names of, after a colon, or in brackets.
    """

    FORMAT: NumberFormat
    MONTHS: Sequence[str]
    WEEKDAYS: Sequence[str]
    PARTS: Mapping[str, str]
    """What the parts of a date are called: "month", "weekday", "hour"."""
    NOTES: Mapping[str, str]
    """By link: why scores add up."""
    CAUTION: str
    MISSING: str
    """What stands in place of a value that is not there: `rather than missing`."""

    def start(self, row: int | None) -> str:
        """Name the row, with what stands after it: `Row 12: `."""

    def date(self, year: int, month: int, day: int) -> str: ...

    def percent(self, figure: Figure) -> str:
        """Return a share as it stands alone: `24%`, `under 0.1%`, `about 24%`."""

    def bounded(self, text: str, bound: Bound) -> str:
        """Return a number that is only bounded: `over 1,000`."""

    def interval(self, low: str, high: str) -> str: ...

    def chance(self, outcome: str, figure: Figure, bounds: str, base: Figure | None) -> str:
        """Say a probability; `bounds` is its interval, empty for none, `base` an average row's."""

    def value(self, target: str, value: str, bounds: str, base: str) -> str:
        """Say a predicted number, and that of an average row."""

    def raised(self, items: Sequence[str]) -> str: ...

    def lowered(self, items: Sequence[str]) -> str: ...

    def missing(self, name: str) -> str: ...

    def empty(self, name: str) -> str: ...

    def words(self, name: str) -> str:
        """Name the words of a text column."""

    def together(self, first: str, second: str) -> str: ...

    def effect(self, sort: EffectSort, size: str) -> str: ...

    def unseen(self, items: Sequence[str]) -> str: ...

    def truth(self, actual: str, agrees: bool | None) -> str: ...

    def turned_class(self, change: tuple[str, str, str], label: str, figure: Figure) -> str:
        """Say that with a `change` (column, before, after) another class is predicted."""

    def turned_label(self, change: tuple[str, str, str], outcome: str, figure: Figure) -> str:
        """Say what probability one of several labels has with a change."""

    def turned_value(self, change: tuple[str, str, str], value: str, base: str) -> str:
        """Say what number is predicted with a change, `base` being an average row's."""

    def unturned(self, tried: str) -> str:
        """Say that no change of one number or category turns the prediction."""

    def summed(self, link: str, parts: tuple[str, str, str], terms: str) -> str:
        """Say that `parts` (intercept, all that is added, total) add up, over so many terms."""
