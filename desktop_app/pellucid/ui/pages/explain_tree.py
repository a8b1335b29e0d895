"""A keyword tree on the Explain page: drawn whole, and edited beneath the drawing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pellucid.core.numbers import signed
from pellucid.explain.types import ModelExplanation, TermExplanation
from pellucid.models.keyword_tree.drawing import tree_layout
from pellucid.models.keyword_tree.tree import KeywordTree
from pellucid.report.figures import term_chart
from pellucid.ui import theme
from pellucid.ui.charts.tree import TreeNode, TreeView
from pellucid.ui.pages import explain_tree_view as view
from pellucid.ui.pages.explain_tree_edit import TreeEditor
from pellucid.ui.widgets.basic import label, line
from pellucid.ui.widgets.columns import scrolled


def tree_nodes(tree: KeywordTree, term: TermExplanation, output: int) -> tuple[TreeNode, ...]:
    """Return the nodes of a tree, each leaf with its score for an output."""
    cells = {leaf.id: cell for cell, leaf in enumerate(tree.leaves, start=1)}
    return tuple(
        TreeNode(
            place,
            signed(float(term.scores[cells[place.node], output]), 2) if place.node in cells else "",
        )
        for place in tree_layout(tree)
    )


class TreePanel(QWidget):
    """The tree under its finding, and the question that is chosen in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.about = label("", "section", wraps=True), label("", "label", wraps=True)
        self.view, self.editor = TreeView(), TreeEditor()
        self.tree: KeywordTree | None = None
        self._chosen: int | None = None
        self._can_undo = False
        area = scrolled(self.view)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S2)
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addWidget(area, 1)
        column.addWidget(line())
        column.addWidget(self.editor)
        self.view.chosen.connect(lambda mark: self.choose(self.view.node_at(mark)))
        self.editor.say("")

    def show_term(self, term: TermExplanation, explanation: ModelExplanation, output: int) -> None:
        """Show the tree of a term; leaves carry their scores for one output."""
        tree = term.axes[0].tree
        if tree is None:
            return
        caption = term_chart(term, explanation).caption
        self.title.setText(caption.title)
        bar = _bar_words(tree)
        self.about.setText(
            f"Read from left to right: each question sends a text on. A leaf shows what it adds; "
            f"bars show {bar} {view.edited_line(tree)}".rstrip()
        )
        self.tree = tree
        self.view.set_nodes(tree_nodes(tree, term, output), caption.title, caption.alt)
        self.choose(self._chosen)

    def choose(self, node_id: int | None) -> None:
        """Choose a question to be edited, by its id; a leaf chooses none."""
        if self.tree is None:
            return
        node = view.question(self.tree, node_id)
        self._chosen = node.id if node is not None else None
        self.view.choose(self._chosen)
        self.editor.show_question(self.tree, node, can_undo=self._can_undo)

    def show_history(self, *, can_undo: bool, said: str) -> None:
        """Show whether the last edit can be undone, and what it did."""
        self._can_undo = can_undo
        self.editor.say(said)
        self.choose(self._chosen)


def _bar_words(tree: KeywordTree) -> str:
    if tree.kind == "regression":
        return "the mean, from the lowest to the highest of all nodes."
    if len(tree.classes) == 2:
        return f"the share of {tree.classes[1]}."
    return "the share of the most frequent class."
