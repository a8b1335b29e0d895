"""Horizontal bars, painted: importance, levels of a category, waterfalls."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from pellucid.core.numbers import interval, signed
from pellucid.report.charts import Bar, BarChart
from pellucid.report.palette import Palette
from pellucid.ui import theme
from pellucid.ui.charts import drawing
from pellucid.ui.charts.ranges import bar_range
from pellucid.ui.charts.scales import Scale, scale_over
from pellucid.ui.charts.view import ChartView, Mark

AXIS_HEIGHT = 44
_NARROW = 420
"""Below this width in px, labels that would be cut short stand above their bars."""
_NAME_ABOVE = 16.0
"""What a label above its bar adds to a row, in px."""
_MOST_LABELS = 0.36
_MOST_NOTES = 0.45
"""Share of the width that notes may take: they are figures, and half a figure is a wrong one."""


@dataclass(frozen=True, slots=True)
class BarFrame:
    """Where the rows stand, in px."""

    plot: QRectF
    x: Scale
    row: float

    def box(self, index: int) -> QRectF:
        """Return the row of a bar, plot width only."""
        return QRectF(
            self.plot.left(), self.plot.top() + index * self.row, self.plot.width(), self.row
        )


def bar_tint(bar: Bar, palette: Palette) -> str:
    """Return the colour of a bar's tone."""
    tones = {
        "raises": palette.raises,
        "lowers": palette.lowers,
        "muted": theme.mix(palette.background, palette.muted, 0.55),
        "total": palette.text,
    }
    return tones.get(bar.tone, palette.accent)


def bar_sentence(bar: Bar, axis: str) -> str:
    """Say a bar: its label, its value and what bounds it."""
    shown = bar.note or signed(bar.value - bar.start)
    spread = ""
    if bar.low is not None and bar.high is not None and math.isfinite(bar.low):
        spread = f", {interval(bar.low, bar.high)}"
    return f"{bar.label}: {shown}{spread} ({axis})."


@dataclass(frozen=True, slots=True)
class BarLook:
    """How a bar chart is set: the height of a row, whether labels and an axis are drawn.

    `most` limits the rows to the largest bars, for small multiples.
    """

    row: float = 26.0
    has_labels: bool = True
    has_axis: bool = True
    is_axis_above: bool = False
    most: int | None = None


WHOLE = BarLook()
COMPACT = BarLook(row=20.0, has_axis=False, most=7)
STEPS = BarLook(row=36.0, has_labels=False, is_axis_above=True)
"""Beside a column of editors that carry the labels, one in each row."""


def largest(bars: Sequence[Bar], most: int | None) -> tuple[Bar, ...]:
    """Return the `most` largest bars in the order given; None keeps all."""
    if most is None or len(bars) <= most:
        return tuple(bars)
    kept = sorted(range(len(bars)), key=lambda i: -abs(bars[i].value - bars[i].start))[:most]
    return tuple(bars[i] for i in sorted(kept))


