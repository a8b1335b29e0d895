"""One row: which, its waterfall with editable inputs, and the prediction, large."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSlider, QSpinBox, QVBoxLayout, QWidget

from pellucid.core.errors import UserError, told
from pellucid.explain.types import LocalExplanation
from pellucid.models.additive import AdditiveModel
from pellucid.report.palette import Palette
from pellucid.ui import theme
from pellucid.ui.background import Background
from pellucid.ui.pages import explain_answer_view as answers
from pellucid.ui.pages import explain_row_view as view
from pellucid.ui.pages.explain_answer import AnswerPanel
from pellucid.ui.pages.explain_inputs import PLAIN_SPIN
from pellucid.ui.pages.explain_labels import likeliest
from pellucid.ui.pages.explain_text_view import Asked, tell
from pellucid.ui.pages.explain_tree_view import way_sentence
from pellucid.ui.pages.explain_waterfall import Waterfall
from pellucid.ui.pages.explain_words import WordsInRow
from pellucid.ui.readers import AnyModel
from pellucid.ui.widgets.basic import button, label, line
from pellucid.ui.widgets.columns import scrolled

_SETTLE_MS = 60
_UNREADABLE = UserError(
    "This row could not be read from what was kept of the file", "Open the file again."
)


class RowPanel(QWidget):
    """Explains a row of the open table, and what would change if it were different.

    The row is read on a thread of its own; everything after that is NumPy in the window.
    """

    explained = Signal(object)
    row_read = Signal(object)
    """A `RowState`: the row as it stands in the table."""
    failed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store: Path | None = None
        self._source: AnyModel | None = None
        self._model: AdditiveModel | None = None
        self._order: tuple[str, ...] = ()
        self._scale = (0.0, 1.0)
        self._shows_all = False
        self.state: view.RowState | None = None
        self.local: LocalExplanation | None = None
        self._inputs: dict[str, view.Input] = {}
        self._background = Background("rows", self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._read)
        self.number, self.slider = QSpinBox(), QSlider(Qt.Orientation.Horizontal)
        self.classes = QComboBox()
        self.waterfall, self.answer = Waterfall(), AnswerPanel()
        self.words = WordsInRow()
        self._opened_text = ""
        self.reset = button("Put all back", self._reset_all)
        self.more = button("Show every term", self._show_all, "quiet")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for part, name in ((self.number, "Row number"), (self.slider, "Row"),
                           (self.classes, "Class that is explained")):  # fmt: skip
            part.setAccessibleName(name)
        self.number.setFixedWidth(96)
        self.number.setStyleSheet(PLAIN_SPIN)
        self.number.lineEdit().setTextMargins(6, 0, 6, 0)
        self.number.setGroupSeparatorShown(True)
        self._of = label("", "muted")
        head = QHBoxLayout()
        head.setSpacing(theme.S3)
        for widget in (label("Row"), self.number, self._of):
            head.addWidget(widget)
        head.addWidget(self.slider, 1)
        head.addWidget(self.classes)
        head.addWidget(self.reset)
        self._problem = label("", "bad", wraps=True)
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, theme.S3, 0)
        inner.addWidget(self.waterfall)
        inner.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addWidget(self.words)
        inner.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S5, theme.S4, theme.S5, theme.S3)
        column.setSpacing(theme.S3)
        column.addLayout(head)
        column.addWidget(self._problem)
        column.addWidget(scrolled(body), 1)
        column.addWidget(line())
        column.addWidget(self.answer)
        self._problem.hide()

    def _connect(self) -> None:
        self.number.valueChanged.connect(self._row_chosen)
        self.slider.valueChanged.connect(self.number.setValue)
        self.classes.activated.connect(lambda _: self._relay())
        self.waterfall.edited.connect(self.edit)
        self.waterfall.reset.connect(lambda name: self._put_back(name))
        self.waterfall.opened.connect(self.open_text)
        self.words.edited.connect(self.edit)
        self.words.closed.connect(lambda: self.open_text("", False))

    def show_model(self, model: AnyModel, store: Path, rows: int) -> None:
        """Explain rows of the table in `store` by `model`; the row stays, edits go.

        For a transformer, whose prediction is no sum, rows are read and nothing more.
        """
        fresh = store != self._store
        self._source, self._store = model, store
        self._model = model if isinstance(model, AdditiveModel) else None
        self._inputs = dict(view.inputs_of(model))
        if fresh or (self.state is not None and set(self.state.original) != set(self._inputs)):
            self.state = None  # a row of another table says nothing to this model
        with QSignalBlocker(self.number), QSignalBlocker(self.slider):
            for part in (self.number, self.slider):
                part.setRange(1, max(1, rows))
                part.setValue(1 if fresh else self.number.value())
        self._of.setText(f"of {rows:,}")
        self.classes.setVisible(model.outputs > 1)
        if model.outputs > 1:
            shown = [self.classes.itemText(i) for i in range(1, self.classes.count())]
            if shown != list(model.task.classes):
                self.classes.clear()
                named = likeliest(model.task)
                self.classes.addItems([named[4].upper() + named[5:], *model.task.classes])
        self._settle.start()

    def show_row(self, number: int) -> None:
        """Show a row, counted from 1."""
        self.number.setValue(number)

    def _row_chosen(self, number: int) -> None:
        with QSignalBlocker(self.slider):
            self.slider.setValue(number)
        self._settle.start()

    def _read(self) -> None:
        """Read the row's values off the GUI thread."""
        if self._store is None or self._source is None:
            return
        number, model = self.number.value(), self._source
        work = partial(read_row, self._store, model, number)
        self._background.run(work, self._row_read, self._not_read)

    def _row_read(self, state: view.RowState) -> None:
        if self._source is None or state.number != self.number.value():
            return
        if set(state.original) != set(self._inputs):
            return
        self._problem.hide()
        self.state = state
        self._relay()
        self.row_read.emit(state)

    def _not_read(self, error: Exception) -> None:
        said = told(error, _UNREADABLE)
        self._problem.setText(f"{said.message}. {said.hint}")
        self._problem.show()

    def open_text(self, column: str, is_open: bool = True) -> None:
        """Show the words of a text column beneath the bars, or fold them away."""
        self._opened_text = column if is_open else ""
        self.waterfall.show_open(self._opened_text)
        self._show_words()

    def _show_words(self) -> None:
        model, local, state = self._model, self.local, self.state
        if model is None or local is None or state is None:
            return
        column = self._opened_text
        at = next((i for i, text in enumerate(model.texts) if text.column == column), None)
        tree = next((a.tree for t in model.terms for a in t.axes if a.column == column), None)
        self.words.setVisible(at is not None or tree is not None)
        if tree is not None:
            text = str(state.values.get(column) or "")
            self.words.show_way(column, text, way_sentence(tree, text))
        elif at is not None:
            self.words.show_words(column, tell(local.tokens[at], model, Asked("word")))

    # What if

    def edit(self, name: str, value: view.Value) -> None:
        """Change an input and explain the row again, terms staying in place."""
        if self.state is not None:
            self.state = self.state.edited(name, value)
            self._explain()

    def _put_back(self, name: str) -> None:
        if self.state is not None:
            self.state = self.state.reset(name)
            self._explain(refill=True)

    def _reset_all(self) -> None:
        if self.state is not None:
            self.state = self.state.reset()
            self._relay()

    def _show_all(self) -> None:
        self._shows_all = not self._shows_all
        self._relay()

    @property
    def _output(self) -> int | None:
        at = self.classes.currentIndex() if self.classes.count() else 0
        return at - 1 if at > 0 else None

    def _relay(self) -> None:
        """Put the terms in the order of this row and make the rows anew."""
        if self._model is None or self.state is None:
            return
        local = view.explain_state(self._model, self._inputs, self.state, self._output)
        self._order = view.term_order(local)
        steps = self._steps(local, self._model, self.state)
        self._scale = view.step_range(steps)
        self.waterfall.lay_rows(steps, self._inputs)
        self._show(local, steps)

    def _explain(self, *, refill: bool = False) -> None:
        if self._model is None or self.state is None:
            return
        local = view.explain_state(self._model, self._inputs, self.state, self._output)
        steps = self._steps(local, self._model, self.state)
        low, high = view.step_range(steps)
        self._scale = (min(low, self._scale[0]), max(high, self._scale[1]))
        if refill:
            self.setFocus()
        self._show(local, steps)

    def _steps(
        self, local: LocalExplanation, model: AdditiveModel, state: view.RowState
    ) -> tuple[view.Step, ...]:
        most = None if self._shows_all else view.MOST_STEPS
        return view.steps(local, self._order, model, state.edits, most)

    def _show(self, local: LocalExplanation, steps: tuple[view.Step, ...]) -> None:
        assert self._model is not None
        assert self.state is not None
        self.local = local
        axis = answers.axis_name(self._model, local)
        self.waterfall.show_steps(steps, self.state, axis, self._scale)
        self.answer.show_answer(local, self._model, edited=bool(self.state.edits))
        self.reset.setEnabled(bool(self.state.edits))
        folds = len(self._order) > view.MOST_STEPS + 1
        self.more.setVisible(folds)
        self.more.setText("Show the largest terms" if self._shows_all else "Show every term")
        self.waterfall.show_open(self._opened_text)
        self._show_words()
        self.explained.emit(local)

    def set_colors(self, palette: Palette) -> None:
        self.slider.setStyleSheet(_slider_style(palette))
        self._relay()

    def shut_down(self) -> None:
        """End the thread that reads rows."""
        self._settle.stop()
        self._background.close()


def _slider_style(palette: Palette) -> str:
    """Draw the slider as a line and a knob: the style's own groove fades on dark ground."""
    line, knob = theme.tints(palette).control, palette.accent
    return (
        f"QSlider::groove:horizontal {{ height: 2px; background: {line}; border-radius: 1px; }}"
        f"QSlider::handle:horizontal {{ width: 14px; height: 14px; margin: -6px 0;"
        f" border-radius: 7px; background: {knob}; }}"
        f"QSlider::handle:horizontal:focus {{ border: 2px solid {palette.text}; }}"
    )


def read_row(store: Path, model: AnyModel, number: int) -> view.RowState:
    """Read the values of one row, counted from 1, and what the target says there."""
    from pellucid.data.table import Table

    names = list(model.columns)
    with Table.load(store) as stored:
        table = stored.with_kinds(dict(model.task.features))
        at = np.array([number - 1])
        columns = table.select(names, at)
        target = table.select([model.task.target], at) if model.task.classes else None
        told = table.text(model.task.target, at)[0]
    original = view.values_of(columns, names)
    actual = view.actual_text(model.task, target, told)
    return view.RowState(number, original, {}, actual)
