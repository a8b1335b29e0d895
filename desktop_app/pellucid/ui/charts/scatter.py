"""Points on a plane, painted: a map of texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from pellucid.report.palette import Palette
from pellucid.ui import theme
from pellucid.ui.charts import drawing
from pellucid.ui.charts.view import ChartView, Mark

_REACH = 9.0
_LEGEND = 26.0


@dataclass(frozen=True, slots=True)
class Points:
    """Points to draw: `positions` (n, 2) in [0, 1], `codes` (n,) their colours, -1 for none.

    `names` are what the colours stand for, `places` labels at positions, and `say` answers for a
    point by its place in the arrays.
    """

    title: str
    positions: NDArray[np.float64]
    codes: NDArray[np.intp]
    names: tuple[str, ...]
    say: Callable[[int], str]
    places: tuple[tuple[str, float, float], ...] = ()
    alt: str = field(default="")


class ScatterView(ChartView):
    """Draws `Points`; pointing near one answers, and `fade` leaves only some of them strong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: Points | None = None
        self._at: NDArray[np.float64] = np.zeros((0, 2))
        self._strong: NDArray[np.bool_] | None = None

    def set_points(self, points: Points) -> None:
        """Show other points."""
        self._points, self._strong = points, None
        self.describe(points.title, points.alt)
        self.renew()

    def fade(self, strong: NDArray[np.bool_] | None) -> None:
        """Fade all points but these, shape (n,); None fades none."""
        self._strong = strong
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(480, 400)

    def lay_out(self) -> Sequence[Mark]:
        points = self._points
        if points is None:
            return ()
        room = QRectF(10, 10, self.width() - 20, self.height() - 20 - _LEGEND)
        low = np.array([room.left(), room.bottom()])
        size = np.array([room.width(), -room.height()])
        self._at = low + points.positions * size
        order = np.argsort(points.positions[:, 0], kind="stable")
        self._order = order
        return [
            Mark(QRectF(x - 6, y - 6, 12, 12), QPointF(x, y), partial(points.say, int(i)))
            for i, (x, y) in zip(order.tolist(), self._at[order].tolist(), strict=True)
        ]

    def mark_at(self, point: QPointF) -> int | None:
        """Return the position of the nearest mark within reach of `point`."""
        if not len(self._at):
            return None
        away = np.hypot(*(self._at[self._order] - [point.x(), point.y()]).T)
        nearest = int(away.argmin())
        return nearest if away[nearest] <= _REACH else None

    def paint_chart(self, painter: QPainter) -> None:
        points = self._points
        if points is None:
            return
        for code in range(-1, len(points.names)):
            self._paint_code(painter, code, points)
        for words, x, y in points.places:
            self._paint_place(painter, words, x, y)
        self._paint_legend(painter, points.names)

    def _paint_code(self, painter: QPainter, code: int, points: Points) -> None:
        inside = points.codes == code
        tint = point_tint(code, self.colors)
        parts = [(inside, 0.72)]
        if self._strong is not None:
            parts = [(inside & ~self._strong, 0.10), (inside & self._strong, 0.9)]
        for chosen, alpha in parts:
            pen = QPen(theme.color(tint, alpha), 5.0)
            pen.setCapStyle(_cap(code))
            painter.setPen(pen)
            painter.drawPoints(QPolygonF([QPointF(x, y) for x, y in self._at[chosen].tolist()]))

    def _paint_place(self, painter: QPainter, words: str, x: float, y: float) -> None:
        room = QRectF(10, 10, self.width() - 20, self.height() - 20 - _LEGEND)
        middle = QPointF(room.left() + x * room.width(), room.bottom() - y * room.height())
        wide = max(20.0, drawing.measure(words, theme.strong(theme.LABEL)) + 12)
        box = QRectF(middle.x() - wide / 2, middle.y() - 10, wide, 20)
        painter.setPen(QPen(theme.color(theme.tints(self.colors).control), 1))
        painter.setBrush(theme.color(self.colors.background, 0.92))
        painter.drawRoundedRect(box, 10, 10)
        face = theme.strong(theme.LABEL)
        drawing.text(painter, box, words, self.colors.text, align=drawing.CENTER, font=face)

    def _paint_legend(self, painter: QPainter, names: Sequence[str]) -> None:
        left, top = 10.0, self.height() - _LEGEND + 4
        room = (self.width() - 20.0) / max(1, len(names))
        for code, name in enumerate(names):
            pen = QPen(theme.color(point_tint(code, self.colors)), 7.0)
            pen.setCapStyle(_cap(code))
            painter.setPen(pen)
            painter.drawPoint(QPointF(left + 4, top + 9))
            box = QRectF(left + 13, top, max(10.0, room - 20), 18)
            drawing.text(painter, box, name, self.colors.muted)
            left += min(room, drawing.measure(name) + 32)


def _cap(code: int) -> Qt.PenCapStyle:
    """Return the shape of a point: every second colour is square, so that shape tells too."""
    return Qt.PenCapStyle.SquareCap if code % 2 == 1 and code > 0 else Qt.PenCapStyle.RoundCap


def point_tint(code: int, palette: Palette) -> str:
    """Return the colour of a point."""
    if code < 0:
        return theme.mix(palette.background, palette.muted, 0.6)
    return palette.classes[code % len(palette.classes)]
