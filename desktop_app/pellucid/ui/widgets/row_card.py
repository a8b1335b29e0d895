"""A piece of a text with what is said of it, which opens something when it is chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from pellucid.ui import theme
from pellucid.ui.widgets.basic import label


class RowCard(QFrame):
    """A text in a list; a click, the space bar or Enter chooses it."""

    chosen = Signal()

    def __init__(self, text: str, about: str, tip: str) -> None:
        super().__init__()
        self.setProperty("role", "cluster")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{text}. {about}")
        self.setToolTip(tip)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S2, theme.S1 + 2, theme.S2, theme.S1 + 2)
        column.setSpacing(2)
        column.addWidget(label(text, wraps=True))
        column.addWidget(label(about, "label", wraps=True))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)
