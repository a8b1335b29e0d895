"""The prediction at the end of the waterfall: one large number, and why steps do not add to it."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pellucid.core.numbers import percent
from pellucid.explain.types import LocalExplanation, ModelExplanation
from pellucid.models.additive import AdditiveModel
from pellucid.report.charts import Bar, BarChart, Caption
from pellucid.ui import theme
from pellucid.ui.charts.bars import COMPACT, BarView
from pellucid.ui.pages import explain_answer_view as answers
from pellucid.ui.pages.explain_labels import chosen_labels
from pellucid.ui.pages.explain_reasons import ReasonsPanel
from pellucid.ui.widgets.basic import give_role, label, paragraph, set_paragraph
from pellucid.ui.widgets.reader_choice import AUDIENCE_TITLES, ReaderChoice
from pellucid.writing.builtin import describe_row
from pellucid.writing.row_languages.choosing import LANGUAGE_NAMES


class AnswerPanel(QWidget):
    """What the model says of the row, what the row says itself, and the sentence on the scale."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure, self.about = label("", "figure"), label("", "strong", wraps=True)
        self.actual, self._edited = label("", "muted"), label("Edited: not a row of the table")
        self._note = paragraph("", "muted")
        self._note.setMaximumWidth(theme.MEASURE)
        self._classes = BarView(look=COMPACT)
        self._edited.setProperty("role", "warning")
        numbers = QVBoxLayout()
        numbers.setSpacing(2)
        for part in (self.figure, self.about, self.actual, self._edited):
            numbers.addWidget(part)
        numbers.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S5)
        row.addLayout(numbers, 2)
        row.addWidget(self._classes, 2, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._note, 3, Qt.AlignmentFlag.AlignTop)

    def show_answer(self, local: LocalExplanation, model: AdditiveModel, *, edited: bool) -> None:
        """Show a prediction; `edited` says that the row is not one of the table any more."""
        task = model.task
        said = answers.answer(local, task)
        self.figure.setText(said.figure)
        self.about.setText(said.about)
        self.actual.setText(said.actual)
        self.actual.setVisible(bool(said.actual) and not edited)
        give_role(self.actual, "muted" if said.is_right is not False else "warning")
        self._edited.setVisible(edited)
        path = answers.path_line(local, task)
        set_paragraph(self._note, f"{path} {answers.short_note(model)}".strip())
        probabilities = local.probabilities or {}
        self._classes.setVisible(len(probabilities) > 2)
        if len(probabilities) > 2:
            chosen = chosen_labels(task, probabilities, local.label)
            bars = tuple(
                Bar(name, share, "accent" if name in chosen else "muted", note=percent(share))
                for name, share in probabilities.items()
            )
            alt = "; ".join(f"{bar.label} {bar.note}" for bar in bars)
            title = f"Probability by {'label' if task.kind == 'multilabel' else 'class'}"
            chart = BarChart(Caption(title, "", alt), "probability", bars)
            self._classes.set_chart(chart, (0.0, 1.0))


class RowInspector(QWidget):
    """The row told in sentences, for an audience and in a language that can be chosen here.

    `reasons` is shown under them.
    """

    def __init__(self, reasons: ReasonsPanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reasons = reasons
        self.words = paragraph("")
        self.reader = ReaderChoice(AUDIENCE_TITLES, LANGUAGE_NAMES)
        self._told: tuple[LocalExplanation, ModelExplanation] | None = None
        self._audience, self._language = "analyst", "en"
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S4, theme.S4, theme.S4, theme.S4)
        column.setSpacing(theme.S3)
        column.addWidget(label("This row in words", "section"))
        column.addWidget(self.reader)
        column.addWidget(self.words)
        column.addWidget(reasons)
        column.addStretch(1)

    def show_row(
        self, local: LocalExplanation, explanation: ModelExplanation, *, edited: bool
    ) -> None:
        """Tell a prediction; an edited row has no number and no actual value any more."""
        self.reasons.show_row(local, edited=edited)
        if edited:
            local = dataclasses.replace(local, row=None, actual=None)
        self._told = local, explanation
        self._tell()

    def set_reader(self, audience: str, language: str) -> None:
        """Tell the row for somebody else, or in another language."""
        self._audience, self._language = audience, language
        self.reader.show_choice(audience, language)
        self._tell()

    def _tell(self) -> None:
        if self._told is not None:
            local, explanation = self._told
            said = describe_row(
                local, explanation, audience=self._audience, language=self._language
            )
            set_paragraph(self.words, said)
