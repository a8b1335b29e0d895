"""What the layers of a transformer know of one column, painted: scores with intervals, layer by
layer, over what is known without any layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from pellucid.report.charts import Caption
from pellucid.ui import theme
from pellucid.ui.charts import drawing
from pellucid.ui.charts.scales import Scale, padded, scale_over, ticks
from pellucid.ui.charts.view import ChartView, Mark

_HEIGHT = 168
_BELOW = 40.0


@dataclass(frozen=True, slots=True)
class LayerDot:
    """One layer: its score with what bounds it, that on shuffled values, and what it answers."""

    value: float
    low: float
    high: float
    control: float
    sentence: str


@dataclass(frozen=True, slots=True)
class LayerChart:
    """Scores by layer, the embedding layer first; `baseline` is the score without any layer."""

    caption: Caption
    axis: str
    dots: tuple[LayerDot, ...]
    baseline: float
    baseline_name: str
    best: int


class LayerView(ChartView):
    """Draws a `LayerChart`: dots with intervals, the control hollow, the baseline dashed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: LayerChart | None = None
        self.setMinimumWidth(200)
        self.setFixedHeight(_HEIGHT)

    def set_chart(self, chart: LayerChart) -> None:
        """Show another chart."""
        self._chart = chart
        self.describe(chart.caption.title, chart.caption.alt)
        self.renew()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(320, _HEIGHT)

    def _y(self, chart: LayerChart) -> Scale:
        found = [end for dot in chart.dots for end in (dot.value, dot.low, dot.high, dot.control)]
        low, high = padded(min(*found, chart.baseline), max(*found, chart.baseline), 0.08)
        return scale_over(low, high, self.height() - _BELOW, 18.0)

    def plot(self, chart: LayerChart) -> tuple[QRectF, Scale]:
        """Return the plot and its upright scale for the present size."""
        y = self._y(chart)
        left = max(34.0, drawing.widest(tick.text for tick in ticks(y, 4)) + 12)
        return QRectF(left, y.end, max(40.0, self.width() - left - 8), y.start - y.end), y

    def _x(self, chart: LayerChart, plot: QRectF, layer: int) -> float:
        step = plot.width() / len(chart.dots)
        return plot.left() + (layer + 0.5) * step

    def lay_out(self) -> Sequence[Mark]:
        chart = self._chart
        if chart is None:
            return ()
        plot, y = self.plot(chart)
        step = plot.width() / len(chart.dots)
        return [
            Mark(
                QRectF(plot.left() + layer * step, plot.top(), step, plot.height()),
                QPointF(self._x(chart, plot, layer), y.at(dot.value)),
                partial(str, dot.sentence),
            )
            for layer, dot in enumerate(chart.dots)
        ]

    def paint_chart(self, painter: QPainter) -> None:
        chart = self._chart
        if chart is None:
            return
        plot, y = self.plot(chart)
        drawing.horizontal_grid(painter, plot, y, ticks(y, 4), self.colors)
        self._paint_baseline(painter, chart, plot, y)
        self._paint_line(painter, chart, plot, y)
        for layer, dot in enumerate(chart.dots):
            self._paint_dot(painter, chart, dot, (self._x(chart, plot, layer), y), layer)
        self._paint_axis(painter, chart, plot)

    def _paint_baseline(self, painter: QPainter, chart: LayerChart, plot: QRectF, y: Scale) -> None:
        at = y.at(chart.baseline)
        ends = QPointF(plot.left(), at), QPointF(plot.right(), at)
        drawing.hairline(painter, *ends, theme.tints(self.colors).control, dash=True)

    def _paint_line(self, painter: QPainter, chart: LayerChart, plot: QRectF, y: Scale) -> None:
        path = QPainterPath()
        for layer, dot in enumerate(chart.dots):
            at = QPointF(self._x(chart, plot, layer), y.at(dot.value))
            path.lineTo(at) if layer else path.moveTo(at)
        painter.setPen(QPen(theme.color(self.colors.accent, 0.45), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _paint_dot(
        self, painter: QPainter, chart: LayerChart, dot: LayerDot, place: tuple[float, Scale],
        layer: int,
    ) -> None:  # fmt: skip
        (x, y), palette = place, self.colors
        painter.setPen(QPen(theme.color(palette.accent, 0.7), 1.6))
        painter.drawLine(QPointF(x, y.at(dot.low)), QPointF(x, y.at(dot.high)))
        painter.setPen(QPen(theme.color(palette.muted), 1.2))
        painter.setBrush(theme.color(palette.background))
        painter.drawEllipse(QPointF(x, y.at(dot.control)), 2.6, 2.6)
        painter.setPen(QPen(theme.color(palette.background), 1.5))
        painter.setBrush(theme.color(palette.accent))
        size = 5.0 if layer == chart.best else 3.4
        painter.drawEllipse(QPointF(x, y.at(dot.value)), size, size)

    def _paint_axis(self, painter: QPainter, chart: LayerChart, plot: QRectF) -> None:
        palette, last = self.colors, len(chart.dots) - 1
        head = QRectF(0, 0, self.width(), drawing.TEXT_HEIGHT)
        drawing.text(painter, head, chart.axis, palette.muted)
        drawing.text(painter, head, f"- - {chart.baseline_name}", palette.muted,
                     align=drawing.RIGHT)  # fmt: skip
        step = plot.width() / len(chart.dots)
        every = max(1, round(24 / step + 0.5)) if step < 24 else 1
        for layer in range(len(chart.dots)):
            if layer % every and layer != last:
                continue
            box = QRectF(self._x(chart, plot, layer) - 20, plot.bottom() + 3, 40, 18)
            drawing.text(painter, box, str(layer), palette.muted, align=drawing.CENTER)
        said = "layer; 0 is the words by themselves"
        drawing.axis_title(painter, plot, plot.bottom() + 20, said, palette.muted,
                           float(self.width()))  # fmt: skip
