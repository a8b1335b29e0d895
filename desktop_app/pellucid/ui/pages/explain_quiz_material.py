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
from pellucid.ui.pages.model_view import curve_slot
from pellucid.ui.widgets.basic import clear, label
from pellucid.ui.widgets.columns import Upright, scrolled
from pellucid.writing.quizzes import words

MOST_CURVES = 6
_CARD_WIDTH = 190


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
        self.curves = CurveGrid(card_width=_CARD_WIDTH)
        self._rule: QLabel = label("", wraps=True)
        self._curves_title = label("The model as a whole", "strong")
        self._title = label("", "strong")
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.S2)
        body = Upright()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, theme.S3, theme.S4)
        column.setSpacing(theme.S3)
        for part in (self._curves_title, self._rule, self.curves, self._title):
            column.addWidget(part)
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
        names = [term.name for term in guide.terms] if guide and explanation else []
        self.curves.keep(len(names[:MOST_CURVES]))
        self.curves.set_colors(self._colors)
        for at, name in enumerate(names[:MOST_CURVES]):
            assert explanation is not None
            self.curves.show_slot(at, curve_slot(explanation, name))
        self._rule.setText(words.rule_line(guide, quiz) if guide else "")
        for part in (self._curves_title, self._rule):
            part.setVisible(guide is not None)
        self.curves.setVisible(bool(names))
        self._title.setText("Examples of what the model says")
        clear(self._list)
        self.cards = [ExampleCard(example, self._colors) for example in quiz.examples_in(arm)]
        for card in self.cards:
            self._list.addWidget(card)
        self.area.verticalScrollBar().setValue(0)
