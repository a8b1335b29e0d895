"""The cards of a corpus: a cluster that is found on the map, a group with its own words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pellucid.ui import theme
from pellucid.ui.pages import explore_texts_view as view
from pellucid.ui.widgets.basic import give_role, label


class ClusterCard(QFrame):
    """A cluster in the list; a click, the space bar or Enter shows it on the map."""

    toggled = Signal(bool)

    def __init__(self, row: view.ClusterRow, typical: str) -> None:
        super().__init__()
        self.number, self.is_chosen = row.number, False
        self.setProperty("role", "cluster")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"Cluster {row.number + 1}: {row.title}, {row.about}")
        self.setToolTip("Show this cluster on the map")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S2, theme.S1 + 2, theme.S2, theme.S1 + 2)
        column.setSpacing(2)
        column.addWidget(label(f"{row.number + 1}  {row.title}", "strong", wraps=True))
        column.addWidget(label(row.about, "label"))
        if typical:
            column.addWidget(label(f"“{typical}”", "muted", wraps=True))

    def choose(self, is_chosen: bool) -> None:
        """Show whether this is the cluster that the map leaves strong."""
        self.is_chosen = is_chosen
        give_role(self, "chosen cluster" if is_chosen else "cluster")

    def toggle(self) -> None:
        """Choose it, or let it go."""
        self.choose(not self.is_chosen)
        self.toggled.emit(self.is_chosen)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mousePressEvent(event)
        self.toggle()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.toggle()
        else:
            super().keyPressEvent(event)


def group_card(name: str, about: str, bars: QWidget) -> QWidget:
    """Return a group of texts with the bars of what it says more often."""
    card = QFrame()
    card.setProperty("role", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(theme.S3, theme.S3, theme.S3, theme.S2)
    column.setSpacing(theme.S1)
    head = QHBoxLayout()
    head.addWidget(label(name, "strong"))
    head.addStretch(1)
    head.addWidget(label(about, "label"))
    column.addLayout(head)
    column.addWidget(bars)
    column.addStretch(1)
    return card
