"""Attention heads on one text: a grid of small heads, and one of them drawn over the words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from pellucid.explain.corpus.network_types import HeadsView
from pellucid.ui import theme
from pellucid.ui.charts.heads import HeadGrid
from pellucid.ui.long_question import LongQuestion
from pellucid.ui.pages import explain_heads_view as view
from pellucid.ui.pages.explain_layers_view import network_line
from pellucid.ui.readers import AnyModel
from pellucid.ui.session import Session
from pellucid.ui.widgets.basic import button, color_all, label, paragraph, set_paragraph
from pellucid.ui.widgets.columns import held
from pellucid.ui.widgets.token_text import TokenText

_NARROW = 900


class HeadsPart(QWidget):
    """Asks for the heads on the text that is shown, and draws them."""

    def __init__(
        self, session: Session, folder: Callable[[], str | None], parent: QWidget | None = None
    ) -> None:
        """`folder` gives that of a transformer which was chosen, None for the model's own."""
        super().__init__(parent)
        self._session, self._folder = session, folder
        self._model: AnyModel | None = None
        self._text, self._head = "", 0
        self.found: HeadsView | None = None
        self.start = button("Read this text’s heads", self._ask)
        self._question = LongQuestion(session, self.start, self._say)
        self.warning = paragraph(view.NOT_AN_EXPLANATION)
        self.state, self.cut = paragraph("", "muted"), paragraph("", "muted")
        self.name, self.about = label("", "strong"), paragraph("", "muted")
        self.how = paragraph(
            "The stronger a word is tinted, the more of the words’ attention it gets. Point at a "
            "word, or walk through them with the arrow keys, to see where that word looks.",
            "muted",
        )  # fmt: skip
        self.text = TokenText("Text as the heads see it", heights=(48, 420))
        self.grid = HeadGrid()
        self._lay_out()
        self.grid.chosen.connect(self.show_head)
        self.text.pointed.connect(self._look_from)
        self._say("")

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(theme.S2)
        shown: tuple[QWidget, ...] = (self.name, self.about, self.text, self.how, self.cut)
        for widget in shown:
            right.addWidget(widget)
        right.addStretch(1)
        left = QVBoxLayout()
        left.addWidget(self.grid)
        left.addStretch(1)
        self.results = QWidget()
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.results)
        self._body.setContentsMargins(0, theme.S2, 0, 0)
        self._body.setSpacing(theme.S5)
        self._body.addLayout(left, 6)
        self._body.addLayout(right, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S2)
        column.addWidget(label("Where attention heads look in this text", "section"))
        column.addLayout(held(self.warning))
        column.addWidget(self.start, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(held(self.state))
        column.addWidget(self.results)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        self._body.setDirection(way.TopToBottom if self.width() < _NARROW else way.LeftToRight)

    def show_text(self, model: AnyModel, text: str) -> None:
        """Read another text; the heads on the one before go."""
        if model is self._model and text == self._text:
            return
        self._model, self._text = model, text
        self.forget()

    def forget(self) -> None:
        """Take away what was found."""
        self._question.forget()
        self.found = None
        self.start.setEnabled(bool(self._text.strip()))
        self._say("" if self._text.strip() else "There are no words in this row’s text.")

    def _say(self, words: str) -> None:
        set_paragraph(self.state, words)
        self.state.setVisible(bool(words))
        self.results.hide()

    def _ask(self) -> None:
        session = self._session
        if session.fit_path is None or session.is_fitting:
            self._say("This needs a finished fit.")
            return
        self._say("The text is being read.")
        params = {"fit": str(session.fit_path), "text": self._text, "folder": self._folder()}
        self._question.ask("heads", params, HeadsView, self.show_found)

    def show_found(self, found: HeadsView) -> None:
        """Show every head, and one of them over the words."""
        self.found = found
        target = self._model.task.target if self._model is not None else ""
        self._say(network_line(found.network, self._model, target))
        sentences = [view.head_sentence(one) for one in found.heads]
        self.grid.set_maps(found.maps, sentences, "Attention heads")
        self.text.show_text(found.text)
        cut = view.cut_line(found)
        set_paragraph(self.cut, cut)
        self.cut.setVisible(bool(cut))
        self.results.show()
        self.show_head(view.first_head(found))
        color_all(self.results, self._session.palette)

    def show_head(self, at: int) -> None:
        """Draw one head over the words, by its place in the grid."""
        if self.found is None:
            return
        self._head = at
        self.grid.frame_head(at)
        one = self.found.heads[at]
        self.name.setText(view.head_name(one))
        set_paragraph(self.about, view.head_about(one))
        self._look_from(-1)

    def _look_from(self, word: int) -> None:
        """Draw where one word looks, -1 for all of them on average."""
        if self.found is not None:
            marks = view.head_marks(self.found, self._head, word if word >= 0 else None)
            self.text.show_marks(marks, view.described(self.found, self._head))
