"""Counts between edges."""

from __future__ import annotations

from pellucid.report.charts import HistogramChart
from pellucid.report.lettering import width_of, wrap
from pellucid.report.palette import Palette
from pellucid.report.ticks import axis_ticks, ticks
from pellucid.report.vega.base import Drawing, Spec, axis_of, data, whole


def draw_histogram(chart: HistogramChart, palette: Palette, width: int) -> Drawing:
    """Draw a bar a bin, on the histogram's own scale."""
    low, high = chart.edges[0], chart.edges[-1]
    is_log = chart.scale == "log" and low > 0
    top = max(chart.counts, default=0) or 1
    counted = ticks(0, top * 1.05, 4, whole=True)
    left = max(width_of(tick.text) for tick in counted) + 8
    plot = max(120, round(width - left - 12))
    found = axis_ticks(low, high, scale="log" if is_log else "linear", is_date=chart.is_date,
                       most=max(2, min(6, plot // 64)))  # fmt: skip
    x_scale: Spec = {"domain": [low, high], "nice": False}
    x_scale.update({"type": "log"} if is_log else {"zero": False})
    rows = [
        {"x": chart.edges[i], "x2": chart.edges[i + 1], "n": n}
        for i, n in enumerate(chart.counts)
        if n
    ]
    title = chart.x_axis + (", log scale" if is_log else "")
    spec = {
        "width": plot,
        "height": 150,
        "data": data(rows),
        "mark": {"type": "rect", "color": palette.accent, "opacity": 0.85,
                 "stroke": palette.background, "strokeWidth": 0.5},
        "encoding": {
            "x": {"field": "x", "type": "quantitative", "scale": x_scale,
                  "axis": axis_of(found, wrap(title, plot), grid=False)},
            "x2": {"field": "x2"},
            "y": {"field": "n", "type": "quantitative",
                  "scale": {"domain": [0, top * 1.05], "nice": False}, "axis": axis_of(counted)},
            "y2": {"datum": 0},
        },
    }  # fmt: skip
    return Drawing(whole(spec, palette))
