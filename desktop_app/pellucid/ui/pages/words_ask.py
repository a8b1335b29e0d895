"""The box at the foot of the Words page: a question, completed while it is typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from pellucid.ui import theme
from pellucid.ui.pages.words_ask_view import PLACEHOLDER
from pellucid.ui.widgets.basic import IconLabel, button, label

_PAUSE_MS = 150
_LOOKING = "Looking…"
_SHOWN = 8


class QuestionLine(QLineEdit):
    """A line of text whose offers come from outside, for example from the engine."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offers = QStringListModel(self)
        completer = QCompleter(self._offers, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(_SHOWN)
        self._popup = QListView()
        self._popup.setProperty("role", "offers")
        self._popup.setFont(theme.font(theme.BODY))
        completer.setPopup(self._popup)
        self._completer = completer
        self.setCompleter(completer)

    def offer(self, texts: Sequence[str]) -> None:
        """Show ways to go on; nothing where there are none."""
        self._offers.setStringList(list(texts))
        if texts and self.hasFocus():
            self._completer.complete()
        else:
            self._popup.hide()

    @property
    def offers(self) -> list[str]:
        return self._offers.stringList()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape and not self._popup.isVisible():
            self.clear()
            return
        super().keyPressEvent(event)


class AskBar(QFrame):
    """Asks. `asked` carries a question, `typed` what stands in the line after a short pause."""

    asked = Signal(str)
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "ground")
        self.line = QuestionLine()
        self.line.setPlaceholderText(PLACEHOLDER)
        self.line.setAccessibleName("Question about this table")
        self.line.setMinimumHeight(34)
        self.button = button("Ask", self._emit, "primary")
        self.problem = label("", "bad", wraps=True)
        self.problem.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.typed.emit(self.line.text()))
        self.line.textEdited.connect(self._edited)
        self.line.returnPressed.connect(self._emit)
        row = QHBoxLayout()
        row.setSpacing(theme.S2)
        row.addWidget(IconLabel("search", "muted", 16))
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S5, theme.S2, theme.S5, theme.S2)
        column.setSpacing(theme.S1)
        column.addWidget(self.problem)
        column.addLayout(row)

    def _edited(self, text: str) -> None:
        self.say("")
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self.line.offer(())

    def _emit(self) -> None:
        question = self.line.text().strip()
        if question and self.button.isEnabled():
            self._pause.stop()
            self.line.offer(())
            self.asked.emit(question)

    def set_busy(self, busy: bool) -> None:
        """Say whether an answer is being looked for."""
        if busy and self.button.hasFocus():
            self.line.setFocus()  # or the keyboard would be handed to whatever comes next
        self.button.setEnabled(not busy)
        self.button.setText(_LOOKING if busy else "Ask")
        self.button.setToolTip("")

    def wait_for(self, job: str) -> None:
        """Say that the answer waits for another job, by its title; none where it is empty."""
        if not self.button.isEnabled():
            self.button.setText("Waiting…" if job else _LOOKING)
            self.button.setToolTip(f"Waits for this to end: {job}" if job else "")

    def say(self, problem: str) -> None:
        """Show what went wrong above the line; nothing takes it away."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def clear_of(self, question: str) -> None:
        """Empty the line of a question whose answer has come; what was typed since stays."""
        if self.line.text().strip() == question.strip():
            self.clear()

    def clear(self) -> None:
        """Empty the line."""
        self.line.clear()
        self.say("")
