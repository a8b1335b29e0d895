"""What came against what was predicted, painted: a reliability diagram."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from pellucid.core.numbers import number, percent, plural
from pellucid.report.charts import AgreementBin, AgreementChart
from pellucid.report.spread import agreement_range, bin_ends
from pellucid.ui import theme
from pellucid.ui.charts import drawing
from pellucid.ui.charts.scales import Scale, scale_over, ticks
from pellucid.ui.charts.view import ChartView, Mark

_STRIP_HEIGHT = 32.0
_REACH = 14.0


@dataclass(frozen=True, slots=True)
class AgreementFrame:
    """Where everything stands, in px: the plot, the strip of rows, and the two scales."""

    plot: QRectF
    strip: QRectF
    x: Scale
    y: Scale


def agreement_sentence(chart: AgreementChart, one: AgreementBin) -> str:
    """Say what was predicted in a bin, what came, and whether chance can explain the gap."""

    def told(value: float) -> str:
        return percent(value / 100) if chart.is_share else number(value)

    verdict = "off beyond chance" if one.is_off else "right within chance"
    return (
        f"{plural(one.rows, 'test row')} predicted {told(one.least)} to {told(one.most)}, on "
        f"average {told(one.predicted)}; {told(one.actual)} came (95% interval {told(one.low)} to "
        f"{told(one.high)}): {verdict}."
    )


class AgreementView(ChartView):
    """Draws an `AgreementChart`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: AgreementChart | None = None
        self.setMinimumSize(240, 240)

    def set_chart(self, chart: AgreementChart) -> None:
        """Show `chart`."""
        self._chart = chart
        self.describe(chart.caption.title, chart.caption.alt)
        self.renew()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(560, 340)

    def frame(self, chart: AgreementChart) -> AgreementFrame:
        """Lay out the widget's present size."""
        low, high = agreement_range(chart)
        left = max(40.0, drawing.widest(t.text for t in ticks(scale_over(low, high, 0, 1))) + 12)
        below = _STRIP_HEIGHT + 6 + 20 + 22
        plot = QRectF(
            left, 30, max(40.0, self.width() - left - 16), max(30.0, self.height() - 30 - below)
        )
        strip = QRectF(plot.left(), plot.bottom() + 6, plot.width(), _STRIP_HEIGHT)
        x = scale_over(low, high, plot.left(), plot.right())
        return AgreementFrame(plot, strip, x, scale_over(low, high, plot.bottom(), plot.top()))

    def lay_out(self) -> Sequence[Mark]:
        chart = self._chart
        if chart is None:
            return ()
        frame = self.frame(chart)
        found = []
        for one in chart.bins:
            x, top, foot = frame.x.at(one.predicted), frame.y.at(one.high), frame.y.at(one.low)
            area = QRectF(x - 7, top - 7, 14, foot - top + 14)
            anchor = QPointF(x, frame.y.at(one.actual))
            found.append(Mark(area, anchor, partial(agreement_sentence, chart, one)))
        return found

    def mark_at(self, point: QPointF) -> int | None:
        """Return the position of the nearest dot or interval within reach of `point`."""
        away = [
            max(abs(m.area.center().x() - point.x()), abs(m.area.center().y() - point.y())
                - m.area.height() / 2)
            for m in self.marks
        ]  # fmt: skip
        nearest = min(range(len(away)), key=away.__getitem__, default=None)
        return nearest if nearest is not None and away[nearest] <= _REACH else None

    def paint_chart(self, painter: QPainter) -> None:
        chart = self._chart
        if chart is None:
            return
        frame, palette = self.frame(chart), self.colors
        plot = frame.plot
        drawing.horizontal_grid(painter, plot, frame.y, ticks(frame.y), palette)
        head = QRectF(0, 2, self.width(), drawing.TEXT_HEIGHT)
        drawing.text(painter, head, chart.y_axis, palette.muted)
        ends = [frame.x.at(end) for end in bin_ends(chart.bins)]
        drawing.rows_strip(painter, frame.strip, ends, [b.rows for b in chart.bins], palette)
        self._paint_x_axis(painter, chart, frame)
        rule = theme.tints(palette).control
        drawing.hairline(painter, plot.bottomLeft(), plot.topRight(), rule, dash=True)
        for one in chart.bins:
            self._paint_bin(painter, one, frame)

    def _paint_x_axis(
        self, painter: QPainter, chart: AgreementChart, frame: AgreementFrame
    ) -> None:
        palette, foot, wide = self.colors, frame.strip.bottom(), float(self.width())
        under = drawing.fitting_ticks(frame.x)
        for tick in drawing.words_below(painter, foot + 3, frame.x, under, palette, wide):
            x = frame.x.at(tick.value)
            drawing.hairline(painter, QPointF(x, foot), QPointF(x, foot + 3), palette.muted)
        drawing.axis_title(painter, frame.plot, foot + 22, chart.x_axis, palette.text, wide)

    def _paint_bin(self, painter: QPainter, one: AgreementBin, frame: AgreementFrame) -> None:
        """Draw a bin's interval and dot; one that is off is a diamond of another colour."""
        palette, x = self.colors, frame.x.at(one.predicted)
        tint = palette.warning if one.is_off else palette.accent
        pen = QPen(theme.color(tint, 0.6), 3)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(x, frame.y.at(one.low)), QPointF(x, frame.y.at(one.high)))
        painter.setPen(QPen(theme.color(palette.background), 1.5))
        painter.setBrush(theme.color(tint))
        y = frame.y.at(one.actual)
        if one.is_off:
            corners = ((x, y - 7), (x + 7, y), (x, y + 7), (x - 7, y))
            painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
        else:
            painter.drawEllipse(QPointF(x, y), 5, 5)
