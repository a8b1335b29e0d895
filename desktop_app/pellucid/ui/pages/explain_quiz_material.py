"""What a part of a quiz teaches: examples, and in the second part what explains them."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from pellucid.explain.quiz.types import Arm, Example, Quiz
from pellucid.explain.types import ModelExplanation
from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.charts.bars import COMPACT, BarView
from pellucid.ui.pages import explain_quiz_view as view
from pellucid.ui.pages.model_results import CurveGrid
from pellucid.ui.widgets.basic import clear, label
from pellucid.ui.widgets.columns import Upright, scrolled
from pellucid.writing.quizzes import words

_CARD_WIDTH = 190
_WIDE_CARD = 300
"""Of curves of several classes, whose names stand beside them."""


class ExampleCard(QFrame):
    """A row, what the model says of it, and in the second part why."""

    def __init__(self, example: Example, palette: Palette) -> None:
        super().__init__()
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S3, theme.S2, theme.S3, theme.S2)
        column.setSpacing(theme.S1)
        column.addWidget(label(view.example_title(example), "strong", wraps=True))
        column.addWidget(label(words.cells_line(example.cells), wraps=True))
        if example.why is None:
            return
        bars = BarView(look=COMPACT)
        bars.set_chart(view.why_bars(example.why))
        bars.set_colors(palette)
        column.addWidget(label(view.sum_line(example.why), "label", wraps=True))
        column.addWidget(bars)
        told = view.word_line(example.why)
        if told:
            column.addWidget(label(told, "label", wraps=True))


class QuizMaterial(QWidget):
    """Stays beside the questions of a part, and scrolls on its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colors: Palette = LIGHT
        self.cards: list[ExampleCard] = []
        self.curves = CurveGrid()
        self._rule: QLabel = label("", wraps=True)
        self._curves_title = label("The model as a whole", "strong")
        self._title = label("", "strong")
        self._told, self._list = QVBoxLayout(), QVBoxLayout()
        for layout in (self._told, self._list):
            layout.setSpacing(theme.S2)
        body = Upright()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, theme.S3, theme.S4)
        column.setSpacing(theme.S3)
        for part in (self._curves_title, self._rule, self.curves):
            column.addWidget(part)
        column.addLayout(self._told)
        column.addWidget(self._title)
        column.addLayout(self._list)
        column.addStretch(1)
        self.area = scrolled(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)

    def set_colors(self, palette: Palette) -> None:
        self._colors = palette

    def show_part(self, quiz: Quiz, arm: Arm, explanation: ModelExplanation | None) -> None:
        """Show what a part teaches; `explanation` draws the model's curves in the second."""
        guide = quiz.guide_in(arm)
        slots, told = view.guide_parts(guide, explanation) if guide else ((), ())
        is_wide = guide is not None and len(guide.outputs) > 1
        self.curves.set_card_width(_WIDE_CARD if is_wide else _CARD_WIDTH)
        self.curves.keep(len(slots))
        self.curves.set_colors(self._colors)
        for at, slot in enumerate(slots):
            self.curves.show_slot(at, slot)
        self.curves.setVisible(bool(slots))
        clear(self._told)
        for line in told:
            self._told.addWidget(label(line, wraps=True))
        self._rule.setText(words.rule_line(guide, quiz) if guide else "")
        for part in (self._curves_title, self._rule):
            part.setVisible(guide is not None)
        self._title.setText("Examples of what the model says")
        clear(self._list)
        self.cards = [ExampleCard(example, self._colors) for example in quiz.examples_in(arm)]
        for card in self.cards:
            self._list.addWidget(card)
        self.area.verticalScrollBar().setValue(0)
