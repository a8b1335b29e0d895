"""A stack as high as what it shows, for where it scrolls."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedLayout


class ShownAlone(QStackedLayout):
    """Asks for the height of the widget that is shown: under it the others leave no gap."""

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        shown = self.currentWidget()
        return shown is not None and shown.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        shown = self.currentWidget()
        return shown.heightForWidth(width) if shown is not None else -1
