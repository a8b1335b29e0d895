"""How good predictions are: metrics on held-out rows, each with a 95% interval."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from pellucid.models.additive import Floats
from pellucid.models.multilabel import CHOSEN
from pellucid.models.types import Estimate, Scores, Task

RESAMPLES = 1_000
_MOST_ROWS = 20_000
"""Beyond so many rows the bootstrap runs on a sample of them, its spread scaled to all."""
_WORK = 40_000_000
"""Cells of resampled rows and classes to compute at most; fewer resamples beyond it."""
_FEWEST_RESAMPLES = 200
_CHUNK = 50
_TINY = 1e-15

Weights = NDArray[np.float64]
Metric = Callable[[Weights], Floats]
"""Weights of rows, shape (resamples, rows), to the metric of each resample."""


@dataclass(frozen=True, slots=True)
class Resampled:
    """Scores with each metric's value on each resample of the rows, shape (resamples,).

    The same seed draws the same rows, whatever the model, so that two can be compared in pairs.
    """

    scores: Scores
    draws: Mapping[str, Floats] = field(repr=False)
    scale: float
    """What the spread of `draws` is multiplied by, as they were made from a share of the rows."""


def score(
    task: Task,
    mean: Floats,
    truth: NDArray[np.generic],
    seed: int,
    name: str,
    resamples: int = RESAMPLES,
) -> Scores:
    """Return the metrics of predictions, as `resample` does."""
    return resample(task, mean, truth, seed, name, resamples).scores


def resample(
    task: Task,
    mean: Floats,
    truth: NDArray[np.generic],
    seed: int,
    name: str,
    resamples: int = RESAMPLES,
) -> Resampled:
    """Return the metrics of predictions, with 95% intervals by bootstrap over rows.

    `mean` (rows,) for regression, else probabilities (rows, classes); `truth` values, or codes of
    `task.classes`, or 0 and 1 a label (rows, classes). `auc` past two classes is one against the
    rest, averaged over the classes that occur, and of labels over those that some rows have and
    some lack. A metric that the rows do not determine (an AUC with one class) is left out, as are
    all without rows.
    """
    rows = len(truth)
    random = np.random.default_rng([seed, 1])
    kept = random.permutation(rows)[:_MOST_ROWS] if rows > _MOST_ROWS else np.arange(rows)
    full = _metrics(task, mean, truth)
    sample = full if len(kept) == rows else _metrics(task, mean[kept], truth[kept])
    affordable = max(_FEWEST_RESAMPLES, _WORK // max(1, mean[kept].size))
    resamples = min(resamples, affordable)
    draws = _resample(sample, len(kept), resamples, random)
    scale = math.sqrt(len(kept) / rows) if rows else 1.0
    estimates = {}
    for key, metric in full.items():
        value = float(metric(np.ones((1, rows)))[0])
        if math.isfinite(value):
            estimates[key] = _interval(value, draws[key], scale)
    scores = Scores(name, estimates, f"bootstrap over rows, {resamples:,} resamples")
    return Resampled(scores, draws, scale)


def beside(own: Resampled, other: Resampled) -> Scores:
    """Return the other model's scores with the lead of `own` over it, by paired bootstrap.

    Both are measured on each resample of the rows, so that what makes rows easy or hard for either
    cancels. Source: Efron and Tibshirani (1993), "An introduction to the bootstrap", chapter 8.
    """
    lead = {}
    resamples = 0
    for key, theirs in other.scores.metrics.items():
        ours = own.scores.metrics.get(key)
        if ours is not None:
            resamples = min(len(own.draws[key]), len(other.draws[key]))
            draws = own.draws[key][:resamples] - other.draws[key][:resamples]
            lead[key] = _interval(ours.value - theirs.value, draws, own.scale)
    method = f"paired bootstrap over rows, {resamples:,} resamples" if lead else ""
    return replace(other.scores, lead=lead, lead_interval=method)


def losses(task: Task, mean: Floats, truth: NDArray[np.generic]) -> Floats:
    """Return each row's loss, shape (rows,): log loss (natural logarithm), or squared error.

    Of several labels a row, it is the mean of their losses.
    """
    if task.kind == "regression":
        return np.asarray((mean - truth.astype(np.float64)) ** 2)
    if task.kind == "multilabel":
        actual = np.where(truth == 1, mean, 1 - mean)
        return np.asarray(-np.log(np.maximum(actual, _TINY)).mean(axis=1))
    chosen = mean[np.arange(len(truth)), truth.astype(np.intp)]
    return np.asarray(-np.log(np.maximum(chosen, _TINY)))


def _interval(value: float, draws: Floats, scale: float) -> Estimate:
    known = draws[np.isfinite(draws)]
    if not len(known):
        return Estimate(value, math.nan, math.nan)
    low, high = np.quantile(known, [0.025, 0.975])
    if scale == 1.0:
        return Estimate(value, float(low), float(high))
    centre = float(known.mean())
    return Estimate(value, value + scale * (low - centre), value + scale * (high - centre))


def _resample(
    metrics: Mapping[str, Metric], rows: int, resamples: int, random: np.random.Generator
) -> dict[str, Floats]:
    found: dict[str, list[Floats]] = {key: [] for key in metrics}
    for start in range(0, resamples if rows else 0, _CHUNK):
        draws = min(_CHUNK, resamples - start)
        picks = random.integers(rows, size=(draws, rows))
        picks += np.arange(draws)[:, None] * rows
        weights = np.bincount(picks.ravel(), minlength=draws * rows).reshape(draws, rows)
        for key, metric in metrics.items():
            found[key].append(metric(weights.astype(np.float64)))
    return {key: np.concatenate(parts) if parts else np.empty(0) for key, parts in found.items()}


def _metrics(task: Task, mean: Floats, truth: NDArray[np.generic]) -> dict[str, Metric]:
    """Return the task's metrics, prepared for these rows; none without rows."""
    if not len(truth):
        return {}
    if task.kind == "regression":
        return _regression_metrics(mean, truth.astype(np.float64))
    if task.kind == "multilabel":
        return _label_metrics(task, mean, truth == 1)
    return _class_metrics(task, mean, truth.astype(np.intp))


