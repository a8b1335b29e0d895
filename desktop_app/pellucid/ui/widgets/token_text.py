"""A text set large, its tokens underlined by what they do to the prediction."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QFontMetricsF,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.widgets.bubble import Bubble
from pellucid.ui.widgets.token_drawing import Piece, paint_mark
from pellucid.ui.widgets.token_layout import TokenLayout
from pellucid.ui.widgets.token_marks import TokenMark

SIZE = 15
_LEADING = 7.0
"""Added to the face's own line height, which makes 1.6 times the size."""
_MEASURE = 72
_SAMPLE = "The quick brown fox jumps over the lazy dog, and then it rests for a while."
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}


class TokenText(QTextEdit):
    """Shows a text and its marks; where it may be edited, `edited` carries each new text.

    It is as high as its text, within `heights` in px, and scrolls beyond.

    Pointing at a marked piece, or reaching it with the arrow keys, says its sentence in a bubble,
    to a screen reader, and as `answered`; `pointed` carries the mark's position, -1 for none.
    """

    edited = Signal(str)
    answered = Signal(str)
    pointed = Signal(int)

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        editable: bool = False,
        heights: tuple[int, int] = (48, 320),
    ) -> None:
        super().__init__(parent)
        self._heights = heights
        self._palette: Palette = LIGHT
        self._text = ""
        self._marks: tuple[TokenMark, ...] = ()
        self._layout = TokenLayout(self.document())
        self._linked: frozenset[int] = frozenset()
        self._current: int | None = None
        self._is_setting = False
        self._bubble = Bubble(self)
        self.setAccessibleName(name)
        self.setAcceptRichText(False)
        self.setReadOnly(not editable)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "text" if editable else "reading")
        self.setTabChangesFocus(True)
        self.setFont(theme.font(SIZE))
        self.document().setDefaultFont(theme.font(SIZE))
        self.document().setDocumentMargin(theme.S3 if editable else theme.S1)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMaximumWidth(measure_width() + 2 * theme.S3 + 16)
        self.viewport().setMouseTracking(True)
        self.textChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)

    # What is shown

    @property
    def text(self) -> str:
        """The text that is shown, as it was given or typed."""
        return self._text

    @property
    def marks(self) -> tuple[TokenMark, ...]:
        return self._marks

    @property
    def current(self) -> int | None:
        """The position of the mark pointed at, None where there is none."""
        return self._current

    def show_text(self, text: str) -> None:
        """Show another text, without marks until they are given; the same text stays as it is."""
        if text == self._text and not self.document().isEmpty():
            return
        self._is_setting = True
        self._drop_marks()
        self.setPlainText(text)
        self._text = text
        spaced = QTextBlockFormat()
        spaced.setLineHeight(_LEADING, QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spaced)
        self.document().clearUndoRedoStacks()
        self._is_setting = False

    def show_marks(self, marks: Sequence[TokenMark], described: str = "") -> None:
        """Mark pieces of the text shown, in its order; `described` says the marks in words."""
        self._marks = tuple(marks)
        self._linked = frozenset()
        if self._current is not None and self._current >= len(self._marks):
            self.point_at(None)
        self._layout.show(self._text, self._marks)
        self.setAccessibleDescription(described)
        self.viewport().update()

    def link_marks(self, marks: Sequence[int]) -> None:
        """Frame the marks at these positions, as those that something beside the text means."""
        self._linked = frozenset(marks)
        self.viewport().update()

    def point_at(self, index: int | None, *, silently: bool = False) -> None:
        """Point at a mark, by its position; None points at nothing. `silently` shows no bubble."""
        if index == self._current and not silently:
            return
        self._current = index
        sentence = self._marks[index].say() if index is not None else ""
        where = self._place_of(index) if index is not None else None
        if sentence and where is not None and not silently:
            self._bubble.say(sentence, where)
        else:
            self._bubble.hide()
        self.answered.emit(sentence)
        self.pointed.emit(-1 if index is None else index)
        if sentence and self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))
        self.viewport().update()

    def set_colors(self, palette: Palette) -> None:
        self._palette = palette
        self.viewport().update()

    # Typing

    def _changed(self) -> None:
        self._layout.forget()
        if self._is_setting:
            return
        self._text = self.toPlainText()
        self._drop_marks()
        self.edited.emit(self._text)

    def _drop_marks(self) -> None:
        """Forget marks of a text that is gone, and what was pointed at."""
        self._marks = ()
        self._layout.show(self._text, ())
        self.point_at(None)

    def _grow(self) -> None:
        self._layout.forget()
        least, most = self._heights
        self.setFixedHeight(min(max(self._needed(), least), most))

    def _needed(self) -> int:
        """Return the height in px that shows the whole text."""
        return int(self.document().size().height()) + 2 * self.frameWidth() + 4

    # Geometry

    def pieces(self) -> list[Piece]:
        """Return the marks' pieces in reading order, in the document's coordinates."""
        return self._layout.pieces()

    def _scroll(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _place_of(self, index: int) -> QRect | None:
        """Return where a mark ends on the viewport, None where it cannot be seen."""
        found = self._layout.of(index)
        if not found:
            return None
        place = found[-1].box.translated(-self._scroll()).toAlignedRect()
        return place if self.viewport().rect().intersects(place) else None

    def mark_at(self, point: QPointF) -> int | None:
        """Return the position of the mark under `point` of the viewport."""
        return self._layout.mark_at(point + self._scroll())

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scroll = self._scroll()
        painter.translate(-scroll)
        area = QRectF(event.rect()).translated(scroll)
        for piece in self._layout.within(area):
            mark = self._marks[piece.mark]
            paint_mark(painter, piece, mark, self._palette)
            if piece.mark == self._current or piece.mark in self._linked:
                self._paint_frame(painter, piece)
        painter.end()
        super().paintEvent(event)

    def _paint_frame(self, painter: QPainter, piece: Piece) -> None:
        is_linked = piece.mark in self._linked
        tint = self._palette.accent if is_linked else theme.tints(self._palette).control
        painter.setPen(QPen(theme.color(tint), 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(piece.box.adjusted(-1, 0, 1, 1), 3, 3)

    # Pointer and keys

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        self._layout.forget()
        super().resizeEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 - Qt's name
        self._bubble.hide()
        super().scrollContentsBy(dx, dy)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            self.point_at(self.mark_at(event.position()))

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Leave:
            self.point_at(None)
        return super().viewportEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        self.point_at(None)
        super().hideEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        self.point_at(None)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._current is not None:
            self.point_at(None)
        elif self.isReadOnly() and key in _STEPS and not event.modifiers():
            self._step(_STEPS[key])
        else:
            super().keyPressEvent(event)
            if not self.isReadOnly() and key in (*_STEPS, Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.point_at(self._layout.mark_at_caret(self.textCursor().position()))

    def _step(self, by: int) -> None:
        """Point at the mark after the present one, or before it, and bring it into view."""
        if not self._marks:
            return
        last, here = len(self._marks) - 1, self._current
        at = (0 if by > 0 else last) if here is None else min(max(here + by, 0), last)
        found = self._layout.of(at)
        if found:
            box = found[0].box
            bar, tall = self.verticalScrollBar(), self.viewport().height()
            top = min(bar.value(), int(box.top()) - 8)
            bar.setValue(max(top, int(box.bottom()) + 12 - tall))
        self.point_at(at)


def measure_width() -> int:
    """Return the width in px of 72 characters of running text."""
    metrics = QFontMetricsF(theme.font(SIZE))
    return round(metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE) * _MEASURE)
