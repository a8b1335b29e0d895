"""What a term's curve does: where it turns, jumps and levels off, told apart from noise."""

from __future__ import annotations

import itertools
import math

import numpy as np
from numpy.typing import NDArray

from pellucid.explain.cells import cell_label, range_label, rounded
from pellucid.explain.curve import (
    Curve,
    Indices,
    curve_of,
    extremes,
    merge_thin,
    sure_bins,
    sure_swing,
)
from pellucid.explain.jumps import find_jumps
from pellucid.explain.ngrams import telling_ngrams
from pellucid.explain.pairs import LEAST_ROWS, LEAST_SHARE
from pellucid.explain.types import (
    CellEffect,
    Effect,
    Floats,
    Shape,
    Stretch,
    TermExplanation,
    Turn,
)
from pellucid.models.additive import MISSING_CELL
from pellucid.models.intervals import bag_half_width

_LEAST_CHANGE = 0.2
_TOLD_SHARE = 0.05
_LEVEL = 0.1
_LEVEL_WIDTH = 0.2
_TOP = 0.1
_WHOLE = 8.0
_FEW_BINS = 8
_MOST_NGRAMS = 12


def describe_shape(term: TermExplanation, output: int = 0) -> Shape:
    """Describe one output's scores of `term` without what is within noise.

    Bins are first merged to 1% of the rows and at least 20 each; a change must exceed the joint 95%
    interval of its ends and 20% of the sure swing to be told. The highest and lowest cells are
    those of 5% of the rows, since a few rows at the end of a curve say little. With one bag no
    interval is known, and only the second rule holds.
    """
    least = max(LEAST_ROWS, LEAST_SHARE * float(term.counts.sum()))
    if term.kind == "bins":
        return _curve_shape(term, output, least)
    if term.kind == "pair":
        cells = term.blocks[output] if term.blocks else ()
    elif term.kind == "ngrams":
        cells = _ngram_cells(term, output)
    else:
        cells = _supported_levels(term, output, least)
    if len(cells) < 2:
        return Shape(term.name, output, True, _no_effect())
    swing = difference(cells[0].effect, cells[-1].effect)
    return Shape(
        term=term.name,
        output=output,
        flat=_is_vague(swing, term.bags) if term.kind == "pair" else swing.low <= 0,
        swing=swing,
        cells=cells,
        missing=_missing(term, output) if term.kind == "levels" else None,
    )


def _is_vague(swing: Effect, bags: int) -> bool:
    """Say whether a pair's blocks differ by less than twice their variation over bags.

    Boosting finds a pair's strength late and stops early, so bags agree on where it raises and
    lowers long before they agree on by how much: an interval of its strength would hide the place.
    """
    if bags < 2:
        return swing.low <= 0
    half_per_variation = float(bag_half_width(np.ones(1), bags)[0])
    return swing.score <= 2 * (swing.high - swing.score) / half_per_variation


def difference(a: Effect, b: Effect) -> Effect:
    """Return a minus b with its interval, the two taken as independent."""
    change = a.score - b.score
    half = math.hypot((a.high - a.low) / 2, (b.high - b.low) / 2)
    return Effect(change, change - half, change + half, a.rows + b.rows)


def flipped(effect: Effect) -> Effect:
    """Return the effect with its sign turned, for a drop told by its size."""
    return Effect(-effect.score, -effect.high, -effect.low, effect.rows)


def _no_effect() -> Effect:
    return Effect(0.0, 0.0, 0.0, 0)


def _curve_shape(term: TermExplanation, output: int, least: float) -> Shape:
    fine = curve_of(term, output)
    missing = _missing(term, output)
    if not fine.size:
        return Shape(term.name, output, True, _no_effect(), missing=missing)
    curve = merge_thin(fine, least)
    marks = extremes(curve, _LEAST_CHANGE)
    told = merge_thin(fine, max(least, _TOLD_SHARE * float(fine.rows.sum())))
    if told.size < _FEW_BINS:
        told = curve
    top, bottom = _outermost(told)
    swing = difference(_effect(told, top), _effect(told, bottom))
    if len(marks) < 2 or swing.low <= 0 < swing.high - swing.low:
        return Shape(term.name, output, True, swing, missing=missing)
    return Shape(
        term=term.name,
        output=output,
        flat=False,
        swing=swing,
        stretches=_stretches(curve, marks),
        turns=tuple(_turn(curve, marks, i) for i in range(1, len(marks) - 1)),
        jumps=find_jumps(fine),
        cells=tuple(_bin(term, told, i) for i in (top, bottom)),
        missing=missing,
    )


def _effect(curve: Curve, i: int) -> Effect:
    score, half = float(curve.scores[i]), float(curve.half[i])
    return Effect(score, score - half, score + half, round(curve.rows[i]))


def _bin(term: TermExplanation, curve: Curve, i: int) -> CellEffect:
    """Name a bin by its edges, each rounded to a quarter of the narrower bin beside it."""
    widths = np.diff(curve.edges)
    edges: list[float | None] = [None, None]
    for side, k in enumerate((i, i + 1)):
        if 0 < k < curve.size:
            width = float(min(widths[k - 1], widths[k]))
            edge = float(curve.edges[k])
            is_exact = term.axes[0].is_integer and width <= _WHOLE
            edges[side] = edge if is_exact else rounded(edge, width)
    return CellEffect(range_label(term.axes[0], *edges), _effect(curve, i))


