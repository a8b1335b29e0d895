"""A keyword tree that was edited by hand, put back into its model and measured anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pellucid.core.errors import UserError
from pellucid.data.tokens import words_of
from pellucid.data.types import Alert
from pellucid.models.additive import AdditiveModel, Floats, Term
from pellucid.models.fit import Fit
from pellucid.models.keyword_tree.drawing import edits_words
from pellucid.models.keyword_tree.scores import rescore
from pellucid.models.keyword_tree.tree import KeywordTree
from pellucid.models.leaves import score_leaves
from pellucid.models.measuring import judge_terms
from pellucid.models.metrics import score
from pellucid.models.setup import Rows
from pellucid.models.types import EDITED, Scores

_SAME = 1e-6


def tree_term(model: AdditiveModel, column: str) -> Term:
    """Return the term whose tree reads `column`; raises `UserError` where there is none."""
    for term in model.terms:
        if term.kind == "leaves" and term.axes[0].column == column:
            return term
    raise UserError(
        f"The model has no keyword tree over {column}", "Fit a keyword tree, then edit it."
    )


def tree_over(model: AdditiveModel, column: str) -> KeywordTree:
    """Return the tree that reads `column`; raises `UserError` where there is none."""
    tree = tree_term(model, column).axes[0].tree
    assert tree is not None, f"the leaves of {column} have no tree"
    return tree


def with_tree(model: AdditiveModel, tree: KeywordTree, rows: Rows) -> AdditiveModel:
    """Return the model with an edited tree in place of its own, leaves scored on training rows.

    Leaves are scored as in the fit, bag by bag, and multiplied by what the fit multiplied them by;
    the terms over other columns stay as they are. Raises `UserError` where the rows do not give the
    scores that the model has, since they are then not those that it was fitted on.
    """
    term = tree_term(model, tree.column)
    before = tree_over(model, tree.column)
    train = rows.split.rows("train")
    texts = rows.columns[tree.column][train].tolist()
    word_lists = [words_of(text) if text else [] for text in texts]
    target, seed, bags = rows.target[train], rows.split.seed, model.bags
    kind = model.task.kind
    old, old_means = score_leaves(
        before, before.positions_of_words(word_lists), target, kind, seed, bags
    )
    factor = _factor(term, old)
    tree = rescore(tree, word_lists, target)
    new, means = score_leaves(tree, tree.positions_of_words(word_lists), target, kind, seed, bags)
    made = replace(
        new, name=term.name, scores=factor * new.scores, bag_scores=factor * new.bag_scores
    )
    intercepts = model.bag_intercepts + factor * (means - old_means)
    return replace(
        model,
        intercept=intercepts.mean(axis=0),
        bag_intercepts=intercepts,
        terms=tuple(made if one is term else one for one in model.terms),
    )


def with_edited_tree(fit: Fit, tree: KeywordTree, rows: Rows) -> Fit:
    """Return the fit with an edited tree: the model, its scores on test rows, and what it is."""
    model = with_tree(fit.model, tree, rows)
    seed = rows.split.seed
    columns, truth = rows.of("test")
    name = fit.summary.test.name
    test = Scores(name, {}, "none")  # of rows in another file nothing is known any more
    if len(truth):
        test = score(model.task, model.mean(model.margin(columns)), truth, seed, name)
    kept = [one for one in fit.summary.warnings if one.kind != EDITED]
    summary = replace(
        fit.summary,
        test=test,
        evidence=judge_terms(model, rows, seed, range(model.bags)),
        warnings=(*kept, edited_alert(tree)),
    )
    return replace(fit, model=model, summary=summary)


def edited_alert(tree: KeywordTree) -> Alert:
    """Say that a tree was edited by hand, and how."""
    return Alert(
        EDITED,
        (tree.column,),
        f"The keyword tree over {tree.column} was edited by hand after the fit: "
        f"{edits_words(tree.edits)}. Its scores were then taken anew",
    )


def _factor(term: Term, plain: Term) -> float:
    """Return what the fit multiplied the leaves' scores by."""
    if term.bag_scores.shape != plain.bag_scores.shape:
        raise _other_rows()
    size = float((plain.bag_scores**2).sum())
    factor = float((term.bag_scores * plain.bag_scores).sum()) / size if size else 1.0
    if not _is_same(term.bag_scores, factor * plain.bag_scores):
        raise _other_rows()
    return factor


def _is_same(a: Floats, b: Floats) -> bool:
    return bool(np.allclose(a, b, atol=_SAME))


def _other_rows() -> UserError:
    return UserError(
        "The scores of this tree cannot be worked out anew from the open table",
        "Fit the tree on this table, to the end, and edit it then.",
    )
