"""What every chart widget shares: colours, marks that answer in a sentence, keys and hover."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme

_BUBBLE_WIDTH = 300.0


@dataclass(frozen=True, slots=True)
class Mark:
    """Something drawn that can be asked: where it is pointed at, where it sits, what it answers.

    A curve has hundreds of marks and few are ever asked, so the sentence is made when it is.
    """

    area: QRectF
    anchor: QPointF
    say: Callable[[], str]

    @property
    def sentence(self) -> str:
        return self.say()


class ChartView(QWidget):
    """A painted chart. A subclass lays out its marks and paints; the rest happens here.

    Pointing at a mark, or reaching it with the arrow keys, shows its sentence beside it and says it
    to a screen reader. `answered` carries the sentence, empty when the mark is left; `chosen` the
    mark's position when it is clicked or Enter is pressed on it.
    """

    answered = Signal(str)
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colors: Palette = LIGHT
        self._marks: tuple[Mark, ...] = ()
        self._current: int | None = None
        self.setAccessibleName("Chart")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_colors(self, palette: Palette) -> None:
        """Take the palette of the moment and paint again."""
        self.colors = palette
        self.update()

    def describe(self, name: str, alt: str) -> None:
        """Tell assistive technology what the chart is and what it shows."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(alt)

    @property
    def marks(self) -> tuple[Mark, ...]:
        return self._marks

    @property
    def current(self) -> int | None:
        """The position of the mark pointed at, None where there is none."""
        return self._current

    def lay_out(self) -> Sequence[Mark]:
        """Return the marks for the widget's present size, in reading order."""
        return ()

    def paint_chart(self, painter: QPainter) -> None:
        """Paint all but the answer bubble."""
        del painter

    def paint_mark(self, painter: QPainter, mark: Mark) -> None:
        """Show that `mark` is pointed at."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(self.colors.text, 0.06))
        painter.drawRect(mark.area)

    def renew(self) -> None:
        """Lay the marks out again and paint; call after the chart or the size has changed."""
        self._marks = tuple(self.lay_out())
        if self._current is not None and self._current >= len(self._marks):
            self._current = None
        self.updateGeometry()
        self.update()

    def point_at(self, index: int | None) -> None:
        """Point at a mark, by its position; None points at nothing."""
        if index == self._current:
            return
        self._current = index
        sentence = self._marks[index].sentence if index is not None else ""
        self.answered.emit(sentence)
        if sentence and self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))
        self.update()

    def mark_at(self, point: QPointF) -> int | None:
        """Return the position of the mark under `point`."""
        return next((i for i, m in enumerate(self._marks) if m.area.contains(point)), None)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(480, 300)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.renew()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self.point_at(self.mark_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        found = self.mark_at(event.position())
        if found is not None and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(found)
        super().mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        self.point_at(None)
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        self.point_at(None)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        key, last = event.key(), len(self._marks) - 1
        here = self._current
        if last >= 0 and key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self.point_at(0 if here is None else min(here + 1, last))
        elif last >= 0 and key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self.point_at(last if here is None else max(here - 1, 0))
        elif last >= 0 and key == Qt.Key.Key_Home:
            self.point_at(0)
        elif last >= 0 and key == Qt.Key.Key_End:
            self.point_at(last)
        elif here is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(here)
        elif here is not None and key == Qt.Key.Key_Escape:
            self.point_at(None)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.LABEL))
        self.paint_chart(painter)
        if self._current is not None:
            mark = self._marks[self._current]
            self.paint_mark(painter, mark)
            self._paint_bubble(painter, mark)
        if self.hasFocus():
            painter.setPen(QPen(theme.color(self.colors.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()

    def _paint_bubble(self, painter: QPainter, mark: Mark) -> None:
        """Set the sentence beside the mark, on the side where there is room."""
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
        painter.setFont(theme.font(theme.LABEL))
        widest = min(_BUBBLE_WIDTH, self.width() - 32.0)
        text = QFontMetricsF(painter.font()).boundingRect(
            QRectF(0, 0, widest, 400), flags, mark.sentence
        )
        box = QRectF(0, 0, text.width() + 18, text.height() + 14)
        x = mark.anchor.x() + 14
        if x + box.width() > self.width() - 4:
            x = mark.anchor.x() - 14 - box.width()
        y = mark.anchor.y() - box.height() - 10
        if y < 4:
            y = mark.anchor.y() + 12
        box.moveTo(
            min(max(4.0, x), max(4.0, self.width() - box.width() - 4)),
            min(max(4.0, y), max(4.0, self.height() - box.height() - 4)),
        )
        painter.setPen(QPen(theme.color(theme.tints(self.colors).control), 1))
        painter.setBrush(theme.color(self.colors.surface))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(theme.color(self.colors.text))
        painter.drawText(box.adjusted(9, 7, -9, -7), flags, mark.sentence)
