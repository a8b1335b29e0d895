"""A pair's table made coarse enough to be told: a few parts of each axis, with enough rows."""

from __future__ import annotations

import itertools

import numpy as np

from pellucid.explain.cells import cell_label, range_label
from pellucid.explain.curve import pooled_half
from pellucid.explain.types import CellEffect, Effect, Floats, TermExplanation
from pellucid.models.additive import MISSING_CELL, Axis

_PARTS = 3

Group = tuple[str, slice]


def pair_cells(term: TermExplanation, output: int, least: float) -> list[CellEffect]:
    """Return the mean effect of each block of cells with `least` rows, highest first.

    Bins are joined to thirds of the rows, levels stay; a block's interval is the weighted mean of
    its cells' intervals, as if they erred together.
    """
    counts = term.counts
    half = pooled_half(term)[..., output]
    first = _groups(term.axes[0], counts.sum(axis=1))
    second = _groups(term.axes[1], counts.sum(axis=0))
    found = []
    for (a, rows), (b, columns) in itertools.product(first, second):
        weights = counts[rows, columns]
        total = float(weights.sum())
        if total < least:
            continue
        score = float((weights * term.scores[rows, columns, output]).sum() / total)
        spread = float((weights * half[rows, columns]).sum() / total)
        label = f"{term.axes[0].name} {a} with {term.axes[1].name} {b}"
        found.append(CellEffect(label, Effect(score, score - spread, score + spread, round(total))))
    return sorted(found, key=lambda item: -item.effect.score)


def _groups(axis: Axis, counts: Floats) -> list[Group]:
    """Return the parts of an axis: missing, thirds of the rows or single levels, and no unseen."""
    groups: list[Group] = [(cell_label(axis, MISSING_CELL), slice(0, 1))]
    if axis.edges is None:
        levels = range(1, axis.unseen_cell)
        return groups + [(cell_label(axis, i), slice(i, i + 1)) for i in levels]
    held = np.cumsum(counts[1:-1])
    if not len(held) or held[-1] == 0:
        return groups
    middle = held - counts[1:-1] / 2
    part = np.minimum((middle / held[-1] * _PARTS).astype(np.intp), _PARTS - 1)
    starts = np.flatnonzero(np.diff(part, prepend=-1))
    ends = np.append(starts[1:], len(part))
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        low = float(axis.edges[start - 1]) if start else None
        high = float(axis.edges[end - 1]) if end - 1 < len(axis.edges) else None
        groups.append((range_label(axis, low, high), slice(start + 1, end + 1)))
    return groups
