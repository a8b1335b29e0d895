"""Scores to their readable form: centred, pairs purified, predictions unchanged.

Source: Lengerich, Tan, Chang, Hooker and Caruana (2020), "Purifying interaction effects with the
functional ANOVA", AISTATS.
"""

from __future__ import annotations

import numpy as np

from pellucid.models.additive import Floats


def centre(scores: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return scores that average to 0 over `weights`, and the mean that was taken out, shape (C,).

    `scores` (*K, C), `weights` (*K,). The first and last cells of an axis, missing and unseen, that
    hold no training row were never learned: they get the average, 0.
    """
    total = weights.sum()
    mean = np.tensordot(weights, scores, axes=weights.ndim) / total
    centred = scores - mean
    for axis in range(weights.ndim):
        for end in (0, -1):
            cells = tuple(end if i == axis else slice(None) for i in range(weights.ndim))
            if weights[cells].sum() == 0:
                centred[cells] = 0.0
    return centred, mean


def purify(scores: Floats, weights: Floats) -> tuple[Floats, Floats, Floats]:
    """Split a pair into itself, purified, and what belongs to the mains of its two axes.

    `scores` (I, J, C), `weights` (I, J). Returns tables of shapes (I, J, C), (I, C) and (J, C) that
    sum to `scores` in every cell; the first averages to 0 over the training rows along either axis.
    The mains' parts are the least-squares fit of two additive effects to the pair. Along a row or
    column of cells without training rows nothing determines them, and they are 0 there.
    """
    rows, columns = weights.sum(axis=1), weights.sum(axis=0)
    row_sums = np.einsum("ij,ijc->ic", weights, scores)
    column_sums = np.einsum("ij,ijc->jc", weights, scores)
    if len(rows) < len(columns):
        second, first = _two_way(weights.T, columns, rows, column_sums, row_sums)
    else:
        first, second = _two_way(weights, rows, columns, row_sums, column_sums)
    pure = scores - first[:, None, :] - second[None, :, :]
    return pure, first, second


def _two_way(
    weights: Floats, rows: Floats, columns: Floats, row_sums: Floats, column_sums: Floats
) -> tuple[Floats, Floats]:
    """Solve the normal equations of a weighted two-way fit, the row effects eliminated."""
    inverse = np.divide(1.0, rows, out=np.zeros_like(rows), where=rows > 0)
    shares = weights * inverse[:, None]
    reduced = np.diag(columns) - weights.T @ shares
    right = column_sums - shares.T @ row_sums
    second = np.asarray(np.linalg.lstsq(reduced, right, rcond=1e-12)[0], dtype=np.float64)
    second[columns == 0] = 0.0
    first = row_sums * inverse[:, None] - shares @ second
    return first, second


def zero_sum(scores: Floats) -> Floats:
    """Shift scores so that they sum to 0 over classes (the last axis); one output stays as it is.

    The softmax of a sum does not change when every class gets the same.
    """
    if scores.shape[-1] == 1:
        return scores
    return np.asarray(scores - scores.mean(axis=-1, keepdims=True))
