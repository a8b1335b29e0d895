"""Counts and scores of a tree's leaves on any set of texts, its structure held fixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.models.keyword_tree.outcome import Floats, Outcome, outcome_of
from pellucid.models.keyword_tree.tree import NO_LEAF, KeywordTree
from pellucid.models.keyword_tree.types import Node


def leaf_scores(
    tree: KeywordTree,
    positions: NDArray[np.intp],
    target: NDArray[Any],
    members: NDArray[Any] | None = None,
) -> Floats:
    """Return a score a leaf on the link scale, shape (leaves, C), from some of the texts.

    `positions` are the texts' `leaf_positions`, `target` codes into the classes or numbers, and
    the texts with `members` above 0 take part; all where it is None. Two classes: the log odds of
    the second. More: logarithms of the shares, which sum to 0 over the classes. Numbers: the mean.
    Each node's shares or mean are drawn to its parent's as if by 2 further texts, so that a leaf
    which no text reaches has its parent's score.
    """
    taking_part = positions != NO_LEAF
    if members is not None:
        taking_part &= members > 0
    outcome = outcome_of(target[taking_part], tree.kind, len(tree.classes))
    means = _drawn_means(tree, _outcomes(tree, positions[taking_part], outcome))
    shares = np.stack([means[leaf.id] for leaf in tree.leaves])
    if tree.kind == "regression":
        return shares
    if tree.kind == "binary":
        return np.asarray(np.log(shares[:, 1:]) - np.log(shares[:, :1]))
    scores = np.log(shares)
    return np.asarray(scores - scores.mean(axis=1, keepdims=True))


def rescore(
    tree: KeywordTree, word_lists: Sequence[Sequence[str]], target: NDArray[Any]
) -> KeywordTree:
    """Return the tree with the counts and means of its nodes taken anew, after an edit.

    `word_lists` and `target` are the training texts' tokens and values. A node that no text reaches
    has its parent's mean.
    """
    positions = tree.positions_of_words(word_lists)
    everything = outcome_of(target, tree.kind, len(tree.classes))
    inside = positions != NO_LEAF
    outcomes = _outcomes(tree, positions[inside], everything.take(inside))
    means: dict[int, Floats] = {}
    fallbacks = {tree.root.id: everything.mean(everything.prior)}
    counted: dict[int, Node] = {}
    for node, _ in tree.walk():
        mean = means[node.id] = outcomes[node.id].mean(fallbacks[node.id])
        texts = outcomes[node.id].size
        counted[node.id] = replace(node, texts=texts, mean=tuple(float(m) for m in mean))
        fallbacks |= {child: mean for child in (node.yes, node.no) if child is not None}
    return replace(tree, nodes=tuple(counted[node.id] for node in tree.nodes))


def _outcomes(
    tree: KeywordTree, positions: NDArray[np.intp], outcome: Outcome
) -> dict[int, Outcome]:
    """Return the outcome of the texts that come to each node, by its id."""
    places = {leaf.id: place for place, leaf in enumerate(tree.leaves)}
    below: dict[int, list[int]] = {}
    for node, _ in reversed(list(tree.walk())):
        if node.yes is None or node.no is None:
            below[node.id] = [places[node.id]]
        else:
            below[node.id] = below[node.yes] + below[node.no]
    return {node_id: outcome.take(np.isin(positions, leaves)) for node_id, leaves in below.items()}


def _drawn_means(tree: KeywordTree, outcomes: Mapping[int, Outcome]) -> dict[int, Floats]:
    """Return each node's mean, drawn to its parent's; the root's to what is expected a priori."""
    parents = {tree.root.id: outcomes[tree.root.id].prior}
    means: dict[int, Floats] = {}
    for node, _ in tree.walk():
        means[node.id] = outcomes[node.id].shrunk(parents[node.id])
        parents |= {child: means[node.id] for child in (node.yes, node.no) if child is not None}
    return means
