"""A term over a number: step lines with bands, density beneath, missing and unseen set apart."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pellucid.core.numbers import count
from pellucid.report.charts import CurveChart, Line
from pellucid.report.lettering import LABEL_PX, LINE_PX, shorten, width_of, wrap
from pellucid.report.palette import Palette
from pellucid.report.ticks import Tick, axis_ticks, ticks
from pellucid.report.vega.base import (
    SMALL_PX,
    Drawing,
    Spec,
    axis_of,
    data,
    known,
    padded,
    reaching,
    whole,
)

_STRIP_PX = 30
_STRIP_GAP = 8
_COLUMN_PX = 4
_SIDE_PX = 62
_SIDE_GAP = 14
_LABEL_STEP = 15.0
_LABEL_INDENT = 18
_BAND_OPACITY = 0.16
_SHARED_OPACITY = 0.09
_LEAST_PLOT = 120
_OVERHANG_PX = 16


@dataclass(frozen=True, slots=True)
class _Frame:
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


def draw_curve(chart: CurveChart, palette: Palette, width: int) -> Drawing:
    """Draw the lines over their band, a strip of density beneath and the side cells at right."""
    y = _y_range(chart)
    y_ticks = ticks(*y, 5)
    left = max(width_of(tick.text) for tick in y_ticks) + 8 if y_ticks else 8
    names, cut = _line_names(chart, width)
    labels = max((width_of(name) for name in names), default=0.0) + _LABEL_INDENT if names else 0.0
    aside = len(chart.side) * _SIDE_PX + (_SIDE_GAP if chart.side else 0)
    overhang = 0 if labels or aside else _OVERHANG_PX
    wide = max(_LEAST_PLOT, round(width - left - labels - aside - overhang - 12))
    frame = _Frame(wide, 230 if width >= 500 else 200, _x_range(chart), y, _is_log(chart), left)
    main = _main(chart, frame, palette, y_ticks, names)
    parts = [main, _side(chart, frame, palette)] if chart.side else [main]
    spec: Spec = {"hconcat": parts, "spacing": round(labels) + _SIDE_GAP, "bounds": "flush"}
    return Drawing(whole(spec, palette), cut)


def _is_log(chart: CurveChart) -> bool:
    return chart.scale == "log" and chart.edges[1] > 0


def _x_range(chart: CurveChart) -> tuple[float, float]:
    low, high = chart.edges[0], chart.edges[-1]
    if _is_log(chart) and low <= 0:
        low = chart.edges[1] / 2
    return (low, high) if high > low else (low - 0.5, low + 0.5)


def _y_range(chart: CurveChart) -> tuple[float, float]:
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


def _line_names(chart: CurveChart, width: int) -> tuple[list[str], dict[str, str]]:
    """Return the direct labels; one line needs none."""
    if len(chart.lines) < 2:
        return [], {}
    full = [line.name for line in chart.lines]
    names = [shorten(name, width * 0.2) for name in full]
    return names, {short: name for short, name in zip(names, full, strict=True) if short != name}


def _color(chart: CurveChart, index: int, palette: Palette) -> str:
    if len(chart.lines) == 1:
        return palette.accent
    return palette.classes[index % len(palette.classes)]


def _y_encoding(frame: _Frame, axis: Spec) -> Spec:
    scale = {"domain": list(frame.y), "nice": False, "zero": False}
    return {"field": "y", "type": "quantitative", "scale": scale, "axis": axis}


def _x_encoding(chart: CurveChart, frame: _Frame) -> Spec:
    scale: Spec = {"domain": list(frame.x), "nice": False}
    scale.update({"type": "log"} if frame.is_log else {"zero": False})
    title = chart.x_axis + (", log scale" if frame.is_log else "")
    axis = axis_of(
        _x_ticks(chart, frame),
        wrap(title, frame.wide),
        grid=False,
        offset=_STRIP_GAP + _STRIP_PX,
    )
    return {"field": "x", "type": "quantitative", "scale": scale, "axis": axis}


def _x_ticks(chart: CurveChart, frame: _Frame) -> list[Tick]:
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


def _main(
    chart: CurveChart, frame: _Frame, palette: Palette, y_ticks: Sequence[Tick], names: list[str]
) -> Spec:
    layers = [_zero_line(palette)]
    layers += [_band(chart, line, _color(chart, i, palette), frame) for i, line in
               enumerate(chart.lines) if line.low and line.high]  # fmt: skip
    layers += [
        _step_line(chart, line, _color(chart, i, palette), frame)
        for i, line in enumerate(chart.lines)
    ]
    layers.append(_axis_name(chart.y_axis, frame, palette))
    layers.extend(_strip(chart, frame, palette))
    if names:
        layers.extend(_direct_labels(chart, frame, palette, names))
    return {
        "width": frame.wide,
        "height": frame.high,
        "encoding": {
            "x": _x_encoding(chart, frame),
            "y": _y_encoding(frame, axis_of(y_ticks, minExtent=round(frame.left))),
        },
        "layer": layers,
    }


def _zero_line(palette: Palette) -> Spec:
    return {
        "data": data([{"y": 0.0}]),
        "mark": {"type": "rule", "color": palette.muted, "strokeWidth": 1, "opacity": 0.7},
        "encoding": {"x": None},
    }


def _axis_name(text: str, frame: _Frame, palette: Palette) -> Spec:
    """Set the y axis's name above it, to be read without turning the head."""
    lines = wrap(text, frame.wide + frame.left)
    return {
        "data": data([{}]),
        "mark": {"type": "text", "align": "left", "baseline": "bottom", "color": palette.muted},
        "encoding": {
            "x": {"value": -frame.left},
            "y": {"value": -10 - LINE_PX * (len(lines) - 1)},
            "text": {"value": lines},
        },
    }


