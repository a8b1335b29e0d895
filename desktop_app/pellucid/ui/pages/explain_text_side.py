"""One text on the Text tab: its prediction, its marked words, its n-grams, what that is worth."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from pellucid.explain.tokens.types import METHOD_NAMES, Faithfulness, Method
from pellucid.models.types import Task
from pellucid.ui import theme
from pellucid.ui.charts.bars import BarLook, BarView
from pellucid.ui.charts.dots import DotView
from pellucid.ui.pages import explain_faith as faith
from pellucid.ui.pages import explain_text_bars as bars
from pellucid.ui.pages import explain_text_view as view
from pellucid.ui.pages import explain_text_words as words
from pellucid.ui.widgets.basic import (
    button,
    give_role,
    label,
    paragraph,
    set_paragraph,
)
from pellucid.ui.widgets.token_legend import TokenLegend
from pellucid.ui.widgets.token_text import TokenText

_LOOK = BarLook(row=22.0, has_axis=False)
_WIDEST = 1120
"""In px: a text of 72 characters a line and its bars beside it."""


class TextSide(QWidget):
    """Shows a text that can be typed over; what it says of it comes from whoever owns it."""

    edited = Signal(str)
    method_chosen = Signal(str)
    put_back = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told: view.Told | None = None
        self.figure, self.about = label("", "figure"), label("", "", wraps=True)
        self.actual, self.problem = label("", "muted", wraps=True), label("", "bad", wraps=True)
        self.method = QComboBox()
        self.method.setMaximumWidth(224)
        self.method.setAccessibleName(f"Method, {name.lower()}")
        self.text = TokenText(name, editable=True, heights=(96, 320))
        self.text.setPlaceholderText("Type any text; its scores follow")
        self.legend = TokenLegend()
        self.unseen = paragraph("", "muted")
        self.back = button("Put the row’s text back", self.put_back.emit, "small")
        self.bars_title, self.bars = label("", "strong"), BarView(look=_LOOK)
        self.bars_about = label("", "label", wraps=True)
        self.worth_title = label("Is this explanation better than chance?", "strong")
        self.worth = paragraph("", "muted")
        self.dots = DotView(say=faith.dot_sentence)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(theme.S2)
        answer = QHBoxLayout()
        answer.setSpacing(theme.S3)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self.about)
        said.addWidget(self.actual)
        answer.addWidget(self.figure)
        answer.addLayout(said, 1)
        self._head.addLayout(answer, 1)
        self._head.addWidget(self.method)
        left = QVBoxLayout()
        left.setSpacing(theme.S2)
        left.addWidget(self.text)
        left.addWidget(self.legend)
        left.addWidget(self.unseen)
        left.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        left.addWidget(self.problem)
        left.addSpacing(theme.S2)
        left.addWidget(self.worth_title)
        left.addWidget(self.worth)
        left.addWidget(self.dots)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(theme.S1)
        right.addWidget(self.bars_title)
        right.addWidget(self.bars_about)
        right.addWidget(self.bars)
        right.addStretch(1)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(theme.S5)
        self._body.addLayout(left, 5)
        self._body.addLayout(right, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S3)
        column.addLayout(self._head)
        column.addLayout(self._body, 1)
        for part in (self.problem, self.back, self.dots):
            part.hide()
        self.worth.setMaximumWidth(theme.MEASURE)
        self.dots.setMaximumWidth(theme.MEASURE)

    def _connect(self) -> None:
        self.text.edited.connect(self.edited)
        self.text.pointed.connect(self._point_at_bars)
        self.bars.answered.connect(lambda _: self._link())
        self.method.activated.connect(lambda _: self.method_chosen.emit(self.method.currentData()))

    def stack(self, stacked: bool) -> None:
        """Set the n-grams under the text, for two sides beside each other, or beside it."""
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._body.setDirection(way)
        self._body.setStretch(0, 0 if stacked else 5)
        self._body.setStretch(1, 1 if stacked else 3)
        self._head.setDirection(QBoxLayout.Direction.BottomToTop if stacked else way)
        self.setMaximumWidth(16777215 if stacked else _WIDEST)

    def offer_methods(self, methods: Mapping[Method, str], chosen: Method) -> None:
        """Offer methods, each with a note, one of them chosen."""
        with QSignalBlocker(self.method):
            self.method.clear()
            for at, (name, note) in enumerate(methods.items()):
                shown = METHOD_NAMES[name]
                self.method.addItem(f"{shown[0].upper()}{shown[1:]}", name)
                self.method.setItemData(at, note, Qt.ItemDataRole.ToolTipRole)
            self.method.setCurrentIndex(max(0, self.method.findData(chosen)))
            self.method.setToolTip(methods[chosen])

    def show_answer(
        self, told: view.Told, task: Task, actual: str | None, difference: str = ""
    ) -> None:
        """Show the prediction; `difference` is how far it is from the text beside it."""
        said = words.text_answer(told, task, actual)
        self.figure.setText(said.figure)
        self.about.setText(said.about)
        self.actual.setText(difference or said.actual)
        self.actual.setVisible(bool(difference or said.actual))
        is_wrong = said.is_right is False and not difference
        give_role(self.actual, "warning" if is_wrong else "muted")

    def say_beside(self, said: str) -> None:
        """Say how this side compares with the other."""
        self.actual.setText(said)
        self.actual.show()
        give_role(self.actual, "muted")

    def wait(self, why: str) -> None:
        """Show the text alone, without a prediction, while there is none."""
        self.told = None
        self.text.show_marks(())
        self.problem.hide()
        self.figure.setText("")
        self.about.setText(why)
        for part in (self.actual, self.unseen, self.dots, self.worth_title, self.worth, self.legend,
                     self.bars_title, self.bars_about, self.bars):  # fmt: skip
            part.hide()

    def show_told(self, told: view.Told, reach: float | None = None) -> None:
        """Mark the words and draw the n-grams."""
        self.told = told
        self.problem.hide()
        self.legend.show()
        self.text.show_text(told.explanation.text)
        self.text.show_marks(view.marks(told, reach), view.described(told))
        lowers = "lowers it" if "over" not in told.raised else f"lowers {told.raised}"
        self.legend.say(f"raises {told.raised}", lowers, unseen=told.has_unseen)
        unseen = words.unseen_line(told)
        set_paragraph(self.unseen, unseen)
        self.unseen.setVisible(bool(unseen))
        chart = bars.strongest_chart(told)
        self.bars_title.setText(chart.caption.title)
        self.bars_about.setText(chart.caption.subtitle)
        self.bars.set_chart(chart, sentences=bars.bar_sentences(told))
        for part in (self.bars_title, self.bars_about, self.bars):
            part.setVisible(bool(chart.bars))

    def show_worth(self, found: Faithfulness | None, waiting: str, *, is_class: bool) -> None:
        """Set the explanation beside random ones, or say why that is not known."""
        self.dots.setVisible(found is not None)
        if found is None or self.told is None:
            set_paragraph(self.worth, waiting)
        else:
            set_paragraph(self.worth, faith.faith_sentence(found, is_class=is_class))
            method = self.told.explanation.method
            chart = faith.faith_chart(found, method, is_class=is_class)
            self.dots.set_chart(chart, faith.faith_range(chart))
        shown = found is not None or bool(waiting)
        self.worth_title.setVisible(shown)
        self.worth.setVisible(shown)

    def show_problem(self, message: str) -> None:
        """Say that a method could not be had; the text stays."""
        self.problem.setText(message)
        self.problem.show()

    def _link(self) -> None:
        """Frame the words of the n-gram that is pointed at."""
        at = self.bars.current
        self.text.link_marks(
            bars.linked_marks(self.told, at) if at is not None and self.told is not None else ()
        )

    def _point_at_bars(self, at: int) -> None:
        """Leave the words that a bar framed once a word is pointed at."""
        if at >= 0:
            self.text.link_marks(())
