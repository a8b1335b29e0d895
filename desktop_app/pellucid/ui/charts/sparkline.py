"""Tiny term curves for lists: enough to tell a rise from a hump, without axes."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from pellucid.report.charts import BarChart, Chart, CurveChart, HeatmapChart
from pellucid.report.palette import Palette
from pellucid.ui import theme
from pellucid.ui.charts.curve_words import curve_range
from pellucid.ui.charts.heatmap import cell_color
from pellucid.ui.charts.ranges import reach
from pellucid.ui.charts.scales import scale_over


@dataclass(frozen=True, slots=True)
class Spark:
    """What a tiny curve draws: a term's chart and which of its lines."""

    chart: Chart
    line: int = 0


def paint_spark(
    painter: QPainter, box: QRectF, spark: Spark, palette: Palette, *, faded: bool = False
) -> None:
    """Draw the term in `box`; `faded` where it does not matter."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    tint = palette.muted if faded else palette.accent
    chart = spark.chart
    if isinstance(chart, CurveChart) and chart.lines:
        _paint_curve(painter, box, chart, spark.line, palette, tint)
    elif isinstance(chart, BarChart):
        _paint_levels(painter, box, chart, palette)
    elif isinstance(chart, HeatmapChart):
        _paint_cells(painter, box, chart, palette)
    painter.restore()


def _paint_curve(
    painter: QPainter, box: QRectF, chart: CurveChart, at: int, palette: Palette, tint: str
) -> None:
    low, high = chart.edges[0], chart.edges[-1]
    is_log = chart.scale == "log"
    if is_log and low <= 0 < chart.edges[1]:
        low = chart.edges[1] / 2
    x = scale_over(low, high, box.left(), box.right(), is_log=is_log)
    y = scale_over(*curve_range(chart), box.bottom(), box.top())
    painter.setPen(QPen(theme.color(palette.border), 1))
    painter.drawLine(QPointF(box.left(), y.at(0)), QPointF(box.right(), y.at(0)))
    path, on = QPainterPath(), False
    for i, rows in enumerate(chart.counts):
        height = y.at(chart.lines[min(at, len(chart.lines) - 1)].scores[i])
        if rows > 0:
            start = QPointF(x.at(chart.edges[i]), height)
            if on:
                path.lineTo(start)
            else:
                path.moveTo(start)
            path.lineTo(x.at(chart.edges[i + 1]), height)
        on = rows > 0
    painter.setPen(QPen(theme.color(tint), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def _paint_levels(painter: QPainter, box: QRectF, chart: BarChart, palette: Palette) -> None:
    bars = chart.bars[:24]
    values = [bar.value for bar in bars] or [0.0]
    y = scale_over(min(*values, 0.0), max(*values, 0.0), box.bottom(), box.top())
    each = min(box.width() / max(1, len(bars)), 10.0)
    painter.setPen(Qt.PenStyle.NoPen)
    for i, value in enumerate(values):
        painter.setBrush(theme.color(palette.raises if value > 0 else palette.lowers))
        top, bottom = sorted((y.at(value), y.at(0)))
        wide = max(each - 1.5, 1.0)
        painter.drawRect(QRectF(box.left() + i * each, top, wide, max(bottom - top, 1.0)))


def _paint_cells(painter: QPainter, box: QRectF, chart: HeatmapChart, palette: Palette) -> None:
    rows, columns, most = len(chart.values), max(1, len(chart.x_labels)), reach(chart)
    wide, high = box.width() / columns, box.height() / max(1, rows)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    for row, values in enumerate(chart.values):
        for column, value in enumerate(values):
            if value is not None:
                cell = QRectF(
                    box.left() + column * wide, box.bottom() - (row + 1) * high, wide, high
                )
                tint = cell_color(value, most, palette, diverging=chart.diverging)
                painter.fillRect(cell.toAlignedRect(), tint)
