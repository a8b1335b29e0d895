"""Growing a keyword tree: the best seeds of a node, each expanded, kept while the split helps."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import StoppedError
from pellucid.core.run import Run
from pellucid.encoders.types import TextEncoder
from pellucid.models.keyword_tree.expansion import (
    KeywordSet,
    Neighbours,
    Suggest,
    neighbours_of,
    seed_set,
    with_neighbours,
    with_suggestions,
    without_superseded,
)
from pellucid.models.keyword_tree.outcome import Floats, Outcome, Rows, gains, outcome_of
from pellucid.models.keyword_tree.presence import Presence, presence_of
from pellucid.models.keyword_tree.sample import Sample, sample_of
from pellucid.models.keyword_tree.tree import KeywordTree
from pellucid.models.keyword_tree.types import Node
from pellucid.models.texts import EncoderNote
from pellucid.models.types import TaskKind

_TAG = 41
_MOST_SCREENED = 200
_TOO_ALIKE = 0.7
_LEAST_GAIN = 1e-9


@dataclass(frozen=True, slots=True)
class TreeOptions:
    """The decisions of growing a tree.

    An n-gram takes part that `least_texts` texts hold, and `least_share` of all. Either side of a
    split has `least_leaf` texts. The `seeds` best n-grams of a node are each expanded by up to
    `neighbours` n-grams. `held_out` is the share of a node's texts that judge, and a gain counts
    from `strictness` standard errors.
    """

    depth: int = 5
    orders: int = 3
    least_texts: int = 5
    least_share: float = 0.002
    least_leaf: int = 5
    seeds: int = 5
    neighbours: int = 30
    held_out: float = 0.3
    strictness: float = 1.5


@dataclass(frozen=True, slots=True)
class _Grower:
    """What every node is grown from."""

    presence: Presence
    outcome: Outcome
    neighbours: Neighbours | None
    suggest: Suggest | None
    options: TreeOptions
    seed: int


@dataclass(frozen=True, slots=True)
class _Open:
    """A node that has not been looked at."""

    node: int
    rows: Rows
    depth: int


def grow_tree(
    word_lists: Sequence[Sequence[str]],
    target: NDArray[Any],
    kind: TaskKind,
    classes: tuple[str, ...],
    run: Run,
    options: TreeOptions = TreeOptions(),
    encoder: TextEncoder | None = None,
    suggest: Suggest | None = None,
    column: str = "text",
) -> KeywordTree:
    """Grow a tree over texts that are tokens already; those without tokens take no part.

    `target` holds codes into `classes`, or numbers, shape (texts,). Without an encoder only
    `suggest` gives a seed company. A stop keeps the tree grown so far; `StoppedError` is raised
    where no node was done. The same seed gives the same tree.
    """
    rows = np.flatnonzero([bool(words) for words in word_lists])
    least = max(options.least_texts, math.ceil(options.least_share * len(rows)))
    run.progress("finding the n-grams of the texts")
    presence = presence_of([words for words in word_lists if words], options.orders, least, run)
    neighbours = None
    if encoder is not None and presence.ngrams:
        neighbours = neighbours_of(presence.ngrams, encoder, run)
    everything = outcome_of(target, kind, len(classes))
    grower = _Grower(presence, everything.take(rows), neighbours, suggest, options, run.seed)
    fallback = everything.mean(everything.prior)
    nodes, is_whole = _grow(grower, fallback, run)
    lengths = dict(zip(presence.ngrams, presence.lengths, strict=True))
    orders = max((lengths[word] for node in nodes for word in node.keywords), default=1)
    return KeywordTree(
        column, kind, classes, nodes, orders, _note(encoder), (), is_whole
    )  # fmt: skip


def _grow(grower: _Grower, fallback: Floats, run: Run) -> tuple[tuple[Node, ...], bool]:
    """Return the nodes, breadth first, and whether all of them were looked at."""
    everything = np.arange(grower.outcome.size)
    nodes = [_leaf(0, grower.outcome, fallback)]
    waiting = deque([_Open(0, everything, 0)])
    done = 0
    while waiting:
        run.progress("growing the keyword tree", done, len(nodes))
        try:
            run.check()
            found = _best_set(grower, waiting[0])
        except StoppedError:
            if not done:
                raise
            return tuple(nodes), False
        here = waiting.popleft()
        done += 1
        if found is None:
            continue
        parent, children = nodes[here.node], []
        for holds in (found.split.holds, ~found.split.holds):
            rows = here.rows[holds]
            child = _leaf(len(nodes), grower.outcome.take(rows), np.asarray(parent.mean))
            nodes.append(child)
            children.append(child.id)
            waiting.append(_Open(child.id, rows, here.depth + 1))
        ngrams = grower.presence.ngrams
        keywords = without_superseded([ngrams[i] for i in found.columns])
        nodes[here.node] = replace(
            parent, keywords=keywords, yes=children[0], no=children[1],
            expansion=found.recorded(ngrams),
        )  # fmt: skip
    return tuple(nodes), True


def _leaf(node_id: int, outcome: Outcome, fallback: Floats) -> Node:
    mean = outcome.mean(fallback)
    return Node(node_id, outcome.size, tuple(float(value) for value in mean))


def _best_set(grower: _Grower, here: _Open) -> KeywordSet | None:
    """Return the keywords to ask for in a node, None where no question is worth asking.

    Each seed is expanded by its neighbours; the set that spares most on the held-out texts wins,
    and takes in what else is suggested. It has to spare more than `strictness` standard errors.
    """
    options = grower.options
    if here.depth >= options.depth or len(here.rows) < 2 * options.least_leaf:
        return None
    matrix = grower.presence.matrix[here.rows]
    rng = np.random.default_rng([grower.seed, _TAG, here.node])
    sample = sample_of(matrix, grower.outcome.take(here.rows), options.held_out, rng)
    best: KeywordSet | None = None
    for column in _seeds(matrix, sample, options):
        found = seed_set(sample, column)
        if grower.neighbours is not None:
            found = with_neighbours(
                found, grower.presence, grower.neighbours, options.neighbours,
                options.strictness,
            )  # fmt: skip
        if best is None or found.gain > best.gain:
            best = found
    if best is None:
        return None
    if grower.suggest is not None:
        names = [grower.presence.ngrams[i] for i in best.columns]
        best = with_suggestions(
            best, grower.presence, grower.suggest(names[0], names[1:]), options.neighbours,
            options.strictness,
        )  # fmt: skip
    gain, error = sample.gain(best.unsplit, best.split)
    others = sample.texts - int(best.split.holds.sum())
    is_worth_it = gain > max(options.strictness * error, _LEAST_GAIN)
    return best if is_worth_it and others >= options.least_leaf else None


def _seeds(matrix: Any, sample: Sample, options: TreeOptions) -> list[int]:
    """Return the n-grams that split the fitted texts best, none too much like a better one."""
    fit = sample.outcome.take(sample.fit)
    spared = gains(matrix[sample.fit], fit, options.least_leaf)
    chosen: list[int] = []
    for column in np.argsort(-spared, kind="stable")[:_MOST_SCREENED].tolist():
        if len(chosen) == options.seeds or spared[column] <= _LEAST_GAIN:
            break
        if all(_correlation(sample, column, other) < _TOO_ALIKE for other in chosen):
            chosen.append(column)
    return chosen


def _correlation(sample: Sample, one: int, other: int) -> float:
    """Return the correlation of the presence of two n-grams over the node's texts."""
    first, second = sample.texts_with(one), sample.texts_with(other)
    n = sample.texts
    both = len(np.intersect1d(first, second, assume_unique=True)) / n
    p, q = len(first) / n, len(second) / n
    spread = math.sqrt(p * (1 - p) * q * (1 - q))
    return (both - p * q) / spread if spread > 0 else 1.0


def _note(encoder: TextEncoder | None) -> EncoderNote | None:
    if encoder is None:
        return None
    info = encoder.info
    return EncoderNote(info.name, info.key, info.is_language_model, str(info.folder or ""))