def _outermost(curve: Curve) -> tuple[int, int]:
    """Return the highest and the lowest of the bins that are sure."""
    sure = sure_bins(curve)
    top = int(np.argmax(np.where(sure, curve.scores, -np.inf)))
    return top, int(np.argmin(np.where(sure, curve.scores, np.inf)))


def _turn(curve: Curve, marks: Indices, position: int) -> Turn:
    """Describe the extreme `marks[position]`: its place is the middle of its top tenth."""
    before, here, after = (int(i) for i in marks[position - 1 : position + 2])
    score = curve.scores[here]
    prominence = float(min(abs(score - curve.scores[before]), abs(score - curve.scores[after])))
    drop = np.abs(score - curve.scores)
    first, last = _around(drop <= np.hypot(curve.half, curve.half[here]), here, before, after)
    left, right = _around(drop <= _TOP * prominence, here, before, after)
    return Turn(
        kind="peak" if score > curve.scores[before] else "trough",
        at=float(curve.edges[left] + curve.edges[right + 1]) / 2,
        low=float(curve.edges[first]),
        high=float(curve.edges[last + 1]),
        effect=_effect(curve, here),
        prominence=prominence,
    )


def _around(near: NDArray[np.bool_], here: int, least: int, most: int) -> tuple[int, int]:
    """Return the first and last bin of the unbroken run of `near` bins around `here`."""
    first = last = here
    while first - 1 > least and near[first - 1]:
        first -= 1
    while last + 1 < most and near[last + 1]:
        last += 1
    return first, last


def _stretches(curve: Curve, marks: Indices) -> tuple[Stretch, ...]:
    """Cut the curve at its extremes, and set apart the level parts at the ends of each piece."""
    span = float(curve.edges[-1] - curve.edges[0])
    bounds = [0, *(int(i) for i in marks[1:-1]), curve.size - 1]
    found: list[Stretch] = []
    reach = sure_swing(curve)
    for k, (a, b) in enumerate(itertools.pairwise(marks.tolist())):
        change = float(curve.scores[b] - curve.scores[a])
        start, end = a, b
        trifle = _LEVEL * min(abs(change), reach)
        away = np.abs(curve.scores - curve.scores[a]) > trifle
        short = np.abs(curve.scores - curve.scores[b]) > trifle
        while start < end - 1 and not away[start + 1]:
            start += 1
        while end > start + 1 and not short[end - 1]:
            end -= 1
        place = [float(curve.edges[bounds[k]]), float(curve.edges[bounds[k + 1] + 1])]
        if k:
            place[0] = _middle(curve, bounds[k])
        if k < len(marks) - 2:
            place[1] = _middle(curve, bounds[k + 1])
        inner = [_edge(curve, start), float(curve.edges[end])]
        if curve.size < _FEW_BINS:
            inner = list(place)
        if inner[0] - place[0] < _LEVEL_WIDTH * span:
            inner[0] = place[0]
        if place[1] - inner[1] < _LEVEL_WIDTH * span:
            inner[1] = place[1]
        found.extend(_pieces(place, inner, change))
    return tuple(found)


def _middle(curve: Curve, i: int) -> float:
    return float(curve.edges[i] + curve.edges[i + 1]) / 2


def _edge(curve: Curve, i: int) -> float:
    return float(curve.edges[i + 1])


def _pieces(place: list[float], inner: list[float], change: float) -> list[Stretch]:
    found = [Stretch("rises" if change > 0 else "falls", inner[0], inner[1], change)]
    if inner[0] > place[0]:
        found.insert(0, Stretch("level", place[0], inner[0], 0.0))
    if inner[1] < place[1]:
        found.append(Stretch("level", inner[1], place[1], 0.0))
    return found


def _missing(term: TermExplanation, output: int) -> CellEffect | None:
    """Return the missing cell's score against the mean of the rest, if 20 rows are missing."""
    counts = term.counts
    if counts[MISSING_CELL] < LEAST_ROWS:
        return None
    rest = float(np.sum(counts[1:] * term.scores[1:, output]) / max(1.0, float(counts[1:].sum())))
    low, high = term.low[MISSING_CELL, output], term.high[MISSING_CELL, output]
    score = float(term.scores[MISSING_CELL, output])
    half = 0.0 if np.isnan(low) else float(high - low) / 2
    change = score - rest
    return CellEffect(
        "missing", Effect(change, change - half, change + half, round(counts[MISSING_CELL]))
    )


def _ngram_cells(term: TermExplanation, output: int) -> tuple[CellEffect, ...]:
    """Return the n-grams that raise and lower most, highest score first."""
    raising, lowering = telling_ngrams(term, output, _MOST_NGRAMS)
    found = [_cell_effect(term, cell, output) for cell in (*raising, *lowering)]
    return tuple(sorted(found, key=lambda item: -item.effect.score))


def _supported_levels(term: TermExplanation, output: int, least: float) -> tuple[CellEffect, ...]:
    """Return the levels that hold enough rows, highest score first."""
    counts: Floats = term.counts
    found = []
    for cell in np.flatnonzero(counts >= least).tolist():
        if cell == MISSING_CELL:
            continue
        found.append(_cell_effect(term, cell, output))
    return tuple(sorted(found, key=lambda item: -item.effect.score))


def _cell_effect(term: TermExplanation, cell: int, output: int) -> CellEffect:
    score = float(term.scores[cell, output])
    half = float(np.nan_to_num(term.high[cell, output] - term.low[cell, output])) / 2
    effect = Effect(score, score - half, score + half, round(float(term.counts[cell])))
    return CellEffect(cell_label(term.axes[0], cell), effect)
