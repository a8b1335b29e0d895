"""What can be tested of a model's texts beyond one explanation; each test runs when asked for."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from pellucid.core.errors import UserError
from pellucid.explain.corpus.language_types import SwapEffect
from pellucid.explain.corpus.swap_list import STARTER_LISTS, lists_for
from pellucid.explain.corpus.views import FaithfulnessView, NeighbourView, SanityView
from pellucid.explain.tokens.types import METHOD_NAMES, Method
from pellucid.ui import theme
from pellucid.ui.charts.dots import DotView
from pellucid.ui.pages import explain_tests_view as view
from pellucid.ui.pages.explain_faith import faith_range
from pellucid.ui.readers import AnyModel, reader
from pellucid.ui.session import Session
from pellucid.ui.widgets.basic import button, clear, label, line, paragraph, set_paragraph

_LIST_HEIGHT = 112


def passage_part(one: view.Passage) -> QWidget:
    """Return a passage as running text that can be copied, with what is said of it beneath."""
    shown, at = "", 0
    for start, end in one.strong:
        shown += f"{html.escape(one.text[at:start])}<b>{html.escape(one.text[start:end])}</b>"
        at = end
    shown += html.escape(one.text[at:])
    text = label("", wraps=True)
    text.setTextFormat(Qt.TextFormat.RichText)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    height = round(theme.LINE_HEIGHT * 100)
    text.setText(f'<p style="line-height:{height}%; margin:0">{shown}</p>')
    text.setAccessibleName(one.text)
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(text)
    column.addWidget(label(one.about, "label", wraps=True))
    return made


class TestSection(QWidget):
    """A test: what it does, the button that starts it, and what came of it."""

    __test__ = False
    wanted = Signal()

    def __init__(self, title: str, about: str, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.start = button(verb, self.wanted.emit, "small")
        self.state = paragraph("")
        self.inputs, self.results = QVBoxLayout(), QVBoxLayout()
        self.inputs.setSpacing(theme.S2)
        self.results.setSpacing(theme.S3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S2)
        column.addWidget(label(title, "strong"))
        column.addWidget(paragraph(about, "muted"))
        column.addLayout(self.inputs)
        column.addWidget(self.start, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.state)
        column.addLayout(self.results)
        self.say("")

    def say(self, words: str) -> None:
        """Say how it stands; what was found before goes."""
        clear(self.results)
        set_paragraph(self.state, words)
        self.state.setVisible(bool(words))

    def show_passages(self, title: str, passages: Sequence[view.Passage]) -> None:
        """Add texts under a title; nothing where there are none."""
        if passages:
            self.results.addWidget(label(title, "strong"))
        for one in passages:
            self.results.addWidget(passage_part(one))


class TextTests(QWidget):
    """Four tests of what stands above: of its method, of its text, and of the model's words."""

    def __init__(
        self,
        session: Session,
        subject: Callable[[], tuple[str, Method, int | None]],
        parent: QWidget | None = None,
    ) -> None:
        """`subject` gives the text that is shown, its method and the output that is explained."""
        super().__init__(parent)
        self._session, self._subject = session, subject
        self._model: AnyModel | None = None
        self._column = ""
        self._jobs: dict[str, str] = {}
        self.faithfulness = TestSection(
            "Do the methods beat chance over the test rows?",
            "Takes the strongest words of 50 texts out, by every method, and sets the fall of the "
            "prediction beside random orders.", "Compare the methods")  # fmt: skip
        self.sanity = TestSection(
            "Does this method depend on what the model learned?",
            "Explains texts again after the model’s weights were replaced by random numbers. An "
            "explanation that stays the same tells nothing.", "Check it")  # fmt: skip
        self.neighbours = TestSection(
            "Which training texts are behind this?",
            "Finds the training texts nearest to this one, and those that move its prediction "
            "most.", "Find them")  # fmt: skip
        self.swap = TestSection(
            "Does the model treat groups of people alike?",
            "Exchanges the words of the list in every text and reads each twice. A pair of words a "
            "line, or two groups as “name: a, b, c”.", "Swap them in all texts")  # fmt: skip
        self.lists, self.words = QComboBox(), QTextEdit()
        self._offered: tuple[str, ...] = ()
        self._lay_out()
        self.setMaximumWidth(2 * theme.MEASURE)
        self.sections: Mapping[str, TestSection] = {
            "faithfulness": self.faithfulness, "sanity": self.sanity,
            "neighbours": self.neighbours, "swap": self.swap,
        }  # fmt: skip
        self.faithfulness.wanted.connect(self._ask_faithfulness)
        self.sanity.wanted.connect(self._ask_sanity)
        self.neighbours.wanted.connect(self._ask_neighbours)
        self.swap.wanted.connect(self._ask_swap)
        self.lists.activated.connect(lambda _: self._take_list())

    def _lay_out(self) -> None:
        self.lists.setAccessibleName("List of words to start from")
        self.words.setAccessibleName("Words to swap")
        self.words.setProperty("role", "text")
        self.words.setAcceptRichText(False)
        self.words.document().setDocumentMargin(theme.S2)
        self.words.setFixedHeight(_LIST_HEIGHT)
        self.words.setTabChangesFocus(True)
        self.words.setPlaceholderText("he, she")
        self.swap.inputs.addWidget(self.lists, 0, Qt.AlignmentFlag.AlignLeft)
        self.swap.inputs.addWidget(self.words)
        left, right = QVBoxLayout(), QVBoxLayout()
        for side, sections in ((left, (self.faithfulness, self.swap)),
                               (right, (self.sanity, self.neighbours))):  # fmt: skip
            side.setSpacing(theme.S5)
            for section in sections:
                side.addWidget(section)
            side.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(theme.S5)
        both.addLayout(left, 1)
        both.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S4, theme.S3, theme.S4)
        column.setSpacing(theme.S4)
        column.addWidget(line())
        column.addWidget(label("Test it further", "section"))
        column.addLayout(both)
        self._offer(tuple(STARTER_LISTS))

    def show_model(self, model: AnyModel | None, column: str) -> None:
        """Test another model or column; what was found of the one before goes."""
        if model is self._model and column == self._column:
            return
        self._model, self._column = model, column
        for name, section in self.sections.items():
            self._forget(name)
            section.say("")

    def take_text(self, text: str) -> None:
        """Be about another text: what was found of the last one goes; lists in its script come."""
        self._forget("neighbours")
        self.neighbours.say("")
        self._offer(lists_for([text]))

    def _offer(self, names: tuple[str, ...]) -> None:
        """Offer lists of words; what was typed stays."""
        if names == self._offered:
            return
        starters = {view.list_text(pairs) for pairs in STARTER_LISTS.values()} | {""}
        is_own = self.words.toPlainText() not in starters
        self._offered = names
        self.lists.clear()
        self.lists.addItems(list(names))
        self.lists.setVisible(bool(names))
        if not is_own:
            self._take_list()

    def _forget(self, name: str) -> None:
        job = self._jobs.pop(name, "")
        if job:
            self._session.forget(job)
        self.sections[name].start.setEnabled(True)

    def _take_list(self) -> None:
        name = self.lists.currentText()
        self.words.setPlainText(view.list_text(STARTER_LISTS[name]) if name else "")

    @property
    def _is_class(self) -> bool:
        return self._model is not None and bool(self._model.task.classes)

    # What is asked for

    def _ask(self, name: str, kind: type[Any], done: Callable[[Any], None], **more: object) -> None:
        session, section = self._session, self.sections[name]
        if session.fit_path is None or session.opened is None or session.is_fitting:
            section.say("This needs a finished fit and its table.")
            return
        params = {"fit": str(session.fit_path), "store": str(session.opened.store),
                  "column": self._column, **more}  # fmt: skip
        section.say("Being worked out; it can be stopped below.")
        section.start.setEnabled(False)
        self._jobs[name] = session.ask(
            name,
            params,
            reader(kind),
            partial(self._done, name, done),
            partial(self._failed, name),
            stopped=partial(self._failed, name, "It was stopped", ""),
            is_long=True,
        )

    def _done(self, name: str, show: Callable[[Any], None], found: Any) -> None:
        self._jobs.pop(name, None)
        self.sections[name].start.setEnabled(True)
        show(found)

    def _failed(self, name: str, message: str, hint: str) -> None:
        self._jobs.pop(name, None)
        self.sections[name].start.setEnabled(True)
        self.sections[name].say(f"{message}. {hint}".strip())

    def _ask_faithfulness(self) -> None:
        self._ask("faithfulness", FaithfulnessView, self._show_faithfulness)

    def _ask_sanity(self) -> None:
        self._ask("sanity", SanityView, self._show_sanity, method=self._subject()[1])

    def _ask_neighbours(self) -> None:
        text, _, output = self._subject()
        self._ask("neighbours", NeighbourView, self._show_neighbours, text=text, output=output)

    def _ask_swap(self) -> None:
        try:
            pairs = view.read_list_text(self.words.toPlainText())
        except UserError as error:
            self.swap.say(f"{error.message}. {error.hint}")
            return
        self._ask("swap", SwapEffect, self._show_swap, pairs=pairs, output=self._subject()[2] or 0)

    # What came of it

    def _show_faithfulness(self, found: FaithfulnessView) -> None:
        self.faithfulness.say(view.faithfulness_sentence(found))
        chart = view.faithfulness_chart(found, is_class=self._is_class)
        dots = DotView()
        dots.set_colors(self._session.palette)
        dots.set_chart(chart, faith_range(chart))
        self.faithfulness.results.addWidget(dots)

    def _show_sanity(self, found: SanityView) -> None:
        said = " ".join(check.sentence for check in found.checks)
        name = METHOD_NAMES[found.method]
        self.sanity.say(f"{name[0].upper()}{name[1:]}: {said}")

    def _show_neighbours(self, found: NeighbourView) -> None:
        self.neighbours.say(view.neighbours_sentence(found))
        self.neighbours.show_passages("Nearest", view.neighbour_passages(found))
        self.neighbours.show_passages("Most influential", view.influence_passages(found))

    def _show_swap(self, found: SwapEffect) -> None:
        self.swap.say(view.swap_sentence(found, is_class=self._is_class))
        has_labels = self._model is not None and self._model.task.kind == "multilabel"
        flips = view.flips_sentence(found, has_labels=has_labels)
        if flips:
            self.swap.results.addWidget(paragraph(flips))
        chart = view.swap_chart(found)
        if chart.dots:
            dots = DotView()
            dots.set_colors(self._session.palette)
            dots.set_chart(chart)
            self.swap.results.addWidget(dots)
        passages = view.swapped_passages(found, is_class=self._is_class)
        self.swap.show_passages("The texts that change most", passages)
