"""Dots with intervals, painted: a leaderboard."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from pellucid.core.numbers import interval, number
from pellucid.report.charts import Bar, DotChart
from pellucid.ui import theme
from pellucid.ui.charts import drawing
from pellucid.ui.charts.bars import BarFrame, bar_tint
from pellucid.ui.charts.ranges import dot_range
from pellucid.ui.charts.scales import scale_over
from pellucid.ui.charts.view import ChartView, Mark

_ROW = 34.0
_STACKED_ROW = 50.0
_NARROW = 420
"""Below this width in px, a label stands above its line instead of beside it."""
_NAME_ABOVE = 22.0
"""The height of a label that stands above its line."""
_AXIS_HEIGHT = 44.0


def dot_sentence(dot: Bar, axis: str) -> str:
    """Say a dot and its interval."""
    shown = dot.note or number(dot.value)
    if dot.low is None or dot.high is None or not math.isfinite(dot.low):
        return f"{dot.label}: {axis} {shown}."
    return f"{dot.label}: {axis} {shown}, with 95% confidence {interval(dot.low, dot.high)}."


class DotView(ChartView):
    """Draws a `DotChart`; the row of tone "accent" is the one the reader came for.

    `say` makes a dot's sentence, where its range is no confidence interval.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        say: Callable[[Bar, str], str] = dot_sentence,
    ) -> None:
        super().__init__(parent)
        self._say = say
        self._chart: DotChart | None = None
        self._range: tuple[float, float] | None = None

    def set_chart(self, chart: DotChart, x_range: tuple[float, float] | None = None) -> None:
        """Show `chart`; `x_range` is the scale where the dots themselves are not to set it."""
        self._chart, self._range = chart, x_range
        self.describe(chart.caption.title, chart.caption.alt)
        self.setMinimumHeight(round(self._height()))
        self.renew()

    def _height(self) -> float:
        chart = self._chart
        if chart is None:
            return self._row + _AXIS_HEIGHT + 8
        lines = len(drawing.title_lines(chart.axis, float(self.width())))
        foot = _AXIS_HEIGHT + 8 + (lines - 1) * drawing.TITLE_LINE
        return len(chart.dots) * self._row + foot

    @property
    def _is_stacked(self) -> bool:
        return self.width() < _NARROW

    @property
    def _row(self) -> float:
        return _STACKED_ROW if self._is_stacked else _ROW

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        self.setMinimumHeight(round(self._height()))
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(560, round(self._height()))

    def frame(self, chart: DotChart) -> BarFrame:
        """Lay out the widget's present size."""
        face = theme.strong()
        names = drawing.widest((dot.label for dot in chart.dots), face) + 18
        left = 6.0 if self._is_stacked else min(self.width() * 0.42, names)
        right = drawing.widest((dot.note for dot in chart.dots), face) + 18
        plot = QRectF(left, 4, max(60.0, self.width() - left - right), self._row * len(chart.dots))
        x = scale_over(*(self._range or dot_range(chart.dots)), plot.left(), plot.right())
        return BarFrame(plot, x, self._row)

    def lay_out(self) -> Sequence[Mark]:
        chart = self._chart
        if chart is None:
            return ()
        frame = self.frame(chart)
        boxes = [frame.box(i) for i in range(len(chart.dots))]
        return [
            Mark(
                QRectF(0, box.top(), self.width(), box.height()),
                QPointF(frame.x.at(dot.value), box.center().y()),
                partial(self._say, dot, chart.axis),
            )
            for dot, box in zip(chart.dots, boxes, strict=True)
        ]

    def paint_chart(self, painter: QPainter) -> None:
        chart = self._chart
        if chart is None:
            return
        frame, palette = self.frame(chart), self.colors
        found = drawing.fitting_ticks(frame.x)
        for band in self._bands(frame, len(chart.dots)):
            drawing.vertical_grid(painter, band, frame.x, found, palette)
        under, wide = frame.plot.bottom() + 3, float(self.width())
        drawing.words_below(painter, under, frame.x, found, palette, wide)
        axis = partial(drawing.axis_title, painter, frame.plot, under + 19, chart.axis)
        axis(palette.muted, wide, wraps=True)
        for i, dot in enumerate(chart.dots):
            self._paint_dot(painter, dot, frame, frame.box(i))

    def _bands(self, frame: BarFrame, rows: int) -> Sequence[QRectF]:
        """Return where grid lines run: over all rows, or under each name that stands above one."""
        if not self._is_stacked:
            return (frame.plot,)
        return [frame.box(i).adjusted(0, _NAME_ABOVE, 0, 0) for i in range(rows)]

    def _paint_dot(self, painter: QPainter, dot: Bar, frame: BarFrame, box: QRectF) -> None:
        palette, middle = self.colors, box.center().y()
        leading = dot.tone == "accent"
        face = theme.strong() if leading else theme.font()
        tint = bar_tint(dot, palette) if leading else palette.muted
        name = QRectF(0, box.top(), frame.plot.left() - 14, box.height())
        if self._is_stacked:
            name = QRectF(0, box.top() + 2, self.width(), 20)
            middle = box.top() + _NAME_ABOVE + (_STACKED_ROW - _NAME_ABOVE) / 2
        drawing.text(painter, name, dot.label, palette.text, font=face)
        if dot.low is not None and dot.high is not None and math.isfinite(dot.low):
            pen = QPen(theme.color(tint, 0.6), 3 if leading else 2)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            ends = QPointF(frame.x.at(dot.low), middle), QPointF(frame.x.at(dot.high), middle)
            painter.drawLine(*ends)
        painter.setPen(QPen(theme.color(palette.background), 2))
        painter.setBrush(theme.color(tint))
        painter.drawEllipse(QPointF(frame.x.at(dot.value), middle), 6, 6)
        right = frame.plot.right() + 10
        note = QRectF(right, middle - 10, self.width() - right, 20)
        drawing.text(painter, note, dot.note, palette.text, font=face)
