"""What stands around a curve: the density of rows beneath, missing and unseen cells at right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pellucid.core.numbers import count
from pellucid.report.charts import CurveChart
from pellucid.report.lettering import LABEL_PX
from pellucid.report.palette import Palette
from pellucid.report.spread import spread_over
from pellucid.report.ticks import ticks
from pellucid.report.vega.base import SMALL_PX, Spec, axis_of, data, known
from pellucid.report.vega.frame import (
    STRIP_GAP,
    STRIP_PX,
    Frame,
    line_color,
    y_encoding,
    zero_line,
)

SIDE_PX = 62


def draw_strip(chart: CurveChart, frame: Frame, palette: Palette) -> Iterator[Spec]:
    """Draw how the rows spread over the axis, in columns of equal width whatever the bins."""
    ends = [frame.x_share(edge) * frame.wide for edge in chart.edges]
    yield from draw_rows(ends, chart.counts, frame.wide, frame.high, palette)


def draw_rows(
    ends: Sequence[float], counts: Sequence[int], wide: int, high: int, palette: Palette
) -> Iterator[Spec]:
    """Draw the strip beneath a plot `wide` by `high` px; `ends` are the bins' borders in px."""
    foot = high + STRIP_GAP + STRIP_PX
    borders, shares = spread_over(ends, counts, 0.0, wide)
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
    return round(foot - max(share * STRIP_PX, 1.0), 1) if share > 0 else foot


def draw_side(chart: CurveChart, frame: Frame, palette: Palette) -> Spec:
    """Draw the cells that are no place on the axis, at the same height, as dots with intervals."""
    dots = list(_side_dots(chart, frame, palette))
    names = [
        {"x": column + 0.5, "name": cell.name, "rows": count(cell.count)}
        for column, cell in enumerate(chart.side)
    ]
    scale = {"domain": [0, len(chart.side)], "nice": False, "zero": False}
    encoding = {
        "x": {"field": "x", "type": "quantitative", "scale": scale, "axis": None},
        "y": y_encoding(frame, axis_of(ticks(*frame.y, 5), labels=False)),
    }
    own = {"field": "color", "type": "nominal", "scale": None, "legend": None}
    return {
        "width": SIDE_PX * len(chart.side),
        "height": frame.high,
        "encoding": encoding,
        "layer": [
            zero_line(palette),
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


def _side_dots(chart: CurveChart, frame: Frame, palette: Palette) -> Iterator[Spec]:
    """Yield a dot a cell and line, with its interval as far as the drawing reaches."""
    low, high = frame.y
    for column, cell in enumerate(chart.side):
        for i, score in enumerate(cell.scores):
            offset = (i - (len(cell.scores) - 1) / 2) * 10 / SIDE_PX
            a, b = (None, None) if not (cell.low and cell.high) else (cell.low[i], cell.high[i])
            yield {
                "x": column + 0.5 + offset,
                "y": score,
                "color": line_color(chart, i, palette),
                "a": max(a, low) if a is not None and known(a) else None,
                "b": min(b, high) if b is not None and known(b) else None,
            }


def _side_words(rows: list[Spec], field: str, y: float, size: int, palette: Palette) -> Spec:
    return {
        "data": data(rows),
        "mark": {"type": "text", "baseline": "top", "fontSize": size, "color": palette.muted},
        "encoding": {"y": {"value": y}, "text": {"field": field, "type": "nominal"}},
    }
