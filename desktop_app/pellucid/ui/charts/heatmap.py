"""A table of scores as coloured cells, painted, with its scale at the right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPen
from PySide6.QtWidgets import QWidget

from pellucid.core.numbers import number, signed
from pellucid.report.charts import HeatmapChart
from pellucid.report.palette import Palette
from pellucid.report.ticks import Tick, ticks
from pellucid.ui import theme
from pellucid.ui.charts import drawing
from pellucid.ui.charts.ranges import reach
from pellucid.ui.charts.view import ChartView, Mark

_SCALE_WIDTH = 96.0


@dataclass(frozen=True, slots=True)
class HeatmapFrame:
    """Where the cells stand, in px."""

    plot: QRectF
    wide: float
    high: float

    def cell(self, row: int, column: int) -> QRectF:
        """Return a cell; row 0 is the lowest, so that both axes rise away from the corner."""
        left = self.plot.left() + column * self.wide
        return QRectF(left, self.plot.bottom() - (row + 1) * self.high, self.wide, self.high)


def cell_color(value: float, most: float, palette: Palette, *, diverging: bool) -> QColor:
    """Return the colour of a value: the background at 0, a full hue at `most`."""
    share = min(1.0, abs(value) / most)
    hue = palette.accent if not diverging else palette.raises if value > 0 else palette.lowers
    return QColor(theme.mix(palette.background, hue, share**0.8))


def value_words(chart: HeatmapChart, value: float) -> str:
    """Write a cell's value, with its sign where the scale goes through 0."""
    return signed(value) if chart.diverging else number(value)


def cell_sentence(chart: HeatmapChart, row: int, column: int, value: float | None) -> str:
    """Say where a cell is and what it is worth."""
    said = "no data" if value is None else f"{chart.unit} {value_words(chart, value)}"
    across = f"{chart.x_axis} {chart.x_labels[column]}"
    return f"{across}, {chart.y_axis} {chart.y_labels[row]}: {said}."


def scale_ticks(chart: HeatmapChart, most: float) -> tuple[Tick, ...]:
    """Return what stands beside the scale: its ends and 0, or round values where it starts at 0."""
    if chart.diverging:
        return tuple(Tick(value, value_words(chart, value)) for value in (most, 0.0, -most))
    return ticks(0.0, most, 3)


