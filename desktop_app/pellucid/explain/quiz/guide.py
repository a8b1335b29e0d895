"""The model as a whole, told in a few steps a term: for readers who see no curves."""

from __future__ import annotations

import itertools

import numpy as np

from pellucid.explain.cells import cell_label, range_label
from pellucid.explain.quiz.types import Guide, GuideTerm, Step
from pellucid.explain.types import Floats, ModelExplanation, TermExplanation
from pellucid.models.additive import MISSING_CELL, Axis

MOST_TERMS = 8
LEAST_SHARE = 0.03
"""Of the strongest term's importance: a reader has no use for terms that hardly move anything."""
MOST_STEPS = 6
MOST_LEVELS = 8
MOST_WORDS = 24
_FEWEST_TEXTS = 2


def guide_of(explanation: ModelExplanation, columns: tuple[str, ...]) -> Guide:
    """Tell the strongest terms that read none but these columns."""
    least = LEAST_SHARE * max((term.importance for term in explanation.terms), default=0.0)
    terms = [
        term
        for term in explanation.terms
        if set(term.columns) <= set(columns) and term.importance >= least
    ]
    return Guide(
        explanation.link,
        explanation.outputs,
        tuple(float(value) for value in explanation.intercept),
        tuple(GuideTerm(term.name, _steps(term)) for term in terms[:MOST_TERMS]),
    )


def _steps(term: TermExplanation) -> tuple[Step, ...]:
    if term.kind == "pair":
        return _blocks(term)
    axis = term.axes[0]
    if term.kind == "ngrams":
        return _chosen(term, axis, MOST_WORDS, np.where(term.counts >= _FEWEST_TEXTS, 1.0, 0.0))
    if axis.edges is None:
        return _chosen(term, axis, MOST_LEVELS, term.counts)
    missing = () if not term.counts[MISSING_CELL] else (_step(term, axis, MISSING_CELL),)
    return (*_stretches(term, axis), *missing)


def _step(term: TermExplanation, axis: Axis, cell: int) -> Step:
    return Step(cell_label(axis, cell), tuple(float(score) for score in term.scores[cell]))


def _chosen(term: TermExplanation, axis: Axis, most: int, weights: Floats) -> tuple[Step, ...]:
    """Return the levels or n-grams that move predictions most, the highest score first."""
    strength = np.abs(term.scores).max(axis=1) * weights
    strength[axis.unseen_cell] *= axis.others > 0
    cells = [cell for cell in np.argsort(-strength, kind="stable")[:most] if strength[cell] > 0]
    found = [_step(term, axis, int(cell)) for cell in cells]
    return tuple(sorted(found, key=lambda step: -step.scores[0]))


def _blocks(term: TermExplanation) -> tuple[Step, ...]:
    """Return the blocks of a pair that move predictions most."""
    scores: dict[str, list[float]] = {}
    for blocks in term.blocks:
        for block in blocks:
            scores.setdefault(block.label, []).append(block.effect.score)
    steps = [Step(label, tuple(found)) for label, found in scores.items()]
    steps.sort(key=lambda step: -max(map(abs, step.scores)))
    return tuple(sorted(steps[:MOST_STEPS], key=lambda step: -step.scores[0]))


def _stretches(term: TermExplanation, axis: Axis) -> tuple[Step, ...]:
    """Return a curve as the few level steps that are nearest to it, weighted by rows."""
    inner = slice(MISSING_CELL + 1, axis.unseen_cell)
    scores, counts = term.scores[inner], np.maximum(term.counts[inner], 1e-9)
    edges = axis.edges if axis.edges is not None else np.empty(0)
    steps = []
    bounds = nearest_steps(scores, counts, MOST_STEPS)
    for start, end in itertools.pairwise(bounds):
        low = float(edges[start - 1]) if start else None
        high = float(edges[end - 1]) if end <= len(edges) else None
        mean = np.average(scores[start:end], axis=0, weights=counts[start:end])
        steps.append(Step(range_label(axis, low, high), tuple(float(value) for value in mean)))
    return tuple(steps)


def nearest_steps(scores: Floats, counts: Floats, most: int) -> list[int]:
    """Return the bounds of at most `most` runs of cells that lose the least of a curve.

    The loss is the squared distance to each run's mean, weighted by `counts` (cells,) and summed
    over the outputs of `scores` (cells, C); the optimum is found by dynamic programming. Source:
    Bellman (1961), "On the approximation of curves by line segments", for level segments.
    """
    cells = len(scores)
    weight = np.concatenate([[0.0], np.cumsum(counts)])
    first = np.vstack([np.zeros(scores.shape[1]), np.cumsum(scores * counts[:, None], axis=0)])
    second = np.concatenate([[0.0], np.cumsum((scores**2 * counts[:, None]).sum(axis=1))])

    def losses(end: int) -> Floats:
        """Return the loss of the runs from each start to `end`."""
        sums = ((first[end] - first[:end]) ** 2).sum(axis=1)
        return np.asarray(second[end] - second[:end] - sums / (weight[end] - weight[:end]))

    best = np.array([0.0, *(losses(end)[0] for end in range(1, cells + 1))])
    ways = [np.zeros(cells + 1, dtype=np.intp)]
    for _ in range(1, min(most, cells)):
        tried = [best[:end] + losses(end) for end in range(1, cells + 1)]
        ways.append(np.array([0, *(int(one.argmin()) for one in tried)], dtype=np.intp))
        best = np.array([0.0, *(float(one.min()) for one in tried)])
    bounds = [cells]
    for way in reversed(ways):
        bounds.append(int(way[bounds[-1]]))
    return sorted(set(bounds))
