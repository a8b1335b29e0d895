"""From the average to the prediction, one term a row, with the value editable in its row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pellucid.report.charts import BarChart, Caption
from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.charts import drawing
from pellucid.ui.charts.bars import AXIS_HEIGHT, STEPS, BarView
from pellucid.ui.pages.explain_inputs import Editor, TextOpener, editor_for
from pellucid.ui.pages.explain_row_view import Input, RowState, Step, Value, step_bar
from pellucid.ui.widgets.basic import IconButton, clear, label

_NAME_WIDTH, _EDITOR_WIDTH = 168, 164
_ROW = int(STEPS.row)


class StepRow(QWidget):
    """The left part of a row: the term's name, its value to be edited, and a way back."""

    edited = Signal(str, object)
    reset = Signal(str)
    opened = Signal(str, bool)

    def __init__(self, step: Step, about: Input | None, palette: Palette) -> None:
        super().__init__()
        self.setFixedHeight(_ROW)
        self.column = step.column
        self._name = label(step.label)
        self._name.setFixedWidth(_NAME_WIDTH)
        self._name.setToolTip(step.label)
        self._name.setText(drawing.elided_name(step.label, _NAME_WIDTH, theme.font()))
        self.editor: Editor | None = None
        self._value = label(step.value, "muted")
        self._undo = IconButton("undo", f"Put back {step.label}")
        self._undo.setFixedSize(24, 24)
        self._undo.set_colors(palette)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 3, 0, 3)
        layout.setSpacing(theme.S2)
        layout.addWidget(self._name)
        if about is not None:
            self.editor = editor_for(about)
            self.editor.setFixedWidth(_EDITOR_WIDTH)
            self.editor.value_changed.connect(self._announce)
            if isinstance(self.editor, TextOpener):
                self.editor.opened.connect(self.opened)
            layout.addWidget(self.editor)
        else:
            self._value.setFixedWidth(_EDITOR_WIDTH)
            self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            layout.addWidget(self._value)
        layout.addWidget(self._undo)
        self._undo.clicked.connect(lambda: self.reset.emit(self.column or ""))

    def _announce(self, value: Value) -> None:
        self.edited.emit(self.column or "", value)

    def show_step(self, step: Step, value: Value, *, with_editor: bool) -> None:
        """Show the row's value; an editor in use keeps what is being typed."""
        self._value.setText(drawing.elided(step.value, _EDITOR_WIDTH, theme.font()))
        self._value.setToolTip(step.value)
        if self.editor is not None and with_editor and not self.editor.hasFocus():
            self.editor.show_value(value)
        edited = self.editor is not None and step.is_edited
        self._undo.setEnabled(edited)
        policy = self._undo.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._undo.setSizePolicy(policy)
        self._undo.setVisible(edited)
        self._name.setProperty("edited", edited)
        name = f"{step.label}, edited" if edited else step.label
        self._name.setText(drawing.elided_name(name, _NAME_WIDTH, theme.font()))


class Waterfall(QWidget):
    """The rows of editors beside the painted bars, both `STEPS.row` px a row."""

    edited = Signal(str, object)
    reset = Signal(str)
    opened = Signal(str, bool)
    """A text column, and whether its words are to be seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colors: Palette = LIGHT
        self._rows: list[StepRow] = []
        self.view = BarView(look=STEPS)
        self._left = QVBoxLayout()
        self._left.setContentsMargins(0, AXIS_HEIGHT, 0, 0)
        self._left.setSpacing(0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S2)
        left = QVBoxLayout()
        left.addLayout(self._left)
        left.addStretch(1)
        row.addLayout(left)
        row.addWidget(self.view, 1)

    @property
    def rows(self) -> Sequence[StepRow]:
        return tuple(self._rows)

    def lay_rows(self, steps: Sequence[Step], inputs: Mapping[str, Input]) -> None:
        """Make a row for each step, in place of those that are there."""
        clear(self._left)
        self._rows = []
        for step in steps:
            about = inputs[step.column] if step.column is not None else None
            row = StepRow(step, about, self._colors)
            row.edited.connect(self.edited)
            row.reset.connect(self.reset)
            row.opened.connect(self.opened)
            self._left.addWidget(row)
            self._rows.append(row)

    def show_steps(
        self, steps: Sequence[Step], state: RowState, axis: str, scale: tuple[float, float]
    ) -> None:
        """Draw the steps on `scale` and put the values into the editors."""
        values = state.values
        for row, step in zip(self._rows, steps, strict=True):
            value = values[step.column] if step.column is not None else None
            row.show_step(step, value, with_editor=step.column is not None)
        said = "; ".join(f"{step.label} {step_bar(step).note}" for step in steps)
        caption = Caption("From the average to the prediction", axis, said)
        bars = tuple(step_bar(step) for step in steps)
        self.view.set_chart(BarChart(caption, axis, bars), scale)

    def show_open(self, column: str) -> None:
        """Press the opener of a text column and release those of all others."""
        for row in self._rows:
            if isinstance(row.editor, TextOpener):
                with QSignalBlocker(row.editor):
                    row.editor.setChecked(row.column == column)

    def set_colors(self, palette: Palette) -> None:
        self._colors = palette
