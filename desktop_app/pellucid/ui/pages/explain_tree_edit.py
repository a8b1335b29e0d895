"""Editing a keyword tree: the chosen question with its keywords, what an edit did, and undo."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pellucid.models.keyword_tree.tree import KeywordTree
from pellucid.models.keyword_tree.types import Action, Node
from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.pages import explain_tree_view as view
from pellucid.ui.widgets.basic import button, label, paragraph, set_paragraph
from pellucid.ui.widgets.chips import Chip
from pellucid.ui.widgets.flow import Flow


class TreeEditor(QWidget):
    """Shows the question that is chosen and says what is to be changed; it keeps no tree."""

    wanted = Signal(object)
    """A `TreeEdit`."""
    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette: Palette = LIGHT
        self._column = ""
        self._node: Node | None = None
        self.title = label("", "strong", wraps=True)
        self.chips, self.word = Flow(), QLineEdit()
        self.add = button("Add", self._add, "small")
        self.prune = button("Take the question out", self._prune, "small")
        self.undo = button("Undo the last edit", self.undo_wanted.emit, "small")
        self.effect = paragraph("")
        self._lay_out()

    def _lay_out(self) -> None:
        self.word.setPlaceholderText("A word, or up to three")
        self.word.setAccessibleName("Keyword to add")
        self.word.setFixedWidth(176)
        self.word.returnPressed.connect(self._add)
        self.prune.setToolTip("Turns the question, and all below it, into one leaf")
        self._row = QWidget()
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S2)
        for part in (self.word, self.add, self.prune):
            row.addWidget(part)
        actions = QHBoxLayout()
        actions.setSpacing(theme.S2)
        actions.addWidget(self._row)
        actions.addWidget(self.undo)
        actions.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S1, 0, 0)
        column.setSpacing(theme.S1 + 2)
        column.addWidget(self.title)
        column.addWidget(self.chips)
        column.addLayout(actions)
        column.addWidget(self.effect)

    def show_question(self, tree: KeywordTree, node: Node | None, *, can_undo: bool) -> None:
        """Show a question of a tree, or what to do where none is chosen."""
        self._column, self._node = tree.column, node
        self.title.setText(view.question_title(node) if node else view.NOT_CHOSEN)
        self._row.setVisible(node is not None)
        self.chips.setVisible(node is not None)
        self.chips.clear()
        for keyword in node.keywords if node else ():
            chip = Chip(keyword, partial(self._want, "keyword removed", keyword))
            only = node is not None and len(node.keywords) == 1
            what = "It is the only keyword" if only else "Press to take it off"
            chip.setToolTip(f"{keyword}. {what}.")
            chip.setAccessibleName(f"Keyword {keyword}. {what}")
            chip.setEnabled(not only)
            chip.set_colors(self._palette)
            self.chips.add(chip)
        self.undo.setVisible(can_undo)

    def say(self, words: str) -> None:
        """Say what an edit did, or why there was none."""
        set_paragraph(self.effect, words)
        self.effect.setVisible(bool(words))

    def rest(self, *, is_busy: bool) -> None:
        """Take no edits while one is worked out."""
        for part in (self.chips, self._row, self.undo):
            part.setEnabled(not is_busy)

    def _add(self) -> None:
        word = self.word.text().strip()
        if word:
            self._want("keyword added", word)
            self.word.clear()

    def _prune(self) -> None:
        self._want("node removed")

    def _want(self, action: Action, keyword: str = "") -> None:
        if self._node is not None:
            self.wanted.emit(view.TreeEdit(self._column, action, self._node.id, keyword))

    def set_colors(self, palette: Palette) -> None:
        self._palette = palette
