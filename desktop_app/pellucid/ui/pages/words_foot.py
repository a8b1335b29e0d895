"""The foot of the Words page: who wrote it and what left this machine, each opening more."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QWidget

from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.pages.words_view import Page
from pellucid.ui.widgets.basic import button

_ICON = 16


class WordsFoot(QFrame):
    """Two quiet buttons: `writers_wanted` asks for who can write, the other for the ledger.

    They stand beside each other where both are seen whole, else one above the other.
    """

    writers_wanted = Signal()
    ledger_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "surface")
        self._palette: Palette = LIGHT
        self._has_left = False
        self.byline = button("", self.writers_wanted.emit, "quiet")
        self.sent = button("", self.ledger_wanted.emit, "quiet")
        for part in (self.byline, self.sent):
            part.setFont(theme.font(theme.LABEL))
            part.setIconSize(QSize(_ICON, _ICON))
            part.setMinimumWidth(1)  # or a window could not be made narrower
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(theme.S4, theme.S1, theme.S4, theme.S1)
        self._row.setSpacing(0)
        self._row.addWidget(self.byline, 0, Qt.AlignmentFlag.AlignLeft)
        self._row.addStretch(1)
        self._row.addWidget(self.sent, 0, Qt.AlignmentFlag.AlignLeft)

    def show_page(self, page: Page) -> None:
        """Say who wrote a page and what left for it."""
        _say(self.byline, page.byline, "Choose who writes")
        _say(self.sent, page.sent, "Open the ledger")
        self._has_left = page.has_left
        self.set_colors(self._palette)
        self._stand()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._stand()

    def _stand(self) -> None:
        """Find room for both, shortening only what is wider than the page."""
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        needed = 0
        for part in (self.byline, self.sent):
            part.setText(part.accessibleName().replace("&", "&&"))
            needed += part.sizeHint().width()
            over = part.sizeHint().width() - room
            if over > 0:
                wide = part.fontMetrics().horizontalAdvance(part.text()) - over
                cut = Qt.TextElideMode.ElideRight
                part.setText(part.fontMetrics().elidedText(part.text(), cut, wide))
        beside = QBoxLayout.Direction.LeftToRight
        fits = needed <= room - theme.S4
        self._row.setDirection(beside if fits else QBoxLayout.Direction.TopToBottom)

    def set_colors(self, palette: Palette) -> None:
        self._palette = palette
        self.byline.setIcon(theme.icon("words", palette.muted, _ICON))
        drawing, tint = ("external", palette.warning) if self._has_left else ("lock", palette.good)
        self.sent.setIcon(theme.icon(drawing, tint, _ICON))


def _say(made: QPushButton, text: str, does: str) -> None:
    made.setAccessibleName(text)
    made.setToolTip(f"{text}. {does}")
    made.setAccessibleDescription(does)
