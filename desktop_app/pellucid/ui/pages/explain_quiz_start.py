"""Before a quiz: what it is, who takes it, and what came of those before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pellucid.explain.quiz.types import QUESTIONS, QuizResult
from pellucid.ui import theme
from pellucid.ui.pages import explain_quiz_view as view
from pellucid.ui.pages.words_writers_view import Found
from pellucid.ui.readers import AnyModel
from pellucid.ui.widgets.basic import (
    button,
    clear,
    give_role,
    label,
    line,
    paragraph,
    set_paragraph,
)
from pellucid.ui.widgets.columns import Upright, held, scrolled
from pellucid.ui.widgets.row_card import RowCard

_NAME_WIDTH = 200


class QuizStart(QWidget):
    """Offers the quiz to a person and to language models on this machine."""

    begun = Signal()
    given = Signal(str, str)
    """The URL of a server, or the folder of a model, and the model to ask: it is to take it."""
    browsed = Signal()
    chosen = Signal(int)
    """The place of an earlier result, the oldest being 0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.about, self.state = paragraph(""), paragraph("", "warning")
        self.length, self.who, self.models = QComboBox(), QLineEdit(), QComboBox()
        self.begin = button("Begin", self.begun.emit, "primary")
        self.ask = button("Let it answer", self._give)
        self.folder = button("A model’s folder…", self.browsed.emit)
        self.about_models = paragraph("", "muted")
        self.cards: list[RowCard] = []
        self._earlier, self._list = QWidget(), QVBoxLayout()
        self._lay_out()
        self.say("")
        self.show_models(None)
        self.show_earlier(())

    def _lay_out(self) -> None:
        self.length.setAccessibleName("How many questions")
        self.who.setAccessibleName("Your name")
        self.models.setAccessibleName("Language model")
        self.who.setPlaceholderText("Your name, if you like")
        self.who.setFixedWidth(_NAME_WIDTH)
        self.who.returnPressed.connect(self.begun)
        for count in view.SIZES:
            self.length.addItem(f"{count} questions", count)
        self.length.setCurrentIndex(self.length.findData(QUESTIONS))
        body = Upright()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, theme.S3, theme.S5)
        column.setSpacing(theme.S3)
        column.addWidget(label("Do the explanations help to say what the model will say?",
                               "section", wraps=True))  # fmt: skip
        column.addLayout(held(self.about))
        column.addLayout(_row(self.length, self.who, self.begin))
        column.addLayout(held(self.state))
        column.addSpacing(theme.S3)
        column.addWidget(label("Or let a language model take it", "strong"))
        column.addLayout(held(self.about_models))
        column.addLayout(_row(self.models, self.ask, self.folder))
        self._lay_out_earlier(column)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.S5, theme.S4, theme.S3, 0)
        outer.addWidget(scrolled(body))

    def _lay_out_earlier(self, column: QVBoxLayout) -> None:
        self._list.setSpacing(theme.S1)
        inner = QVBoxLayout(self._earlier)
        inner.setContentsMargins(0, theme.S3, 0, 0)
        inner.setSpacing(theme.S2)
        inner.addWidget(line())
        inner.addWidget(label("Earlier results", "strong"))
        inner.addLayout(self._list)
        column.addWidget(self._earlier)

    def show_model(self, model: AnyModel) -> None:
        """Say what is asked about a model."""
        set_paragraph(self.about, view.opening(model))

    def say(self, words: str, *, is_busy: bool = False) -> None:
        """Say how it stands; nothing can be begun meanwhile where it is busy."""
        give_role(self.state, "muted" if is_busy else "warning")
        set_paragraph(self.state, words)
        self.state.setVisible(bool(words))
        for part in (self.begin, self.ask, self.folder):
            part.setEnabled(not is_busy)

    def show_models(self, found: Found | None) -> None:
        """Offer the language models that were found on this machine."""
        offered = view.candidates(found)
        before = self.models.currentText()
        with QSignalBlocker(self.models):
            self.models.clear()
            for one in offered:
                self.models.addItem(one.title, (one.url, one.model))
            self.models.setCurrentIndex(max(0, self.models.findText(before)))
        for part in (self.models, self.ask):
            part.setVisible(bool(offered))
        set_paragraph(self.about_models, view.models_line(found))

    def show_earlier(self, results: Sequence[QuizResult]) -> None:
        """List what came of quizzes on this table, the newest first."""
        clear(self._list)
        self.cards = []
        for place, (title, about) in enumerate(view.earlier_cards(results)):
            card = RowCard(title, about, "Open this result")
            card.chosen.connect(partial(self.chosen.emit, len(results) - 1 - place))
            self._list.addWidget(card)
            self.cards.append(card)
        self._earlier.setVisible(bool(results))

    def _give(self) -> None:
        if self.models.currentData() is not None:
            self.given.emit(*self.models.currentData())


def _row(*parts: QWidget) -> QHBoxLayout:
    made = QHBoxLayout()
    made.setSpacing(theme.S2)
    for part in parts:
        made.addWidget(part)
    made.addStretch(1)
    return made
