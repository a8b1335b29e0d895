"""Names and values in two columns for inspectors, and columns that scroll."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pellucid.ui import theme
from pellucid.ui.widgets.basic import clear, give, label

_NAME_WIDTH = 104


def show_pairs(layout: QVBoxLayout, pairs: Iterable[tuple[str, str]]) -> None:
    """Fill `layout` with names at the left and values beside them, in place of what it held."""
    clear(layout)
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.S2)
    grid.setVerticalSpacing(theme.S1)
    grid.setColumnMinimumWidth(0, _NAME_WIDTH)
    grid.setColumnStretch(1, 1)
    for row, (name, value) in enumerate(pairs):
        shown = label(value, wraps=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(label(name, "label"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(shown, row, 1, Qt.AlignmentFlag.AlignTop)
    layout.addWidget(holder)


def held(widget: QWidget, widest: int = theme.MEASURE) -> QHBoxLayout:
    """Return a row that keeps `widget` at the left and no wider than `widest` px.

    In a column of its own a widget would be given the height that it needs at the column's width,
    which is too little for wrapped text that may not be as wide.
    """
    widget.setMaximumWidth(widest)
    row = QHBoxLayout()
    row.addWidget(widget, 1)
    row.addStretch(0)
    return row


class Upright(QWidget):
    """What scrolls in a column: as high as its width asks for.

    Its least height is not that of wrapped labels at their narrowest, which a scroll area would
    take it for.
    """

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(super().minimumSizeHint().width(), 40)


class Scroller(QScrollArea):
    """A borderless area that scrolls up and down; its bar shows when keys reach it.

    `role` gives its ground, and its name where it is given no other.
    """

    def __init__(self, role: str = "page", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self.setAccessibleName("Inspector" if role == "surface" else "Page")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        give(self.verticalScrollBar(), "reached", value=True)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        give(self.verticalScrollBar(), "reached", value=False)
        super().focusOutEvent(event)


def scrolled(widget: QWidget, role: str = "page") -> Scroller:
    """Return an area that scrolls `widget` up and down; `role` gives the ground of both."""
    widget.setProperty("role", role)
    area = Scroller(role)
    area.setWidget(widget)
    return area
