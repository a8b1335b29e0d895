"""Whether predictions are right on average: over all test rows, and in bins of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pellucid.explain.differences import mean_bounds, moments
from pellucid.explain.group_types import Calibration, CalibrationBin
from pellucid.explain.proportions import Floats, wilson
from pellucid.models.types import Task

FEWEST_ROWS = 40
MOST_BINS = 10
_LEVEL = 0.05


def calibrate(task: Task, mean: Floats, truth: NDArray[np.generic]) -> Calibration | None:
    """Set predictions beside what came; None with few rows, or with several labels a row.

    `mean` and `truth` are as in `models.metrics.score`, of test rows alone. Intervals of shares are
    Wilson's; those of means are Student's of the mean error, about the mean that was predicted.
    Those of bins are Bonferroni-corrected for their number.
    """
    if len(truth) < FEWEST_ROWS or task.kind == "multilabel":
        return None
    predicted, actual = _told(task, mean, truth)
    shares = task.kind != "regression"
    whole = _bounds(predicted, actual, np.zeros(len(actual), dtype=np.intp), 1, shares)
    return Calibration(
        what="label" if task.kind == "multiclass" else "positive" if shares else "value",
        predicted=float(predicted.mean()),
        actual=float(actual.mean()),
        low=float(whole[0][0]),
        high=float(whole[1][0]),
        rows=len(actual),
        method="Wilson's interval of a share" if shares else "Student's interval of the mean error",
        bins=_bins(predicted, actual, shares),
    )


def _told(task: Task, mean: Floats, truth: NDArray[np.generic]) -> tuple[Floats, Floats]:
    if task.kind == "regression":
        return mean, truth.astype(np.float64)
    codes = truth.astype(np.intp)
    if task.kind == "binary":
        positive = task.classes.index(task.positive)
        return mean[:, positive], (codes == positive).astype(np.float64)
    return mean.max(axis=1), (mean.argmax(axis=1) == codes).astype(np.float64)


def _bins(predicted: Floats, actual: Floats, shares: bool) -> tuple[CalibrationBin, ...]:
    """Cut the rows into bins of equally many, by what was predicted."""
    count = min(MOST_BINS, len(predicted) // FEWEST_ROWS)
    if count < 2:
        return ()
    edges = np.unique(np.quantile(predicted, np.arange(1, count) / count))
    places = np.searchsorted(edges, predicted, side="right").astype(np.intp)
    _, codes = np.unique(places, return_inverse=True)
    codes = codes.astype(np.intp)
    count = int(codes.max()) + 1
    low, high = _bounds(predicted, actual, codes, count, shares)
    came, said = moments(actual, codes, count), moments(predicted, codes, count)
    return tuple(
        CalibrationBin(
            least=float(predicted[codes == bin_].min()),
            most=float(predicted[codes == bin_].max()),
            predicted=float(said.mean[bin_]),
            actual=float(came.mean[bin_]),
            low=float(low[bin_]),
            high=float(high[bin_]),
            rows=int(came.rows[bin_]),
        )
        for bin_ in range(count)
    )


def _bounds(
    predicted: Floats, actual: Floats, codes: NDArray[np.intp], groups: int, shares: bool
) -> tuple[Floats, Floats]:
    """Bound what came in each group, at a level that holds for all groups together.

    How much the target itself varies from row to row says nothing against a prediction that
    follows it: means are bounded by their errors.
    """
    if shares:
        found = moments(actual, codes, groups)
        return wilson(found.mean, found.rows, _LEVEL / groups)
    low, high = mean_bounds(moments(actual - predicted, codes, groups), _LEVEL / groups)
    said = moments(predicted, codes, groups).mean
    return low + said, high + said
