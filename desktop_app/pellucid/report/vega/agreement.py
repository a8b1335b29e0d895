"""What came against what was predicted: dots with intervals, and where the rows are beneath."""

from __future__ import annotations

from pellucid.report.charts import AgreementChart
from pellucid.report.lettering import width_of, wrap
from pellucid.report.palette import Palette
from pellucid.report.spread import agreement_range, bin_ends
from pellucid.report.ticks import ticks
from pellucid.report.vega.base import Drawing, Spec, axis_of, data, whole
from pellucid.report.vega.frame import STRIP_GAP, STRIP_PX, axis_name
from pellucid.report.vega.margins import draw_rows

_HIGH_PX = 260
_OVERHANG_PX = 16


def draw_agreement(chart: AgreementChart, palette: Palette, width: int) -> Drawing:
    """Draw the bins beside the line of agreement, both axes over one range."""
    low, high = agreement_range(chart)
    y_ticks = ticks(low, high, 5)
    left = max(width_of(tick.text) for tick in y_ticks) + 8
    wide = max(120, round(width - left - _OVERHANG_PX - 12))
    x_ticks = ticks(low, high, max(2, min(6, wide // 64)))
    scale = {"domain": [low, high], "nice": False, "zero": False}
    foot = axis_of(x_ticks, wrap(chart.x_axis, wide), grid=False, offset=STRIP_GAP + STRIP_PX)
    ends = [(end - low) / (high - low) * wide for end in bin_ends(chart.bins)]
    spec: Spec = {
        "width": wide,
        "height": _HIGH_PX,
        "encoding": {
            "x": {"field": "x", "type": "quantitative", "scale": scale, "axis": foot},
            "y": {"field": "y", "type": "quantitative", "scale": scale,
                  "axis": axis_of(y_ticks, minExtent=round(left))},
        },
        "layer": [
            _agreement(low, high, palette),
            *_dots(chart, palette),
            axis_name(chart.y_axis, left, wide, palette),
            *draw_rows(ends, [one.rows for one in chart.bins], wide, _HIGH_PX, palette),
        ],
    }  # fmt: skip
    return Drawing(whole(spec, palette))


def _agreement(low: float, high: float, palette: Palette) -> Spec:
    return {
        "data": data([{"x": low, "y": low}, {"x": high, "y": high}]),
        "mark": {"type": "line", "color": palette.muted, "strokeWidth": 1, "strokeDash": [4, 4]},
    }


def _dots(chart: AgreementChart, palette: Palette) -> list[Spec]:
    """Draw intervals and dots; those that are off are diamonds of another colour."""
    rows = data(
        {
            "x": one.predicted, "y": one.actual, "low": one.low, "high": one.high,
            "color": palette.warning if one.is_off else palette.accent,
            "shape": "diamond" if one.is_off else "circle",
        }
        for one in chart.bins
    )  # fmt: skip
    own = {"field": "color", "type": "nominal", "scale": None, "legend": None}
    shape = {"field": "shape", "type": "nominal", "scale": None, "legend": None}
    return [
        {
            "data": rows,
            "mark": {"type": "rule", "strokeWidth": 2, "opacity": 0.6},
            "encoding": {"y": {"field": "low"}, "y2": {"field": "high"}, "color": own},
        },
        {
            "data": rows,
            "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
            "encoding": {"color": own, "shape": shape},
        },
    ]
