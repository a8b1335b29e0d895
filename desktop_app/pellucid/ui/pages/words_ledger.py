"""The ledger in the inspector: every request that was sent, and what the chosen one held."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from pellucid.ui import theme
from pellucid.ui.pages import words_ledger_view as view
from pellucid.ui.readers import reader
from pellucid.ui.session import Session
from pellucid.ui.widgets.basic import button, label, paragraph, set_paragraph
from pellucid.ui.widgets.exact_text import ExactText

_LIST_HEIGHT, _TEXT_HEIGHT = 260, 300


class LedgerPanel(QWidget):
    """Lists what was sent; choosing an entry shows its payload. `left` asks for the facts again."""

    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._total, self._problem = paragraph("", "muted"), label("", "bad", wraps=True)
        self.list = QListWidget()
        self.list.setAccessibleName("Requests that were sent, newest first")
        self.list.setFixedHeight(_LIST_HEIGHT)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFont(theme.font(theme.LABEL))
        self._heading, self._asked = label("What it held", "strong"), label("", "label", wraps=True)
        self.payload = ExactText("What the chosen request held", _TEXT_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S4, theme.S4, theme.S4, theme.S4)
        column.setSpacing(theme.S3)
        head = QHBoxLayout()
        head.addWidget(label("What was sent", "section"))
        head.addStretch(1)
        head.addWidget(button("Back to the facts", self.left.emit, "link"))
        column.addLayout(head)
        for part in (self._total, self._problem, self.list, self._heading, self._asked,
                     self.payload):  # fmt: skip
            column.addWidget(part)
        column.addStretch(1)
        self.list.currentItemChanged.connect(self._chosen)
        self.show_ledger(view.Ledger(()))
        self._total.hide()

    def open(self) -> None:
        """Read the ledger anew."""
        self._ask("", self.show_ledger)

    def show_ledger(self, ledger: view.Ledger) -> None:
        """List the entries, newest first, none of them chosen."""
        self._say("")
        self.list.clear()
        for row in view.rows(ledger):
            item = QListWidgetItem(f"{row.title}\n{row.about}")
            item.setData(Qt.ItemDataRole.UserRole, row)
            self.list.addItem(item)
        self._total.show()
        set_paragraph(self._total, view.total_line(ledger))
        self.list.setVisible(bool(ledger.entries))
        self._show_chosen(False)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            row: view.LedgerRow = item.data(Qt.ItemDataRole.UserRole)
            self._asked.setText(row.asked)
            self._ask(row.sha256, self._show_payload)

    def _show_payload(self, ledger: view.Ledger) -> None:
        self._say("")
        self.payload.setPlainText(ledger.payload or "")
        self._show_chosen(True)

    def _show_chosen(self, shown: bool) -> None:
        for part in (self._heading, self._asked, self.payload):
            part.setVisible(shown)

    def _ask(self, sha256: str, done: Callable[[view.Ledger], None]) -> None:
        self.session.ask(
            "show_ledger", {"sha256": sha256}, reader(view.Ledger),
            done, lambda message, hint: self._say(f"{message}. {hint}".strip()),
        )  # fmt: skip

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
