"""The questions of a quiz, one at a time, beside what their part teaches."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from pellucid.explain.quiz.types import Answer, Arm, Question, Quiz
from pellucid.explain.types import ModelExplanation
from pellucid.ui import theme
from pellucid.ui.pages import explain_quiz_view as view
from pellucid.ui.pages.explain_quiz_material import QuizMaterial
from pellucid.ui.widgets.basic import button, clear, label, line, paragraph, set_paragraph
from pellucid.ui.widgets.columns import Upright, scrolled, show_pairs

_ASK_WIDTH = 320


class QuizAsking(QWidget):
    """Takes the answers of a person: by mouse, by number keys, and for as long as they like."""

    done = Signal(object)
    """The answers that were given, a list of `Answer`, once all are or the reader stops."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.quiz: Quiz | None = None
        self.answers: list[Answer] = []
        self.choices: list[QPushButton] = []
        self._explanation: ModelExplanation | None = None
        self._taught: Arm | None = None
        self._clock = QElapsedTimer()
        self.part, self.progress = label("", "label"), label("", "section")
        self.bar, self.material = QProgressBar(), QuizMaterial()
        self.teaching = paragraph("")
        self.ready = button("Ask me", self._ask, "primary")
        self.stop = button("Stop and keep what was answered", self.finish, "link")
        self._texts, self._cells, self._buttons = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self.question, self._hint = label("", "strong", wraps=True), label("", "label")
        self._asked = QWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Questions answered")
        self._buttons.setSpacing(theme.S2)
        asked = QVBoxLayout(self._asked)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.setSpacing(theme.S3)
        asked.addLayout(self._texts)
        asked.addLayout(self._cells)
        asked.addWidget(self.question)
        asked.addLayout(self._buttons)
        asked.addWidget(self._hint)
        body = Upright()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, theme.S3, 0)
        column.setSpacing(theme.S3)
        for part in (self.part, self.progress, self.bar, self.teaching, self.ready, self._asked):
            column.addWidget(part)
        column.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        left = scrolled(body)
        left.setFixedWidth(_ASK_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.S5, theme.S4, theme.S3, 0)
        row.setSpacing(theme.S3)
        row.addWidget(left)
        row.addWidget(line(upright=True))
        row.addWidget(self.material, 1)

    def begin(self, quiz: Quiz, explanation: ModelExplanation | None) -> None:
        """Begin with what the first part teaches; `explanation` draws the model's curves."""
        self.quiz, self._explanation = quiz, explanation
        self.answers, self._taught = [], None
        self.bar.setRange(0, len(quiz.questions))
        self._go_on()

    def _go_on(self) -> None:
        """Teach where a part begins, ask where it goes on, and end after the last question."""
        assert self.quiz is not None
        at = len(self.answers)
        self.bar.setValue(at)
        if at == len(self.quiz.questions):
            self.finish()
            return
        arm = self.quiz.questions[at].arm
        if arm != self._taught:
            self._teach(arm)
        else:
            self._ask()

    def _teach(self, arm: Arm) -> None:
        assert self.quiz is not None
        self._taught = arm
        self.part.setText(f"About {self.quiz.target}")
        self.progress.setText(view.PARTS[arm])
        set_paragraph(self.teaching, view.teaching_words(self.quiz, arm))
        self.material.show_part(self.quiz, arm, self._explanation)
        self._asked.hide()
        self.teaching.show()
        self.ready.show()
        self.stop.setVisible(bool(self.answers))
        self.ready.setFocus()

    def _ask(self) -> None:
        """Show the question that comes next, and start the clock."""
        if self.quiz is None:
            return
        question = self.quiz.questions[len(self.answers)]
        self.part.setText(view.PARTS[question.arm])
        self.progress.setText(view.progress_words(self.quiz, len(self.answers)))
        self._show_row(question)
        self.question.setText(f"What does the model say of {self.quiz.target}?")
        clear(self._buttons)
        self.choices = []
        for place, choice in enumerate(self.quiz.choices):
            made = button(f"{place + 1}   {choice}".replace("&", "&&"),
                          partial(self.answer, place), "value")  # fmt: skip
            self._buttons.addWidget(made)
            self.choices.append(made)
        self._hint.setText(f"Keys 1 to {len(self.choices)} answer too.")
        self.teaching.hide()
        self.ready.hide()
        self._asked.show()
        self.stop.show()
        self.choices[0].setFocus()
        self._clock.start()

    def _show_row(self, question: Question) -> None:
        """Show what a row holds: texts at the column's full width, the rest as pairs."""
        clear(self._texts)
        texts = [cell for cell in question.cells if len(cell.text) > view.LONG_CELL]
        for cell in texts:
            self._texts.addWidget(label(cell.column, "label"))
            self._texts.addWidget(paragraph(cell.text))
        rest = [cell for cell in question.cells if cell not in texts]
        show_pairs(self._cells, [(cell.column, cell.text) for cell in rest])

    @property
    def is_asking(self) -> bool:
        return self.quiz is not None and not self._asked.isHidden()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take the keys 1 to 9 as answers; whatever has the focus within leaves them."""
        if event.text().isdecimal() and event.text() != "0":
            self.answer(int(event.text()) - 1)
        else:
            super().keyPressEvent(event)

    def answer(self, choice: int) -> None:
        """Take an answer, by the position of the choice; others are not heard."""
        if self.quiz is None or not self.is_asking or choice >= len(self.quiz.choices):
            return
        self.answers.append(Answer(choice, round(self._clock.elapsed() / 1000, 2)))
        self._go_on()

    def finish(self) -> None:
        """End the quiz with the answers that were given."""
        if self.quiz is not None:
            self.quiz = None
            self.done.emit(self.answers)
