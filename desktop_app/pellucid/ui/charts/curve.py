"""A term over a number, painted: step lines, bands, data density, and cells set apart."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from pellucid.report.charts import CurveChart, Line, SideCell
from pellucid.ui import theme
from pellucid.ui.charts import drawing
from pellucid.ui.charts.curve_words import bin_sentence, curve_range, side_sentence
from pellucid.ui.charts.scales import Scale, scale_over, ticks
from pellucid.ui.charts.view import ChartView, Mark

_SIDE_WIDTH = 68.0
_STRIP_HEIGHT = 32.0
_MOST_DIRECT_LABELS = 4


@dataclass(frozen=True, slots=True)
class CurveFrame:
    """Where everything stands, in px: the plot, the density strip, each side cell's column."""

    plot: QRectF
    strip: QRectF
    sides: tuple[QRectF, ...]
    x: Scale
    y: Scale

    def step(self, chart: CurveChart, index: int) -> tuple[float, float]:
        """Return the left and right end of a bin."""
        return self.x.at(chart.edges[index]), self.x.at(chart.edges[index + 1])


class CurveView(ChartView):
    """Draws a `CurveChart`; `compact` leaves out axis names and the strip, for small multiples."""

    def __init__(self, parent: QWidget | None = None, *, compact: bool = False) -> None:
        super().__init__(parent)
        self._compact = compact
        self._chart: CurveChart | None = None
        self._range = (-1.0, 1.0)
        self.setMinimumSize(200, 110 if compact else 240)

    def set_chart(self, chart: CurveChart, y_range: tuple[float, float] | None = None) -> None:
        """Show `chart`; `y_range` is the term's own range where only some lines are shown."""
        self._chart = chart
        self._range = y_range or curve_range(chart)
        self.describe(chart.caption.title, chart.caption.alt)
        self.renew()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(280, 150) if self._compact else QSize(640, 400)

    def frame(self, chart: CurveChart) -> CurveFrame:
        """Lay out the widget's present size."""
        draft = scale_over(*self._range, 0.0, 1.0)
        left = max(40.0, drawing.widest(t.text for t in ticks(draft)) + 12)
        named = len(chart.lines) > 1 and len(chart.lines) <= _MOST_DIRECT_LABELS
        labels = min(120.0, drawing.widest(line.name for line in chart.lines) + 14) if named else 8
        each = 46.0 if self._compact else _SIDE_WIDTH
        aside = len(chart.side) * each + 12 if chart.side else 0.0
        top = 8.0 if self._compact else 30.0
        below = 22.0 if self._compact else _STRIP_HEIGHT + 6 + 20 + 22
        width = max(40.0, self.width() - left - labels - aside)
        plot = QRectF(left, top, width, max(30.0, self.height() - top - below))
        first = plot.right() + labels + 12
        sides = tuple(
            QRectF(first + i * each, plot.top(), each, plot.height())
            for i in range(len(chart.side))
        )
        strip = QRectF(plot.left(), plot.bottom() + 6, plot.width(), _STRIP_HEIGHT)
        y = scale_over(*self._range, plot.bottom(), plot.top())
        return CurveFrame(plot, strip, sides, _x_scale(chart, plot), y)

    def lay_out(self) -> Sequence[Mark]:
        chart = self._chart
        return tuple(self._lay_out(chart)) if chart is not None else ()

    def _lay_out(self, chart: CurveChart) -> Iterator[Mark]:
        frame = self.frame(chart)
        for i, rows in enumerate(chart.counts):
            if rows > 0:
                a, b = frame.step(chart, i)
                y = frame.y.at(chart.lines[0].scores[i]) if chart.lines else frame.plot.center().y()
                bottom = frame.strip.bottom() if not self._compact else frame.plot.bottom()
                area = QRectF(a, frame.plot.top(), b - a, bottom - frame.plot.top())
                yield Mark(area, QPointF((a + b) / 2, y), partial(bin_sentence, chart, i))
        for cell, box in zip(chart.side, frame.sides, strict=True):
            anchor = QPointF(box.center().x(), frame.y.at(cell.scores[0]))
            yield Mark(box, anchor, partial(side_sentence, chart, cell))

    def paint_mark(self, painter: QPainter, mark: Mark) -> None:
        super().paint_mark(painter, mark)
        painter.setPen(QPen(theme.color(self.colors.background), 2))
        painter.setBrush(theme.color(self.colors.text))
        painter.drawEllipse(mark.anchor, 5, 5)

    def paint_chart(self, painter: QPainter) -> None:
        chart = self._chart
        if chart is None or not chart.lines:
            return
        frame = self.frame(chart)
        self._paint_grid(painter, chart, frame)
        if not self._compact:
            ends = [frame.x.at(edge) for edge in chart.edges]
            drawing.rows_strip(painter, frame.strip, ends, chart.counts, self.colors)
        painter.save()
        painter.setClipRect(frame.plot.adjusted(-1, -1, 1, 1))
        for i, line in enumerate(chart.lines):
            self._paint_band(painter, chart, frame, line, self._tint(chart, i))
        for i, line in enumerate(chart.lines):
            self._paint_line(painter, chart, frame, line, self._tint(chart, i))
        painter.restore()
        for cell, box in zip(chart.side, frame.sides, strict=True):
            self._paint_side(painter, chart, frame, cell, box)
        if 1 < len(chart.lines) <= _MOST_DIRECT_LABELS:
            self._paint_labels(painter, chart, frame)

    def _tint(self, chart: CurveChart, index: int) -> str:
        if len(chart.lines) == 1:
            return self.colors.accent
        return self.colors.classes[index % len(self.colors.classes)]

    def _paint_grid(self, painter: QPainter, chart: CurveChart, frame: CurveFrame) -> None:
        plot, palette = frame.plot, self.colors
        found = ticks(frame.y, 4 if self._compact else 6)
        drawing.horizontal_grid(painter, plot, frame.y, found, palette)
        for box in frame.sides:
            drawing.horizontal_grid(painter, box.adjusted(6, 0, -6, 0), frame.y, (), palette)
        most = 4 if self._compact else 6
        under = drawing.fitting_ticks(frame.x, most, is_date=chart.is_date)
        top = plot.bottom() + 3 if self._compact else frame.strip.bottom() + 3
        limit = min(self.width() - 1.0, plot.right() + 30)
        for tick in drawing.words_below(painter, top, frame.x, under, palette, limit):
            x = frame.x.at(tick.value)
            foot = plot.bottom() if self._compact else frame.strip.bottom()
            drawing.hairline(painter, QPointF(x, foot), QPointF(x, foot + 3), palette.muted)
        if self._compact:
            return
        head = QRectF(0, 2, self.width(), drawing.TEXT_HEIGHT)
        drawing.text(painter, head, chart.y_axis, palette.muted)
        said = chart.x_axis + (", log scale" if frame.x.is_log else "")
        drawing.axis_title(painter, plot, top + 19, said, palette.text, plot.right())

    def _paint_band(
        self, painter: QPainter, chart: CurveChart, frame: CurveFrame, line: Line, tint: str
    ) -> None:
        if line.low is None or line.high is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(tint, 0.22 if theme.is_dark(self.colors) else 0.16))
        for i, rows in enumerate(chart.counts):
            low, high = line.low[i], line.high[i]
            if rows > 0 and math.isfinite(low) and math.isfinite(high):
                a, b = frame.step(chart, i)
                top, bottom = frame.y.at(high), frame.y.at(low)
                painter.fillRect(QRectF(a, top, b - a, max(bottom - top, 1.0)), painter.brush())

    def _paint_line(
        self, painter: QPainter, chart: CurveChart, frame: CurveFrame, line: Line, tint: str
    ) -> None:
        path, drawing_on = QPainterPath(), False
        for i, rows in enumerate(chart.counts):
            a, b = frame.step(chart, i)
            y = frame.y.at(line.scores[i])
            if rows <= 0:
                drawing_on = False
                continue
            if drawing_on:
                path.lineTo(a, y)
            else:
                path.moveTo(a, y)
            path.lineTo(b, y)
            drawing_on = True
        pen = QPen(theme.color(tint), 1.6 if self._compact else 2.0)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _paint_side(
        self, painter: QPainter, chart: CurveChart, frame: CurveFrame, cell: SideCell, box: QRectF
    ) -> None:
        """Draw a cell that is no place on the axis: a dot a line with its interval."""
        palette, middle = self.colors, box.center().x()
        rule = theme.tints(palette).control
        zero = frame.y.at(0.0)
        ends = QPointF(box.left() + 8, zero), QPointF(box.right() - 8, zero)
        drawing.hairline(painter, *ends, rule)
        offset = 9.0 if len(cell.scores) > 1 else 0.0
        for i, score in enumerate(cell.scores):
            x = middle + (i - (len(cell.scores) - 1) / 2) * offset
            tint = self._tint(chart, i)
            if cell.low is not None and cell.high is not None and math.isfinite(cell.low[i]):
                top = max(frame.y.at(cell.high[i]), box.top())
                bottom = min(frame.y.at(cell.low[i]), box.bottom())
                painter.setPen(QPen(theme.color(tint, 0.55), 2))
                painter.drawLine(QPointF(x, top), QPointF(x, bottom))
            hollow = cell.count == 0
            painter.setPen(QPen(theme.color(tint), 1.6))
            painter.setBrush(theme.color(palette.background if hollow else tint))
            painter.drawEllipse(QPointF(x, frame.y.at(score)), 3.6, 3.6)
        name = QRectF(box.left(), box.bottom() + 4, box.width(), drawing.TEXT_HEIGHT)
        drawing.text(painter, name, cell.name, palette.muted, align=drawing.CENTER)
        if not self._compact:
            rows = name.translated(0, 16)
            drawing.text(painter, rows, f"{cell.count:,}", palette.muted, align=drawing.CENTER)

    def _paint_labels(self, painter: QPainter, chart: CurveChart, frame: CurveFrame) -> None:
        """Name the lines at their right end, moved apart where they would touch."""
        last = max((i for i, n in enumerate(chart.counts) if n > 0), default=0)
        at = sorted((frame.y.at(line.scores[last]), i) for i, line in enumerate(chart.lines))
        free = frame.plot.top() - 8
        room = frame.plot.bottom() + 8 - 15.0 * len(at)
        for y, i in at:
            middle = min(max(y, free + 7.5), room + 7.5)
            free, room = middle + 7.5, room + 15.0
            box = QRectF(frame.plot.right() + 6, middle - 9, 112, drawing.TEXT_HEIGHT)
            name = chart.lines[i].name
            drawing.text(painter, box, name, self._tint(chart, i), font=theme.strong(theme.LABEL))


def _x_scale(chart: CurveChart, plot: QRectF) -> Scale:
    low, high = chart.edges[0], chart.edges[-1]
    is_log = chart.scale == "log"
    if is_log and low <= 0 < chart.edges[1]:
        low = chart.edges[1] / 2
    return scale_over(low, high, plot.left(), plot.right(), is_log=is_log)
