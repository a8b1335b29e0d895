"""A line to find something by, with a cross that empties it once there is text in it."""

from __future__ import annotations

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLineEdit, QWidget

from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme


class SearchLine(QLineEdit):
    """Says what it finds while it is empty."""

    def __init__(self, finds: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(finds)
        self.setAccessibleName(finds)
        self.empty = self.addAction(QIcon(), QLineEdit.ActionPosition.TrailingPosition)
        self.empty.setText("Clear")
        self.empty.setVisible(False)
        self.empty.triggered.connect(self.clear)
        self.textChanged.connect(lambda text: self.empty.setVisible(bool(text)))
        self.set_colors(LIGHT)

    def set_colors(self, palette: Palette) -> None:
        self.empty.setIcon(theme.icon("close", palette.muted, 16))
