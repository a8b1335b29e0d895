"""A column at a glance, as the Explore page shows it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.pages.explore_view import Card
from pellucid.ui.widgets.marks import paint_bars


class CardButton(QAbstractButton):
    """A column at a glance; choosing it shows the column on the Data page."""

    def __init__(self, card: Card, run: Callable[[], object]) -> None:
        super().__init__()
        self._card = card
        self._palette: Palette = LIGHT
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(card.name)
        said = [card.line, card.aside, card.tie, "has an alert" if card.has_alert else ""]
        self.setAccessibleName(f"Column {card.name}")
        self.setAccessibleDescription(". ".join(part for part in said if part))
        self.setToolTip(f"{card.name}\n{card.line}\nShow the column among the rows")
        self.clicked.connect(lambda: run())

    def set_colors(self, palette: Palette) -> None:
        self._palette = palette
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(240, 148)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        del event
        palette, more, card = self._palette, theme.tints(self._palette), self._card
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setBrush(theme.color(more.hover if self.underMouse() else palette.surface))
        edge = palette.accent if self.hasFocus() else palette.border
        painter.setPen(QPen(theme.color(edge), 2 if self.hasFocus() else 1))
        inset = 0.5 if self.hasFocus() else 0.0
        painter.drawRoundedRect(
            box.adjusted(inset, inset, -inset, -inset), theme.RADIUS, theme.RADIUS
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        inner = box.adjusted(theme.S3, theme.S3, -theme.S3, -theme.S3)
        self._paint_head(painter, inner, palette)
        chart = QRectF(inner.left(), inner.top() + 28, inner.width(), 48)
        paint_bars(painter, chart, card.bars, palette, are_levels=card.are_levels)
        self._paint_line(painter, inner, 84, card.line, palette.text)
        self._paint_line(painter, inner, 104, card.tie, palette.muted)

    def _paint_head(self, painter: QPainter, inner: QRectF, palette: Palette) -> None:
        card = self._card
        head = QRectF(inner.left(), inner.top(), inner.width(), 20)
        top, left = int(head.top()), int(head.left())
        drawing = theme.KIND_ICONS[card.kind]
        painter.drawPixmap(left, top + 2, theme.pixmap(drawing, palette.muted, 16))
        right = head.right()
        if card.has_alert:
            right -= 16
            painter.drawPixmap(int(right), top + 2, theme.pixmap("warning", palette.warning, 16))
            right -= 6
        painter.setFont(theme.font(theme.LABEL))
        painter.setPen(theme.color(palette.muted))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(
            QRectF(head.left(), head.top(), right - head.left(), 20), flags, card.aside
        )
        used = painter.fontMetrics().horizontalAdvance(card.aside) + (8 if card.aside else 0)
        painter.setFont(theme.strong())
        painter.setPen(theme.color(palette.text))
        room = int(right - head.left() - 22 - used)
        name = " ".join(card.name.split()) or "(no name)"
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
        words = head.adjusted(22, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _paint_line(self, painter: QPainter, inner: QRectF, top: int, text: str, tint: str) -> None:
        painter.setFont(theme.font(theme.LABEL))
        painter.setPen(theme.color(tint))
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(inner.width()))
        where = QRectF(inner.left(), inner.top() + top, inner.width(), 20)
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
