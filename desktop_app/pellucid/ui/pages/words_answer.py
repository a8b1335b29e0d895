"""One question with its answer on the Words page, and the plan behind it, which can be changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pellucid.report.palette import Palette
from pellucid.ui import theme
from pellucid.ui.pages import words_ask_view as view
from pellucid.ui.pages.words_claims import ClaimText, set_apart
from pellucid.ui.pages.words_view import (
    ClaimView,
    interpretation_heading,
    rejected_heading,
    rejected_lines,
)
from pellucid.ui.widgets.basic import button, label, paragraph
from pellucid.ui.widgets.flow import Flow
from pellucid.ui.widgets.fold import Fold
from pellucid.writing.questions.types import Answer

INDENT = 14
LINK_PADDING = 5
"""What a link's words stand in from its edge, so that they line up with text."""
_WIDEST_FIELD = 240


class AnswerBlock(QWidget):
    """Shows an answer; one that is not whole says that a language model still writes.

    `chosen` carries a claim and a mark's number, `asked` another question,
    `changed` the plan's actions after an edit."""

    chosen = Signal(object, object, int)
    asked = Signal(str)
    changed = Signal(str, object)

    def __init__(
        self,
        answer: Answer,
        columns: Sequence[str],
        palette: Palette,
        *,
        is_whole: bool = True,
    ) -> None:
        super().__init__()
        self.answer, self.shown = answer, view.answer_view(answer)
        self.is_whole = is_whole
        self.claims: list[ClaimText] = []
        self.fields: list[QComboBox | QLineEdit] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S4, 0, 0)
        column.setSpacing(theme.S1)
        heading = label(self.shown.question, "section", wraps=True)
        heading.setFixedWidth(theme.MEASURE + INDENT)
        heading.setContentsMargins(INDENT, 0, 0, theme.S1)
        column.addWidget(heading)
        if self.shown.understood:
            column.addWidget(self._plan(columns))
        for note in self.shown.notes:
            column.addWidget(self._indented(paragraph(note, "muted")))
        self.waiting = self._indented(paragraph(view.STILL_WRITING, "muted"))
        if is_whole:
            self.waiting.hide()
        column.addWidget(self.waiting)
        for claim in self.shown.claims:
            column.addWidget(self._claim(claim, palette))
        if self.shown.interpretation:
            apart = [self._claim(claim, palette) for claim in self.shown.interpretation]
            column.addWidget(Fold(interpretation_heading(len(apart)), apart))
        if self.shown.rejected:
            told = [set_apart(*item) for item in rejected_lines(self.shown.rejected)]
            column.addWidget(Fold(rejected_heading(self.shown.rejected), told))
        if self.shown.refusal:
            column.addWidget(self._refusal())

    @property
    def is_chosen(self) -> bool:
        """Whether the facts of one of its claims are in the inspector."""
        return any(claim.is_chosen for claim in self.claims)

    def _claim(self, claim: ClaimView, palette: Palette) -> ClaimText:
        made = ClaimText(claim, palette)
        made.chosen.connect(partial(self.chosen.emit, self))
        self.claims.append(made)
        return made

    def _indented(self, inner: QWidget) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(INDENT, theme.S1, INDENT, theme.S1)
        row.addWidget(inner)
        made.setFixedWidth(theme.MEASURE + 2 * INDENT)
        return made

    def _plan(self, columns: Sequence[str]) -> QWidget:
        """Say how the question was taken, in a line that unfolds into fields."""
        made = QWidget()
        outer = QVBoxLayout(made)
        outer.setContentsMargins(INDENT, 0, INDENT, 0)
        outer.setSpacing(theme.S1)
        head = QHBoxLayout()
        head.setSpacing(theme.S2)
        scope = f"{self.shown.scope}. " if self.shown.scope else ""
        said = label(f"{scope}Taken as: {'; '.join(self.shown.understood)}", "label", wraps=True)
        said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._edit = QToolButton()
        self._edit.setText("Change")
        self._edit.setProperty("role", "quiet")
        self._edit.setCheckable(True)
        self._edit.setAccessibleName("Change how the question was taken")
        head.addWidget(said, 1)
        head.addWidget(self._edit, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(head)
        fields = self._fields(columns)
        fields.hide()
        self._edit.toggled.connect(fields.setVisible)
        outer.addWidget(fields)
        made.setFixedWidth(theme.MEASURE + 2 * INDENT)
        return made

    def _fields(self, columns: Sequence[str]) -> Flow:
        flow = Flow()
        flow.setContentsMargins(0, theme.S1, 0, theme.S2)
        for field in view.plan_fields(self.answer.plan.actions, columns):
            cell = QWidget()
            row = QHBoxLayout(cell)
            row.setContentsMargins(0, 0, theme.S2, 0)
            row.setSpacing(theme.S1)
            if field.name:
                row.addWidget(label(field.name, "label"))
            made = self._field(field)
            self.fields.append(made)
            row.addWidget(made)
            flow.add(cell)
        return flow

    def _field(self, field: view.FieldView) -> QComboBox | QLineEdit:
        name = f"{field.name or 'Value'}, now {field.value or 'nothing'}"
        if field.choices:
            box = QComboBox()
            box.addItems([choice or "none" for choice in field.choices])
            box.setCurrentIndex(max(0, list(field.choices).index(field.value)
                                    if field.value in field.choices else 0))  # fmt: skip
            box.setAccessibleName(name)
            box.setMaximumWidth(_WIDEST_FIELD)
            box.activated.connect(lambda at: self._change(field, field.choices[at]))
            return box
        text = QLineEdit(field.value)
        text.setAccessibleName(name)
        text.setMaximumWidth(_WIDEST_FIELD)
        text.returnPressed.connect(lambda: self._change(field, text.text()))
        return text

    def _change(self, field: view.FieldView, value: str) -> None:
        if value != field.value:
            actions = view.changed_plan(self.answer.plan.actions, field, value)
            self.changed.emit(self.shown.question, actions)

    def _refusal(self) -> QWidget:
        """Say why there is no answer, and what can be asked instead."""
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(INDENT - LINK_PADDING, theme.S1, INDENT, 0)
        column.setSpacing(0)
        text = paragraph(self.shown.refusal)
        text.setFixedWidth(theme.MEASURE + LINK_PADDING)
        text.setContentsMargins(LINK_PADDING, 0, 0, 0)
        column.addWidget(text)
        if self.shown.instead:
            column.addSpacing(theme.S2)
            offers = label("What can be answered:", "label")
            offers.setContentsMargins(LINK_PADDING, 0, 0, 0)
            column.addWidget(offers)
        for question in self.shown.instead:
            offered = button(question, partial(self.asked.emit, question), "link")
            column.addWidget(offered, 0, Qt.AlignmentFlag.AlignLeft)
        return made
