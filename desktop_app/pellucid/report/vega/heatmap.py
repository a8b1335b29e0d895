"""A table of scores as cells in two hues that meet in the background."""

from __future__ import annotations

import json
import math

from pellucid.core.numbers import number, signed
from pellucid.report.charts import HeatmapChart
from pellucid.report.lettering import LABEL_PX, shorten, width_of, wrap
from pellucid.report.palette import Palette
from pellucid.report.vega.base import SMALL_PX, Drawing, Spec, data, label_room, whole

_KEY_PX = 12
_KEY_STEPS = 10
_ROOT = 0.8
_LARGE = 100.0
WRITTEN_OPACITY = 0.55
_MOST_WRITTEN = 14


def draw_heatmap(chart: HeatmapChart, palette: Palette, width: int) -> Drawing:
    """Draw cells by strength of hue; those without data stay empty. Row 0 is the lowest."""
    columns, rows = len(chart.x_labels), len(chart.y_labels)
    room = label_room(chart.y_labels, width * 0.36) + 10
    most = max((abs(v) for row in chart.values for v in row if v is not None), default=0.0) or 1.0
    key = _KEY_PX + 30 + width_of(_key_words(-most, most, diverging=True))
    plot = max(90.0, width - room - key - 8)
    wide = plot / columns
    written = wide >= 34 and columns <= _MOST_WRITTEN and rows <= _MOST_WRITTEN
    high = 26.0 if written else max(10.0, min(26.0, 300 / rows))
    full = WRITTEN_OPACITY if written else 1.0
    cells = _cells(chart, palette, most, full)
    y_axis, y_cut = _y_axis(chart, room - 10, high, palette)
    x_axis, x_cut = _x_axis(chart, wide, palette)
    layers: list[Spec] = [
        {
            "mark": {"type": "rect", "cornerRadius": 1 if written else 0},
            "encoding": {
                "fill": {"field": "hue", "type": "nominal", "scale": None, "legend": None},
                "fillOpacity": {"field": "share", "type": "quantitative", "scale": None,
                                "legend": None},
            },
        }
    ]  # fmt: skip
    if written:
        layers.append({
            "mark": {"type": "text", "fontSize": SMALL_PX, "baseline": "middle"},
            "encoding": {"text": {"field": "said", "type": "nominal"}},
        })  # fmt: skip
    layers.append(_name_above(chart.y_axis, -room, palette))
    spec = {
        "hconcat": [
            {
                "width": round(plot),
                "height": round(high * rows),
                "data": data(cells),
                "encoding": {"x": x_axis, "y": y_axis},
                "layer": layers,
            },
            _key(chart, palette, most, full, (round(min(high * rows, 160)), width * 0.4)),
        ],
        "spacing": 18,
        "bounds": "flush",
    }
    return Drawing(whole(spec, palette), {**y_cut, **x_cut})


def _cells(chart: HeatmapChart, palette: Palette, most: float, full: float) -> list[Spec]:
    return [
        {
            "row": str(i),
            "column": str(j),
            "hue": _hue(value, palette, chart.diverging),
            "share": round((abs(value) / most) ** _ROOT * full, 2),
            "said": _words(value, most, chart.diverging),
        }
        for i, row in enumerate(chart.values)
        for j, value in enumerate(row)
        if value is not None
    ]


def _hue(value: float, palette: Palette, diverging: bool) -> str:
    if not diverging:
        return palette.accent
    return palette.raises if value >= 0 else palette.lowers


def _words(value: float, most: float, diverging: bool) -> str:
    """Write a value with decimals that two digits of the greatest one need."""
    places = max(0, 2 - math.ceil(math.log10(most)))
    if not round(value, places):
        return "0"
    text = f"{round(value, places) + 0.0:,.{places}f}".replace("-", "−")
    return f"+{text}" if diverging and value > 0 else text


def _key_words(value: float, most: float, diverging: bool) -> str:
    """Write a value of the key: as in the cells, or to two digits where it is large."""
    if most < _LARGE:
        return _words(value, most, diverging)
    return signed(value, 2) if diverging else number(value, 2)


