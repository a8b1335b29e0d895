"""Counts between edges, painted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from pellucid.core.numbers import plural
from pellucid.report.charts import HistogramChart
from pellucid.ui import theme
from pellucid.ui.charts import drawing
from pellucid.ui.charts.scales import Scale, scale_over, ticks, value_text
from pellucid.ui.charts.view import ChartView, Mark


def bin_sentence(chart: HistogramChart, index: int) -> str:
    """Say how many rows a bin holds."""
    low, high = (value_text(e, is_date=chart.is_date) for e in chart.edges[index : index + 2])
    return f"{chart.x_axis} {low} to {high}: {plural(chart.counts[index], 'row')}."


class HistogramView(ChartView):
    """Draws a `HistogramChart`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: HistogramChart | None = None
        self.setMinimumSize(220, 150)

    def set_chart(self, chart: HistogramChart) -> None:
        """Show `chart`."""
        self._chart = chart
        self.describe(chart.caption.title, chart.caption.alt)
        self.renew()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(480, 220)

    def frame(self, chart: HistogramChart) -> tuple[QRectF, Scale, Scale]:
        """Return the plot and its two scales, in px."""
        top = max(chart.counts, default=0) * 1.04 or 1.0
        left = drawing.widest(t.text for t in ticks(scale_over(0, top, 0, 1), 4)) + 12
        plot = QRectF(left, 26, max(40.0, self.width() - left - 12), max(30.0, self.height() - 72))
        low, high, is_log = chart.edges[0], chart.edges[-1], chart.scale == "log"
        x = scale_over(low, high, plot.left(), plot.right(), is_log=is_log)
        return plot, x, scale_over(0, top, plot.bottom(), plot.top())

    def lay_out(self) -> Sequence[Mark]:
        chart = self._chart
        if chart is None:
            return ()
        plot, x, y = self.frame(chart)
        found: list[Mark] = []
        for i, rows in enumerate(chart.counts):
            a, b = x.at(chart.edges[i]), x.at(chart.edges[i + 1])
            area = QRectF(a, plot.top(), b - a, plot.height())
            anchor = QPointF((a + b) / 2, y.at(rows))
            found.append(Mark(area, anchor, partial(bin_sentence, chart, i)))
        return found

    def paint_chart(self, painter: QPainter) -> None:
        chart = self._chart
        if chart is None:
            return
        plot, x, y = self.frame(chart)
        palette = self.colors
        drawing.horizontal_grid(painter, plot, y, ticks(y, 4), palette)
        drawing.text(painter, QRectF(0, 2, self.width(), 18), "Rows", palette.muted)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(theme.tints(palette).bars))
        for i, rows in enumerate(chart.counts):
            a, b = x.at(chart.edges[i]), x.at(chart.edges[i + 1])
            if rows > 0:
                height = max(1.0, plot.bottom() - y.at(rows))
                painter.drawRect(QRectF(a, plot.bottom() - height, max(b - a - 1, 1.0), height))
        under = drawing.fitting_ticks(x, is_date=chart.is_date)
        drawing.words_below(painter, plot.bottom() + 3, x, under, palette, float(self.width()))
        said = chart.x_axis + (", log scale" if x.is_log else "")
        wide = float(self.width())
        drawing.axis_title(painter, plot, plot.bottom() + 22, said, palette.text, wide)