class HeatmapView(ChartView):
    """Draws a `HeatmapChart`; cells without data stay empty. `compact` leaves the scale out."""

    def __init__(self, parent: QWidget | None = None, *, compact: bool = False) -> None:
        super().__init__(parent)
        self._compact = compact
        self._chart: HeatmapChart | None = None
        self._most = 1.0
        self.setMinimumSize(*((160, 110) if compact else (280, 220)))

    def set_chart(self, chart: HeatmapChart, most: float | None = None) -> None:
        """Show `chart`; `most` is the score of the full hue, kept when another class is shown."""
        self._chart = chart
        self._most = most or reach(chart)
        self.describe(chart.caption.title, chart.caption.alt)
        self.renew()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(600, 420)

    def frame(self, chart: HeatmapChart) -> HeatmapFrame:
        """Lay out the widget's present size."""
        if self._compact:
            plot = QRectF(1, 22, self.width() - 2.0, max(40.0, self.height() - 22 - 22))
            return self._cells(chart, plot)
        left = min(self.width() * 0.36, drawing.widest(chart.y_labels) + 12)
        plot = QRectF(left, 28, max(60.0, self.width() - left - _SCALE_WIDTH),
                      max(60.0, self.height() - 28 - 46))  # fmt: skip
        return self._cells(chart, plot)

    def _cells(self, chart: HeatmapChart, plot: QRectF) -> HeatmapFrame:
        columns, rows = max(1, len(chart.x_labels)), max(1, len(chart.y_labels))
        return HeatmapFrame(plot, plot.width() / columns, plot.height() / rows)

    def lay_out(self) -> Sequence[Mark]:
        chart = self._chart
        if chart is None:
            return ()
        frame = self.frame(chart)
        found: list[Mark] = []
        for row, values in enumerate(chart.values):
            for column, value in enumerate(values):
                box = frame.cell(row, column)
                say = partial(cell_sentence, chart, row, column, value)
                found.append(Mark(box, box.center(), say))
        return found

    def paint_mark(self, painter: QPainter, mark: Mark) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color(self.colors.text), 2))
        painter.drawRect(mark.area)

    def paint_chart(self, painter: QPainter) -> None:
        chart = self._chart
        if chart is None:
            return
        frame, palette = self.frame(chart), self.colors
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        for row, values in enumerate(chart.values):
            for column, value in enumerate(values):
                if value is not None:
                    tint = cell_color(value, self._most, palette, diverging=chart.diverging)
                    painter.fillRect(frame.cell(row, column).toAlignedRect(), tint)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color(palette.border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame.plot)
        self._paint_names(painter, chart, frame)
        if not self._compact:
            self._paint_scale(painter, chart, frame)

    def _paint_names(self, painter: QPainter, chart: HeatmapChart, frame: HeatmapFrame) -> None:
        palette, plot = self.colors, frame.plot
        drawing.text(painter, QRectF(0, 2, plot.right(), 18), chart.y_axis, palette.text)
        drop = 2 if self._compact else 22
        below, wide = plot.bottom() + drop, float(self.width())
        drawing.axis_title(painter, plot, below, chart.x_axis, palette.text, wide)
        if self._compact:
            return
        every = max(1, math.ceil(len(chart.y_labels) * 16 / max(16.0, plot.height())))
        for row in range(0, len(chart.y_labels), every):
            box = frame.cell(row, 0)
            name = QRectF(0, box.center().y() - 9, plot.left() - 8, drawing.TEXT_HEIGHT)
            drawing.text(painter, name, chart.y_labels[row], palette.muted, align=drawing.RIGHT)
        room, needed = frame.wide, drawing.widest(chart.x_labels) + 10
        roomy = needed <= max(room, 64.0) and room >= 40
        every = 1 if roomy else max(1, math.ceil(needed / room))
        for column in range(0, len(chart.x_labels), every):
            box = frame.cell(0, column)
            wide = room * every
            left = max(0.0, box.center().x() - wide / 2)
            name = QRectF(left, plot.bottom() + 3, wide, 18)
            shown = drawing.elided(chart.x_labels[column], wide - 4)
            drawing.text(painter, name, shown, palette.muted, align=drawing.CENTER)

    def _paint_scale(self, painter: QPainter, chart: HeatmapChart, frame: HeatmapFrame) -> None:
        """Draw the scale of colours with its values beside it."""
        palette, plot = self.colors, frame.plot
        bar = QRectF(plot.right() + 20, plot.top(), 12, min(180.0, plot.height()))
        ramp = QLinearGradient(bar.topLeft(), bar.bottomLeft())
        least = -self._most if chart.diverging else 0.0
        for i in range(11):
            value = self._most + (least - self._most) * i / 10
            ramp.setColorAt(
                i / 10, cell_color(value, self._most, palette, diverging=chart.diverging)
            )
        painter.setPen(QPen(theme.color(palette.border), 1))
        painter.setBrush(ramp)
        painter.drawRect(bar)
        for tick in scale_ticks(chart, self._most):
            y = bar.top() + (self._most - tick.value) / (self._most - least) * bar.height()
            box = QRectF(bar.right() + 6, min(max(y - 9, bar.top() - 4), bar.bottom() - 14), 58, 18)
            drawing.text(painter, box, tick.text, palette.muted)
        said = QRectF(plot.right() - 60, 2, self.width() - plot.right() + 60, 18)
        drawing.text(painter, said, chart.unit, palette.muted, align=drawing.RIGHT)
