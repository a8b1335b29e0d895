"""The plain data, without a model: how the target differs between the groups of each column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pellucid.explain.differences import (
    MEANS,
    SHARES,
    Difference,
    Moments,
    difference_of,
    mean_bounds,
    moments,
    p_values,
)
from pellucid.explain.group_types import Comparison, Cut, GroupValue
from pellucid.explain.proportions import Floats, wilson
from pellucid.explain.trends import FEWEST_PERIODS, METHOD, trend_of
from pellucid.models.types import Task

_LEVEL = 0.05


def compare_groups(
    task: Task, cuts: Sequence[Cut], truth: NDArray[np.generic]
) -> tuple[Comparison, ...]:
    """Return, for each cut, the pair of groups that the target tells apart most clearly.

    `truth` is the target as `models.tasks.target_of` gives it, all known. Every pair of groups of
    every cut is tried for every outcome, of periods the trend along all of them; cuts without a
    pair that passes the corrected test give nothing.
    """
    outcomes = list(_outcomes(task, truth))
    values = dict(outcomes)
    shares = task.kind != "regression"
    tables = [
        (cut, name, moments(held, cut.codes, len(cut.labels)), float(held.std()))
        for cut in cuts
        for name, held in outcomes
    ]
    tried = sum(_pairs(cut)[0].size for cut, _, _, _ in tables)
    best: dict[str, Comparison] = {}
    for cut, name, found, spread in tables:
        if cut.kind == "periods":
            one = _along(cut, name, found, values[name], tried, shares)
        else:
            one = _clearest(cut, name, found, spread, tried, shares)
        known = best.get(cut.column)
        if one is not None and (known is None or abs(one.difference) > abs(known.difference)):
            best[cut.column] = one
    return tuple(best.values())


def _outcomes(task: Task, truth: NDArray[np.generic]) -> Iterator[tuple[str, Floats]]:
    """Yield what is averaged: the target itself, or 1 where a row is of a class and 0 elsewhere."""
    if task.kind == "regression":
        yield "", truth.astype(np.float64)
    elif task.kind == "binary":
        yield task.positive, (truth == task.classes.index(task.positive)).astype(np.float64)
    elif task.kind == "multilabel":
        for place, name in enumerate(task.classes):
            yield name, (truth[:, place] == 1).astype(np.float64)
    else:
        for place, name in enumerate(task.classes):
            yield name, (truth == place).astype(np.float64)


def _pairs(cut: Cut) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    if cut.kind == "periods":
        return np.array([len(cut.labels) - 1]), np.array([0])
    return np.triu_indices(len(cut.labels), 1)


def _clearest(
    cut: Cut, outcome: str, found: Moments, spread: float, tried: int, shares: bool
) -> Comparison | None:
    a, b = _pairs(cut)
    p = p_values(found, a, b, shares=shares)
    passing = np.flatnonzero(p * tried < _LEVEL)
    if not len(passing) or spread == 0:
        return None
    gaps = found.mean[a] - found.mean[b]
    best = passing[np.argmax(np.abs(gaps[passing]))]
    one, other = int(a[best]), int(b[best])
    if gaps[best] < 0:
        one, other = other, one
    gap = difference_of(found, one, other, tried, shares=shares)
    comparison = _compared(cut, outcome, found, (one, other), gap, spread, tried, shares)
    return comparison if comparison.is_clear else None


def _compared(
    cut: Cut, outcome: str, found: Moments, pair: tuple[int, int], gap: Difference, spread: float,
    tried: int, shares: bool,
) -> Comparison:  # fmt: skip
    groups = _values(cut, found, shares)
    return Comparison(
        column=cut.column,
        kind=cut.kind,
        outcome=outcome,
        groups=groups,
        first=groups[pair[0]],
        second=groups[pair[1]],
        difference=gap.value,
        low=gap.low,
        high=gap.high,
        p_value=gap.p_value,
        tried=tried,
        method=SHARES if shares else MEANS,
        spread=spread,
        unit=cut.unit,
    )


def _along(
    cut: Cut, outcome: str, found: Moments, values: Floats, tried: int, shares: bool
) -> Comparison | None:
    """Return the change along all periods, None where they do not agree on one.

    Few periods cannot bound a line: there every step has to go the same way.
    """
    ends = len(cut.labels) - 1, 0
    spread = float(values.std())
    if spread == 0:
        return None
    trend = trend_of(cut.labels, found.mean, values, cut.codes)
    if trend is not None:
        span = trend.span
        gap = Difference(trend.slope * span, trend.low * span, trend.high * span,
                         min(1.0, trend.p_value * tried))  # fmt: skip
        one = _compared(cut, outcome, found, ends, gap, spread, tried, shares)
        one = replace(one, span=span, method=METHOD)
        return one if one.is_clear else None
    steps = np.diff(found.mean)
    if len(cut.labels) >= FEWEST_PERIODS or not ((steps > 0).all() or (steps < 0).all()):
        return None
    gap = difference_of(found, *ends, tried, shares=shares)
    one = _compared(cut, outcome, found, ends, gap, spread, tried, shares)
    return one if one.is_clear else None


def _values(cut: Cut, found: Moments, shares: bool) -> tuple[GroupValue, ...]:
    low, high = wilson(found.mean, found.rows) if shares else mean_bounds(found)
    return tuple(
        GroupValue(label, round(rows), value, least, most)
        for label, rows, value, least, most in zip(
            cut.labels, found.rows.tolist(), found.mean.tolist(), low.tolist(), high.tolist(),
            strict=True,
        )
    )  # fmt: skip