def _y_axis(
    chart: HeatmapChart, room: float, high: float, palette: Palette
) -> tuple[Spec, dict[str, str]]:
    every = max(1, math.ceil(15 / high))
    shown = [shorten(label, room) for label in chart.y_labels]
    cut = {a: b for a, b in zip(shown, chart.y_labels, strict=True) if a != b}
    ids = [str(i) for i in range(len(shown))]
    return {
        "field": "row",
        "type": "ordinal",
        "scale": {"domain": ids[::-1], "padding": 0},
        "axis": {**_named(shown, every, palette), "minExtent": round(room)},
    }, cut


def _x_axis(chart: HeatmapChart, wide: float, palette: Palette) -> tuple[Spec, dict[str, str]]:
    """Name as many columns as there is room for, and never turn a name."""
    needed = max((width_of(label) for label in chart.x_labels), default=0.0) + 6
    every = 1 if wide >= 56 or needed <= wide else math.ceil(min(needed, 120) / wide)
    shown = [shorten(label, wide * every - 6) for label in chart.x_labels]
    cut = {a: b for a, b in zip(shown, chart.x_labels, strict=True) if a != b}
    axis = _named(shown, every, palette)
    axis.update(title=wrap(chart.x_axis, wide * len(shown)), labelAngle=0, orient="bottom")
    return {
        "field": "column",
        "type": "ordinal",
        "scale": {"domain": [str(i) for i in range(len(shown))], "padding": 0},
        "axis": axis,
    }, cut


def _named(shown: list[str], every: int, palette: Palette) -> Spec:
    return {
        "title": None,
        "values": [str(i) for i in range(0, len(shown), every)],
        "labelExpr": f"{json.dumps(shown)}[toNumber(datum.value)]",
        "labelColor": palette.text,
        "labelLimit": 1000,
        "grid": False,
    }


def _name_above(text: str, x: float, palette: Palette) -> Spec:
    return {
        "data": data([{}]),
        "mark": {"type": "text", "align": "left", "baseline": "bottom", "color": palette.muted},
        "encoding": {"x": {"value": x}, "y": {"value": -8}, "text": {"value": text}},
    }


def _key(
    chart: HeatmapChart, palette: Palette, most: float, full: float, size: tuple[int, float]
) -> Spec:
    """Draw the scale of hues with its ends and its middle in figures.

    `size` is its height and the room for the name of its unit, in px.
    """
    high, room = size
    least = -most if chart.diverging else 0.0
    step = (most - least) / _KEY_STEPS
    ramp = []
    for i in range(_KEY_STEPS):
        low = least + i * step
        value = low + step / 2
        ramp.append({
            "low": low, "high": low + step, "hue": _hue(value, palette, chart.diverging),
            "share": round((abs(value) / most) ** _ROOT * full, 2),
        })  # fmt: skip
    places = (least, (least + most) / 2, most)
    marks = [{"at": v, "said": _key_words(v, most, chart.diverging)} for v in places]
    scale = {"domain": [least, most], "nice": False, "zero": False}
    y: Spec = {"type": "quantitative", "scale": scale, "axis": None}
    return {
        "width": _KEY_PX,
        "height": high,
        "layer": [
            {
                "data": data(ramp),
                "mark": {"type": "rect"},
                "encoding": {
                    "x": {"value": 0},
                    "x2": {"value": _KEY_PX},
                    "y": {"field": "low", **y},
                    "y2": {"field": "high"},
                    "fill": {"field": "hue", "type": "nominal", "scale": None, "legend": None},
                    "fillOpacity": {"field": "share", "type": "quantitative", "scale": None,
                                    "legend": None},
                },
            },
            {
                "data": data(marks),
                "mark": {"type": "text", "align": "left", "baseline": "middle",
                         "fontSize": LABEL_PX, "color": palette.muted},
                "encoding": {
                    "x": {"value": _KEY_PX + 6},
                    "y": {"field": "at", **y},
                    "text": {"field": "said", "type": "nominal"},
                },
            },
            _unit(shorten(chart.unit, room), palette),
        ],
    }  # fmt: skip


def _unit(text: str, palette: Palette) -> Spec:
    return {
        "data": data([{}]),
        "mark": {"type": "text", "align": "right", "baseline": "bottom", "color": palette.muted},
        "encoding": {
            "x": {"value": _KEY_PX + 44},
            "y": {"value": -8},
            "text": {"value": text},
        },
    }
