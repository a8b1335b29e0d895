"""A pair's table made coarse enough to be told: a few parts of each axis, with enough rows."""

from __future__ import annotations

import itertools

import numpy as np

from pellucid.explain.cells import cell_label, range_label
from pellucid.explain.types import CellEffect, Effect, Floats
from pellucid.models.additive import MISSING_CELL, Axis, Term
from pellucid.models.intervals import bag_half_width

LEAST_ROWS = 20
LEAST_SHARE = 0.01
_PARTS = 3

Group = tuple[str, slice]


def pair_blocks(term: Term) -> tuple[tuple[CellEffect, ...], ...]:
    """Return, for each output, the mean score of each block of a pair's cells, highest first.

    Bins are joined to thirds of the rows, levels stay; a block needs 1% of the rows and at least
    20. Its interval is that of the block's own mean over the bags: single cells of a fine grid are
    far less sure than the blocks they make up.
    """
    counts = term.weights
    least = max(LEAST_ROWS, LEAST_SHARE * float(counts.sum()))
    first = _groups(term.axes[0], counts.sum(axis=1))
    second = _groups(term.axes[1], counts.sum(axis=0))
    found: list[list[CellEffect]] = [[] for _ in range(term.scores.shape[-1])]
    for (a, rows), (b, columns) in itertools.product(first, second):
        weights = counts[rows, columns]
        total = float(weights.sum())
        if total < least:
            continue
        bags = np.einsum("bijc,ij->bc", term.bag_scores[:, rows, columns], weights) / total
        label = f"{term.axes[0].name} {a} with {term.axes[1].name} {b}"
        for cells, effect in zip(found, _effects(bags, round(total)), strict=True):
            cells.append(CellEffect(label, effect))
    return tuple(tuple(sorted(cells, key=lambda cell: -cell.effect.score)) for cells in found)


def _effects(bags: Floats, rows: int) -> list[Effect]:
    """Return the mean over bags of each output with its interval, from shape (bags, outputs)."""
    means = bags.mean(axis=0)
    spread = bags.std(axis=0, ddof=1) if len(bags) > 1 else np.full_like(means, np.nan)
    half = np.nan_to_num(bag_half_width(spread, len(bags)))
    return [
        Effect(float(mean), float(mean - h), float(mean + h), rows)
        for mean, h in zip(means, half, strict=True)
    ]


def _groups(axis: Axis, counts: Floats) -> list[Group]:
    """Return the parts of an axis: missing, then thirds of the rows, or levels and other values."""
    groups: list[Group] = [(cell_label(axis, MISSING_CELL), slice(0, 1))]
    if axis.edges is None:
        levels = range(1, axis.unseen_cell + (axis.others > 0))
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
