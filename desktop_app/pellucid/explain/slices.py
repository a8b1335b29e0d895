"""Where a model does much worse: groups of rows found on validation rows, told on test rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pellucid.explain.differences import (
    MEANS,
    SHARES,
    difference_of,
    moments,
    p_values,
)
from pellucid.explain.group_types import Cut, Slice
from pellucid.explain.proportions import Floats
from pellucid.models.types import Task

FEWEST_ROWS = 20
MOST_SLICES = 4
_MUCH = 1.25
_MOST_SINGLES = 60
_MOST_SHARED = 0.7
_LEVEL = 0.05
Bools = NDArray[np.bool_]
Parts = tuple[tuple[Cut, int], ...]


def row_errors(task: Task, mean: Floats, truth: NDArray[np.generic]) -> Floats:
    """Return each row's error: 1 for a wrong label or set of labels, or the absolute error."""
    if task.kind == "regression":
        return np.asarray(np.abs(mean - truth.astype(np.float64)))
    if task.kind == "multilabel":
        return np.asarray(((mean >= 0.5) != (truth == 1)).any(axis=1).astype(np.float64))
    return np.asarray((mean.argmax(axis=1) != truth.astype(np.intp)).astype(np.float64))


def find_slices(
    task: Task, cuts: Sequence[Cut], errors: Floats, validation: Bools, test: Bools
) -> tuple[tuple[Slice, ...], int]:
    """Return the groups, of one column or two, on which `errors` (rows,) are much higher.

    Groups are tried on the `validation` rows alone, by a one-sided reading of a two-sided test
    corrected for all that were tried, and must have errors a quarter higher than elsewhere. Those
    that pass are measured on `test` rows, and told where the difference there holds as well, at a
    level corrected for the number carried over. The second value counts the groups tried.
    """
    shares = task.kind != "regression"
    known = errors[validation]
    if len(known) < 2 * FEWEST_ROWS or not known.any():
        return (), 0
    held = [Cut(c.column, c.kind, c.labels, c.codes[validation], c.unit) for c in cuts]
    singles: list[Parts] = [((cut, g),) for cut in held for g in range(len(cut.labels))]
    scored = _scored(singles, known, shares)
    strongest = [parts for parts, _, _ in sorted(scored, key=lambda item: item[1])][:_MOST_SINGLES]
    pairs: list[Parts] = [
        (*one, *other)
        for i, one in enumerate(strongest)
        for other in strongest[:i]
        if one[0][0].column != other[0][0].column
    ]
    scored += _scored(pairs, known, shares)
    tried = len(scored)
    passing = sorted(
        (item for item in scored if item[1] * tried < _LEVEL and item[2] >= _MUCH),
        key=lambda item: (item[1], len(item[0])),
    )
    carried = _different([parts for parts, _, _ in passing])
    by_column = {cut.column: cut for cut in cuts}
    found = [
        _measured([(by_column[c.column], g) for c, g in parts], errors, test,
                  (tried, len(carried)), shares)
        for parts in carried
    ]  # fmt: skip
    return tuple(one for one in found if one is not None), tried


def _scored(
    candidates: Sequence[Parts], errors: Floats, shares: bool
) -> list[tuple[Parts, float, float]]:
    """Return each candidate that has rows enough with its p-value and its ratio of errors."""
    found = []
    for parts in candidates:
        inside = _inside(parts)
        rows = int(inside.sum())
        if rows < FEWEST_ROWS or len(inside) - rows < FEWEST_ROWS:
            continue
        both = moments(errors, (~inside).astype(np.intp), 2)
        p = float(p_values(both, np.array([0]), np.array([1]), shares=shares)[0])
        ratio = float(both.mean[0] / both.mean[1]) if both.mean[1] > 0 else np.inf
        found.append((parts, p if ratio > 1 else 1.0, ratio))
    return found


def _inside(parts: Sequence[tuple[Cut, int]]) -> Bools:
    return np.asarray(np.logical_and.reduce([cut.codes == group for cut, group in parts]))


def _different(passing: Sequence[Parts]) -> list[Parts]:
    """Keep the clearest, without those that are mostly the rows of one that is kept."""
    kept: list[tuple[Parts, Bools]] = []
    for parts in passing:
        inside = _inside(parts)
        shared = [(inside & other).sum() / min(inside.sum(), other.sum()) for _, other in kept]
        if all(share < _MOST_SHARED for share in shared):
            kept.append((parts, inside))
        if len(kept) == MOST_SLICES:
            break
    return [parts for parts, _ in kept]


def _measured(
    parts: Sequence[tuple[Cut, int]], errors: Floats, test: Bools, counts: tuple[int, int],
    shares: bool,
) -> Slice | None:  # fmt: skip
    tried, carried = counts
    inside = _inside(parts)[test]
    rows = int(inside.sum())
    if rows < FEWEST_ROWS or len(inside) - rows < FEWEST_ROWS:
        return None
    both = moments(errors[test], (~inside).astype(np.intp), 2)
    gap = difference_of(both, 0, 1, carried, shares=shares)
    if gap.low <= 0 or gap.p_value >= _LEVEL:
        return None
    return Slice(
        parts=tuple((cut.column, cut.kind, cut.labels[g], cut.unit) for cut, g in parts),
        error=float(both.mean[0]),
        elsewhere=float(both.mean[1]),
        rows=rows,
        low=gap.low,
        high=gap.high,
        p_value=gap.p_value,
        tried=tried,
        carried=carried,
        method=SHARES if shares else MEANS,
    )
