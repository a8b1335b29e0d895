"""A term's curve as it can be trusted: thin bins merged, and wiggles within noise taken out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pellucid.explain.types import Floats, TermExplanation
from pellucid.models.intervals import student_t_975

Indices = NDArray[np.intp]
_MOST_SPREAD = 2.5


@dataclass(frozen=True, slots=True)
class Curve:
    """Consecutive bins of one output, empty ones left out.

    `scores`, `half` and `rows` have shape (bins,); `edges` (bins + 1,) with the axis's least and
    greatest training values at the ends. `half` of the 95% interval is 0 where it is not known.
    """

    edges: Floats
    scores: Floats
    half: Floats
    rows: Floats

    @property
    def size(self) -> int:
        return len(self.scores)


def curve_of(term: TermExplanation, output: int) -> Curve:
    """Return the curve of a `bins` term without its missing and unseen cells."""
    axis = term.axes[0]
    inner = axis.edges if axis.edges is not None else np.empty(0)
    bounds = (float(inner[0]), float(inner[-1])) if len(inner) else (0.0, 0.0)
    low = bounds[0] if np.isnan(axis.low) else min(axis.low, bounds[0])
    high = bounds[1] if np.isnan(axis.high) else max(axis.high, bounds[1])
    scores = term.scores[1:-1, output]
    half = pooled_half(term)[1:-1, output]
    rows = np.asarray(term.counts[1:-1], dtype=np.float64)
    edges = np.concatenate([[low], inner, [high]])
    full = rows > 0
    starts = edges[:-1][full]
    if not len(starts):
        return Curve(edges[:1], scores[full], half[full], rows[full])
    last = edges[1:][full][-1]
    return Curve(np.append(starts, last), scores[full], half[full], rows[full])


def merge_thin(curve: Curve, least: float) -> Curve:
    """Merge neighbouring bins until each holds about `least` rows; large bins stay alone."""
    groups: list[list[int]] = []
    held = 0.0
    for i, rows in enumerate(curve.rows):
        if groups and (held + rows <= least or held < least / 2):
            groups[-1].append(i)
            held += rows
        else:
            groups.append([i])
            held = rows
    if len(groups) > 1 and held < least / 2:
        groups[-2].extend(groups.pop())
    starts = np.array([group[0] for group in groups], dtype=np.intp)
    if not len(starts):
        return curve
    rows = np.add.reduceat(curve.rows, starts)
    squares = np.add.reduceat(curve.half**2 * curve.rows, starts) / rows
    return Curve(
        edges=np.append(curve.edges[starts], curve.edges[-1]),
        scores=np.add.reduceat(curve.scores * curve.rows, starts) / rows,
        half=np.sqrt(_smooth(squares)),
        rows=rows,
    )


def pooled_half(term: TermExplanation) -> Floats:
    """Return half-widths for means over several cells, shaped as the term's scores.

    The spread over a handful of bags is itself a rough estimate. Averaged over neighbouring cells
    it is a better one, so Student's t has three times the degrees of freedom here that it has for a
    single cell's interval. 0 where no spread is known.
    """
    if term.bags < 2:
        return np.nan_to_num((term.high - term.low) / 2)
    better = student_t_975(3 * (term.bags - 1)) / student_t_975(term.bags - 1)
    return np.asarray(np.nan_to_num((term.high - term.low) / 2) * better)


def _smooth(squares: Floats) -> Floats:
    """Average over two neighbours on either side, fewer at the ends."""
    kernel = np.ones(5 if len(squares) >= 5 else 1)
    filled = np.convolve(squares, kernel, "same")
    return np.asarray(filled / np.convolve(np.ones_like(squares), kernel, "same"))


def extremes(curve: Curve, share: float) -> Indices:
    """Return the bins between which the curve rises and falls beyond noise, alternately.

    Starts from all local extremes and takes out, smallest first, each change that is within the
    joint interval of its ends or under `share` of the sure swing (persistence, Edelsbrunner et al.
    2002). One bin is left of a flat curve, two of a monotone one.
    """
    left = _local_extremes(curve.scores)
    floor = share * sure_swing(curve)
    while len(left) > 1:
        found = np.array(left)
        noise = np.hypot(curve.half[found[:-1]], curve.half[found[1:]])
        change = np.abs(np.diff(curve.scores[found]))
        weakness = change / np.maximum(np.maximum(noise, floor), 1e-12)
        weakest = int(np.argmin(weakness))
        if weakness[weakest] >= 1:
            break
        _take_out(left, weakest, curve.scores)
    return np.asarray(left, dtype=np.intp)


def sure_bins(curve: Curve) -> NDArray[np.bool_]:
    """Say which bins have an interval that is not far wider than is usual for the curve.

    At its ends a curve can run away over a few rows that say all the same.
    """
    sure = curve.half <= _MOST_SPREAD * float(np.median(curve.half))
    return sure if sure.sum() > 1 else np.ones(curve.size, dtype=bool)


def sure_swing(curve: Curve) -> float:
    """Return the change from the lowest to the highest of the sure bins."""
    return float(np.ptp(curve.scores[sure_bins(curve)]))


def _take_out(left: list[int], weakest: int, scores: Floats) -> None:
    last = len(left) - 2
    if weakest not in (0, last):
        del left[weakest : weakest + 2]
    elif len(left) == 2:
        highest = max(left, key=lambda i: abs(scores[i]))
        left[:] = [highest]
    else:
        del left[0 if weakest == 0 else -1]


def _local_extremes(scores: Floats) -> list[int]:
    found: list[int] = []
    for i in range(len(scores)):
        if found and scores[i] == scores[found[-1]]:
            continue
        rising = len(found) > 1 and scores[found[-1]] > scores[found[-2]]
        falling = len(found) > 1 and scores[found[-1]] < scores[found[-2]]
        if (rising and scores[i] > scores[found[-1]]) or (
            falling and scores[i] < scores[found[-1]]
        ):
            found[-1] = i
        else:
            found.append(i)
    return found
