"""The foot of the Words page: who wrote it and what left this machine, each opening more."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.pages.words_view import Page
from pellucid.ui.widgets.basic import button

_ICON = 16


class WordsFoot(QFrame):
    """Two quiet buttons: `writers_wanted` asks for who can write, the other for the ledger."""

    writers_wanted = Signal()
    ledger_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "surface")
        self._palette: Palette = LIGHT
        self._has_left = False
        self.byline = button("", self.writers_wanted.emit, "quiet")
        self.byline.setToolTip("Choose who writes")
        self.sent = button("", self.ledger_wanted.emit, "quiet")
        self.sent.setToolTip("See all that was ever sent")
        for part in (self.byline, self.sent):
            part.setFont(theme.font(theme.LABEL))
            part.setIconSize(QSize(_ICON, _ICON))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.S4, theme.S1, theme.S4, theme.S1)
        row.addWidget(self.byline)
        row.addStretch(1)
        row.addWidget(self.sent)

    def show_page(self, page: Page) -> None:
        """Say who wrote a page and what left for it."""
        _say(self.byline, page.byline, "Choose who writes")
        _say(self.sent, page.sent, "Open the ledger")
        self._has_left = page.has_left
        self.set_colors(self._palette)

    def set_colors(self, palette: Palette) -> None:
        self._palette = palette
        self.byline.setIcon(theme.icon("words", palette.muted, _ICON))
        drawing, tint = ("external", palette.warning) if self._has_left else ("lock", palette.good)
        self.sent.setIcon(theme.icon(drawing, tint, _ICON))


def _say(made: QPushButton, text: str, does: str) -> None:
    made.setText(text.replace("&", "&&"))
    made.setAccessibleName(text)
    made.setAccessibleDescription(does)
