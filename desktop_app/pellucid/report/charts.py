"""Charts as data: what is drawn, in which words, before any renderer.

Every chart's `title` is a finding, its `subtitle` says what is drawn, and `alt` tells a reader who
cannot see it what a sighted one would learn. Axis names carry their units.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caption:
    title: str
    subtitle: str
    alt: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from 0 (or from `start`) to `value`, with an interval where there is one.

    `tone` is "accent", "raises", "lowers", "muted" or "total".
    """

    label: str
    value: float
    tone: str = "accent"
    low: float | None = None
    high: float | None = None
    start: float = 0.0
    note: str = ""
    """A few words set at the end of the bar, for example a formatted value."""


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars, top to bottom in the order given: importance, levels, waterfalls."""

    caption: Caption
    axis: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A step line over bins: `scores[i]` between `edges[i]` and `edges[i + 1]`.

    `low` and `high` bound the band; None where it is not known.
    """

    name: str
    scores: tuple[float, ...]
    low: tuple[float, ...] | None = None
    high: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class SideCell:
    """The missing or unseen cell, set apart at the right on the same y axis."""

    name: str
    scores: tuple[float, ...]
    low: tuple[float, ...] | None
    high: tuple[float, ...] | None
    count: int


@dataclass(frozen=True, slots=True)
class CurveChart:
    """A term over a number: step lines with bands, the density of the data beneath.

    `edges` has one entry more than each line's scores; `counts` one a bin. `scale` is "linear" or
    "log". `side` cells hold one score a line.
    """

    caption: Caption
    x_axis: str
    y_axis: str
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    lines: tuple[Line, ...]
    side: tuple[SideCell, ...] = ()
    scale: str = "linear"
    is_date: bool = False
    """Whether `edges` are days since 1970-01-01, to be labelled as dates."""


@dataclass(frozen=True, slots=True)
class HeatmapChart:
    """A table of scores with a diverging scale through 0; None where there are no data."""

    caption: Caption
    x_axis: str
    y_axis: str
    x_labels: tuple[str, ...]
    y_labels: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]
    unit: str
    diverging: bool = True


@dataclass(frozen=True, slots=True)
class HistogramChart:
    """Counts between edges."""

    caption: Caption
    x_axis: str
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    scale: str = "linear"
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class DotChart:
    """Values with intervals as dot and line, one row a label: a leaderboard."""

    caption: Caption
    axis: str
    dots: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class AgreementBin:
    """Rows with predictions from `least` to `most`: the mean of these, and what came on average.

    `low` and `high` bound `actual`; `is_off` says that the mean prediction lies beyond them.
    """

    least: float
    most: float
    predicted: float
    actual: float
    low: float
    high: float
    rows: int
    is_off: bool


@dataclass(frozen=True, slots=True)
class AgreementChart:
    """What came against what was predicted, beside the line on which both are the same.

    Bins are in their order and do not overlap; both axes have one scale, in percent for
    probabilities (`is_share`).
    """

    caption: Caption
    x_axis: str
    y_axis: str
    bins: tuple[AgreementBin, ...]
    is_share: bool = False


Chart = BarChart | CurveChart | HeatmapChart | HistogramChart | DotChart | AgreementChart
