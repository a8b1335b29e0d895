"""Horizontal bars and dots with their intervals."""

from __future__ import annotations

from collections.abc import Sequence

from pellucid.report.charts import Bar, BarChart, DotChart
from pellucid.report.lettering import width_of, wrap
from pellucid.report.palette import Palette
from pellucid.report.ticks import ticks
from pellucid.report.vega.base import (
    ROW_PX,
    Drawing,
    Spec,
    axis_of,
    data,
    known,
    label_room,
    padded,
    reaching,
    rows_axis,
    tone_of,
    whole,
)

_LEAST_PLOT = 90.0
_BAR_PX = 14
_FAINT = 0.5


def draw_bars(chart: BarChart, palette: Palette, width: int) -> Drawing:
    """Draw bars from their start, with intervals over them and notes at their ends."""
    low, high = _bar_range(chart.bars)
    bars = {
        "data": data(_row(i, bar, palette, low, high) for i, bar in enumerate(chart.bars)),
        "mark": {"type": "bar", "height": _BAR_PX, "cornerRadius": 1.5},
        "encoding": {
            "x": {"field": "start"},
            "x2": {"field": "value"},
            "color": _own_color(),
            "opacity": {"field": "opacity", "type": "quantitative", "scale": None, "legend": None},
        },
    }
    marks = {
        "data": data(
            _row(i, bar, palette, low, high)
            for i, bar in enumerate(chart.bars)
            if bar.start == bar.value and bar.tone == "total"
        ),
        "mark": {"type": "tick", "size": _BAR_PX, "thickness": 3},
        "encoding": {"x": {"field": "value"}, "color": _own_color()},
    }
    return _rows(chart.bars, chart.axis, (low, high), [bars, marks], palette, width)


def draw_dots(chart: DotChart, palette: Palette, width: int) -> Drawing:
    """Draw dots on the line of their interval."""
    ends = [e for dot in chart.dots for e in (dot.value, dot.low, dot.high) if known(e)]
    values = [e for e in ends if e is not None] or [0.0]
    low, high = padded(min(values), max(values), 0.08)
    dots = {
        "data": data(_row(i, dot, palette, low, high) for i, dot in enumerate(chart.dots)),
        "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1},
        "encoding": {"x": {"field": "value"}, "color": _own_color()},
    }
    return _rows(chart.dots, chart.axis, (low, high), [dots], palette, width)


def _rows(
    bars: Sequence[Bar],
    axis: str,
    bounds: tuple[float, float],
    marks: list[Spec],
    palette: Palette,
    width: int,
) -> Drawing:
    notes = label_room((bar.note for bar in bars), width * 0.3) + 10
    room = label_room((bar.label for bar in bars), max(width * 0.42, 80))
    plot = max(_LEAST_PLOT, width - room - notes - 16)
    y, cut = rows_axis([bar.label for bar in bars], room, palette)
    low, high = bounds
    found = ticks(low, high, max(2, min(6, int(plot // 60))))
    is_dots = marks[0]["mark"]["type"] == "point"
    rows = data(_row(i, bar, palette, low, high) for i, bar in enumerate(bars))
    zero: list[Spec] = []
    if low <= 0 <= high and not is_dots and not any(bar.start for bar in bars):
        zero = [
            {
                "data": data([{"x": 0.0}]),
                "mark": {"type": "rule", "color": palette.muted, "strokeWidth": 1},
                "encoding": {"x": {"field": "x", "type": "quantitative"}, "y": None},
            }
        ]
    spans = {
        "data": data(row for row in rows["values"] if row["low"] is not None),
        "mark": {"type": "rule", "strokeWidth": 1.5, "opacity": 0.8},
        "encoding": {
            "x": {"field": "low"},
            "x2": {"field": "high"},
            "color": _own_color() if is_dots else {"value": palette.text},
        },
    }
    words = {
        "data": rows,
        "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 8},
        "encoding": {"x": {"field": "end"}, "text": {"field": "note", "type": "nominal"}},
    }
    edge = {"type": "rule", "strokeWidth": 3.5, "opacity": 0.7, "stroke": palette.background}
    edges = {**spans, "mark": edge, "encoding": {"x": {"field": "low"}, "x2": {"field": "high"}}}
    order = [spans, *marks] if is_dots else [*zero, *marks, edges, spans]
    spec = {
        "width": round(plot),
        "height": ROW_PX * max(len(bars), 1),
        "encoding": {
            "y": y,
            "x": {
                "type": "quantitative",
                "scale": {"domain": [low, high], "nice": False, "zero": False},
                "axis": axis_of(
                    found,
                    wrap(axis, plot + notes),
                    titleAnchor="middle" if width_of(axis) <= plot else "start",
                ),
            },
        },
        "layer": [*order, words],
    }
    return Drawing(whole(spec, palette), cut)


def _row(i: int, bar: Bar, palette: Palette, low: float, high: float) -> Spec:
    bounded = known(bar.low) and known(bar.high)
    left = max(bar.low, low) if bounded and bar.low is not None else None
    right = min(bar.high, high) if bounded and bar.high is not None else None
    return {
        "row": str(i),
        "start": bar.start,
        "value": bar.value,
        "low": left,
        "high": right,
        "end": max(bar.start, bar.value, right if right is not None else bar.value),
        "note": bar.note,
        "tone": tone_of(bar, palette),
        "opacity": _FAINT if bar.tone == "muted" else 1.0,
    }


def _own_color() -> Spec:
    return {"field": "tone", "type": "nominal", "scale": None, "legend": None}


def _bar_range(bars: Sequence[Bar]) -> tuple[float, float]:
    floats = any(bar.start for bar in bars)
    values = [e for bar in bars for e in (bar.start, bar.value)] or [0.0]
    values = values if floats else [*values, 0.0]
    lows = [bar.low for bar in bars if bar.low is not None and known(bar.low)]
    highs = [bar.high for bar in bars if bar.high is not None and known(bar.high)]
    low, high = reaching(values, lows, highs)
    wide = padded(low, high, 0.02)
    return (0.0 if low == 0 else wide[0], 0.0 if high == 0 else wide[1])
