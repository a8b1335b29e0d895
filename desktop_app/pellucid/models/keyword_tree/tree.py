"""The keyword tree itself: which leaf a text falls into, and what that leaf is called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pellucid.data.tokens import ngrams_of, words_of
from pellucid.models.keyword_tree.types import Condition, Edit, Node, Step
from pellucid.models.texts import EncoderNote
from pellucid.models.types import TaskKind

NO_LEAF = -1
ALL_TEXTS = "all texts"


@dataclass(frozen=True, slots=True)
class KeywordTree:
    """A tree of questions about the texts of `column`; the root is the first of `nodes`.

    Ids stay what they are when a tree is edited. `classes` are sorted labels, empty for regression.
    `orders` is the length in tokens of the longest keyword. `is_whole` is False where growing was
    stopped before the tree was done. Predicting needs NumPy alone.

    Source: Singh et al. (2023), "Augmenting interpretable models with large language models during
    training", Nature Communications 14 (Aug-Tree).
    """

    column: str
    kind: TaskKind
    classes: tuple[str, ...]
    nodes: tuple[Node, ...] = field(repr=False)
    orders: int = 1
    encoder: EncoderNote | None = None
    edits: tuple[Edit, ...] = ()
    is_whole: bool = True

    @property
    def root(self) -> Node:
        return self.nodes[0]

    @property
    def leaves(self) -> tuple[Node, ...]:
        """The leaves as they are drawn: those that hold the keywords before those that do not."""
        return tuple(node for node, _ in self.walk() if node.is_leaf)

    @property
    def labels(self) -> tuple[str, ...]:
        """One label a leaf, in the order of `leaves`; no two are equal."""
        return tuple(label_of(path) for node, path in self.walk() if node.is_leaf)

    def node(self, node_id: int) -> Node:
        """Return a node by its id; raises KeyError where there is none."""
        for node in self.nodes:
            if node.id == node_id:
                return node
        raise KeyError(node_id)

    def walk(self) -> Iterator[tuple[Node, tuple[Condition, ...]]]:
        """Yield every node with the conditions that lead to it; a node comes before its children,
        and what holds the keywords before what does not."""
        nodes = {node.id: node for node in self.nodes}
        waiting: list[tuple[Node, tuple[Condition, ...]]] = [(self.root, ())]
        while waiting:
            node, path = waiting.pop()
            yield node, path
            if node.yes is not None and node.no is not None:
                for child, is_there in ((node.no, False), (node.yes, True)):
                    waiting.append((nodes[child], (*path, Condition(node.keywords, is_there))))

    def conditions(self, node_id: int) -> tuple[Condition, ...]:
        """Return the conditions on the way to a node; raises KeyError where there is none."""
        for node, path in self.walk():
            if node.id == node_id:
                return path
        raise KeyError(node_id)

    def path_of(self, words: Sequence[str]) -> tuple[Step, ...]:
        """Return the questions that a text meets, with what it answers; empty without tokens."""
        if not words:
            return ()
        ngrams = set(ngrams_of(words, self.orders))
        nodes = {node.id: node for node in self.nodes}
        steps: list[Step] = []
        node = self.root
        while node.yes is not None and node.no is not None:
            found = next((keyword for keyword in node.keywords if keyword in ngrams), None)
            steps.append(Step(node, found))
            node = nodes[node.no if found is None else node.yes]
        return tuple(steps)

    def leaf_of(self, words: Sequence[str]) -> int | None:
        """Return the id of the leaf that a text falls into; None for a text without tokens."""
        position = int(self.positions_of_words([words])[0])
        return None if position == NO_LEAF else self.leaves[position].id

    def leaf_labels(self, texts: Sequence[str | None] | NDArray[np.generic]) -> NDArray[np.object_]:
        """Return each text's label, shape (texts,); None for a text that is missing or empty."""
        labels = np.asarray([*self.labels, None], dtype=object)
        return np.asarray(labels[self.leaf_positions(texts)])

    def leaf_positions(self, texts: Sequence[str | None] | NDArray[np.generic]) -> NDArray[np.intp]:
        """Return each text's place in `leaves`, shape (texts,); `NO_LEAF` without tokens."""
        return self.positions_of_words([words_of(text) if text else [] for text in list(texts)])

    def positions_of_words(self, word_lists: Sequence[Sequence[str]]) -> NDArray[np.intp]:
        """Return what `leaf_positions` does, for texts that are tokens already."""
        keywords = frozenset(keyword for node in self.nodes for keyword in node.keywords)
        nodes = {node.id: node for node in self.nodes}
        places = {leaf.id: place for place, leaf in enumerate(self.leaves)}
        known: dict[frozenset[str], int] = {}
        positions = np.full(len(word_lists), NO_LEAF, dtype=np.intp)
        for row, words in enumerate(word_lists):
            if words:
                held = keywords.intersection(ngrams_of(words, self.orders))
                if held not in known:
                    known[held] = places[_fall(self.root, nodes, held)]
                positions[row] = known[held]
        return positions


def label_of(path: Sequence[Condition]) -> str:
    """Return the conditions as one label, such as `"refund" or 2 more → not "thanks"`."""
    return " → ".join(condition.label for condition in path) or ALL_TEXTS


def _fall(node: Node, nodes: dict[int, Node], held: frozenset[str]) -> int:
    while node.yes is not None and node.no is not None:
        node = nodes[node.no if held.isdisjoint(node.keywords) else node.yes]
    return node.id
