"""The answer beside what is pointed at, above everything else in the window."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget

from pellucid.ui import theme

_WIDEST = 340
_GAP = 6


class Bubble(QLabel):
    """A sentence set under a place in a widget, or over it where there is no room below."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self.setProperty("role", "bubble")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(theme.LABEL))
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, sentence: str, place: QRect) -> None:
        """Show `sentence` by `place`, in the owner's coordinates."""
        window = self._owner.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.setText(sentence)
        wide = min(_WIDEST, window.width() - 2 * theme.S4)
        needed = self.fontMetrics().boundingRect(
            QRect(0, 0, wide - 20, 600), int(Qt.TextFlag.TextWordWrap), sentence
        )
        self.resize(needed.width() + 22, needed.height() + 16)
        at = self._owner.mapTo(window, place.topLeft())
        top = at.y() + place.height() + _GAP
        if top + self.height() > window.height() - theme.S2:
            top = at.y() - self.height() - _GAP
        left = min(max(theme.S2, at.x()), window.width() - self.width() - theme.S2)
        self.move(QPoint(left, max(theme.S2, top)))
        self.show()
        self.raise_()
