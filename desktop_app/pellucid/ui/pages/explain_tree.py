"""A keyword tree on the Explain page: the whole tree, and the way one text takes through it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pellucid.core.numbers import signed
from pellucid.data.tokens import words_of
from pellucid.explain.types import ModelExplanation, TermExplanation
from pellucid.models.keyword_tree.drawing import tree_layout
from pellucid.models.keyword_tree.tree import KeywordTree
from pellucid.report.figures import term_chart
from pellucid.ui import theme
from pellucid.ui.charts.tree import TreeNode, TreeView
from pellucid.ui.widgets.basic import label
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


def way_sentence(tree: KeywordTree, text: str) -> str:
    """Say the way that a text takes through the tree."""
    steps = tree.path_of(words_of(text))
    if not steps:
        return "There are no words in this text, so it falls into no leaf."
    parts = []
    for step in steps:
        more = len(step.node.keywords) - 1
        asked = f"“{step.node.keywords[0]}”" + (f" nor any of {more} more" if more else "")
        parts.append(f"it holds “{step.found}”" if step.found else f"it does not hold {asked}")
    said = "; ".join(parts)
    return f"{said[0].upper()}{said[1:]}."


class TreePanel(QWidget):
    """The tree under its finding."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.about = label("", "title", wraps=True), label("", "label", wraps=True)
        self.view = TreeView()
        area = scrolled(self.view)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S2)
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addWidget(area, 1)

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
            f"bars show {bar}"
        )
        self.view.set_nodes(tree_nodes(tree, term, output), caption.title, caption.alt)


def _bar_words(tree: KeywordTree) -> str:
    if tree.kind == "regression":
        return "the mean, from the lowest to the highest of all nodes."
    if len(tree.classes) == 2:
        return f"the share of {tree.classes[1]}."
    return "the share of the most frequent class."
