"""The Quiz tab: whether explanations help a reader to say what the model will say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QWidget

from pellucid.core.values import to_json
from pellucid.explain.quiz.types import Answer, Design, Quiz, QuizResult
from pellucid.ui.pages import explain_quiz_view as view
from pellucid.ui.pages.explain_quiz_asking import QuizAsking
from pellucid.ui.pages.explain_quiz_result import QuizResultPanel
from pellucid.ui.pages.explain_quiz_start import QuizStart
from pellucid.ui.pages.words_writers_view import Found
from pellucid.ui.readers import AnyModel, reader
from pellucid.ui.session import Session
from pellucid.ui.widgets.basic import color_all
from pellucid.ui.widgets.empty import EmptyState
from pellucid.writing.orders import Writing

_BUSY = "Being worked out."
_ANSWERING = "The language model answers. It can be stopped below; what it answered is kept."


class QuizPanel(QWidget):
    """Leads from the start through the questions to what came of them."""

    row_wanted = Signal(int)
    """The row, counted from 1, whose explanation is to be opened."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._job, self._has_looked = session, "", False
        self._subject: dict[str, object] = {}
        self._design, self._name = Design(), ""
        self.empty, self.start = EmptyState("explain", "", ""), QuizStart()
        self.asking, self.result = QuizAsking(), QuizResultPanel()
        self._stack = QStackedLayout(self)
        for part in (self.empty, self.start, self.asking, self.result):
            self._stack.addWidget(part)
        self.start.begun.connect(self._begin)
        self.start.given.connect(self._give)
        self.start.browsed.connect(self._choose_folder)
        self.start.chosen.connect(self._open_earlier)
        self.asking.done.connect(self._mark)
        self.result.left.connect(self._go_back)
        self.result.row_wanted.connect(self.row_wanted)
        session.quizzes_changed.connect(self._show_earlier)

    # What it is about

    def show_model(self, model: AnyModel | None) -> None:
        """Offer a quiz about another model; one that was begun ends with what was answered."""
        session = self._session
        is_finished = session.fit_path is not None and not session.is_fitting
        waiting = view.waiting_words(model, is_finished=is_finished)
        subject = session.subject() if session.opened is not None else {}
        is_same = subject == self._subject
        if waiting is not None or model is None:
            if waiting is not None and not (is_same and self.asking.quiz is not None):
                self.empty.say(*waiting)
                self._stack.setCurrentWidget(self.empty)
            return
        self.start.show_model(model)
        if is_same and self._stack.currentWidget() is not self.empty:
            return
        self._leave_job()
        self.start.say("")
        if subject.get("store") != self._subject.get("store"):
            self.asking.quiz = None  # its table is gone, and with it the place to keep a result
        self.asking.finish()
        self._subject = subject
        self._show_earlier()
        self._stack.setCurrentWidget(self.start)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        if not self._has_looked:
            self._has_looked = True
            self._session.ask(
                "find_writers", {}, reader(Found), self.start.show_models, self._found_none
            )

    def _found_none(self, message: str, hint: str) -> None:
        del message, hint
        self.start.show_models(Found())

    def _show_earlier(self) -> None:
        self.start.show_earlier(self._session.quizzes)

    # A person

    def _begin(self) -> None:
        if self._job:
            return
        self._name = self.start.who.text().strip()
        more = {**self._turn, "name": self._name}
        self._ask("deal_quiz", more, reader(Quiz), self._dealt)

    @property
    def _turn(self) -> dict[str, object]:
        """What decides which questions are asked next."""
        earlier = to_json(self._session.quizzes)
        return {"questions": self.start.length.currentData(), "earlier": earlier}

    @property
    def _target(self) -> str:
        summary = self._session.summary
        return summary.task.target if summary is not None else ""

    def _dealt(self, quiz: Quiz) -> None:
        self._design = quiz.design
        color_all(self.asking, self._session.palette)
        self.asking.begin(quiz, self._session.explanation)
        self._stack.setCurrentWidget(self.asking)

    def _mark(self, answers: Sequence[Answer]) -> None:
        self._stack.setCurrentWidget(self.start)
        if answers:
            more = {
                "answers": to_json(list(answers)),
                "name": self._name,
                "design": to_json(self._design),
            }
            self._ask("mark_quiz", more, reader(QuizResult), self._came)

    # A language model

    def _give(self, writer: str, llm: str) -> None:
        if self._job:
            return
        order = {"writing": to_json(Writing(writer, llm or None))}
        self._ask("take_quiz", {**self._turn, **order}, reader(QuizResult), self._came,
                  is_long=True)  # fmt: skip

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Choose the folder of a language model")
        if name:
            self._give(name, "")

    # What came of it

    def _ask(
        self, job: str, more: Mapping[str, object], read: Callable[[Any], Any],
        done: Callable[[Any], None], *, is_long: bool = False,
    ) -> None:  # fmt: skip
        self.start.say(_ANSWERING if is_long else _BUSY, is_busy=True)

        def finished(value: Any) -> None:
            self._job = ""
            self.start.say("")
            done(value)

        self._job = self._session.ask(
            job,
            {**self._subject, **more},
            read,
            finished,
            self._failed,
            stopped=partial(self._failed, "", ""),
            is_long=is_long,
        )

    def _failed(self, message: str, hint: str) -> None:
        self._job = ""
        self.start.say(f"{message}. {hint}".strip() if message else "It was stopped.")

    def _leave_job(self) -> None:
        if self._job:
            self._session.forget(self._job)
            self._job = ""

    def _came(self, result: QuizResult) -> None:
        self._session.add_quiz(result)
        self._show(result)

    def _open_earlier(self, place: int) -> None:
        self._show(self._session.quizzes[place])

    def _show(self, result: QuizResult) -> None:
        self.result.show_result(result, is_here=result.target == self._target)
        color_all(self.result, self._session.palette)
        self._stack.setCurrentWidget(self.result)
        self.result.back.setFocus()

    def _go_back(self) -> None:
        self._stack.setCurrentWidget(self.start)
