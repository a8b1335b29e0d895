"""What the parts of a curve's drawing share: sizes, ranges, axes and the colours of the lines."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from pellucid.report.charts import CurveChart, Line
from pellucid.report.lettering import LINE_PX, width_of, wrap
from pellucid.report.palette import Palette
from pellucid.report.ticks import Tick, axis_ticks
from pellucid.report.vega.base import Spec, axis_of, data, known, padded, reaching

STRIP_PX = 30
STRIP_GAP = 8


@dataclass(frozen=True, slots=True)
class Frame:
    """Sizes in px and ranges in data units that all parts of the drawing share."""

    wide: int
    high: int
    x: tuple[float, float]
    y: tuple[float, float]
    is_log: bool
    left: float

    def x_share(self, value: float) -> float:
        """Return how far along the axis `value` lies, from 0 to 1."""
        low, high, at = *self.x, max(value, self.x[0])
        if self.is_log:
            low, high, at = math.log(low), math.log(high), math.log(at)
        return (at - low) / (high - low)

    def y_px(self, value: float) -> float:
        low, high = self.y
        return (high - value) / (high - low) * self.high


def is_log(chart: CurveChart) -> bool:
    """Say whether the axis is logarithmic; that takes a positive edge."""
    return chart.scale == "log" and chart.edges[1] > 0


def x_range(chart: CurveChart) -> tuple[float, float]:
    """Return the ends; a logarithmic axis from 0 or below starts at half its second edge."""
    low, high = chart.edges[0], chart.edges[-1]
    if is_log(chart) and low <= 0:
        low = chart.edges[1] / 2
    return (low, high) if high > low else (low - 0.5, low + 0.5)


def y_range(chart: CurveChart) -> tuple[float, float]:
    """Return the range of all scores that rest on data, with 0, and of their intervals."""
    scores, lows, highs = [0.0], [], []
    for line in chart.lines:
        for rows, score, low, high in _cells(chart, line):
            if rows:
                scores.append(score)
                lows.append(low)
                highs.append(high)
    for cell in chart.side:
        scores.extend(cell.scores)
        lows.extend(cell.low or ())
        highs.extend(cell.high or ())
    bounds = [e for e in lows if known(e)], [e for e in highs if known(e)]
    return padded(*reaching(scores, *bounds), 0.06)


def _cells(chart: CurveChart, line: Line) -> Iterator[tuple[int, float, float, float]]:
    lows, highs = line.low or line.scores, line.high or line.scores
    return zip(chart.counts, line.scores, lows, highs, strict=True)


def x_encoding(chart: CurveChart, frame: Frame) -> Spec:
    """Return the encoding of places on the axis, whose labels stand beneath the strip."""
    scale: Spec = {"domain": list(frame.x), "nice": False}
    scale.update({"type": "log"} if frame.is_log else {"zero": False})
    title = chart.x_axis + (", log scale" if frame.is_log else "")
    axis = axis_of(
        _x_ticks(chart, frame),
        wrap(title, frame.wide),
        grid=False,
        offset=STRIP_GAP + STRIP_PX,
    )
    return {"field": "x", "type": "quantitative", "scale": scale, "axis": axis}


def _x_ticks(chart: CurveChart, frame: Frame) -> list[Tick]:
    """Return the ticks; a logarithmic axis over values from 0 on says 0 at its start.

    Edges halfway between whole numbers belong to whole numbers, which get no ticks between them.
    """
    most = max(2, min(6, int(frame.wide // 64)))
    scale = "log" if frame.is_log else "linear"
    is_whole = all((2 * edge) % 1 == 0 for edge in chart.edges[1:-1])
    found = axis_ticks(*frame.x, scale=scale, is_date=chart.is_date, most=most, whole=is_whole)
    if not (frame.is_log and chart.edges[0] <= 0):
        return list(found)
    clear = 24 + max((width_of(tick.text) for tick in found), default=0.0) / 2
    kept = [tick for tick in found if frame.x_share(tick.value) * frame.wide > clear]
    return [Tick(frame.x[0], "0"), *kept]


def y_encoding(frame: Frame, axis: Spec) -> Spec:
    """Return the encoding of scores."""
    scale = {"domain": list(frame.y), "nice": False, "zero": False}
    return {"field": "y", "type": "quantitative", "scale": scale, "axis": axis}


def axis_name(text: str, left: float, wide: int, palette: Palette) -> Spec:
    """Set the y axis's name above it, to be read without turning the head."""
    lines = wrap(text, wide + left)
    return {
        "data": data([{}]),
        "mark": {"type": "text", "align": "left", "baseline": "bottom", "color": palette.muted},
        "encoding": {
            "x": {"value": -left},
            "y": {"value": -10 - LINE_PX * (len(lines) - 1)},
            "text": {"value": lines},
        },
    }


def zero_line(palette: Palette) -> Spec:
    """Draw where a score changes nothing."""
    return {
        "data": data([{"y": 0.0}]),
        "mark": {"type": "rule", "color": palette.muted, "strokeWidth": 1, "opacity": 0.7},
        "encoding": {"x": None},
    }


def line_color(chart: CurveChart, index: int, palette: Palette) -> str:
    """Return the colour of a line and of its dots: the accent where it is the only one."""
    if len(chart.lines) == 1:
        return palette.accent
    return palette.classes[index % len(palette.classes)]
