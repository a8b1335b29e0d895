"""The questions that were asked of the open table, with their answers, and the asking itself."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pellucid.core.values import to_json
from pellucid.ui import theme
from pellucid.ui.pages.words_answer import AnswerBlock
from pellucid.ui.pages.words_ask import AskBar
from pellucid.ui.pages.words_ask_view import asked
from pellucid.ui.readers import read_suggestions, reader
from pellucid.ui.session import Session
from pellucid.ui.widgets.basic import clear, line
from pellucid.writing.questions.types import Answer, Conversation


class Answers(QWidget):
    """Lists answers, the oldest first; `chosen` carries a block, a claim and a mark's number.

    The next question leans on the last answer, until another file is opened.
    """

    chosen = Signal(object, object, int)
    added = Signal(object)
    """The block of an answer that has just come."""

    def __init__(self, session: Session, bar: AskBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.bar = session, bar
        self.blocks: list[AnswerBlock] = []
        self._conversation = Conversation()
        self._job = self._offers = self._asked = ""
        self._subject: object = None
        self._has_line = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.S2)
        bar.asked.connect(self.ask)
        bar.typed.connect(self._complete)
        session.opened_changed.connect(self._forget_other)
        session.job_changed.connect(self._show_waiting)
        self.hide()

    def ask(self, question: str, actions: object = None) -> None:
        """Ask the engine; `actions` are those of a plan that was edited."""
        session = self.session
        if session.opened is None:
            return
        session.forget(self._job)
        self._stop_waiting()
        self._asked = question
        self.bar.set_busy(True)
        params: dict[str, object] = {
            **asked(question, session.opened.store, session.fit_path, to_json(self._conversation)),
        }
        if actions is not None:
            params["plan"] = {"actions": actions}
        if session.answering is not None:
            params["writing"] = to_json(session.answering)
        self._job = session.ask(
            "ask", params, reader(Answer), self._answered, self._failed,
            stopped=self._stop_waiting, so_far=self._answered_so_far, is_long=True,
        )  # fmt: skip

    def _show_waiting(self) -> None:
        """Say what a question that was asked waits for."""
        now = self.session.job
        self.bar.wait_for(now.title if now is not None and now.id != self._job else "")

    def _answered_so_far(self, answer: Answer) -> None:
        """Show what can be said before the language model has written."""
        self._show(answer, is_whole=False)
        self.bar.clear_of(self._asked)

    def _answered(self, answer: Answer) -> None:
        self._stop_waiting()
        self.bar.clear_of(self._asked)
        self._show(answer, is_whole=True)

    def _show(self, answer: Answer, *, is_whole: bool) -> None:
        if answer.plan.actions:
            self._conversation = answer.conversation
        before = None
        if self.blocks and _is_same(self.blocks[-1].answer, answer):
            before = self.blocks.pop()
            self._take_out(before)
        opened = self.session.opened
        columns = [column.name for column in opened.columns] if opened else []
        block = AnswerBlock(answer, columns, self.session.palette, is_whole=is_whole)
        block.chosen.connect(self.chosen)
        block.asked.connect(self.ask)
        block.changed.connect(self.ask)
        if not self._has_line:
            self._has_line = True
            self._column.addSpacing(theme.S4)
            self._column.addWidget(line())
        self.blocks.append(block)
        self._column.addWidget(block)
        self.show()
        if before is None or before.is_whole:
            self.added.emit(block)
        elif before.is_chosen and block.shown.claims:
            self.chosen.emit(block, block.shown.claims[0], 0)

    def _stop_waiting(self) -> None:
        """Let the next question be asked; what is shown of this one stays."""
        self.bar.set_busy(False)
        if self.blocks:
            self.blocks[-1].waiting.hide()

    def _failed(self, message: str, hint: str) -> None:
        self._stop_waiting()
        self.bar.say(f"{message}. {hint}".strip() if hint else f"{message}.")

    def _take_out(self, block: AnswerBlock) -> None:
        block.hide()
        self._column.removeWidget(block)
        block.deleteLater()

    def _complete(self, prefix: str) -> None:
        session = self.session
        if session.opened is None:
            return
        session.forget(self._offers)
        target = session.summary.task.target if session.summary else ""
        params = {"store": str(session.opened.store), "prefix": prefix, "target": target}

        def offer(texts: Any) -> None:
            if self.bar.line.text() == prefix:
                self.bar.line.offer(texts)

        self._offers = session.ask("suggest_question", params, read_suggestions, offer, _leave_out)

    def _forget_other(self) -> None:
        """Begin anew where another file is open."""
        opened = self.session.opened
        subject = opened.source.path if opened else None
        if subject != self._subject:
            self._subject = subject
            self._conversation, self.blocks = Conversation(), []
            clear(self._column)
            self._has_line = False
            self.bar.set_busy(False)
            self.bar.clear()
            self.hide()


def _leave_out(message: str, hint: str) -> None:
    """Offer nothing where offers cannot be made; the question can be typed all the same."""
    del message, hint


def _is_same(before: Answer, after: Answer) -> bool:
    """Say whether an answer is the one before with another plan."""
    return before.plan.question == after.plan.question
