"""A tree to look at: as lines of text, and as places and values for whoever draws it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pellucid.core.numbers import listing, number, percent, plural
from pellucid.models.keyword_tree.tree import ALL_TEXTS, KeywordTree
from pellucid.models.keyword_tree.types import Action, Edit, Node

_MOST_KEYWORDS = 8


@dataclass(frozen=True, slots=True)
class TreePlace:
    """A node in the plane: leaves in columns 0, 1, 2 ..., a question above the middle of its two.

    `row` is the depth, 0 for the root. `branch` is how it is reached from `parent`. `label` is the
    condition that leads to it. `colour` lies between 0 and 1: the share of the second of two
    classes, the share of the most frequent class of several, which is number `colour_class`, or
    where the mean lies between the least and the greatest of all nodes.
    """

    node: int
    parent: int | None
    branch: bool | None
    column: float
    row: int
    label: str
    keywords: tuple[str, ...]
    texts: int
    mean: tuple[float, ...]
    text: str
    """The mean in words, such as "13% spam"."""
    colour: float
    colour_class: int | None


def tree_layout(tree: KeywordTree) -> tuple[TreePlace, ...]:
    """Return a place for every node, a node before its children."""
    columns = _columns(tree)
    parents = {
        child: (node.id, is_yes)
        for node in tree.nodes
        for child, is_yes in ((node.yes, True), (node.no, False))
        if child is not None
    }
    means = [node.mean[0] for node in tree.nodes]
    places = []
    for node, path in tree.walk():
        parent, branch = parents.get(node.id, (None, None))
        colour, colour_class = _colour(tree, node, min(means), max(means))
        places.append(
            TreePlace(
                node.id, parent, branch, columns[node.id], len(path),
                path[-1].label if path else ALL_TEXTS, node.keywords, node.texts, node.mean,
                mean_text(tree, node), colour, colour_class,
            )
        )  # fmt: skip
    return tuple(places)


def tree_lines(tree: KeywordTree) -> tuple[str, ...]:
    """Return the tree as lines of text, a node a line, as `tree` draws folders."""
    lines: list[str] = []
    nodes = {node.id: node for node in tree.nodes}
    waiting: list[tuple[Node, str, str]] = [(tree.root, "", "")]
    while waiting:
        node, first, rest = waiting.pop()
        lines.append(first + _described(tree, node))
        if node.yes is not None and node.no is not None:
            waiting.append((nodes[node.no], f"{rest}└─ no: ", f"{rest}   "))
            waiting.append((nodes[node.yes], f"{rest}├─ yes: ", f"{rest}│  "))
    return tuple(lines)


def mean_text(tree: KeywordTree, node: Node) -> str:
    """Return a node's mean in words: the share of the second of two classes or of the most
    frequent of several, or the mean of the target."""
    if tree.kind == "regression":
        return f"mean {number(node.mean[0])}"
    best = 1 if tree.kind == "binary" else int(np.argmax(node.mean))
    return f"{percent(node.mean[best])} {tree.classes[best]}"


def edits_words(edits: tuple[Edit, ...]) -> str:
    """Count the edits of each kind in words."""
    nouns: tuple[tuple[Action, str, str], ...] = (
        ("keyword added", "keyword added", "keywords added"),
        ("keyword removed", "keyword removed", "keywords removed"),
        ("node removed", "question removed", "questions removed"),
    )
    counts = Counter(edit.action for edit in edits)
    return listing([plural(counts[key], one, many) for key, one, many in nouns if counts[key]])


def _described(tree: KeywordTree, node: Node) -> str:
    about = f"{plural(node.texts, 'text')}, {mean_text(tree, node)}"
    return about if node.is_leaf else f"{about}; holds {_quoted(node.keywords)}?"


def _quoted(keywords: Sequence[str]) -> str:
    quoted = [f'"{word}"' for word in keywords[:_MOST_KEYWORDS]]
    more = len(keywords) - len(quoted)
    if more:
        return ", ".join(quoted) + f" or {more:,} more"
    return " or ".join(part for part in (", ".join(quoted[:-1]), quoted[-1]) if part)


def _columns(tree: KeywordTree) -> dict[int, float]:
    columns = {leaf.id: float(place) for place, leaf in enumerate(tree.leaves)}
    for node, _ in reversed(list(tree.walk())):
        if node.yes is not None and node.no is not None:
            columns[node.id] = (columns[node.yes] + columns[node.no]) / 2
    return columns


def _colour(
    tree: KeywordTree, node: Node, least: float, greatest: float
) -> tuple[float, int | None]:
    if tree.kind == "binary":
        return node.mean[1], None
    if tree.kind == "multiclass":
        best = int(np.argmax(node.mean))
        return node.mean[best], best
    return (node.mean[0] - least) / (greatest - least) if greatest > least else 0.5, None
