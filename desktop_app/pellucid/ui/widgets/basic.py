"""Labels, buttons and lines with a role in the visual system."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QToolButton,
    QWidget,
)

from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme

_FONTS: dict[str, tuple[int, QFont.Weight]] = {
    "title": (theme.TITLE, QFont.Weight.DemiBold),
    "section": (theme.SECTION, QFont.Weight.DemiBold),
    "label": (theme.LABEL, QFont.Weight.Normal),
    "figure": (theme.FIGURE, QFont.Weight.DemiBold),
    "strong": (theme.BODY, QFont.Weight.DemiBold),
}


@runtime_checkable
class Colored(Protocol):
    """A widget that draws with the palette itself."""

    def set_colors(self, palette: Palette) -> None: ...


def color_all(root: QWidget, palette: Palette) -> None:
    """Hand the palette to `root` and to everything in it that draws with one."""
    for widget in (root, *root.findChildren(QWidget)):
        if isinstance(widget, Colored):
            widget.set_colors(palette)


def paint_ground(painter: QPainter, button: QAbstractButton, palette: Palette) -> None:
    """Paint what shows that a button without a frame is under the pointer, pressed or focused."""
    more = theme.tints(palette)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(button.rect()).adjusted(1, 1, -1, -1)
    if button.underMouse() or button.isDown():
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(more.pressed if button.isDown() else more.hover))
        painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
    if button.hasFocus():
        painter.setPen(QPen(theme.color(palette.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)


def paint_row(painter: QPainter, box: QRectF, state: QStyle.StateFlag, palette: Palette) -> None:
    """Paint what shows that a row of a list is chosen, under the pointer or reached by keys."""
    more = theme.tints(palette)
    is_reached = bool(state & QStyle.StateFlag.State_HasFocus)
    chosen = is_reached or bool(state & QStyle.StateFlag.State_Selected)
    if not chosen and not state & QStyle.StateFlag.State_MouseOver:
        return
    painter.setBrush(theme.color(more.chosen if chosen else more.hover))
    painter.setPen(QPen(theme.color(palette.accent), 1) if is_reached else Qt.PenStyle.NoPen)
    inset = 0.5 if is_reached else 0.0
    box = box.adjusted(inset, 1 + inset, -inset, -1 - inset)
    painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)


def label(text: str = "", role: str = "", *, wraps: bool = False) -> QLabel:
    """Return a plain-text label; `role` is one of those named in `styles`."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    size, weight = _FONTS.get(role, (theme.BODY, QFont.Weight.Normal))
    made.setFont(theme.font(size, weight))
    made.setWordWrap(wraps)
    if wraps:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def paragraph(text: str = "", role: str = "") -> QLabel:
    """Return running text: wrapped, with the system's line height."""
    made = label("", role, wraps=True)
    made.setTextFormat(Qt.TextFormat.RichText)
    set_paragraph(made, text)
    return made


def set_paragraph(made: QLabel, text: str) -> None:
    """Put plain text into a label from `paragraph`."""
    height = round(theme.LINE_HEIGHT * 100)
    made.setText(f'<p style="line-height:{height}%; margin:0">{html.escape(text)}</p>')
    made.setAccessibleName(text)


def button(text: str, run: Callable[[], object], role: str = "") -> QPushButton:
    """Return a button named by a verb; `role` is "", "primary" or "quiet"."""
    made = QPushButton(text)
    made.setProperty("role", role)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.clicked.connect(lambda: run())
    return made


def let_shrink(made: QAbstractButton) -> QAbstractButton:
    """Let a button be narrower than its text, which is told in full on hover.

    A column would otherwise become as wide as the longest name that stands on one of its buttons.
    """
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    made.setToolTip(made.text())
    return made


class IconButton(QToolButton):
    """A quiet square button with an icon; `name` is what it does, for tooltip and screen reader."""

    def __init__(self, drawing: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawing = drawing
        self.setProperty("role", "quiet")
        self.setProperty("square", True)
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setIconSize(QSize(18, 18))
        self.set_colors(LIGHT)

    def set_drawing(self, drawing: str, palette: Palette) -> None:
        self._drawing = drawing
        self.set_colors(palette)

    def set_colors(self, palette: Palette) -> None:
        self.setIcon(theme.icon(self._drawing, palette.muted, 18))


class IconLabel(QLabel):
    """An icon in one of the roles, for example "warning"."""

    def __init__(self, drawing: str, role: str = "muted", size: int = 18) -> None:
        super().__init__()
        self._drawing, self._role, self._size = drawing, role, size
        self.setFixedSize(size, size)
        self.set_colors(LIGHT)

    def set_colors(self, palette: Palette) -> None:
        tint = getattr(palette, self._role)
        self.setPixmap(theme.pixmap(self._drawing, tint, self._size))


def line(*, upright: bool = False) -> QFrame:
    """Return a 1 px line in the border's colour."""
    made = QFrame()
    made.setProperty("role", "line")
    (made.setFixedWidth if upright else made.setFixedHeight)(1)
    return made


def give_role(widget: QWidget, role: str) -> None:
    """Change a widget's role and have the style sheet look at it again."""
    give(widget, "role", value=role)


def give(widget: QWidget, name: str, *, value: object) -> None:
    """Change a property that the style sheet asks for."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete its widgets."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
