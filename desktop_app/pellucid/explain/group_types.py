"""Groups of rows set against each other, as values: in the data, and in how a model does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pellucid.data.search import Filter

CutKind = Literal["levels", "ranges", "periods", "lengths"]
"""What groups are made of: cells, stretches of a number, stretches of time, or lengths of texts."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A column cut into groups of rows.

    `codes` (rows,) are places in `labels`, -1 for rows in no group. Ranges, periods and lengths
    come in their order, levels by falling frequency. A label "missing" stands for missing cells;
    a level of that name is in quotation marks.
    """

    column: str
    kind: CutKind
    labels: tuple[str, ...]
    codes: NDArray[np.intp]
    unit: str = ""
    """Of lengths: what is counted, "word" or "character"; of periods: "year", "month" or "day"."""


@dataclass(frozen=True, slots=True)
class GroupValue:
    """The share or mean of one group of rows, with its 95% interval (Wilson, or Student's t)."""

    label: str
    rows: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """The two groups of a column that the target tells apart most clearly, and all of its groups.

    `outcome` is the class whose share is compared, empty for means of the target. `difference` is
    first less second, `low` to `high` its interval at a level that holds for all `tried` pairs
    together, `p_value` corrected alike. `spread` is the standard deviation of the outcome over all
    rows. Of periods, `first` is the last period and `second` the first. From five periods on,
    `difference` is that along a line through all of them, over a `span` of so many periods, with
    its own 95% interval; of fewer, with a `span` of 0, every step goes the way of the difference.
    """

    column: str
    kind: CutKind
    outcome: str
    groups: tuple[GroupValue, ...]
    first: GroupValue
    second: GroupValue
    difference: float
    low: float
    high: float
    p_value: float
    tried: int
    method: str
    spread: float
    unit: str = ""
    span: float = 0.0

    @property
    def is_clear(self) -> bool:
        """Whether the difference is told from chance after correction."""
        return not self.low <= 0 <= self.high and self.p_value < 0.05


@dataclass(frozen=True, slots=True)
class Slice:
    """Rows on which a model does much worse than on the others: found on validation rows, told on
    test rows.

    `parts` are (column, kind of cut, label, unit), one or two, that all hold. `error` is the share
    of rows predicted wrong, or the mean absolute error, over `rows` test rows; `elsewhere` that of
    the other test rows. `low` to `high` bound the difference at a level that holds for all
    `carried` slices together, and `p_value` is corrected alike; `tried` were searched. `filters`
    find its rows in the table; there are none where a table cannot be filtered so.
    """

    parts: tuple[tuple[str, CutKind, str, str], ...]
    error: float
    elsewhere: float
    rows: int
    low: float
    high: float
    p_value: float
    tried: int
    carried: int
    method: str
    filters: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Test rows with predictions from `least` to `most`: what was predicted, what came."""

    least: float
    most: float
    predicted: float
    actual: float
    low: float
    high: float
    rows: int

    @property
    def is_off(self) -> bool:
        return not self.low <= self.predicted <= self.high


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether predictions are right on average over the test rows, and in bins of them.

    `what` is "positive" (probabilities of the positive class), "label" (of the label predicted,
    against how often it was right) or "value" (numbers). `actual` is bounded by `low` and `high`,
    each bin's at a level that holds for all bins together.
    """

    what: Literal["positive", "label", "value"]
    predicted: float
    actual: float
    low: float
    high: float
    rows: int
    method: str
    bins: tuple[CalibrationBin, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a model does on rows held out: if it is right on average, and where it does much worse.

    `tried` counts the groups of rows that `slices` were searched among; 0 where none could be.
    `calibration` is None where it was not judged.
    """

    slices: tuple[Slice, ...] = ()
    tried: int = 0
    calibration: Calibration | None = None


@dataclass(frozen=True, slots=True)
class RowStudy:
    """What looking at single rows gave: groups in the data, and how a model does on them.

    `sampled` is how many rows the groups were compared on, where that is not all of them.
    """

    comparisons: tuple[Comparison, ...] = ()
    judged: Judgement = Judgement()
    sampled: int | None = None
