"""A page that has nothing to show yet: what is missing, why, and the next step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pellucid.ui import theme
from pellucid.ui.session import Session
from pellucid.ui.widgets.basic import IconLabel, button, label, paragraph, set_paragraph

_WIDTH = 440


class EmptyState(QWidget):
    """An icon, a line, a sentence, and at most one button, in the middle of the page."""

    def __init__(
        self, drawing: str, title: str, text: str, action: str = "", run: Callable[[], object] = int
    ) -> None:
        super().__init__()
        self._title = label(title, "section")
        self._text = paragraph(text, "muted")
        self._text.setFixedWidth(_WIDTH)
        self._text.setMinimumHeight(self._text.heightForWidth(_WIDTH))
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.S2)
        layout.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        layout.addWidget(IconLabel(drawing, "muted", 36), 0, middle)
        layout.addSpacing(theme.S2)
        layout.addWidget(self._title, 0, middle)
        layout.addWidget(self._text, 0, middle)
        self.action = button(action, run, "primary")
        if action:
            layout.addSpacing(theme.S2)
            layout.addWidget(self.action, 0, middle)
        layout.addStretch(3)

    def say(self, title: str, text: str) -> None:
        """Change the words."""
        self._title.setText(title)
        set_paragraph(self._text, text)
        self._text.setMinimumHeight(self._text.heightForWidth(_WIDTH))


def no_file(drawing: str, session: Session) -> EmptyState:
    """Return what a page shows while no file is open."""
    text = "Drop a CSV anywhere on this window, or open one."
    return EmptyState(drawing, "No file is open", text, "Open a file", session.file_wanted.emit)