class BarView(ChartView):
    """Draws a `BarChart`, one row a bar; its height follows from the number of rows."""

    def __init__(self, parent: QWidget | None = None, *, look: BarLook = WHOLE) -> None:
        super().__init__(parent)
        self._chart: BarChart | None = None
        self._bars: tuple[Bar, ...] = ()
        self._sentences: tuple[str, ...] = ()
        self._range = (0.0, 1.0)
        self._look = look
        self._selected = ""

    def select(self, label: str) -> None:
        """Show that the bar with this label is the one that is looked at closely."""
        self._selected = label
        self.update()

    def set_chart(
        self,
        chart: BarChart,
        x_range: tuple[float, float] | None = None,
        sentences: Sequence[str] = (),
    ) -> None:
        """Show `chart`; `x_range` keeps the scale where another class was shown before.

        `sentences` are what the bars answer, one each, where their label and note say too little.
        """
        self._chart, self._sentences = chart, tuple(sentences)
        self._bars = largest(chart.bars, self._look.most)
        self._range = x_range or bar_range(chart.bars)
        self.describe(chart.caption.title, chart.caption.alt)
        self.setMinimumHeight(round(self._height()))
        self.renew()

    def _height(self) -> float:
        foot = 8.0
        if self._look.has_axis:
            chart, is_above = self._chart, self._look.is_axis_above
            words = "" if chart is None or is_above else chart.axis
            lines = len(drawing.title_lines(words, float(self.width())))
            foot = AXIS_HEIGHT + 6 + (lines - 1) * drawing.TITLE_LINE
        return max(1, len(self._bars)) * self._row + foot

    @property
    def _is_stacked(self) -> bool:
        look = self._look
        if not (look.has_labels and look.has_axis) or self.width() >= _NARROW:
            return False
        widest = drawing.widest(bar.label for bar in self._bars) + 14
        return widest > self.width() * _MOST_LABELS

    @property
    def _row(self) -> float:
        return self._look.row + (_NAME_ABOVE if self._is_stacked else 0.0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        self.setMinimumHeight(round(self._height()))
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(560 if self._look.has_axis else 280, round(self._height()))

    def frame(self) -> BarFrame:
        """Lay out the widget's present size."""
        left = 8.0
        if self._look.has_labels and not self._is_stacked:
            most = self.width() * (_MOST_LABELS if self._look.has_axis else 0.42)
            left = min(most, drawing.widest(bar.label for bar in self._bars) + 14)
        notes = drawing.widest(bar.note for bar in self._bars)
        right = min(self.width() * _MOST_NOTES, notes + 14) if notes else 10.0
        wide = max(40.0, self.width() - left - right)
        top = float(AXIS_HEIGHT) if self._look.is_axis_above else 4.0
        row = self._row
        plot = QRectF(left, top, wide, row * len(self._bars))
        return BarFrame(plot, scale_over(*self._range, plot.left(), plot.right()), row)

    def lay_out(self) -> Sequence[Mark]:
        if self._chart is None:
            return ()
        frame = self.frame()
        found: list[Mark] = []
        for i, bar in enumerate(self._bars):
            box = frame.box(i)
            area = QRectF(0, box.top(), self.width(), box.height())
            anchor = QPointF(frame.x.at(bar.value), box.center().y())
            say = partial(bar_sentence, bar, self._chart.axis)
            if self._sentences:
                say = partial(str, self._sentences[i])
            found.append(Mark(area, anchor, say))
        return found

    def paint_chart(self, painter: QPainter) -> None:
        chart = self._chart
        if chart is None:
            return
        frame = self.frame()
        if self._look.has_axis:
            self._paint_axis(painter, chart, frame)
        self._paint_connectors(painter, frame)
        for i, bar in enumerate(self._bars):
            box = frame.box(i)
            if self._selected and bar.label == self._selected:
                self._paint_selected(painter, box)
            if self._is_stacked:
                name = QRectF(frame.plot.left(), box.top(), self.width() - 16.0, 18)
                drawing.text(painter, name, bar.label, self.colors.text)
                box = box.adjusted(0, _NAME_ABOVE, 0, 0)
            elif self._look.has_labels:
                name = QRectF(0, box.top(), frame.plot.left() - 10, box.height())
                drawing.text(painter, name, bar.label, self.colors.text, align=drawing.RIGHT)
            paint_bar(painter, bar, box, frame.x, self.colors)
        zero = frame.x.at(0.0)
        if frame.plot.left() - 1 <= zero <= frame.plot.right() + 1:
            for band in self._bands(frame):
                ends = QPointF(zero, band.top()), QPointF(zero, band.bottom())
                drawing.hairline(painter, *ends, theme.tints(self.colors).control)

    def _bands(self, frame: BarFrame) -> Sequence[QRectF]:
        """Return where upright lines run: over all rows, or under each name above its bar."""
        if not self._is_stacked:
            return (frame.plot,)
        rows = range(len(self._bars))
        return [frame.box(i).adjusted(0, _NAME_ABOVE + 2, 0, 0) for i in rows]

    def _paint_selected(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(theme.tints(self.colors).chosen))
        painter.drawRoundedRect(QRectF(0, box.top(), self.width(), box.height()), 4, 4)

    def _paint_axis(self, painter: QPainter, chart: BarChart, frame: BarFrame) -> None:
        found = drawing.fitting_ticks(frame.x)
        for band in self._bands(frame):
            drawing.vertical_grid(painter, band, frame.x, found, self.colors)
        above, wide = self._look.is_axis_above, float(self.width())
        words, title = (22.0, 2.0) if above else (frame.plot.bottom() + 3, frame.plot.bottom() + 22)
        drawing.words_below(painter, words, frame.x, found, self.colors, wide)
        tint = self.colors.muted
        drawing.axis_title(painter, frame.plot, title, chart.axis, tint, wide, wraps=not above)

    def _paint_connectors(self, painter: QPainter, frame: BarFrame) -> None:
        """Tie each end of a waterfall to the start of the next bar."""
        if not any(bar.start for bar in self._bars):
            return
        for i, (bar, after) in enumerate(itertools.pairwise(self._bars)):
            if abs(bar.value - after.start) < 1e-9 or after.tone == "total":
                x = frame.x.at(bar.value)
                top, bottom = frame.box(i).center().y(), frame.box(i + 1).center().y()
                tint = theme.tints(self.colors).control
                drawing.hairline(painter, QPointF(x, top), QPointF(x, bottom), tint)


def paint_bar(painter: QPainter, bar: Bar, box: QRectF, x: Scale, palette: Palette) -> None:
    """Draw one bar in its row, its interval as a line over it and its note at its end."""
    a, b = sorted((x.at(bar.start), x.at(bar.value)))
    thick = max(6.0, box.height() * 0.56)
    top = box.center().y() - thick / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(bar_tint(bar, palette)))
    if bar.start == bar.value and bar.tone == "total":
        painter.drawEllipse(QPointF(a, box.center().y()), 5, 5)
        b = a + 5
    else:
        painter.drawRoundedRect(QRectF(a, top, max(b - a, 1.5), thick), 1.5, 1.5)
    end = b
    if bar.low is not None and bar.high is not None and math.isfinite(bar.low):
        left, right = max(x.at(bar.low), x.start), min(x.at(bar.high), x.end)
        middle = box.center().y()
        for tint, share, wide in ((palette.background, 0.7, 3.4), (palette.text, 0.85, 1.4)):
            painter.setPen(QPen(theme.color(tint, share), wide))  # a light edge lifts it off a bar
            painter.drawLine(QPointF(left, middle), QPointF(right, middle))
        end = max(b, right)
    if bar.note:
        width = drawing.measure(bar.note) + 2
        note = QRectF(end + 6, box.top(), width, box.height())
        drawing.text(painter, note, bar.note, palette.text)
