"""The Explain page: the whole model, any row from average to prediction, any text by its words."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout, QTabBar, QVBoxLayout, QWidget

from pellucid.explain.model import explain_additive
from pellucid.explain.types import LocalExplanation
from pellucid.ui import theme
from pellucid.ui.pages import explain_inside_view, explain_models_view, explain_quiz_view
from pellucid.ui.pages.explain_answer import RowInspector
from pellucid.ui.pages.explain_inside import InsidePanel
from pellucid.ui.pages.explain_models import ModelsPanel
from pellucid.ui.pages.explain_notes import NotesInspector
from pellucid.ui.pages.explain_quiz import QuizPanel
from pellucid.ui.pages.explain_reasons import ReasonsPanel
from pellucid.ui.pages.explain_row import RowPanel
from pellucid.ui.pages.explain_text import TextPanel
from pellucid.ui.pages.explain_text_inspector import TextInspector
from pellucid.ui.pages.explain_tree_work import TreeWork
from pellucid.ui.pages.explain_whole import TermInspector, WholeModel
from pellucid.ui.readers import AnyModel, read_ngrams
from pellucid.ui.session import Session
from pellucid.ui.widgets.basic import label, line
from pellucid.ui.widgets.columns import Upright, scrolled
from pellucid.ui.widgets.empty import EmptyState
from pellucid.ui.widgets.shown_alone import ShownAlone

MOST_EXAMPLES = 100
"""N-grams for which examples are asked."""
_TABS = ("Whole model", "One row", "Text", "Two models", "Layers and heads", "Quiz")
_ROW, _TEXT = _TABS.index("One row"), _TABS.index("Text")

_WITHOUT: dict[str, tuple[str, str]] = {
    "Whole model": (
        "A transformer has no terms",
        "It reads whole texts at once, so no words have scores of their own. What it makes of a "
        "text is under Text; fit n-grams or a keyword tree under Model to see what words do.",
    ),
    "One row": (
        "A transformer’s prediction is no sum",
        "There are no parts that lead from the average to it. What the words of a row’s text do is "
        "under Text, by several methods.",
    ),
}


class ExplainPage(QWidget):
    """Explains the model that is there: while a fit runs, its snapshot."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.session = session
        self._is_stale, self._examples, self._had_network = False, "", False
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("What to explain")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for name in _TABS:
            self.tabs.addTab(name)
        self.whole, self.row, self._inspector = WholeModel(), RowPanel(), TermInspector()
        self.text = TextPanel(session)
        self.models, self.inside = ModelsPanel(session), InsidePanel(session)
        self.quiz = QuizPanel(session)
        self._row_inspector = RowInspector(ReasonsPanel(session))
        self._text_inspector = TextInspector()
        self._follow_reader("audience")
        aside = Upright()
        self._aside = ShownAlone(aside)
        self._aside.addWidget(self._inspector)
        self._aside.addWidget(self._row_inspector)
        self._aside.addWidget(self._text_inspector)
        self._aside.addWidget(NotesInspector("Two models", explain_models_view.NOTES))
        self._aside.addWidget(NotesInspector("Layers and heads", explain_inside_view.NOTES))
        self._aside.addWidget(NotesInspector("Quiz", explain_quiz_view.NOTES))
        self._told, self._inspector_area = aside, scrolled(aside, "surface")
        self._trees = TreeWork(session, self.whole.tree)
        self._note = label("", "muted")
        self.without = EmptyState("explain", "", "")
        to_model = partial(session.page_wanted.emit, "model")
        self._empty = EmptyState("explain", "", "", "Go to Model", to_model)
        self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        panes = QWidget()
        self._panes = QStackedLayout(panes)
        for pane in (self.whole, self.row, self.text, self.models, self.inside, self.quiz):
            self._panes.addWidget(pane)
        self._panes.addWidget(self.without)
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(theme.S3, theme.S2, theme.S5, 0)
        head.addWidget(self.tabs)
        column.addLayout(head)
        column.addWidget(line())
        self._note.setContentsMargins(theme.S5, theme.S2, theme.S5, 0)
        column.addWidget(self._note)
        column.addWidget(panes, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(filled)

    def _connect(self) -> None:
        session = self.session
        self.tabs.currentChanged.connect(lambda _: self._show_tab())
        self.row.explained.connect(self._tell_row)
        choice = self._row_inspector.reader
        choice.audience_chosen.connect(partial(self.session.change_setting, "audience"))
        choice.language_chosen.connect(partial(self.session.change_setting, "language"))
        self.session.setting_changed.connect(self._follow_reader)
        self.row.row_read.connect(self.text.show_row)
        self.row.row_read.connect(self.inside.show_row)
        self.text.row_wanted.connect(self.row.show_row)
        self.inside.row_wanted.connect(self.row.show_row)
        self.models.text_wanted.connect(self.show_text_of)
        self.quiz.row_wanted.connect(self.show_why_of)
        self.text.told.connect(self._text_inspector.show_text)
        self.whole.term_changed.connect(self._inspect)
        self.whole.ngrams.wanted.connect(self._ask_ngrams)
        for changed in (session.model_changed, session.explanation_changed, session.opened_changed):
            changed.connect(self._changed)

    def inspector(self) -> QWidget | None:
        """Offer what is known about the term shown, once there is a model."""
        has_model = self.session.model is not None or self.session.network is not None
        return self._inspector_area if has_model else None

    def _changed(self) -> None:
        """Show the change, or remember it until the page is seen: curves take time to make."""
        if self.isVisible():
            self.refresh()
        else:
            self._is_stale = True

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        if self._is_stale:
            self.refresh()

    def refresh(self) -> None:
        """Show the session's model as it stands, and ask for its explanation."""
        session = self.session
        self._is_stale = False
        if session.model is None:
            self._show_network()
            return
        self._stack.setCurrentIndex(1)
        self._show_tab()
        if session.explanation is None and not session.is_fitting:
            session.ensure_explanation()
        is_snapshot = session.explanation is None or session.is_fitting
        shown = explain_additive(session.model) if is_snapshot else session.explanation
        assert shown is not None
        self.whole.show_explanation(shown)
        self._trees.refresh()
        if session.opened is not None:
            self.row.show_model(session.model, session.opened.store, session.opened.rows)
            self._show_about(session.model, session.opened.rows)
        self._note.setVisible(is_snapshot)
        if session.is_fitting:
            self._note.setText(
                f"A snapshot after bag {session.bags} of {session.bags_asked}; it sharpens with "
                "each further bag."
            )
        elif is_snapshot:
            self._note.setText("Testing which terms matter.")

    def _show_network(self) -> None:
        """Show a transformer, which has only texts to explain, or why the page is empty."""
        session = self.session
        if session.network is None or session.opened is None:
            self._say_why_empty()
            return
        self._stack.setCurrentIndex(1)
        self._note.hide()
        if not self._had_network and self.tabs.currentIndex() < _TEXT:
            self.tabs.setCurrentIndex(_TEXT)
        self._show_tab()
        self.row.show_model(session.network, session.opened.store, session.opened.rows)
        self._show_about(session.network, session.opened.rows)

    def _show_about(self, model: AnyModel, rows: int) -> None:
        """Show what any kind of model has: its texts, its rivals, what is inside."""
        self.text.show_model(model, rows)
        self.models.show_model(model)
        self.inside.show_model(model, rows)
        self.quiz.show_model(model)

    def show_text_of(self, number: int) -> None:
        """Open the text of a row, counted from 1."""
        self.tabs.setCurrentIndex(_TEXT)
        self.row.show_row(number)

    def show_why_of(self, number: int) -> None:
        """Open what explains a row, counted from 1: its sum, or its text for a transformer."""
        self.tabs.setCurrentIndex(_TEXT if self.session.model is None else _ROW)
        self.row.show_row(number)

    def _show_tab(self) -> None:
        """Show what the chosen tab has of the model, or why it has nothing."""
        at = self.tabs.currentIndex()
        self._had_network = self.session.model is None and self.session.network is not None
        has_parts = not self._had_network or _TABS[at] not in _WITHOUT
        if not has_parts:
            self.without.say(*_WITHOUT[_TABS[at]])
        self._panes.setCurrentIndex(at if has_parts else self._panes.indexOf(self.without))
        self._aside.setCurrentIndex(at)
        self._told.setVisible(has_parts)

    def _ask_ngrams(self, column: str, output: int, order: str) -> None:
        """Ask for the strongest n-grams of a term in context."""
        session, panel = self.session, self.whole.ngrams
        if session.fit_path is None or session.is_fitting or session.opened is None:
            panel.say("Examples come with a finished fit.")
            return
        session.forget(self._examples)
        panel.say("Looking through the texts.")
        params = {
            "fit": str(session.fit_path), "store": str(session.opened.store), "column": column,
            "output": output, "order_by": order, "most": MOST_EXAMPLES,
        }  # fmt: skip
        self._examples = session.ask(
            "ngrams",
            params,
            read_ngrams,
            panel.show_rows,
            lambda message, hint: panel.say(f"No examples: {message}. {hint}"),
        )

    def _say_why_empty(self) -> None:
        self._stack.setCurrentIndex(0)
        can_fit = self.session.opened is not None and not self.session.is_fitting
        self._empty.action.setVisible(can_fit)
        if self.session.is_fitting:
            self._empty.say("Waiting for the first curves", "They come when the first bag is done.")
        elif self.session.opened is None:
            self._empty.say("Waiting for a table", "Open a file, then fit a model under Model.")
        else:
            self._empty.say(
                "Waiting for a model", "Fit one under Model; its terms and rows are explained here."
            )

    def _inspect(self, name: str) -> None:
        session = self.session
        if session.explanation is not None and not session.is_fitting:
            self._inspector.show_term(session.explanation, name)
        elif session.model is not None:
            self._inspector.show_term(explain_additive(session.model), name)

    def _follow_reader(self, name: str) -> None:
        if name in ("audience", "language"):
            settings = self.session.settings
            self._row_inspector.set_reader(settings.audience, settings.language)

    def _tell_row(self, local: LocalExplanation) -> None:
        session = self.session
        if session.model is not None and not self._is_stale:  # else the row is an older model's
            explained = session.explanation or explain_additive(session.model)
            edited = self.row.state is not None and bool(self.row.state.edits)
            self._row_inspector.show_row(local, explained, edited=edited)

    def shut_down(self) -> None:
        """End the thread that reads rows."""
        self.row.shut_down()
