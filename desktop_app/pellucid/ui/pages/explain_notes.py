"""How a tab of the Explain page is to be read, for the inspector."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pellucid.ui import theme
from pellucid.ui.widgets.basic import label, paragraph

Notes = Sequence[tuple[str, str]]


class NotesInspector(QWidget):
    """A title, and pairs of a heading and what is to be known under it."""

    def __init__(self, title: str, notes: Notes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S4, theme.S4, theme.S4, theme.S4)
        column.setSpacing(theme.S3)
        column.addWidget(label(title, "section", wraps=True))
        for heading, text in notes:
            column.addWidget(label(heading, "strong", wraps=True))
            column.addWidget(paragraph(text, "muted"))
        column.addStretch(1)
