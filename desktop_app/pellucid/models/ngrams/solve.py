"""The penalised linear model over a design, by L-BFGS."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pellucid.models.ngrams.design import Design
from pellucid.models.ngrams.inputs import Floats
from pellucid.models.types import TaskKind

TOLERANCE = 3e-4
"""The greatest slope of the mean loss at which the search ends, in the units of the search."""
_MOST_ROUNDS = 500
_CURVATURE: dict[TaskKind, float] = {
    "regression": 1.0,
    "binary": 0.1,
    "multiclass": 0.1,
    "multilabel": 0.1,
}
"""What the second derivative of a row's loss by its margin usually is."""
_INTERCEPT_PENALTY = 1e-7
"""Keeps the intercept of a class finite of which no row is there."""


@dataclass(frozen=True, slots=True)
class Solution:
    """`intercept` (C,) and `weights` (inputs, C), with the number of `rounds` it took."""

    intercept: Floats = field(repr=False)
    weights: Floats = field(repr=False)
    rounds: int = 0

    def zero_sum(self) -> Solution:
        """Return the same model of classes with scores that sum to 0 over several outputs."""
        if len(self.intercept) == 1:
            return self
        intercept = self.intercept - self.intercept.mean()
        weights = self.weights - self.weights.mean(axis=1, keepdims=True)
        return Solution(intercept, weights, self.rounds)


def losses_and_slopes(
    margins: Floats, target: NDArray[np.generic], kind: TaskKind
) -> tuple[Floats, Floats]:
    """Return each row's loss (rows,) and its derivative by the margins (rows, C).

    The loss is half the squared error, or log loss, of labels its sum over them; two classes have
    one margin. In the place of class codes, `target` can be chances (rows, classes) to learn from:
    their cross entropy is the loss.
    """
    if kind == "regression":
        slopes = margins - target[:, None].astype(np.float64)
        return np.asarray(slopes[:, 0] ** 2 / 2), slopes
    if kind in ("binary", "multilabel"):
        chances = _chances(target, kind)
        each = np.logaddexp(0.0, margins) - chances * margins
        return np.asarray(each.sum(axis=1)), np.exp(-np.logaddexp(0.0, -margins)) - chances
    shifted = margins - margins.max(axis=1, keepdims=True)
    total = np.exp(shifted).sum(axis=1)
    slopes = np.exp(shifted) / total[:, None]
    if target.ndim == 2:
        chances = target.astype(np.float64)
        return np.asarray(np.log(total) - (chances * shifted).sum(axis=1)), slopes - chances
    rows = np.arange(len(target))
    codes = target.astype(np.intp)
    slopes[rows, codes] -= 1
    return np.asarray(np.log(total) - shifted[rows, codes]), slopes


def _chances(target: NDArray[np.generic], kind: TaskKind) -> Floats:
    """Return the chance of each margin's label, shape (rows, C)."""
    if kind == "binary" and target.ndim == 2:
        return target[:, 1:].astype(np.float64)
    chances = np.asarray(target, dtype=np.float64)
    return chances if chances.ndim == 2 else chances[:, None]


def solve(
    design: Design,
    target: NDArray[np.generic],
    kind: TaskKind,
    outputs: int,
    members: Floats,
    strength: float,
    start: Solution | None = None,
    tolerance: float = TOLERANCE,
) -> Solution:
    """Minimise the sum of losses of the rows with `members` 1 + |weights|^2 / (2 `strength`).

    `members` (rows,) is 1 for the rows to learn from and 0 for others. The intercept is as good as
    free. Starts at `start`, where it is given. The search is by L-BFGS, each weight in units of one
    over the root of its usual curvature, which takes a third of the rounds.
    """
    from scipy.optimize import minimize

    size, rows = design.size, float(members.sum())
    shape = (size + 1, outputs)
    penalties = np.full((size + 1, 1), 1 / (strength * rows))
    penalties[0] = _INTERCEPT_PENALTY
    squares = np.concatenate([[design.rows], design.squares])[:, None] / max(design.rows, 1)
    units = 1 / np.sqrt(_CURVATURE[kind] * squares + penalties)

    def objective(flat: Floats) -> tuple[float, Floats]:
        point = flat.reshape(shape) * units
        margins = design.margins(point[1:]) + point[0]
        losses, slopes = losses_and_slopes(margins, target, kind)
        slopes *= (members / rows)[:, None]
        gradient = penalties * point
        value = float(losses @ members) / rows + float((point * gradient).sum()) / 2
        gradient[0] += slopes.sum(axis=0)
        gradient[1:] += design.gradient(slopes)
        return value, (gradient * units).ravel()

    first = np.zeros(shape)
    if start is not None:
        first = np.vstack([start.intercept, start.weights]) / units
    options = {"maxiter": _MOST_ROUNDS, "gtol": tolerance, "ftol": 1e-12, "maxcor": 12}
    found = minimize(objective, first.ravel(), jac=True, method="L-BFGS-B", options=options)
    point = found.x.reshape(shape) * units
    solution = Solution(point[0], point[1:], int(found.nit))
    return solution if kind == "multilabel" else solution.zero_sum()
