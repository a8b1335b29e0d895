"""What the inspector says beside a text: the strongest words, the method, its figures."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pellucid.ui import theme
from pellucid.ui.pages import explain_text_view as view
from pellucid.ui.pages import explain_text_words as words
from pellucid.ui.pages.explain_faith import faith_pairs
from pellucid.ui.widgets.basic import label, line, paragraph, set_paragraph
from pellucid.ui.widgets.columns import show_pairs


class TextInspector(QWidget):
    """A text told in sentences, and how its scores are to be read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._how = paragraph(""), paragraph("", "muted")
        self._pairs, self._worth = QVBoxLayout(), QVBoxLayout()
        self._worth_title = label("Worth of the explanation", "strong")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S4, theme.S4, theme.S4, theme.S4)
        column.setSpacing(theme.S3)
        column.addWidget(label("This text in words", "section"))
        column.addWidget(self._words)
        column.addLayout(self._pairs)
        column.addWidget(line())
        column.addWidget(label("How to read it", "strong"))
        column.addWidget(self._how)
        column.addWidget(self._worth_title)
        column.addLayout(self._worth)
        column.addStretch(1)
        self._worth_title.hide()

    def show_text(self, told: view.Told) -> None:
        """Tell a text; the figures of its worth are shown where they are known."""
        found = told.explanation
        set_paragraph(self._words, words.text_words(told))
        show_pairs(self._pairs, words.text_pairs(told))
        note = f"{view.note_of(found)} {found.note}".strip()
        set_paragraph(self._how, note)
        worth = found.faithfulness
        self._worth_title.setVisible(worth is not None)
        show_pairs(self._worth, faith_pairs(worth) if worth is not None else ())
