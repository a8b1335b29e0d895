"""A heading that unfolds what is under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget


class Fold(QWidget):
    """Shows its name; a press shows the parts beneath it, or hides them again."""

    def __init__(self, name: str, parts: Sequence[QWidget]) -> None:
        super().__init__()
        self.head = QToolButton()
        self.head.setText(name)
        self.head.setProperty("role", "quiet")
        self.head.setCheckable(True)
        self.head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.head.setArrowType(Qt.ArrowType.RightArrow)
        self._holder = QWidget()
        inner = QVBoxLayout(self._holder)
        inner.setContentsMargins(0, 0, 0, 0)
        for part in parts:
            inner.addWidget(part)
        self._holder.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._holder)
        self.head.toggled.connect(self._unfold)

    def _unfold(self, shown: bool) -> None:
        self._holder.setVisible(shown)
        self.head.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)
