"""The column at the right: what the page has to say about what is chosen in it."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QStackedLayout, QVBoxLayout, QWidget

from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme


class Inspector(QFrame):
    """Holds one widget a page; hidden where the page has none or the user has folded it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "surface")
        self.fit(0)
        self.setAccessibleName("Inspector")
        self._palette: Palette = LIGHT
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        self._stack = QStackedLayout()
        layout.addLayout(self._stack)
        self._is_unfolded, self._is_offered = True, False

    def fit(self, window_width: int) -> None:
        """Take the width that suits a window: more of a wide one, where charts gain by it."""
        least, most = theme.INSPECTOR_WIDTH, theme.INSPECTOR_WIDEST
        self.setFixedWidth(min(most, max(least, window_width // 4)))

    def unfold(self, unfolded: bool) -> None:
        self._is_unfolded = unfolded
        self.setVisible(unfolded and self._is_offered)

    def show_for(self, widget: QWidget | None) -> None:
        """Show what a page offers; None for nothing."""
        self._is_offered = widget is not None
        if widget is None:
            self.hide()
            return
        if self._stack.indexOf(widget) < 0:
            self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)
        self.setVisible(self._is_unfolded)

    def set_colors(self, palette: Palette) -> None:
        self._palette = palette
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 0, 1, self.height()), theme.color(self._palette.border))
