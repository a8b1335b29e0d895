"""A term over a number: step lines with bands, named at their ends, and what stands around them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from pellucid.report.charts import CurveChart, Line
from pellucid.report.lettering import shorten, width_of
from pellucid.report.palette import Palette
from pellucid.report.ticks import Tick, ticks
from pellucid.report.vega.base import Drawing, Spec, axis_of, data, known, whole
from pellucid.report.vega.frame import (
    Frame,
    axis_name,
    is_log,
    line_color,
    x_encoding,
    x_range,
    y_encoding,
    y_range,
    zero_line,
)
from pellucid.report.vega.margins import SIDE_PX, draw_side, draw_strip

_SIDE_GAP = 14
_LABEL_STEP = 15.0
_LABEL_INDENT = 18
_BAND_OPACITY = 0.16
_SHARED_OPACITY = 0.09
_LEAST_PLOT = 120
_OVERHANG_PX = 16


def draw_curve(chart: CurveChart, palette: Palette, width: int) -> Drawing:
    """Draw the lines over their band, a strip of density beneath and the side cells at right."""
    y = y_range(chart)
    y_ticks = ticks(*y, 5)
    left = max(width_of(tick.text) for tick in y_ticks) + 8 if y_ticks else 8
    names, cut = _line_names(chart, width)
    labels = max((width_of(name) for name in names), default=0.0) + _LABEL_INDENT if names else 0.0
    aside = len(chart.side) * SIDE_PX + (_SIDE_GAP if chart.side else 0)
    overhang = 0 if labels or aside else _OVERHANG_PX
    wide = max(_LEAST_PLOT, round(width - left - labels - aside - overhang - 12))
    frame = Frame(wide, 230 if width >= 500 else 200, x_range(chart), y, is_log(chart), left)
    main = _main(chart, frame, palette, y_ticks, names)
    parts = [main, draw_side(chart, frame, palette)] if chart.side else [main]
    spec: Spec = {"hconcat": parts, "spacing": round(labels) + _SIDE_GAP, "bounds": "flush"}
    return Drawing(whole(spec, palette), cut)


def _line_names(chart: CurveChart, width: int) -> tuple[list[str], dict[str, str]]:
    """Return the direct labels; one line needs none."""
    if len(chart.lines) < 2:
        return [], {}
    full = [line.name for line in chart.lines]
    names = [shorten(name, width * 0.2) for name in full]
    return names, {short: name for short, name in zip(names, full, strict=True) if short != name}


def _main(
    chart: CurveChart, frame: Frame, palette: Palette, y_ticks: Sequence[Tick], names: list[str]
) -> Spec:
    layers = [zero_line(palette)]
    layers += [_band(chart, line, line_color(chart, i, palette), frame) for i, line in
               enumerate(chart.lines) if line.low and line.high]  # fmt: skip
    layers += [
        _step_line(chart, line, line_color(chart, i, palette), frame)
        for i, line in enumerate(chart.lines)
    ]
    layers.append(axis_name(chart.y_axis, frame.left, frame.wide, palette))
    layers.extend(draw_strip(chart, frame, palette))
    if names:
        layers.extend(_direct_labels(chart, frame, palette, names))
    return {
        "width": frame.wide,
        "height": frame.high,
        "encoding": {
            "x": x_encoding(chart, frame),
            "y": y_encoding(frame, axis_of(y_ticks, minExtent=round(frame.left))),
        },
        "layer": layers,
    }


def _runs(chart: CurveChart) -> Iterator[range]:
    """Yield the unbroken stretches of bins that hold data."""
    for has_rows, group in itertools.groupby(
        range(len(chart.counts)), lambda i: chart.counts[i] > 0
    ):
        if has_rows:
            bins = list(group)
            yield range(bins[0], bins[-1] + 1)


def _step_line(chart: CurveChart, line: Line, color: str, frame: Frame) -> Spec:
    points = []
    for run, bins in enumerate(_runs(chart)):
        steps = [(chart.edges[i], line.scores[i]) for i in bins]
        steps.append((chart.edges[bins[-1] + 1], line.scores[bins[-1]]))
        points += [{"run": run, "x": max(x, frame.x[0]), "y": y} for x, y in _turns(steps)]
    return {
        "data": data(points),
        "mark": {
            "type": "line",
            "interpolate": "step-after",
            "color": color,
            "strokeWidth": 2,
            "strokeJoin": "round",
        },
        "encoding": {"detail": {"field": "run", "type": "nominal"}},
    }


def _turns(steps: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Leave out the steps that change nothing, but for the last."""
    for i, (x, y) in enumerate(steps):
        if i in (0, len(steps) - 1) or y != steps[i - 1][1]:
            yield x, y


def _band(chart: CurveChart, line: Line, color: str, frame: Frame) -> Spec:
    rows = []
    low, high = frame.y
    for run, bins in enumerate(_runs(chart)):
        cells = [(chart.edges[i], i) for i in bins] + [(chart.edges[bins[-1] + 1], bins[-1])]
        for x, i in cells:
            a, b = (line.low or line.scores)[i], (line.high or line.scores)[i]
            if known(a) and known(b):
                a, b = max(a, low), min(b, high)
                rows.append({"run": run, "x": max(x, frame.x[0]), "y": a, "y2": b})
    return {
        "data": data(rows),
        "mark": {
            "type": "area",
            "interpolate": "step-after",
            "color": color,
            "opacity": _BAND_OPACITY if len(chart.lines) == 1 else _SHARED_OPACITY,
        },
        "encoding": {"y2": {"field": "y2"}, "detail": {"field": "run", "type": "nominal"}},
    }


def _direct_labels(
    chart: CurveChart, frame: Frame, palette: Palette, names: list[str]
) -> Iterator[Spec]:
    """Name each line at its right end, moved apart where names would touch."""
    last = max((i for i, rows in enumerate(chart.counts) if rows), default=len(chart.counts) - 1)
    ends = sorted((frame.y_px(line.scores[last]), i) for i, line in enumerate(chart.lines))
    free = -_LABEL_STEP / 2
    for position, (wanted, i) in enumerate(ends):
        below = len(ends) - 1 - position
        y = min(max(wanted, free + _LABEL_STEP / 2), frame.high - below * _LABEL_STEP)
        free = y + _LABEL_STEP / 2
        place = {"y": {"value": round(y, 1)}}
        yield {
            "data": data([{}]),
            "mark": {
                "type": "point",
                "filled": True,
                "size": 50,
                "opacity": 1,
                "color": line_color(chart, i, palette),
            },
            "encoding": {"x": {"value": frame.wide + 9}, **place},
        }
        yield {
            "data": data([{}]),
            "mark": {"type": "text", "align": "left", "baseline": "middle"},
            "encoding": {
                "x": {"value": frame.wide + _LABEL_INDENT},
                "text": {"value": names[i]},
                **place,
            },
        }  # fmt: skip
