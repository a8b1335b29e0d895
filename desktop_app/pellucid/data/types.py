"""The values that describe a table: where it came from, its columns, what was left over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pellucid.core.numbers import are_years, place, year

Kind = Literal["number", "category", "text", "datetime", "boolean", "identifier", "constant"]
KINDS: tuple[Kind, ...] = (
    "number", "category", "text", "datetime", "boolean", "identifier", "constant",
)  # fmt: skip

Columns = Mapping[str, NDArray[np.generic]]
"""Typed columns of equal length by name.

`number`: float64, NaN where missing. `datetime`: float64 seconds since 1970-01-01 UTC, NaN where
missing. All other kinds: object, `str` or None where missing (booleans keep the file's own words).
"""


@dataclass(frozen=True, slots=True)
class Source:
    """A file and how its text is to be read."""

    path: Path
    format: str
    encoding: str
    delimiter: str
    quote: str
    header_rows: int
    decimal: str
    thousands: str
    bytes: int
    fingerprint: str
    """SHA-256 over the content and the reading options, in hexadecimal."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the kind it is viewed as, and what does not fit that kind."""

    name: str
    kind: Kind
    missing: int
    distinct: int
    misfits: int = 0
    misfit_examples: tuple[str, ...] = ()
    format: str = ""
    """For `datetime`, the strptime format its values follow; else empty."""


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """A line of the file that could not become a row."""

    line: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """The lines that could not become rows: how many, some of them, and where each one was.

    `positions` count from 0 over all rows of the file, read or not, ascending.
    """

    rows: int = 0
    examples: tuple[RejectedLine, ...] = ()
    positions: tuple[int, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Alert:
    """Something about one or more columns that a reader should know before believing a result."""

    kind: str
    columns: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class TopValue:
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts between consecutive edges; `len(edges) == len(counts) + 1`.

    `scale` is "linear" or "log" (edges even in log10), chosen by the column's skewness.
    """

    edges: tuple[float, ...]
    counts: tuple[int, ...]
    scale: Literal["linear", "log"] = "linear"


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """One column in figures. Figures that its kind does not have are None or empty.

    For `datetime`, `min`, `max`, `mean` and `quantiles` are seconds since 1970-01-01 UTC. For
    `text`, `lengths` is the histogram of lengths in characters.
    """

    name: str
    kind: Kind
    rows: int
    missing: int
    distinct: int
    misfits: int
    min: float | None = None
    max: float | None = None
    mean: float | None = None
    std: float | None = None
    quantiles: Mapping[str, float] = field(default_factory=dict)
    """Keys "0.01", "0.05", "0.25", "0.5", "0.75", "0.95", "0.99"."""
    zeros: int = 0
    top: tuple[TopValue, ...] = ()
    histogram: Histogram | None = None
    lengths: Histogram | None = None
    alerts: tuple[Alert, ...] = ()

    @property
    def holds_years(self) -> bool:
        """Whether the column holds whole numbers that can only be calendar years."""
        low, high = self.min, self.max
        if self.kind != "number" or low is None or high is None or not are_years(low, high):
            return False
        middle = self.quantiles.get("0.5", low)
        return low % 1 == high % 1 == 0 and middle % 0.5 == 0

    def tell(self, value: float) -> str:
        """Format one of a number's figures for a reader."""
        if self.holds_years:
            return year(value)
        return place(value, self.quantiles.get("0.75", 0.0) - self.quantiles.get("0.25", 0.0))


@dataclass(frozen=True, slots=True)
class Association:
    """How strongly two columns go together, from 0 to 1 in absolute value.

    `measure` names it: "spearman" (number, number; signed), "correlation ratio" (category, number),
    "cramers v" (category, category; bias-corrected, Bergsma 2013).
    """

    a: str
    b: str
    measure: str
    value: float


@dataclass(frozen=True, slots=True)
class Profile:
    """A table in figures."""

    rows: int
    columns: tuple[ColumnProfile, ...]
    alerts: tuple[Alert, ...]
    associations: tuple[Association, ...]
    duplicate_rows: int = 0
    sampled: int | None = None
    """Rows that associations were computed on where that is not all of them."""


@dataclass(frozen=True, slots=True)
class Split:
    """Which rows train, validate and test.

    `part` has shape (rows,), int8: 0 train, 1 validation, 2 test, -1 left out (target missing).
    """

    part: NDArray[np.int8] = field(repr=False)
    seed: int = 0

    def rows(self, part: Literal["train", "validation", "test"]) -> NDArray[np.intp]:
        """Return the 0-based positions of a part's rows, ascending."""
        return np.flatnonzero(self.part == ("train", "validation", "test").index(part))
