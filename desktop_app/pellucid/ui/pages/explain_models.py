"""Two models of one target side by side: how often they agree, who is right, on which texts."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from pellucid.explain.corpus.language_types import Disagreement
from pellucid.models.types import ModelKind
from pellucid.ui import theme
from pellucid.ui.long_question import LongQuestion
from pellucid.ui.pages import explain_models_view as view
from pellucid.ui.pages.explain_models_results import ModelsResults
from pellucid.ui.pages.explain_text_view import text_columns
from pellucid.ui.readers import AnyModel, KnownFit
from pellucid.ui.session import Session
from pellucid.ui.widgets.basic import button, color_all, label, paragraph, set_paragraph
from pellucid.ui.widgets.columns import Upright, held, scrolled
from pellucid.ui.widgets.empty import EmptyState

MODELS = "Models and projects (*.model *.zip *.pellucid);;All files (*)"
_WIDEST = 1120


class ModelsPanel(QWidget):
    """Sets another model beside the one that is shown."""

    text_wanted = Signal(int)
    """The row, counted from 1, whose text is to be opened."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._model: AnyModel | None = None
        self._fits: tuple[KnownFit, ...] = ()
        self._rivals: tuple[view.Rival, ...] = ()
        self._files: tuple[view.Rival, ...] = ()
        self._subject: Path | None = None
        self.found: Disagreement | None = None
        self.this, self.other = label("", "strong"), QComboBox()
        self.compare = button("Compare on the test texts", self._ask, "primary")
        self._question = LongQuestion(session, self.compare, self._show_nothing)
        self.swap = button("Show the other one", self._show_other, "small")
        self.file = button("A model file…", self._choose_file, "small")
        self.state = paragraph("", "muted")
        self.results = ModelsResults()
        self.fit_other = button("", self._fit_other, "primary")
        self.open_other = button("Open a model file…", self._choose_file)
        self.empty = EmptyState("model", "", "")
        self._lay_out()
        for one in self.results.lists:
            one.opened.connect(lambda row: self.text_wanted.emit(row + 1))
        self.other.activated.connect(lambda _: self._show_nothing(""))
        self._show_nothing("")

    def _lay_out(self) -> None:
        self.other.setAccessibleName("The model beside it")
        self.other.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        head = QHBoxLayout()
        head.setSpacing(theme.S2)
        for part in (self.this, label("beside", "muted"), self.other):
            head.addWidget(part)
        head.addStretch(1)
        actions = QHBoxLayout()
        actions.setSpacing(theme.S2)
        for one in (self.compare, self.swap, self.file):
            actions.addWidget(one)
        actions.addStretch(1)
        body = Upright()
        row = QVBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(held(self.state))
        row.addLayout(held(self.results, _WIDEST))
        row.addStretch(1)
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(theme.S5, theme.S4, theme.S3, theme.S3)
        column.setSpacing(theme.S4)
        column.addLayout(head)
        column.addLayout(actions)
        column.addWidget(scrolled(body), 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._lay_out_empty())
        self._stack.addWidget(filled)

    def _lay_out_empty(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.addStretch(2)
        column.addWidget(self.empty)
        actions = QHBoxLayout()
        actions.setSpacing(theme.S2)
        actions.addStretch(1)
        actions.addWidget(self.fit_other)
        actions.addWidget(self.open_other)
        actions.addStretch(1)
        column.addLayout(actions)
        column.addStretch(3)
        return made

    # What is compared

    def show_model(self, model: AnyModel | None) -> None:
        """Compare another model; what was found of the one before goes."""
        session = self._session
        is_known = self._model is model or (model is not None and session.fit_path is not None)
        if is_known and self._subject == session.fit_path and self._fits == session.fits:
            return
        changed = self._subject != session.fit_path
        self._model, self._subject, self._fits = model, session.fit_path, session.fits
        self._files = tuple(one for one in self._files if one.path != session.fit_path)
        self._offer()
        if changed:
            self._show_nothing("")

    def _offer(self) -> None:
        """Offer what can be set beside the model, or say what that waits for."""
        model, session = self._model, self._session
        self._rivals = (*view.rivals(session.fits, session.fit_path), *self._files)
        can_compare = model is not None and model.task.kind != "multilabel"
        if model is None or not self._rivals or not can_compare:
            target = model.task.target if model is not None else ""
            self.empty.say(*view.missing_words(model, target))
            self.fit_other.setVisible(can_compare and bool(self._texts))
            self.open_other.setVisible(can_compare)
            if model is not None:
                self.fit_other.setText(view.other_kind(model)[1])
            self._stack.setCurrentIndex(0)
            return
        self._stack.setCurrentIndex(1)
        shown = next((fit for fit in session.fits if fit.path == session.fit_path), None)
        self.this.setText(view.fit_title(shown) if shown else view.kind_of(model))
        before = self.other.currentData()
        with QSignalBlocker(self.other):
            self.other.clear()
            for rival in self._rivals:
                self.other.addItem(rival.title, str(rival.path))
            self.other.setCurrentIndex(max(0, self.other.findData(before)))
        self._show_swap()

    @property
    def _texts(self) -> tuple[str, ...]:
        """The columns of texts that a second model could read."""
        if self._model is None:
            return ()
        told = [name for name, kind in self._model.task.features if kind == "text"]
        return tuple(dict.fromkeys([*text_columns(self._model), *told]))

    def _show_swap(self) -> None:
        path = Path(self.other.currentData() or "")
        self.swap.setVisible(any(fit.path == path for fit in self._session.fits))

    def _show_other(self) -> None:
        """Make the other model the one that is shown everywhere."""
        path = Path(self.other.currentData() or "")
        known = next((fit for fit in self._session.fits if fit.path == path), None)
        if known is not None and not self._session.is_fitting:
            self._session.use_fit(known)

    def _fit_other(self) -> None:
        session = self._session
        if self._model is None or session.options is None or session.is_fitting:
            return
        kind: ModelKind = (
            "transformer" if view.other_kind(self._model)[0] == "transformer" else "additive"
        )
        session.fit_kind(kind, self._texts)
        session.page_wanted.emit("model")

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Open a model", "", MODELS)
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """Offer a model from a file, and choose it."""
        self._files = (view.Rival(path, path.name), *(f for f in self._files if f.path != path))
        self._offer()
        self.other.setCurrentIndex(self.other.findData(str(path)))
        self._show_nothing("")

    # What came of it

    def _show_nothing(self, why: str) -> None:
        """Take results away; `why` says how it stands."""
        self._question.forget()
        self.found = None
        self.results.hide()
        self._show_swap()
        set_paragraph(self.state, why or "Both models predict the rows that tested the first, and "
                      "each is held to what the table says.")  # fmt: skip
        self.state.show()

    def _ask(self) -> None:
        session = self._session
        if session.fit_path is None or session.opened is None or session.is_fitting:
            self._show_nothing("This needs a finished fit and its table.")
            return
        self._show_nothing("Being worked out; it can be stopped below.")
        params = {
            "fit": str(session.fit_path), "other": self.other.currentData(),
            "store": str(session.opened.store), "column": next(iter(self._texts), None),
        }  # fmt: skip
        self._question.ask("disagree", params, Disagreement, self.show_found)

    def show_found(self, found: Disagreement) -> None:
        """Show where the two models part."""
        self.found = found
        self.state.hide()
        self.results.show_found(found)
        self.results.show()
        color_all(self.results, self._session.palette)
