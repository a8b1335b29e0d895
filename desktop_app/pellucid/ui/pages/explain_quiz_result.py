"""What came of a quiz: the shares right, what they carry, and every question with its answer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pellucid.explain.quiz.types import QuizResult
from pellucid.ui import theme
from pellucid.ui.charts.bars import BarLook, BarView
from pellucid.ui.pages import explain_quiz_view as view
from pellucid.ui.widgets.basic import button, clear, label, paragraph, set_paragraph
from pellucid.ui.widgets.columns import Upright, held, scrolled
from pellucid.ui.widgets.row_card import RowCard
from pellucid.writing.quizzes import words

_LOOK = BarLook(row=30.0, has_axis=False)
_WHOLE = (0.0, 1.0)


class QuizResultPanel(QWidget):
    """Tells a result; each question opens its row, with the explanation that was hidden."""

    row_wanted = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.taker, self.headline = label("", "label"), label("", "section", wraps=True)
        self.bars, self.difference = BarView(look=_LOOK), paragraph("")
        self.baselines, self.care = paragraph("", "muted"), paragraph("", "muted")
        self.notes = paragraph("", "muted")
        self.back = button("Back to the quiz", self.left.emit)
        self.cards: list[RowCard] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.S1)
        body = Upright()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, theme.S3, theme.S5)
        column.setSpacing(theme.S3)
        head = QHBoxLayout()
        head.addWidget(self.taker, 1)
        head.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self.headline)
        for part in (self.bars, self.difference, self.baselines, self.care, self.notes):
            column.addLayout(held(part))
        column.addSpacing(theme.S2)
        column.addWidget(label("The questions, each with what the model says", "strong"))
        column.addWidget(label("Choose one to see its explanation.", "label"))
        column.addLayout(self._list)
        column.addStretch(1)
        self.area = scrolled(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.S5, theme.S4, theme.S3, 0)
        outer.addWidget(self.area)

    def show_result(self, result: QuizResult, *, is_here: bool) -> None:
        """Tell a result; without `is_here` its rows cannot be opened, being of another model."""
        self.taker.setText(view.taken_line(result))
        self.headline.setText(words.headline(result))
        self.bars.set_chart(view.result_chart(result), _WHOLE, view.result_sentences(result))
        for made, text in (
            (self.difference, view.measure_line(result)),
            (self.baselines, words.baseline_line(result)),
            (self.care, words.care_line(result)),
            (self.notes, " ".join(result.notes)),
        ):
            set_paragraph(made, text)
            made.setVisible(bool(text))
        clear(self._list)
        self.cards = []
        for one in view.marked_cards(result):
            card = RowCard(one.title, one.about, "Open this row with its explanation")
            if is_here:
                card.chosen.connect(partial(self.row_wanted.emit, one.row))
            self._list.addWidget(card)
            self.cards.append(card)
        self.area.verticalScrollBar().setValue(0)
