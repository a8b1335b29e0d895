"""A keyword tree as a term of an additive model: one score a leaf, in every bag."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run
from pellucid.data.tokens import words_of
from pellucid.encoders.types import TextEncoder
from pellucid.models.additive import Axis, Floats, Term
from pellucid.models.fit_tasks import bag_members
from pellucid.models.keyword_tree.growth import grow_tree
from pellucid.models.keyword_tree.scores import leaf_scores
from pellucid.models.keyword_tree.tree import KeywordTree
from pellucid.models.ngrams.choosing import FOLDS, fold_numbers
from pellucid.models.plans import bags_for
from pellucid.models.purify import centre
from pellucid.models.setup import Ground
from pellucid.models.types import FitOptions, TaskKind


@dataclass(frozen=True, slots=True)
class LeafStage:
    """A tree as a term, with the `intercepts` (B, C) of a model that has nothing else.

    `out_of_fold` (rows, C) are centred scores that were counted without a row's own fold; the tree
    itself was grown on all rows.
    """

    term: Term
    intercepts: Floats
    out_of_fold: Floats = field(repr=False)
    is_whole: bool = True


def fit_leaves(
    column: str,
    texts: Sequence[str | None],
    target: NDArray[np.generic],
    ground: Ground,
    options: FitOptions,
    encoder: TextEncoder,
    run: Run,
) -> LeafStage:
    """Grow a keyword tree over the training texts and score its leaves in every bag."""
    task, seed = ground.task, ground.seed
    word_lists = [words_of(text) if text else [] for text in texts]
    tree = grow_tree(word_lists, target, task.kind, task.classes, run, encoder=encoder,
                     column=column)  # fmt: skip
    positions = tree.positions_of_words(word_lists)
    term, intercepts = score_leaves(
        tree, positions, target, task.kind, seed, bags_for(options.quality)
    )
    folds = fold_numbers(target, task.kind, seed)
    out_of_fold = np.zeros((len(target), term.scores.shape[-1]))
    for fold in range(FOLDS):
        is_out = folds == fold
        table, _ = _table(tree, positions, target, (~is_out).astype(np.int8), term.weights)
        out_of_fold[is_out] = table[positions[is_out] + 1]
    return LeafStage(term, intercepts, out_of_fold, tree.is_whole)


def score_leaves(
    tree: KeywordTree,
    positions: NDArray[np.intp],
    target: NDArray[np.generic],
    kind: TaskKind,
    seed: int,
    bags: int,
) -> tuple[Term, Floats]:
    """Return a tree as a term, its leaves scored in every bag, with the bags' intercepts (B, C).

    `positions` are the training texts' `leaf_positions`, `target` their values.
    """
    axis = Axis(tree.column, tree.column, levels=tree.labels, tree=tree)
    rows = np.bincount(positions + 1, minlength=axis.size).astype(np.float64)
    tables, intercepts = [], []
    for bag in range(bags):
        members = bag_members(target, kind, seed, bag)
        table, mean = _table(tree, positions, target, members, rows)
        tables.append(table)
        intercepts.append(mean)
    bag_scores = np.stack(tables)
    term = Term(tree.column, "leaves", (axis,), bag_scores.mean(axis=0), bag_scores, rows)
    return term, np.stack(intercepts)


def _table(
    tree: KeywordTree,
    positions: NDArray[np.intp],
    target: NDArray[np.generic],
    members: NDArray[np.int8],
    rows: Floats,
) -> tuple[Floats, Floats]:
    """Return centred scores (cells, C), with 0 for texts without words and unseen, and the mean."""
    scores = leaf_scores(tree, positions, target, members)
    mean = (rows[1:-1] @ scores) / max(1.0, float(rows[1:-1].sum()))
    nothing = np.zeros((1, scores.shape[1]))
    table = np.vstack([nothing, scores - mean, nothing])
    centred, moved = centre(table, rows)
    return centred, mean + moved