def _runs(chart: CurveChart) -> Iterator[range]:
    """Yield the unbroken stretches of bins that hold data."""
    for has_rows, group in itertools.groupby(
        range(len(chart.counts)), lambda i: chart.counts[i] > 0
    ):
        if has_rows:
            bins = list(group)
            yield range(bins[0], bins[-1] + 1)


def _step_line(chart: CurveChart, line: Line, color: str, frame: _Frame) -> Spec:
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


def _band(chart: CurveChart, line: Line, color: str, frame: _Frame) -> Spec:
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
    chart: CurveChart, frame: _Frame, palette: Palette, names: list[str]
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
                "color": _color(chart, i, palette),
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


def _strip(chart: CurveChart, frame: _Frame, palette: Palette) -> Iterator[Spec]:
    """Draw how the rows spread over the axis, in columns of equal width whatever the bins."""
    foot = frame.high + _STRIP_GAP + _STRIP_PX
    columns = max(1, frame.wide // _COLUMN_PX)
    borders = np.linspace(0.0, frame.wide, columns + 1)
    ends = np.maximum.accumulate([frame.x_share(edge) * frame.wide for edge in chart.edges])
    held = np.diff(np.interp(borders, ends, np.concatenate([[0], np.cumsum(chart.counts)])))
    shares = held / (held.max() or 1.0)
    tops = [_strip_px(share, foot) for share in shares.tolist()]
    rows = [
        {"x": round(float(x), 1), "top": top, "foot": foot}
        for x, top in zip(borders, [*tops, tops[-1]], strict=True)
    ]
    yield {
        "data": data(rows),
        "mark": {
            "type": "area",
            "interpolate": "step-after",
            "color": palette.muted,
            "opacity": 0.4,
        },
        "encoding": {
            "x": {"field": "x", "type": "quantitative", "scale": None, "axis": None},
            "y": {"field": "top", "type": "quantitative", "scale": None, "axis": None},
            "y2": {"field": "foot"},
        },
    }
    yield {
        "data": data([{}]),
        "mark": {"type": "text", "align": "right", "baseline": "bottom", "fontSize": SMALL_PX,
                 "color": palette.muted},
        "encoding": {"x": {"value": -6}, "y": {"value": foot}, "text": {"value": "rows"}},
    }  # fmt: skip


def _strip_px(share: float, foot: float) -> float:
    """Return the height in the strip; where there are rows, at least 1 px shows it."""
    return round(foot - max(share * _STRIP_PX, 1.0), 1) if share > 0 else foot


def _side(chart: CurveChart, frame: _Frame, palette: Palette) -> Spec:
    """Draw the cells that are no place on the axis, at the same height, as dots with intervals."""
    dots, names = [], []
    low, high = frame.y
    for column, cell in enumerate(chart.side):
        middle = column + 0.5
        names.append({"x": middle, "name": cell.name, "rows": count(cell.count)})
        for i, score in enumerate(cell.scores):
            offset = (i - (len(cell.scores) - 1) / 2) * 10 / _SIDE_PX
            a, b = (None, None) if not (cell.low and cell.high) else (cell.low[i], cell.high[i])
            dots.append({
                "x": middle + offset, "y": score, "color": _color(chart, i, palette),
                "a": max(a, low) if a is not None and known(a) else None,
                "b": min(b, high) if b is not None and known(b) else None,
            })  # fmt: skip
    scale = {"domain": [0, len(chart.side)], "nice": False, "zero": False}
    encoding = {
        "x": {"field": "x", "type": "quantitative", "scale": scale, "axis": None},
        "y": _y_encoding(frame, axis_of(ticks(low, high, 5), labels=False)),
    }
    own = {"field": "color", "type": "nominal", "scale": None, "legend": None}
    return {
        "width": _SIDE_PX * len(chart.side),
        "height": frame.high,
        "encoding": encoding,
        "layer": [
            _zero_line(palette),
            {
                "data": data(dot for dot in dots if dot["a"] is not None and dot["b"] is not None),
                "mark": {"type": "rule", "strokeWidth": 2, "opacity": 0.5},
                "encoding": {"y": {"field": "a"}, "y2": {"field": "b"}, "color": own},
            },
            {
                "data": data(dots),
                "mark": {"type": "point", "filled": True, "size": 55, "opacity": 1},
                "encoding": {"color": own},
            },
            _side_words(names, "name", frame.high + 8, LABEL_PX, palette),
            _side_words(names, "rows", frame.high + 24, SMALL_PX, palette),
        ],
    }


def _side_words(rows: list[Spec], field: str, y: float, size: int, palette: Palette) -> Spec:
    return {
        "data": data(rows),
        "mark": {"type": "text", "baseline": "top", "fontSize": size, "color": palette.muted},
        "encoding": {"y": {"value": y}, "text": {"field": field, "type": "nominal"}},
    }
