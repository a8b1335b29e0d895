"""The Layers and heads tab: a look into the transformer behind a model, or beside it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QSpinBox,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from pellucid.ui import theme
from pellucid.ui.pages import explain_inside_view as view
from pellucid.ui.pages import explain_row_view as rows
from pellucid.ui.pages.explain_heads import HeadsPart
from pellucid.ui.pages.explain_inputs import PLAIN_SPIN
from pellucid.ui.pages.explain_layers import LayersPart
from pellucid.ui.pages.model_texts_view import has_local_model
from pellucid.ui.readers import AnyModel
from pellucid.ui.session import Session
from pellucid.ui.widgets.basic import button, label, line
from pellucid.ui.widgets.columns import Upright, scrolled
from pellucid.ui.widgets.empty import EmptyState


class InsidePanel(QWidget):
    """Shows heads on a row's text, and what layers know over all texts."""

    row_wanted = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._model: AnyModel | None = None
        self._state: rows.RowState | None = None
        self._folder: Path | None = None
        self.number, self._of, self._column = QSpinBox(), label("", "muted"), label("", "muted")
        self.heads, self.layers = (
            HeadsPart(session, self._chosen),
            LayersPart(session, self._chosen),
        )
        self.empty = EmptyState("explain", "", "", "Choose a model’s folder", self._choose_folder)
        self.folder = button("Another transformer…", self._choose_folder)
        self._lay_out()
        self.number.valueChanged.connect(self.row_wanted)

    def _lay_out(self) -> None:
        self.number.setAccessibleName("Row number")
        self.number.setFixedWidth(84)
        self.number.setStyleSheet(PLAIN_SPIN)
        self.number.lineEdit().setTextMargins(6, 0, 6, 0)
        self.number.setGroupSeparatorShown(True)
        head = QHBoxLayout()
        head.setSpacing(theme.S2)
        for part in (label("Row"), self.number, self._of, self._column):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self.folder)
        body = Upright()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, theme.S3, theme.S5)
        inner.setSpacing(theme.S5)
        inner.addWidget(self.heads)
        inner.addWidget(line())
        inner.addWidget(self.layers)
        inner.addStretch(1)
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(theme.S5, theme.S4, theme.S3, theme.S3)
        column.setSpacing(theme.S4)
        column.addLayout(head)
        column.addWidget(scrolled(body), 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(filled)

    def _chosen(self) -> str | None:
        return str(self._folder) if self._folder is not None else None

    def show_model(self, model: AnyModel | None, count: int) -> None:
        """Look into what is behind another model, over a table of `count` rows."""
        self._model = model
        waiting = view.waiting_words(
            model, has_transformer=self._folder is not None or has_local_model()
        )
        if waiting is not None or model is None:
            if waiting is not None:
                self.empty.say(*waiting)
                self.empty.action.setVisible(model is not None and bool(view.column_of(model)))
            self._stack.setCurrentIndex(0)
            return
        self._stack.setCurrentIndex(1)
        self.number.blockSignals(True)
        self.number.setRange(1, max(1, count))
        self.number.blockSignals(False)
        self._of.setText(f"of {count:,}")
        self._column.setText(f"· {view.column_of(model)}")
        self.layers.show_model(model, view.column_of(model))
        self._show_text()

    def show_row(self, state: rows.RowState) -> None:
        """Take over a row of the table."""
        self._state = state
        self.number.blockSignals(True)
        self.number.setValue(state.number)
        self.number.blockSignals(False)
        self._show_text()

    def _show_text(self) -> None:
        if self._model is not None and self._state is not None:
            value = self._state.original.get(view.column_of(self._model))
            self.heads.show_text(self._model, value if isinstance(value, str) else "")

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Choose the folder of a transformer")
        if name:
            self.take_folder(Path(name))

    def take_folder(self, folder: Path) -> None:
        """Look into the transformer in a folder."""
        self._folder = folder
        self.heads.forget()
        self.layers.forget()
        opened = self._session.opened
        self.show_model(self._model, opened.rows if opened is not None else 0)
