"""The bar above the rows: how many there are, the filters in force, and what finds others."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pellucid.ui import theme
from pellucid.ui.widgets.basic import button, label
from pellucid.ui.widgets.chips import ChipRow
from pellucid.ui.widgets.search_line import SearchLine


class RowsBar(QWidget):
    """Counts at the left, filter and search at the right; the chips take rows of their own."""

    def __init__(self, clear_all: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count = label("", "strong")
        self.filter = QPushButton("Filter")
        self.filter.setToolTip("Filter by the chosen column")
        self.clear = button("Clear all", clear_all, "quiet")
        self.chips = ChipRow(self.clear)
        self.search = SearchLine("Find in any column")
        self.search.setFixedWidth(220)
        bar = QHBoxLayout()
        bar.setSpacing(theme.S2)
        bar.addWidget(self.count)
        bar.addStretch()
        bar.addWidget(self.filter)
        bar.addWidget(self.search)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.S4, theme.S2, theme.S4, theme.S2)
        whole.setSpacing(theme.S2)
        whole.addLayout(bar)
        whole.addWidget(self.chips)
