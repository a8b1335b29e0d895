"""A keyword tree in the window: drawn to be read, and the way of a text through it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from pellucid.explain.model import explain_additive
from pellucid.models.additive import AdditiveModel, Axis, Term
from pellucid.models.keyword_tree.tree import KeywordTree
from pellucid.models.keyword_tree.types import Node
from pellucid.report.palette import DARK
from pellucid.ui.charts.tree import node_sentence
from pellucid.ui.pages import explain_row_view as rows
from pellucid.ui.pages.explain_tree import TreePanel, tree_nodes, way_sentence
from pellucid.ui.pages.explain_whole import WholeModel
from pellucid.ui.pages.explain_words import WordsInRow
from toy_models import curve_term, make_model, make_term

TREE = KeywordTree(
    "review",
    "binary",
    ("<=50K", ">50K"),
    (
        Node(0, 200, (0.5, 0.5), ("dull", "boring", "slow"), 1, 2),
        Node(1, 80, (0.9, 0.1)),
        Node(2, 120, (0.2, 0.8), ("superb",), 3, 4),
        Node(3, 40, (0.05, 0.95)),
        Node(4, 80, (0.3, 0.7)),
    ),
)


def tree_term() -> Term:
    axis = Axis("review", "review", levels=TREE.labels, tree=TREE)
    scores = np.array([0.0, -2.0, 2.5, 0.5, 0.0])[:, None]
    weights = np.array([0.0, 80.0, 40.0, 80.0, 0.0])
    return make_term("review", "leaves", (axis,), scores, weights, centre=False)


def tree_model() -> AdditiveModel:
    model = make_model((tree_term(), curve_term("minutes", lambda x: x / 100)))
    features = (("review", "text"), ("minutes", "number"))
    return replace(model, task=replace(model.task, features=features))  # type: ignore[arg-type]


def test_leaves_carry_their_scores_and_questions_their_words() -> None:
    term = explain_additive(tree_model()).term("review")
    nodes = tree_nodes(TREE, term, 0)
    notes = {node.place.node: node.note for node in nodes}
    assert notes == {0: "", 1: "−2", 2: "", 3: "+2.5", 4: "+0.50"}
    assert nodes[0].lines == ("“dull”", "or “boring” or 1 more?", "200 texts, 50% >50K")
    assert "Asked: does the text hold" in node_sentence(nodes[0])
    assert "which adds −2" in node_sentence(nodes[1])


def test_the_way_of_a_text_is_told() -> None:
    assert way_sentence(TREE, "So dull") == "It holds “dull”."
    assert way_sentence(TREE, "superb") == (
        "It does not hold “dull” nor any of 2 more; it holds “superb”."
    )
    assert "falls into no leaf" in way_sentence(TREE, " ")


@pytest.mark.usefixtures("app")
def test_the_whole_model_shows_the_tree(qtbot: QtBot) -> None:
    whole = WholeModel()
    qtbot.addWidget(whole)
    whole.show_explanation(explain_additive(tree_model()))
    whole.show_term("review")
    panel = whole.tree
    assert isinstance(panel, TreePanel)
    assert not panel.isHidden()
    panel.resize(900, 500)
    panel.grab()
    assert len(panel.view.marks) == 5
    panel.view.set_colors(DARK)
    panel.view.point_at(0)
    panel.grab()


@pytest.mark.usefixtures("app")
def test_a_row_s_text_is_edited_as_text(qtbot: QtBot) -> None:
    model = tree_model()
    inputs = rows.inputs_of(model)
    assert inputs["review"].kind == "text"
    state = rows.RowState(1, {"review": "so dull", "minutes": 50.0}, {})
    local = rows.explain_state(model, inputs, state, None)
    steps = rows.steps(local, rows.term_order(local), model, {})
    assert next(step for step in steps if step.label == "review").change == pytest.approx(-2.0)
    words = WordsInRow()
    qtbot.addWidget(words)
    words.show_way("review", "so dull", way_sentence(TREE, "so dull"))
    assert "through the tree" in words._title.text()
