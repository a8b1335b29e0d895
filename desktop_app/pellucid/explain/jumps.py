"""Steps in a curve: a change over a narrow stretch of rows, beyond noise and beyond the trend."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pellucid.explain.curve import Curve
from pellucid.explain.types import Effect, Floats, Jump

_WINDOW_SHARE = 0.03
_LEAST_STEP = 0.2
_MOST_TREND = 0.6
_FEW_BINS = 15
_MOST_SPREAD = 3.0
LEAST_WINDOW = 20.0
_MOST_ROWS = 150.0


def find_jumps(curve: Curve) -> tuple[Jump, ...]:
    """Return the jumps of `curve`, in order of place.

    A jump changes the mean score between the rows just left and just right of an edge by at least a
    fifth of the curve's swing, while the change beyond either window is at most 60% of that.
    Beside the edge the bags differ most, since each places the jump a little differently; whether
    there is one at all is therefore asked of the windows beyond, which must differ by more than
    their joint interval and be no less sure than the rest of the curve.
    """
    if curve.size < 3:
        return ()
    if curve.size <= _FEW_BINS:
        return _between_bins(curve)
    window = max(LEAST_WINDOW, min(_WINDOW_SHARE * float(curve.rows.sum()), _MOST_ROWS))
    means, half, whole = _windows(curve, window)
    changes = means[2] - means[1]
    trend = _along(changes, means[1] - means[0], means[3] - means[2])
    swing = float(np.ptp(curve.scores))
    noise = np.hypot(half[0], half[3])
    across = np.abs(means[3] - means[0])
    usual = float(np.median(np.repeat(curve.half, np.maximum(curve.rows.astype(int), 1))))
    clear = (
        whole
        & (np.maximum(half[0], half[3]) <= _MOST_SPREAD * usual + 1e-12)
        & (np.abs(changes) >= _LEAST_STEP * swing)
        & (across >= noise)
        & (trend <= _MOST_TREND * np.abs(changes))
    )
    places = np.cumsum(curve.rows)[:-1]
    found: list[Jump] = []
    taken: list[float] = []
    for i in np.argsort(-np.abs(changes)):
        if clear[i] and all(abs(places[i] - other) > 2 * window for other in taken):
            taken.append(float(places[i]))
            found.append(
                _jump(
                    curve, int(i), float(across[i] * np.sign(changes[i])), float(noise[i]), window
                )
            )
    return tuple(sorted(found, key=lambda jump: jump.at))


def _windows(curve: Curve, window: float) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Return mean scores and half-widths, shape (4, edges): two windows left of each, two right.

    The last value says where all four are whole: at the ends of a curve a few rows span much of the
    range, and a slope looks like a step.
    """
    rows = np.concatenate([[0.0], np.cumsum(curve.rows)])
    sums = np.concatenate([[0.0], np.cumsum(curve.rows * curve.scores)])
    spreads = np.concatenate([[0.0], np.cumsum(curve.rows * curve.half)])
    starts = rows[1:-1] + window * np.array([-2.0, -1.0, 0.0, 1.0])[:, None]
    low = np.clip(starts, 0.0, rows[-1])
    high = np.clip(starts + window, 0.0, rows[-1])
    length = high - low
    safe = np.where(length > 0, length, 1.0)
    means = (np.interp(high, rows, sums) - np.interp(low, rows, sums)) / safe
    half = (np.interp(high, rows, spreads) - np.interp(low, rows, spreads)) / safe
    return means, half, np.asarray((length > 0.99 * window).all(axis=0))


def _along(changes: Floats, before: Floats, after: Floats) -> Floats:
    """Return the larger of the two neighbouring changes that go the same way, 0 at least."""
    sign = np.sign(changes)
    return np.maximum(np.maximum(before * sign, after * sign), 0.0)


def _jump(curve: Curve, edge: int, change: float, noise: float, window: float) -> Jump:
    """Place a jump where its steps within the window are, weighted by their size."""
    rows = np.cumsum(curve.rows)[:-1]
    near = np.abs(rows - rows[edge]) <= window
    steps = np.where(near, np.diff(curve.scores) * np.sign(change), 0.0)
    steps = np.where(steps >= 0.15 * steps.max(), steps, 0.0)
    inner = curve.edges[1:-1]
    spots = inner[steps > 0]
    effect = Effect(change, change - noise, change + noise, round(2 * window))
    return Jump(
        at=float((inner * steps).sum() / steps.sum()),
        low=float(spots.min()),
        high=float(spots.max()),
        change=effect,
    )


def _between_bins(curve: Curve) -> tuple[Jump, ...]:
    """Find jumps of a column with few distinct values: one step beside small ones."""
    steps = np.diff(curve.scores)
    padded = np.concatenate([[0.0], steps, [0.0]])
    trend = _along(steps, padded[:-2], padded[2:])
    noise = np.hypot(curve.half[:-1], curve.half[1:])
    swing = float(np.ptp(curve.scores))
    clear = (np.abs(steps) >= np.maximum(_LEAST_STEP * swing, noise)) & (
        trend <= _MOST_TREND * np.abs(steps)
    )
    found = []
    for i in np.flatnonzero(clear):
        step, spread, place = float(steps[i]), float(noise[i]), float(curve.edges[i + 1])
        rows = round(curve.rows[i] + curve.rows[i + 1])
        found.append(Jump(place, place, place, Effect(step, step - spread, step + spread, rows)))
    return tuple(found)
