"""A term over two columns: a heatmap of means over the rows, fine bins joined."""

from __future__ import annotations

import itertools

import numpy as np

from pellucid.explain.cells import cell_labels, range_label
from pellucid.explain.types import Floats, ModelExplanation, TermExplanation
from pellucid.facts.sentences import strongest_shape, term_sentence
from pellucid.models.additive import MISSING_CELL, Axis
from pellucid.report.charts import Caption, HeatmapChart
from pellucid.report.figures.base import MOST_HEAT_CELLS, score_name

_Part = tuple[slice, str]
"""Consecutive cells of an axis that are drawn as one, and what they are called."""


def pair_chart(term: TermExplanation, explanation: ModelExplanation) -> HeatmapChart:
    """Draw the output that the pair moves most; the axis with longer level names goes upright."""
    shape = strongest_shape(term, len(explanation.outputs))
    first, second = term.axes
    across, along = _parts(first, term.counts.sum(axis=1)), _parts(second, term.counts.sum(axis=0))
    scores, counts, axes = term.scores[..., shape.output], term.counts, (first, second)
    if _widest(first, across) > _widest(second, along):
        across, along, axes = along, across, (second, first)
        scores, counts = scores.T, counts.T
    values = tuple(tuple(_mean(scores, counts, x, y) for x, _ in across) for y, _ in along)
    joined = any(cells.stop - cells.start > 1 for cells, _ in (*across, *along))
    title, name = term_sentence(term, explanation), score_name(explanation, shape.output)
    return HeatmapChart(
        Caption(
            title,
            f"{name} beyond what each adds alone; empty where there are no rows"
            f"{'; neighbouring bins joined' if joined else ''}",
            f"{title}.",
        ),
        x_axis=axes[0].name,
        y_axis=axes[1].name,
        x_labels=tuple(label for _, label in across),
        y_labels=tuple(label for _, label in along),
        values=values,
        unit="log-odds" if explanation.task.classes else explanation.task.target,
    )


def _parts(axis: Axis, counts: Floats) -> list[_Part]:
    """Return what to draw of an axis: cells with rows, bins joined to parts of equal rows.

    Of levels the most frequent are kept where there are too many.
    """
    labels = cell_labels(axis)
    aside = [c for c in (MISSING_CELL, axis.unseen_cell) if counts[c] > 0]
    ends = [(slice(c, c + 1), labels[c]) for c in aside]
    inner = np.arange(1, axis.unseen_cell)
    if axis.levels is not None:
        kept = inner[np.argsort(-counts[inner], kind="stable")[:MOST_HEAT_CELLS]]
        return [(slice(c, c + 1), labels[c]) for c in np.sort(kept[counts[kept] > 0])] + ends
    rows = np.cumsum(counts[inner]) - counts[inner] / 2
    groups = np.arange(len(inner))
    if len(inner) > MOST_HEAT_CELLS and rows[-1] > 0:
        groups = np.minimum(rows / rows[-1] * MOST_HEAT_CELLS, MOST_HEAT_CELLS - 1).astype(int)
    starts = np.flatnonzero(np.diff(groups, prepend=-1)) + 1
    bounds = [*starts.tolist(), axis.unseen_cell]
    return [(slice(a, b), _join_label(axis, a, b)) for a, b in itertools.pairwise(bounds)] + ends


def _join_label(axis: Axis, start: int, stop: int) -> str:
    edges = [] if axis.edges is None else axis.edges.tolist()
    low = edges[start - 2] if start > 1 else None
    return range_label(axis, low, edges[stop - 2] if stop - 2 < len(edges) else None)


def _mean(scores: Floats, counts: Floats, x: slice, y: slice) -> float | None:
    """Return the mean score over the rows of a block of cells; None where it holds none."""
    weights = counts[x, y]
    total = float(weights.sum())
    return float((weights * scores[x, y]).sum() / total) if total > 0 else None


def _widest(axis: Axis, parts: list[_Part]) -> int:
    return max((len(label) for _, label in parts), default=0) if axis.levels is not None else 0
