"""The target as a tree sees it: sums over texts, the loss they leave, and what a split spares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.models.types import TaskKind

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

SHRINKAGE = 2.0
"""Texts' worth of the parent's mean that a child's mean is drawn by."""
_TINY = 1e-12


@dataclass(frozen=True, slots=True)
class Outcome:
    """The target of some texts: class codes as intp, or numbers as float64, shape (texts,).

    The loss of a text is minus the logarithm of its class's share (nats), or the squared error.
    """

    values: NDArray[Any]
    classes: int
    """0 for numbers."""

    @property
    def size(self) -> int:
        return len(self.values)

    @property
    def prior(self) -> Floats:
        """What is expected where nothing is known: equal shares, or the mean of all texts."""
        if self.classes:
            return np.full(self.classes, 1.0 / self.classes)
        return np.asarray([self.values.mean() if self.size else 0.0])

    def take(self, rows: NDArray[Any]) -> Outcome:
        return Outcome(self.values[rows], self.classes)

    def sums(self) -> Floats:
        """Return how many texts each class has, or the sum of the numbers, shape (C,)."""
        if self.classes:
            return np.bincount(self.values, minlength=self.classes).astype(np.float64)
        return np.asarray([self.values.sum()], dtype=np.float64)

    def mean(self, fallback: Floats) -> Floats:
        """Return the share of each class or the mean, shape (C,); `fallback` without texts."""
        return self.sums() / self.size if self.size else fallback

    def shrunk(self, parent: Floats) -> Floats:
        """Return the mean, drawn to the parent's as if by `SHRINKAGE` further texts."""
        return np.asarray((self.sums() + SHRINKAGE * parent) / (self.size + SHRINKAGE))

    def losses(self, means: Floats, branches: Rows) -> Floats:
        """Return each text's loss where it is expected to be `means[its branch]`.

        `means` has shape (branches, C); the result shape (texts,).
        """
        if self.classes:
            return np.asarray(-np.log(means[branches, self.values]))
        return np.asarray((self.values - means[branches, 0]) ** 2)


def outcome_of(target: NDArray[Any], kind: TaskKind, classes: int) -> Outcome:
    """Return a target as an `Outcome`: codes into the classes, or numbers."""
    if kind == "regression":
        return Outcome(np.asarray(target, dtype=np.float64), 0)
    return Outcome(np.asarray(target, dtype=np.intp), classes)


def gains(matrix: Any, outcome: Outcome, least: int) -> Floats:
    """Return what a split on each n-gram spares, a text, on the texts it is fitted to.

    `matrix` is the CSR presence of the same texts, shape (texts, n-grams). The gain is the fall in
    entropy (nats) or in variance; minus infinity where a side has fewer than `least` texts.
    Shape (n-grams,).
    """
    moments = _moments(outcome)
    held = np.asarray(matrix.sum(axis=0)).ravel()
    with_it = np.asarray(matrix.T @ moments)
    whole = moments.sum(axis=0)
    spared = _loss(whole[None], np.asarray([float(outcome.size)]), outcome.classes) - (
        _loss(with_it, held, outcome.classes)
        + _loss(whole - with_it, outcome.size - held, outcome.classes)
    )
    allowed = (held >= least) & (outcome.size - held >= least)
    return np.where(allowed, spared / max(1, outcome.size), -np.inf)


def _moments(outcome: Outcome) -> Floats:
    """Return what is to be summed: a column a class, or the centred number and its square."""
    if outcome.classes:
        return np.asarray(np.eye(outcome.classes)[outcome.values])
    centred = outcome.values - outcome.prior[0]
    return np.column_stack([centred, centred**2])


def _loss(sums: Floats, texts: Floats, classes: int) -> Floats:
    """Return the total loss of groups around their own means, from their sums, shape (groups,)."""
    if not classes:
        return np.asarray(sums[:, 1] - sums[:, 0] ** 2 / np.maximum(texts, 1.0))
    shares = np.maximum(sums, 0.0) / np.maximum(texts, 1.0)[:, None]
    return np.asarray(-(sums * np.log(np.maximum(shares, _TINY))).sum(axis=1))