def _regression_metrics(mean: Floats, truth: Floats) -> dict[str, Metric]:
    squared, absolute, shifted = (mean - truth) ** 2, np.abs(mean - truth), truth - truth.mean()

    def r2(weights: Weights) -> Floats:
        total = weights.sum(axis=1)
        spread = weights @ shifted**2 - (weights @ shifted) ** 2 / total
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.where(spread > 0, 1 - weights @ squared / spread, np.nan))

    return {
        "rmse": lambda weights: np.sqrt(_average(squared, weights)),
        "mae": lambda weights: _average(absolute, weights),
        "r2": r2,
    }


def _class_metrics(task: Task, mean: Floats, truth: NDArray[np.intp]) -> dict[str, Metric]:
    rows = np.arange(len(truth))
    chosen = mean.argmax(axis=1)
    is_right = (chosen == truth).astype(np.float64)
    log_losses = losses(task, mean, truth)
    actual = np.zeros_like(mean)
    actual[rows, truth] = 1.0
    distance = ((mean - actual) ** 2).sum(axis=1)
    if task.kind == "binary":
        positive = task.classes.index(task.positive)
        areas = [_area_under_curve(mean[:, positive], truth == positive)]
        brier = distance / 2
    else:
        present = np.unique(truth)
        areas = [_area_under_curve(mean[:, k], truth == k) for k in present]
        brier = distance
    metrics: dict[str, Metric] = {
        "auc": _mean_of(areas),
        "accuracy": lambda weights: _average(is_right, weights),
        "log_loss": lambda weights: _average(log_losses, weights),
        "brier": lambda weights: _average(brier, weights),
    }
    if task.kind == "multiclass":
        one_hot = np.eye(len(task.classes))
        metrics["macro_f1"] = _macro_f1(one_hot[chosen], one_hot[truth])
    return metrics


def _label_metrics(task: Task, mean: Floats, truth: NDArray[np.bool_]) -> dict[str, Metric]:
    """Return the metrics of labels, (rows, classes) each; a label is chosen from one half on."""
    chosen = mean >= CHOSEN
    is_right = (chosen == truth).all(axis=1).astype(np.float64)
    log_losses = losses(task, mean, truth)
    brier = ((mean - truth) ** 2).mean(axis=1)
    areas = [_area_under_curve(one, has) for one, has in zip(mean.T, truth.T, strict=True)]
    both, hits = (chosen * 1.0 + truth).sum(axis=1), (chosen & truth).sum(axis=1).astype(np.float64)

    def micro_f1(weights: Weights) -> Floats:
        total = weights @ both
        out = np.full(len(total), np.nan)
        return np.asarray(np.divide(2 * (weights @ hits), total, out=out, where=total > 0))

    return {
        "auc": _mean_of(areas),
        "macro_f1": _macro_f1(chosen.astype(np.float64), truth.astype(np.float64)),
        "micro_f1": micro_f1,
        "exact_match": lambda weights: _average(is_right, weights),
        "log_loss": lambda weights: _average(log_losses, weights),
        "brier": lambda weights: _average(brier, weights),
    }


def _mean_of(areas: Sequence[Metric]) -> Metric:
    """Return the mean of metrics, of each resample over those that it determines."""

    def mean(weights: Weights) -> Floats:
        found = np.stack([area(weights) for area in areas])
        known = np.isfinite(found).sum(axis=0)
        total = np.nansum(found, axis=0)
        average: Floats = np.divide(total, known, out=np.full(len(total), np.nan), where=known > 0)
        return average

    return mean


def _average(values: Floats, weights: Weights) -> Floats:
    return np.asarray(weights @ values / weights.sum(axis=1))


def _area_under_curve(ranked: Floats, is_positive: NDArray[np.bool_]) -> Metric:
    """Return the area under the ROC curve as a function of row weights; ties count half."""
    order = np.argsort(ranked, kind="stable")
    values, positive = ranked[order], is_positive[order].astype(np.float64)
    starts = np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]]))

    def area(weights: Weights) -> Floats:
        sorted_weights = weights[:, order]
        up = np.add.reduceat(sorted_weights * positive, starts, axis=1)
        down = np.add.reduceat(sorted_weights * (1 - positive), starts, axis=1)
        below = np.cumsum(down, axis=1) - down / 2
        pairs = up.sum(axis=1) * down.sum(axis=1)
        wins = np.einsum("rk,rk->r", up, below)
        share: Floats = np.divide(wins, pairs, out=np.full(len(wins), np.nan), where=pairs > 0)
        return share

    return area


def _macro_f1(predicted: Floats, actual: Floats) -> Metric:
    """Return the mean F1 over the classes that occur or are predicted, as a function of weights.

    `predicted` and `actual` (rows, classes) are 0 and 1.
    """
    hits = predicted * actual

    def macro_f1(weights: Weights) -> Floats:
        both = weights @ predicted + weights @ actual
        f1 = np.divide(2 * (weights @ hits), both, out=np.full(both.shape, np.nan), where=both > 0)
        known = np.isfinite(f1).sum(axis=1)
        out = np.full(len(f1), np.nan)
        return np.asarray(np.divide(np.nansum(f1, axis=1), known, out=out, where=known > 0))

    return macro_f1
