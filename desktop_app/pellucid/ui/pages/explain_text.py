"""The Text tab: a row's text or any other, its words told by any method, one or two at a time."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from pellucid.explain.tokens.exact import explain_exact
from pellucid.explain.tokens.types import METHOD_NAMES, Method, TokenExplanation
from pellucid.models.additive import AdditiveModel
from pellucid.ui import theme
from pellucid.ui.pages import explain_row_view as rows
from pellucid.ui.pages import explain_text_view as view
from pellucid.ui.pages import explain_text_words as words
from pellucid.ui.pages.explain_tests import TextTests
from pellucid.ui.pages.explain_text_asks import Half, TextAsks
from pellucid.ui.pages.explain_text_head import TextHead
from pellucid.ui.pages.explain_text_side import TextSide
from pellucid.ui.readers import AnyModel
from pellucid.ui.session import Session
from pellucid.ui.widgets.basic import line
from pellucid.ui.widgets.columns import Upright, scrolled
from pellucid.ui.widgets.empty import EmptyState

_SETTLE_MS = 500


class TextPanel(QWidget):
    """Explains texts. Exact scores are NumPy in the window; everything else is asked for.

    What is asked for waits until typing rests, and until the tab is seen.
    """

    row_wanted = Signal(int)
    told = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._model: AnyModel | None = None
        self._state: rows.RowState | None = None
        self.head = TextHead()
        self.halves = (Half(TextSide("Text")), Half(TextSide("Second text")))
        self.tests, self._tested = TextTests(session, self._subject), ""
        self.empty = EmptyState("kind-text", "", "")
        self._asks = TextAsks(session, self._answered, self._not_answered)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._ask_all)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        sides = QWidget()
        row = QHBoxLayout(sides)
        row.setContentsMargins(0, 0, theme.S3, 0)
        row.setSpacing(theme.S5)
        self._rule = line(upright=True)
        row.addWidget(self.halves[0].side, 1)
        row.addWidget(self._rule)
        row.addWidget(self.halves[1].side, 1)
        row.addStretch(0)
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(theme.S5, theme.S4, theme.S3, theme.S3)
        column.setSpacing(theme.S4)
        column.addWidget(self.head)
        body = Upright()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(sides)
        further = QHBoxLayout()
        further.addWidget(self.tests, 1)
        further.addStretch(0)
        inner.addLayout(further)
        inner.addStretch(1)
        column.addWidget(scrolled(body), 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(filled)
        self._show_halves()

    def _connect(self) -> None:
        self.head.row_wanted.connect(self.row_wanted)
        self.head.column_chosen.connect(self._column_chosen)
        self.head.asked_changed.connect(self._show_all)
        self.head.compared.connect(self._compare)
        for half in self.halves:
            half.side.edited.connect(partial(self._edited, half))
            half.side.method_chosen.connect(partial(self._method_chosen, half))
            half.side.put_back.connect(partial(self._put_back, half))

    # What is explained

    def show_model(self, model: AnyModel | None, count: int) -> None:
        """Explain by another model, over a table of `count` rows; own texts stay."""
        self._forget_jobs()
        self._model = model
        if model is None or not view.text_columns(model):
            opened = self._session.opened
            texts = [c.name for c in opened.columns if c.kind == "text"] if opened else []
            self.empty.say(*words.waiting_words(model, texts))
            self._stack.setCurrentIndex(0)
            return
        self._stack.setCurrentIndex(1)
        self.head.offer(model, count)
        methods = view.methods_for(model)
        notes = {method: view.method_note(method, model) for method in methods}
        for half in self.halves:
            half.method = half.method if half.method in methods else methods[0]
            half.side.offer_methods(notes, half.method)
        self.tests.show_model(model, self.text_column)
        self._show_all()

    def show_row(self, state: rows.RowState) -> None:
        """Take over a row of the table; its text is shown where no own text is."""
        if self._state is not None and self._state.number != state.number:
            for half in self.halves:
                half.text = None
        self._state = state
        self.head.show_number(state.number)
        self._show_all()

    @property
    def text_column(self) -> str:
        return self.head.text_column

    def _edited(self, half: Half, text: str) -> None:
        half.text = text if text != self._row_text() else None
        self._show(half)

    def _put_back(self, half: Half) -> None:
        half.text = None
        self._show(half)

    def _subject(self) -> tuple[str, Method, int | None]:
        """Return what further tests are about: the first text, its method, its output."""
        half = self.halves[0]
        return self._text(half), half.method, self.head.asked.output

    def _row_text(self) -> str:
        value = self._state.original.get(self.text_column) if self._state else None
        return value if isinstance(value, str) else ""

    def _text(self, half: Half) -> str:
        return self._row_text() if half.text is None else half.text

    def _method_chosen(self, half: Half, method: Method) -> None:
        half.method = method
        if self._model is not None:
            half.side.method.setToolTip(view.method_note(method, self._model))
        self._show(half)

    def _column_chosen(self) -> None:
        for half in self.halves:
            half.text = None
        self.tests.show_model(self._model, self.text_column)
        self._show_all()

    def _compare(self, wanted: bool) -> None:
        if wanted:
            self.halves[1].text = self.halves[0].text
        self._show_halves()
        self._show_all()

    def _show_halves(self) -> None:
        both = self.head.compare.isChecked()
        self._rule.setVisible(both)
        self.halves[1].side.setVisible(both)
        for half in self.halves:
            half.side.stack(both)

    @property
    def _shown(self) -> tuple[Half, ...]:
        return self.halves if self.head.compare.isChecked() else self.halves[:1]

    # Scores

    def _show_all(self) -> None:
        for half in self._shown:
            self._show(half)

    def _show(self, half: Half) -> None:
        """Show a text by exact scores at once; another method's follow when they are here."""
        model, state = self._model, self._state
        if model is None or state is None or self.text_column not in view.text_columns(model):
            return
        if self.text_column not in state.original:
            return
        self._asks.forget(half)
        text = self._text(half)
        if half is self.halves[0] and text != self._tested:
            self._tested = text
            self.tests.take_text(text)
        half.side.text.show_text(text)
        half.side.back.setVisible(half.text is not None)
        if isinstance(model, AdditiveModel):
            self._show_exact(half, model, state, text)
        else:
            half.side.wait("Being read by the transformer." if text.strip() else
                           "There are no words in this text.")  # fmt: skip
        self._settle.start()

    def _show_exact(
        self, half: Half, model: AdditiveModel, state: rows.RowState, text: str
    ) -> None:
        told = view.tell(self._exact(model, state, text), model, self.head.asked)
        if half.method == "exact":
            half.side.show_told(told, self._common_reach(half, told))
        else:
            half.side.told = told
            half.side.text.show_marks(())
        self._answer(half, told)
        fits = bool(self._session.fit_path) and bool(told.pieces)
        self._say_worth(half, None, "Being worked out." if fits else "")
        if half is self.halves[0]:
            self.told.emit(told)

    def _exact(self, model: AdditiveModel, state: rows.RowState, text: str) -> TokenExplanation:
        column = self.text_column
        values = {**state.original, column: text}
        columns = rows.columns_from(values, rows.inputs_of(model))
        return explain_exact(model, columns, column=column, output=self.head.asked.output)

    def _common_reach(self, half: Half, told: view.Told) -> float | None:
        """Return the heaviest score of both sides where one method tells both."""
        other = self.halves[1] if half is self.halves[0] else self.halves[0]
        if len(self._shown) < 2 or other.method != half.method or other.side.told is None:
            return None
        return max(told.reach, other.side.told.reach)

    def _answer(self, half: Half, told: view.Told) -> None:
        assert self._model is not None
        task, state, difference = self._model.task, self._state, ""
        first = self.halves[0].side.told
        if half is self.halves[1] and first is not None:
            difference = words.difference_line(first, told, task)
        actual = state.actual if state is not None and half.text is None else None
        half.side.show_answer(told, task, actual, difference)

    def _say_agreement(self) -> None:
        """Say of two methods on one text whether they agree."""
        first, second = (half.side.told for half in self.halves)
        if len(self._shown) == 2 and first is not None and second is not None:
            said = words.agreement_line(first, second)
            if said:
                self.halves[1].side.say_beside(said)

    def _say_worth(self, half: Half, told: view.Told | None, waiting: str) -> None:
        assert self._model is not None
        found = told.explanation.faithfulness if told is not None else None
        half.side.show_worth(found, waiting, is_class=bool(self._model.task.classes))

    # What is asked for

    def _ask_all(self) -> None:
        if self.isVisible():
            for half in self._shown:
                self._ask(half)

    def _ask(self, half: Half) -> None:
        model, state, text = self._model, self._state, self._text(half)
        if model is None or state is None or half.job or not text.strip():
            return
        others = {k: v for k, v in state.original.items() if k != self.text_column}
        if not self._asks.ask(half, model, text, self.text_column, self.head.asked, others):
            half.side.show_problem("This method needs a finished fit.")

    def _answered(self, half: Half, found: TokenExplanation) -> None:
        half.job = ""
        if self._model is None or found.text != self._text(half):
            return
        told = view.tell(found, self._model, self.head.asked)
        if half.method != "exact":
            half.side.show_told(told)
        if not isinstance(self._model, AdditiveModel):
            self._answer(half, told)
        self._say_worth(half, told, "")
        self._say_agreement()
        if half is self.halves[0]:
            self.told.emit(told)

    def _not_answered(self, half: Half, message: str, hint: str) -> None:
        half.job = ""
        self._say_worth(half, None, "")
        name = METHOD_NAMES[half.method]
        if half.method != "exact":
            half.side.wait("")
            half.side.show_problem(f"No scores by {name}: {message}. {hint}".strip())

    def _forget_jobs(self) -> None:
        self._settle.stop()
        for half in self.halves:
            self._asks.forget(half)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._settle.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        self._forget_jobs()
        super().hideEvent(event)
