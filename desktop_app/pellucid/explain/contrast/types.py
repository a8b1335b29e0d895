"""Descriptions of rows, and how two groups differ in them, as values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

DescriptionKind = Literal[
    "level", "missing", "number", "threshold", "date", "length", "phrase", "statement"
]
Measure = Literal["difference of shares", "standardised difference", "Cliff's delta"]
Rows = NDArray[np.intp]
Floats = NDArray[np.float64]
ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Description:
    """Something that a row has, or how large a number in it is.

    "level": the column holds `value`. "missing": it is empty. "threshold" and "date": it is at
    least `cut`. "phrase": the text holds the n-gram `value`. These are true or false of a row.
    "number" is the column's number itself, "length" the number of words in its text. "statement":
    the words of `value` fit the row, which a reader has to judge; it has no column.
    """

    kind: DescriptionKind
    column: str
    value: str = ""
    cut: float = math.nan

    @property
    def is_share(self) -> bool:
        """Whether it is true or false of a row, rather than a number."""
        return self.kind not in ("number", "length")


@dataclass(frozen=True, slots=True)
class Side:
    """One group in the confirmation half: `rows` where the description can be judged.

    `figure` is the share of rows that it is true of, or the mean, or the median where the measure
    is Cliff's delta.
    """

    rows: int
    figure: float


@dataclass(frozen=True, slots=True)
class Contrast:
    """A description in which the groups differ, measured on rows that did not propose it.

    `effect` is first group minus second: a difference of shares from -1 to 1, a difference of means
    in standard deviations, or Cliff's delta. `low` to `high` is its 95% interval by the method
    `interval`. `p_value` is two-sided, by the test named `test`, corrected for all that were tried
    (Holm). `proposed` is the effect in the half that proposed it.
    """

    description: Description
    measure: Measure
    effect: float
    low: float
    high: float
    p_value: float
    test: str
    interval: str
    first: Side
    second: Side
    proposed: float

    @property
    def is_confirmed(self) -> bool:
        """Whether sign and significance hold in the confirmation half."""
        return self.p_value < ALPHA and self.effect * self.proposed > 0


class Reader(Protocol):
    """Reads rows: proposes statements on two groups of them, and says which rows each fits."""

    @property
    def name(self) -> str: ...

    def propose(self, first: Rows, second: Rows) -> Sequence[str]:
        """Return statements that may fit the first group's rows more often, or less often."""

    def fits(self, statement: str, rows: Rows) -> Floats:
        """Return 1 or 0 for each of the rows, NaN where that cannot be said."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Who said of each row whether a statement fits it, and how often that was wrong.

    `error` is the share of `tried` answers that were wrong where the right one is known from the
    columns, with its 95% interval (Wilson); NaN where none could be tried.
    """

    name: str
    error: float
    low: float
    high: float
    tried: int


@dataclass(frozen=True, slots=True)
class LeftOutColumn:
    """A column that proposed nothing, and why."""

    column: str
    why: str


@dataclass(frozen=True, slots=True)
class GroupComparison:
    """What tells a first group of rows from a second.

    `discovery` and `confirmation` are the rows of the first and second group in each half. `tried`
    descriptions were carried to the confirmation half; `contrasts` are those confirmed, the largest
    effect first, and `failed` the others. `duplicates` are rows whose text repeats another's, which
    were kept on one side.
    """

    discovery: tuple[int, int]
    confirmation: tuple[int, int]
    tried: int
    contrasts: tuple[Contrast, ...]
    failed: tuple[Contrast, ...]
    left_out: tuple[LeftOutColumn, ...] = ()
    duplicates: int = 0
    judge: Judge | None = None
