"""Keeps the keyboard where it was while what it is on cannot be used for a moment."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid


class BusyFocus:
    """Holds the focus of a panel's widgets that are disabled while something is on its way.

    Qt hands the focus of a widget that is disabled to the next one, and an area that scrolls goes
    there: whoever pressed a button at the end would find the panel at its beginning.
    """

    def __init__(self, panel: QWidget) -> None:
        self._panel = panel
        self._held: QWidget | None = None

    def hold(self, *widgets: QWidget) -> None:
        """Take the focus off any of `widgets` before they are disabled."""
        focused = QApplication.focusWidget()
        if focused is not None and any(w is focused or w.isAncestorOf(focused) for w in widgets):
            self._held = focused
            self._panel.setFocus()

    def give_back(self, *instead: QWidget) -> None:
        """Give the focus back once they can be used again, unless it was taken elsewhere.

        Where what had it is gone, the first of `instead` that is there takes it.
        """
        held, self._held = self._held, None
        if held is None or QApplication.focusWidget() not in (None, self._panel):
            return
        for widget in (held, *instead):
            if isValid(widget) and widget.isVisible() and widget.isEnabled():
                widget.setFocus()
                return


def bring_into_view(widget: QWidget) -> None:
    """Scroll the area around `widget` so that it is seen, once it has been laid out."""

    def scroll() -> None:
        area = widget.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(widget, 0, 16)

    QTimer.singleShot(0, widget, scroll)
