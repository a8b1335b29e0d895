"""An edited tree in its model: scored as in the fit, measured anew, and refused on other rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pellucid.core.errors import UserError
from pellucid.data.splits import split
from pellucid.data.tokens import words_of
from pellucid.models.additive import AdditiveModel, Term
from pellucid.models.edited_trees import tree_over, tree_term, with_edited_tree, with_tree
from pellucid.models.files import empty_summary
from pellucid.models.fit import Fit
from pellucid.models.keyword_tree.drawing import edits_words
from pellucid.models.keyword_tree.editing import with_keyword, without_keyword, without_node
from pellucid.models.keyword_tree.tree import KeywordTree
from pellucid.models.keyword_tree.types import Edit, Node
from pellucid.models.leaves import score_leaves
from pellucid.models.setup import Rows
from pellucid.models.types import Task

WORDS = ("refund", "repay", "thanks", "lamp", "blue")
TREE = KeywordTree(
    "mail", "binary", ("no", "yes"),
    (Node(0, 0, (0.5, 0.5), ("refund", "lamp"), 1, 2), Node(1, 0, (0.5, 0.5), ("thanks",), 3, 4),
     Node(2, 0, (0.5, 0.5)), Node(3, 0, (0.5, 0.5)), Node(4, 0, (0.5, 0.5))),
)  # fmt: skip
BAGS, FACTOR = 4, -0.8


def made_rows(seed: int = 0, texts: int = 900) -> Rows:
    """Return mails that ask for money back, at times thankfully; "lamp" means nothing."""
    random = np.random.default_rng(seed)
    told, target = [], []
    for _ in range(texts):
        words = [word for word in WORDS if random.random() < 0.3]
        told.append(" ".join([*words, "hm"]))
        asks = bool({"refund", "repay"} & set(words)) and "thanks" not in words
        target.append(int(asks ^ (random.random() < 0.1)))
    truth = np.array(target)
    dealt = split(texts, truth, np.ones(texts, dtype=bool), 0.2, 0.2, 3)
    return Rows({"mail": np.array(told, dtype=object)}, truth, dealt)


def made_fit(rows: Rows, factor: float = FACTOR) -> Fit:
    """Return a fit whose tree enters multiplied by a factor, as beside other columns."""
    train = rows.split.rows("train")
    word_lists = [words_of(text) for text in rows.columns["mail"][train].tolist()]
    positions = TREE.positions_of_words(word_lists)
    term, means = score_leaves(TREE, positions, rows.target[train], "binary", 3, BAGS)
    scaled = replace(term, scores=factor * term.scores, bag_scores=factor * term.bag_scores)
    task = Task("asks", "binary", ("no", "yes"), "no", (("mail", "text"),))
    intercepts = factor * means
    model = AdditiveModel(task, "logit", intercepts.mean(axis=0), intercepts, (scaled,))
    return Fit(model, replace(empty_summary(model), rows={"train": len(train)}), rows.split)


def test_an_edit_that_changes_nothing_gives_the_same_model() -> None:
    rows = made_rows()
    fit = made_fit(rows)
    same = with_tree(fit.model, TREE, rows)
    assert np.allclose(same.margin(rows.columns), fit.model.margin(rows.columns), atol=1e-12)
    assert np.allclose(same.bag_intercepts, fit.model.bag_intercepts, atol=1e-12)
    assert tree_over(same, "mail").root.texts == len(rows.split.rows("train"))


def test_a_better_keyword_lowers_the_loss_on_held_out_rows() -> None:
    rows = made_rows()
    fit = made_fit(rows)
    tree = with_keyword(without_keyword(TREE, 0, "lamp"), 0, "repay")
    made = with_edited_tree(fit, tree, rows)
    test, truth = rows.of("test")

    def accuracy(model: AdditiveModel) -> float:
        return float((model.mean(model.margin(test)).argmax(axis=1) == truth).mean())

    assert accuracy(made.model) > accuracy(fit.model) + 0.05
    assert made.summary.test.metrics["accuracy"].value == pytest.approx(accuracy(made.model))
    assert made.summary.is_edited
    assert not fit.summary.is_edited
    (alert,) = made.summary.warnings
    assert "1 keyword added and 1 keyword removed" in alert.message
    assert made.summary.evidence[0].matters
    assert tree_over(made.model, "mail").edits == tree.edits


def test_scores_keep_the_factor_and_their_bags() -> None:
    rows = made_rows()
    fit = made_fit(rows)
    model = with_tree(fit.model, without_node(TREE, 1), rows)
    term = tree_term(model, "mail")
    assert term.bag_scores.shape == (BAGS, 4, 1)
    assert float(term.weights @ term.scores[:, 0]) == pytest.approx(0, abs=1e-9)
    asked, others = term.scores[1, 0], term.scores[2, 0]
    assert asked < others  # positive is "no", so what is asked for lowers
    assert model.intercept == pytest.approx(model.bag_intercepts.mean(axis=0))


def test_further_edits_are_told_together() -> None:
    rows = made_rows()
    first = with_edited_tree(made_fit(rows), without_keyword(TREE, 0, "lamp"), rows)
    tree = without_node(tree_over(first.model, "mail"), 1)
    second = with_edited_tree(first, tree, rows)
    (alert,) = second.summary.warnings
    assert "1 keyword removed and 1 question removed" in alert.message
    assert edits_words((Edit("keyword added", 0, "a"),) * 2) == "2 keywords added"


def test_other_rows_and_other_columns_are_refused() -> None:
    rows = made_rows()
    fit = made_fit(rows)
    with pytest.raises(UserError, match="cannot be worked out anew"):
        with_tree(fit.model, TREE, made_rows(seed=1))
    with pytest.raises(UserError, match="no keyword tree over letter"):
        tree_over(fit.model, "letter")
    term: Term = fit.model.terms[0]
    fewer = replace(fit.model, terms=(replace(term, bag_scores=term.bag_scores[:2]),))
    with pytest.raises(UserError, match="cannot be worked out anew"):
        with_tree(fewer, TREE, rows)


def test_without_test_rows_nothing_is_claimed_of_them() -> None:
    rows = made_rows()
    part = rows.split.part.copy()
    part[part == 2] = -1
    bare = replace(rows, split=replace(rows.split, part=part))
    made = with_edited_tree(made_fit(rows), without_keyword(TREE, 0, "lamp"), bare)
    assert made.summary.test.metrics == {}
