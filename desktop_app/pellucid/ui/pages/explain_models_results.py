"""What came of setting two models side by side: the share of agreement, and the texts behind it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pellucid.explain.corpus.language_types import Disagreement
from pellucid.ui import theme
from pellucid.ui.charts.bars import BarLook, BarView
from pellucid.ui.pages import explain_models_view as view
from pellucid.ui.widgets.basic import clear, label, paragraph, set_paragraph
from pellucid.ui.widgets.columns import held
from pellucid.ui.widgets.row_card import RowCard

_LOOK = BarLook(row=24.0, has_axis=False)


class TextList(QWidget):
    """Texts under a title; each opens when it is chosen."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.more = label("", "strong", wraps=True), label("", "label")
        self.cards: list[RowCard] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.S1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S2)
        column.addWidget(self.title)
        column.addLayout(self._list)
        column.addWidget(self.more)
        column.addStretch(1)

    def show_texts(self, title: str, texts: tuple[view.PartedText, ...], more: str) -> None:
        """Show other texts, or that there is none."""
        self.title.setText(title)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        clear(self._list)
        self.cards = []
        for one in texts:
            card = RowCard(one.text, one.about, "Open this text in the Text tab")
            card.chosen.connect(partial(self.opened.emit, one.row))
            self._list.addWidget(card)
            self.cards.append(card)
        if not texts:
            self._list.addWidget(label("None of the test texts.", "muted"))


class ModelsResults(QWidget):
    """The agreement, large; who is right; the texts of either; what marks them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure, self.about = label("", "figure"), label("", "", wraps=True)
        self.verdict, self.note = paragraph(""), paragraph("", "warning")
        self.right, self.words = BarView(look=_LOOK), BarView(look=_LOOK)
        self.words_title, self.words_about = label("", "strong"), label("", "label", wraps=True)
        self.lists = (TextList(), TextList())
        answer = QHBoxLayout()
        answer.setSpacing(theme.S3)
        answer.addWidget(self.figure)
        answer.addWidget(self.about, 1)
        both = QHBoxLayout()
        both.setSpacing(theme.S5)
        for side in self.lists:
            both.addWidget(side, 1)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(0, 0, theme.S3, theme.S4)
        inner.setSpacing(theme.S3)
        inner.addLayout(answer)
        for widget in (self.verdict, self.note, self.right):
            inner.addLayout(held(widget))
        inner.addSpacing(theme.S2)
        inner.addLayout(both)
        inner.addSpacing(theme.S2)
        inner.addWidget(self.words_title)
        for widget in (self.words_about, self.words):
            inner.addLayout(held(widget))

    def show_found(self, found: Disagreement) -> None:
        """Show where two models part."""
        self.figure.setText(view.agreement_figure(found))
        self.about.setText(view.agreement_about(found))
        set_paragraph(self.verdict, view.verdict(found))
        set_paragraph(self.note, found.note)
        self.note.setVisible(bool(found.note))
        right, words = view.right_chart(found), view.words_chart(found)
        self.right.set_chart(right, sentences=view.right_sentences(found))
        self.right.setVisible(bool(right.bars))
        titles = view.list_titles(found)
        for side, texts in enumerate(view.parted_texts(found)):
            self.lists[side].show_texts(titles[side], texts, view.more_line(found, side))
        nothing = view.no_words_line(found)
        self.words_title.setText(words.caption.title if words.bars else "")
        self.words_about.setText(words.caption.subtitle if words.bars else nothing)
        self.words.set_chart(words)
        self.words_title.setVisible(bool(words.bars))
        self.words_about.setVisible(bool(words.bars or nothing))
        self.words.setVisible(bool(words.bars))
