"""A button whose text is broken into lines where the column is narrow, and never cut."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme

_LINES = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
_ROOM_FROM, _LEAST = 24, 120


class WrappingButton(QPushButton):
    """Says exactly what pressing it does, for example to which host something goes."""

    def __init__(self, role: str = "primary", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._is_primary = role == "primary"
        self.setFont(theme.strong() if self._is_primary else theme.font())
        self.setProperty("role", role)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._colors: Palette = LIGHT

    def set_colors(self, palette: Palette) -> None:
        self._colors = palette
        self.update()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        room = QRect(0, 0, max(width - _ROOM_FROM, _LEAST), 1_000)
        lines = self.fontMetrics().boundingRect(room, _LINES, self.text())
        return max(theme.CONTROL_HEIGHT, lines.height() + 2 * theme.S2)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        width = max(self.width(), _LEAST)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(_LEAST, self.sizeHint().height())

    def _ink(self) -> str:
        if not self.isEnabled():
            return self._colors.muted
        return theme.tints(self._colors).on_accent if self._is_primary else self._colors.text

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        del event
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.setFont(self.font())
        painter.setPen(theme.color(self._ink()))
        room = self.rect().adjusted(_ROOM_FROM // 2, 0, -_ROOM_FROM // 2, 0)
        painter.drawText(room, _LINES, self.text())
