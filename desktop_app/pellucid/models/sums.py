"""Columns that together add up to the target, as they were entered."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pellucid.core.numbers import listing, percent
from pellucid.data.types import Alert
from pellucid.models.additive import Floats

_ROWS = 5_000
"""So many rows, drawn by the seed, are looked at."""
_ROWS_A_COLUMN = 10
"""With fewer rows a column, any numbers add up to any target."""
_KNOWN = 0.8
"""A column with fewer known values takes no part, as rows are needed that have them all."""
_MOST_COLUMNS = 8
_EXACT = 1e-6
"""What may be left over, as a share of the target's spread."""
_MOST_AMOUNTS = 10
_NEARLY_ALL = 0.95
_VARIED = 0.75


def find_sum(
    target: str, names: Sequence[str], numbers: Floats, values: NDArray[np.generic], seed: int
) -> tuple[Alert, ...]:
    """Warn where columns, as numbers, together are `target`; `numbers` (columns, rows) with NaN.

    Looked for are a weighted sum that leaves nothing over (least squares), and a plain sum or
    difference whose remainder is one of a few amounts in nearly all rows, as a charge that no
    column holds would leave. A single column is none of this check's business.
    """
    random = np.random.default_rng([seed, 6])
    rows = np.sort(random.permutation(len(values))[:_ROWS])
    sampled, truth = numbers[:, rows], values[rows].astype(np.float64)
    known = np.isfinite(sampled)
    used = np.flatnonzero(known.mean(axis=1) >= _KNOWN) if len(rows) else np.empty(0, np.intp)
    whole = known[used].all(axis=0)
    columns, truth = sampled[used][:, whole], truth[whole]
    varied = np.ptp(columns, axis=1) > 0 if columns.size else np.zeros(len(used), bool)
    columns, used = columns[varied], used[varied]
    if len(used) < 2 or len(truth) < _ROWS_A_COLUMN * len(used) or not np.ptp(truth) > 0:
        return ()
    weights = _weights(columns, truth)
    for found in (_exact(columns, truth, weights), _up_to_an_amount(columns, truth, weights)):
        if found is not None:
            parts, share = found
            named = {names[used[place]]: weight for place, weight in parts.items()}
            return (_alert(target, named, share),)
    return ()


Parts = dict[int, float]
"""The weight of each column that takes part, by its place."""


def _weights(columns: Floats, truth: Floats) -> Floats:
    """Return the least-squares weight of each column, beside an intercept."""
    centre, spread = columns.mean(axis=1, keepdims=True), columns.std(axis=1, keepdims=True)
    scaled = ((columns - centre) / spread).T
    solved = np.asarray(np.linalg.lstsq(scaled, truth - truth.mean(), rcond=None)[0])
    return np.asarray(solved / spread[:, 0])


def _exact(columns: Floats, truth: Floats, weights: Floats) -> tuple[Parts, None] | None:
    """Return the fewest columns whose weighted sum leaves nothing over."""
    if not _leaves_nothing(columns, truth, weights):
        return None
    strength = np.abs(weights) * columns.std(axis=1)
    order = np.argsort(-strength, kind="stable")[: 2 * _MOST_COLUMNS]
    kept = [int(place) for place in order]
    if not _leaves_nothing(columns[kept], truth):
        return None
    for place in reversed(order):
        fewer = [one for one in kept if one != place]
        if fewer and _leaves_nothing(columns[fewer], truth):
            kept = fewer
    if not 2 <= len(kept) <= _MOST_COLUMNS:
        return None
    found = _weights(columns[kept], truth)
    return {place: float(weight) for place, weight in zip(kept, found, strict=True)}, None


def _leaves_nothing(columns: Floats, truth: Floats, weights: Floats | None = None) -> bool:
    found = _weights(columns, truth) if weights is None else weights
    return bool((truth - found @ columns).std() <= _EXACT * truth.std())


def _up_to_an_amount(columns: Floats, truth: Floats, weights: Floats) -> tuple[Parts, float] | None:
    """Return columns whose plain sum or difference is the target and one of a few amounts."""
    signs = np.clip(np.rint(weights), -1, 1)
    kept = np.flatnonzero(signs)
    if not 2 <= len(kept) <= _MOST_COLUMNS or _commonest(truth) > _VARIED:
        return None
    share = _commonest(truth - signs[kept] @ columns[kept])
    if share < _NEARLY_ALL:
        return None
    return {int(place): float(signs[place]) for place in kept}, share


def _commonest(values: Floats) -> float:
    """Return the share of rows that have one of the few commonest values."""
    counts = np.unique(np.round(values, 6), return_counts=True)[1]
    return float(np.sort(counts)[-_MOST_AMOUNTS:].sum() / len(values))


def _alert(target: str, parts: dict[str, float], share: float | None) -> Alert:
    """Name the columns; `share` is of the rows that one of a few amounts is left over in."""
    named = sorted(parts, key=lambda name: -parts[name])
    plain = all(abs(abs(weight) - 1) < _EXACT for weight in parts.values()) and parts[named[0]] > 0
    formula = f"a weighted sum of {listing(named)}"
    if plain:
        signed = (f"{'+' if parts[name] > 0 else '−'} {name}" for name in named)
        formula = " ".join(signed).removeprefix("+ ")
    if share is not None:
        told = f"{formula} is {target} plus one of a few fixed amounts in {percent(share)} of rows"
    else:
        told = f"{target} is {formula} in every row looked at"
    return Alert(
        "leakage",
        tuple(named),
        f"{told}: together these columns give the target away. Leave out those that are known only "
        "afterwards, and fit again",
    )
