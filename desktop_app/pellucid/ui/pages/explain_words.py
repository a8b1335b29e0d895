"""The words of a row's text, opened beneath the waterfall and edited there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pellucid.ui import theme
from pellucid.ui.pages import explain_text_view as view
from pellucid.ui.pages import explain_text_words as words
from pellucid.ui.widgets.basic import IconButton, label, paragraph, set_paragraph
from pellucid.ui.widgets.token_legend import TokenLegend
from pellucid.ui.widgets.token_text import TokenText


class WordsInRow(QWidget):
    """A text with its words marked; typing in it edits the row."""

    edited = Signal(str, object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = ""
        self._title, self._unseen = label("", "strong"), paragraph("", "muted")
        self.text, self._legend = TokenText("Text of this row", editable=True), TokenLegend()
        close = IconButton("close", "Fold the text away")
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(close)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S3, 0, theme.S2)
        column.setSpacing(theme.S2)
        column.addLayout(head)
        for part in (self.text, self._legend, self._unseen):
            column.addWidget(part)
        self.text.edited.connect(lambda text: self.edited.emit(self._column, text))
        self.hide()

    def show_way(self, column: str, text: str, way: str) -> None:
        """Show a column's text with the way it takes through a keyword tree, in a sentence."""
        self._column = column
        self._title.setText(f"The way of {column} through the tree")
        self.text.show_text(text)
        self._legend.hide()
        set_paragraph(self._unseen, way)

    def show_words(self, column: str, told: view.Told) -> None:
        """Show a column's text with what its words do."""
        self._column = column
        self._title.setText(f"The words of {column}")
        self.text.show_text(told.explanation.text)
        self.text.show_marks(view.marks(told), view.described(told))
        self._legend.show()
        self._legend.say(f"raises {told.raised}", "lowers it", unseen=told.has_unseen)
        set_paragraph(self._unseen, words.unseen_line(told))
