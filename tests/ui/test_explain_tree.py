"""A keyword tree in the window: drawn to be read, and the way of a text through it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hand_made import fill
from pytestqt.qtbot import QtBot
from text_made import Asked, keep_asked

from pellucid.explain.edit_effects import EditEffect
from pellucid.explain.model import explain_additive
from pellucid.explain.tokens.exact import explain_exact
from pellucid.models.additive import AdditiveModel, Axis, Term
from pellucid.models.keyword_tree.editing import with_keyword, without_keyword, without_node
from pellucid.models.keyword_tree.tree import KeywordTree
from pellucid.models.keyword_tree.types import Edit, Node
from pellucid.models.types import Estimate, Scores
from pellucid.report.palette import DARK
from pellucid.ui.charts.tree import node_sentence
from pellucid.ui.pages import explain_row_view as rows
from pellucid.ui.pages import explain_text_bars as bars
from pellucid.ui.pages import explain_text_view as text_view
from pellucid.ui.pages import explain_text_words as words
from pellucid.ui.pages.explain import ExplainPage
from pellucid.ui.pages.explain_tree import TreePanel, tree_nodes
from pellucid.ui.pages.explain_tree_view import (
    NOT_CHOSEN,
    edited_line,
    effect_sentence,
    way_sentence,
)
from pellucid.ui.pages.explain_whole import WholeModel
from pellucid.ui.pages.explain_words import WordsInRow
from pellucid.ui.readers import KnownFit
from pellucid.ui.session import Session
from pellucid.ui.window import Window
from toy_models import curve_term, make_fit, make_model, make_term

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
    shown = WordsInRow()
    qtbot.addWidget(shown)
    shown.show_way("review", "so dull", way_sentence(TREE, "so dull"))
    assert "through the tree" in shown._title.text()


def made_effect(low: float = -0.02, high: float = -0.004, moved: int = 7) -> EditEffect:
    def scores(name: str, accuracy: float, loss: float) -> Scores:
        found = {"accuracy": accuracy, "log_loss": loss}
        return Scores(name, {k: Estimate(v, v - 0.05, v + 0.05) for k, v in found.items()}, "")

    change = Estimate((low + high) / 2, low, high)
    return EditEffect(90, moved, scores("before", 0.7, 0.55), scores("after", 0.72, 0.54), change)


def test_what_an_edit_does_is_said_with_its_interval() -> None:
    said = effect_sentence(made_effect())
    assert said.startswith(
        "On 90 validation rows the edit helps: accuracy 70% → 72%, log loss 0.550 → 0.540 "
    )
    assert "−0.012, −0.020 to −0.004 with 95% confidence" in said
    assert "changes in 7 rows; test rows took no part" in said
    assert "costs something" in effect_sentence(made_effect(0.01, 0.02))
    assert "no clear difference" in effect_sentence(made_effect(-0.01, 0.02))
    assert "moves none of 90 validation rows" in effect_sentence(made_effect(0.0, 0.0, 0))
    assert "no validation rows" in effect_sentence(None)
    assert edited_line(TREE) == ""
    edited = replace(TREE, edits=(Edit("keyword removed", 0, "slow"),))
    assert edited_line(edited) == "Edited by hand: 1 keyword removed."


@pytest.fixture
def page(session: Session, window: Window) -> ExplainPage:
    """Return the Explain page with a tree that can be edited."""
    fill(session)
    fit = make_fit(tree_model())
    known = KnownFit(Path("first"), fit.model, fit.summary)
    session.fits = (known,)
    session.use_fit(known)
    session.explanation = explain_additive(fit.model)
    window.resize(1280, 800)
    window.show_page("explain")
    made = window.page("explain")
    assert isinstance(made, ExplainPage)
    made.whole.show_term("review")
    return made


def edited_fit(tree: KeywordTree, name: str) -> KnownFit:
    model = tree_model()
    (axis,) = model.terms[0].axes
    term = replace(model.terms[0], axes=(replace(axis, levels=tree.labels, tree=tree),))
    model = replace(model, terms=(term, *model.terms[1:]))
    return KnownFit(Path(name), model, make_fit(model).summary)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    return keep_asked(monkeypatch, "edit_tree")


def test_a_keyword_is_taken_off_added_and_put_back(
    asked: Asked, page: ExplainPage, session: Session
) -> None:
    panel = page.whole.tree
    assert panel.editor.title.text() == NOT_CHOSEN
    panel.view.chosen.emit(0)
    assert panel.editor.title.text() == "Does the text hold “dull” or one of 2 more?"
    assert [part.text() for part in panel.editor.chips.parts] == [  # type: ignore[attr-defined]
        "dull", "boring", "slow",
    ]  # fmt: skip
    panel.editor.chips.parts[2].click()  # type: ignore[attr-defined]
    _, params, done, failed = asked[-1]
    assert (params["action"], params["node"], params["keyword"]) == ("keyword removed", 0, "slow")
    assert not panel.editor.chips.isEnabled()
    failed("“slow” is not one of the keywords", "Choose one that is listed.")
    assert "not one of the keywords" in panel.editor.effect.accessibleName()
    panel.editor.chips.parts[2].click()  # type: ignore[attr-defined]
    shorter = without_keyword(TREE, 0, "slow")
    done((edited_fit(shorter, "second"), made_effect()))
    assert session.fit_path == Path("second")
    assert [fit.path.name for fit in session.fits] == ["first", "second"]
    assert len(panel.editor.chips.parts) == 2
    assert "the edit helps" in panel.editor.effect.accessibleName()
    assert "Edited by hand: 1 keyword removed." in panel.about.text()
    panel.editor.word.setText("tedious")
    panel.editor.word.returnPressed.emit()
    _, params, done, _ = asked[-1]
    assert (params["fit"], params["action"], params["keyword"]) == (
        "second", "keyword added", "tedious",
    )  # fmt: skip
    done((edited_fit(with_keyword(shorter, 0, "tedious"), "third"), None))
    assert [fit.path.name for fit in session.fits] == ["first", "third"]
    page.grab()
    panel.editor.undo.click()
    assert session.fit_path == Path("second")
    assert "the edit helps" in panel.editor.effect.accessibleName()
    panel.editor.undo.click()
    assert session.fit_path == Path("first")
    assert [fit.path.name for fit in session.fits] == ["first"]
    assert panel.editor.undo.isHidden()
    session.is_unsaved = False


def test_a_question_is_taken_out_and_another_fit_has_no_history(
    asked: Asked, page: ExplainPage, session: Session
) -> None:
    panel = page.whole.tree
    panel.view.chosen.emit(1)
    assert panel.editor.title.text() == NOT_CHOSEN
    panel.choose(2)
    (only,) = panel.editor.chips.parts
    assert not only.isEnabled()
    panel.editor.prune.click()
    _, params, done, _ = asked[-1]
    assert (params["action"], params["node"]) == ("node removed", 2)
    done((edited_fit(without_node(TREE, 2), "second"), made_effect()))
    assert panel.editor.title.text() == NOT_CHOSEN
    assert not panel.editor.undo.isHidden()
    session.use_fit(edited_fit(TREE, "another"))
    assert panel.editor.undo.isHidden()
    assert not panel.editor.effect.accessibleName()
    session.is_unsaved = False


def test_a_text_is_told_by_its_way_on_the_text_tab() -> None:
    model = tree_model()
    columns = {"review": np.array(["a superb film"], dtype=object), "minutes": np.array([50.0])}
    told = text_view.tell(explain_exact(model, columns), model, text_view.Asked())
    assert text_view.text_columns(model) == ("review",)
    assert not told.has_unseen
    says = {piece.text: mark.say() for piece, mark in
            zip(told.pieces, text_view.marks(told), strict=True)}  # fmt: skip
    assert "is no keyword on this text’s way" in says["film"]
    assert "the tree asks for “superb”, and the text holds it" in says["superb"]
    chart = bars.strongest_chart(told)
    assert chart.caption.title == "Keywords met"
    assert "went the same way" in bars.bar_sentences(told)[0]
    assert words.unseen_line(told).startswith("It does not hold “dull” nor any of 2 more;")
    pairs = words.text_pairs(told)
    assert [name for name, _ in pairs] == [
        "Every text starts", "Holds not “dull”", "Holds “superb”", "Total",
    ]  # fmt: skip
    assert "the steps add up" in text_view.method_note("exact", model)
