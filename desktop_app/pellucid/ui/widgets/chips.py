"""Chips: filters in words, each with a way to take it off."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton

from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.widgets.flow import Flow


class Chip(QPushButton):
    """A filter; pressing it takes it off."""

    def __init__(self, text: str, run: Callable[[], object]) -> None:
        super().__init__()
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, 260)
        self.setText(shown.replace("&", "&&"))
        self.setProperty("role", "chip")
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setIconSize(QSize(12, 12))
        self.setToolTip(f"{text}. Press to take this filter off.")
        self.setAccessibleName(f"Filter: {text}. Press to take it off")
        self.set_colors(LIGHT)
        self.clicked.connect(lambda: run())

    def set_colors(self, palette: Palette) -> None:
        self.setIcon(theme.icon("close", palette.muted, 12))


class ChipRow(Flow):
    """Chips in rows, none of them cut, and what takes all of them off at the end."""

    def __init__(self, clear_all: QPushButton) -> None:
        super().__init__()
        self._clear_all = clear_all
        self.hide()

    def show_chips(
        self, chips: Sequence[tuple[str, Callable[[], object]]], palette: Palette
    ) -> None:
        """Show these chips in place of those before."""
        self.clear()
        for text, run in chips:
            chip = Chip(text, run)
            chip.set_colors(palette)
            self.add(chip)
        if chips:
            self.add(self._clear_all)
        self.setVisible(bool(chips))
