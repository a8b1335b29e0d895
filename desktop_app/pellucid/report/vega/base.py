"""What all specifications share: type, colours by role, axes with ticks that were chosen before."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pellucid.report.charts import Bar
from pellucid.report.lettering import LABEL_PX, shorten, width_of
from pellucid.report.palette import Palette
from pellucid.report.ticks import Tick

Spec = dict[str, Any]
FONT = "system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif"
SMALL_PX = 11
ROW_PX = 26
REACH = 0.4


@dataclass(frozen=True, slots=True)
class Drawing:
    """A specification and the labels that had to be cut, with what they say in full."""

    spec: Spec
    cut: dict[str, str] = field(default_factory=dict)


def whole(parts: Spec, palette: Palette) -> Spec:
    """Return a specification that stands by itself, in the product's type and colours."""
    axis = {
        "labelColor": palette.muted,
        "labelFontSize": LABEL_PX,
        "labelPadding": 6,
        "titleColor": palette.muted,
        "titleFontSize": LABEL_PX,
        "titleFontWeight": "normal",
        "gridColor": palette.border,
        "domain": False,
        "ticks": False,
        "labelFlush": False,
        "labelOverlap": False,
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": None,
        "padding": 4,
        **parts,
        "config": {
            "aria": False,
            "font": FONT,
            "axis": axis,
            "view": {"stroke": None},
            "text": {"fontSize": LABEL_PX, "fill": palette.text},
        },
    }


def data(rows: Iterable[Spec]) -> Spec:
    return {"values": list(rows)}


def axis_of(ticks: Sequence[Tick], title: list[str] | None = None, **more: Any) -> Spec:
    """Return an axis that shows exactly `ticks`."""
    return {
        "values": [tick.value for tick in ticks],
        "labelExpr": labels_at([tick.text for tick in ticks]),
        "title": title,
        **more,
    }


def labels_at(texts: Sequence[str]) -> str:
    """Return an expression that gives each tick its text by its place in the list."""
    return f"{json.dumps(list(texts))}[round(datum.index * {max(len(texts) - 1, 1)})]"


def rows_axis(labels: Sequence[str], room: float, palette: Palette) -> tuple[Spec, dict[str, str]]:
    """Return the y axis of named rows, and the labels that had to be cut to `room` px."""
    shown = [shorten(label, room) for label in labels]
    cut = {short: label for short, label in zip(shown, labels, strict=True) if short != label}
    ids = [str(i) for i in range(len(labels))]
    spec = {
        "field": "row",
        "type": "ordinal",
        "scale": {"domain": ids, "paddingInner": 0.4, "paddingOuter": 0.2},
        "axis": {
            "title": None,
            "labelExpr": f"{json.dumps(shown)}[toNumber(datum.value)]",
            "minExtent": round(room),
            "labelColor": palette.text,
            "labelLimit": 1000,
        },
    }
    return spec, cut


def label_room(labels: Iterable[str], most: float) -> float:
    """Return the px that the widest label needs, up to `most`."""
    return min(most, max((width_of(label) for label in labels), default=0.0) + 4)


def tone_of(bar: Bar, palette: Palette) -> str:
    tones = {
        "raises": palette.raises,
        "lowers": palette.lowers,
        "muted": palette.muted,
        "total": palette.text,
    }
    return tones.get(bar.tone, palette.accent)


def known(value: float | None) -> bool:
    """Say whether there is a number to draw."""
    return value is not None and math.isfinite(value)


def reaching(
    values: Sequence[float], lows: Sequence[float], highs: Sequence[float]
) -> tuple[float, float]:
    """Return a range over all values and their intervals, as far as those stay readable.

    An interval may reach beyond the values by 40% of their span; the rest is cut off, so that one
    thinly supported cell does not flatten all others.
    """
    low, high = min(values), max(values)
    reach = REACH * ((high - low) or abs(high) or 1.0)
    low = min(low, max(min(lows, default=low), low - reach))
    high = max(high, min(max(highs, default=high), high + reach))
    return low, high


def padded(low: float, high: float, share: float) -> tuple[float, float]:
    margin = ((high - low) or abs(high) or 1.0) * share
    return low - margin, high + margin
