"""The banner above a page: what happened, what was kept, the way out. Never a dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pellucid.ui import theme
from pellucid.ui.states import ErrorState
from pellucid.ui.widgets.basic import IconButton, IconLabel, button, label, set_paragraph


class ErrorBanner(QFrame):
    """Shows one `ErrorState` until it is dismissed or overtaken."""

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._error: ErrorState | None = None
        self._message = label("", "strong", wraps=True)
        self._rest = label("", "muted", wraps=True)
        self._rest.setTextFormat(Qt.TextFormat.RichText)
        self.copy = button("Copy details", self._copy)
        close = IconButton("close", "Dismiss", self)
        close.clicked.connect(self.dismissed)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._message)
        words.addWidget(self._rest)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.S4, theme.S2, theme.S2, theme.S2)
        layout.setSpacing(theme.S3)
        top = Qt.AlignmentFlag.AlignTop
        layout.addWidget(IconLabel("error", "bad"), 0, top)
        layout.addLayout(words, 1)
        layout.addWidget(self.copy, 0, top)
        layout.addWidget(close, 0, top)
        self.hide()

    @property
    def text(self) -> str:
        """All that the banner says, as one string."""
        return " ".join(part for part in self._sentences() if part)

    def show_error(self, error: ErrorState | None) -> None:
        """Show an error; None hides the banner."""
        self._error = error
        self.setVisible(error is not None)
        if error is None:
            return
        self._message.setText(_sentence(error.message))
        rest = " ".join(part for part in self._sentences()[1:] if part)
        set_paragraph(self._rest, rest)
        self._rest.setVisible(bool(rest))
        self.copy.setVisible(error.is_crash)
        self.setAccessibleName(self.text)

    def _sentences(self) -> tuple[str, str, str]:
        error = self._error
        if error is None:
            return "", "", ""
        return _sentence(error.message), _sentence(error.kept), _sentence(error.hint)

    def _copy(self) -> None:
        if self._error is not None:
            QGuiApplication.clipboard().setText(self._error.details)
            self.copy.setText("Copied")


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "?", "!")) else f"{text}."
