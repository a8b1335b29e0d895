"""The ledger in the inspector: every request that was sent, and what the chosen one held."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from pellucid.ui import theme
from pellucid.ui.pages import words_ledger_view as view
from pellucid.ui.readers import reader
from pellucid.ui.session import Session
from pellucid.ui.widgets.basic import label, paragraph, set_paragraph
from pellucid.ui.widgets.exact_text import ExactText

_LIST_HEIGHT, _TEXT_HEIGHT = 260, 300


class LedgerPanel(QWidget):
    """Lists what was sent; choosing an entry shows its payload under the list."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._total, self._problem = paragraph("", "muted"), label("", "bad", wraps=True)
        self.list = QListWidget()
        self.list.setAccessibleName("Requests that were sent, newest first")
        self.list.setFixedHeight(_LIST_HEIGHT)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._heading = label("What it held", "strong")
        self.payload = ExactText("What the chosen request held", _TEXT_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S4, theme.S4, theme.S4, theme.S4)
        column.setSpacing(theme.S3)
        for part in (label("What was sent", "section"), self._total, self._problem, self.list,
                     self._heading, self.payload):  # fmt: skip
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
            item.setData(Qt.ItemDataRole.UserRole, row.sha256)
            self.list.addItem(item)
        self._total.show()
        set_paragraph(self._total, view.total_line(ledger))
        self.list.setVisible(bool(ledger.entries))
        self._heading.hide()
        self.payload.hide()

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._ask(str(item.data(Qt.ItemDataRole.UserRole)), self._show_payload)

    def _show_payload(self, ledger: view.Ledger) -> None:
        self._say("")
        self.payload.setPlainText(ledger.payload or "")
        self._heading.show()
        self.payload.show()

    def _ask(self, sha256: str, done: Callable[[view.Ledger], None]) -> None:
        self.session.ask(
            "show_ledger", {"sha256": sha256}, reader(view.Ledger),
            done, lambda message, hint: self._say(f"{message}. {hint}".strip()),
        )  # fmt: skip

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
