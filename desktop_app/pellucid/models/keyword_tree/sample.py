"""The texts of one node, some held out, and how well a set of keywords splits them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.models.keyword_tree.outcome import Floats, Outcome, Rows

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Split:
    """Texts told apart: `holds` says which hold a keyword, shape (texts of the node,).

    `means` are the two sides', shape (2, C), those without a keyword first. `fit_losses` and
    `held_losses` are the losses of the texts fitted to and of those held out.
    """

    holds: Flags
    means: Floats
    fit_losses: Floats
    held_losses: Floats


@dataclass(frozen=True, slots=True)
class Sample:
    """The texts of one node: presence by column (scipy CSC) and by row, outcome, and two parts."""

    by_column: Any
    outcome: Outcome
    fit: Rows
    held: Rows

    @property
    def texts(self) -> int:
        return self.outcome.size

    def texts_with(self, column: int) -> Rows:
        """Return the places of the texts that hold an n-gram."""
        starts = self.by_column.indptr
        return np.asarray(self.by_column.indices[starts[column] : starts[column + 1]])

    def unsplit(self) -> Split:
        """Return the node as it is: all texts on one side."""
        return self.split(np.zeros(self.texts, dtype=np.bool_))

    def split(self, holds: Flags) -> Split:
        """Fit a mean to either side and return the losses that it leaves in both parts."""
        fit, held = self.outcome.take(self.fit), self.outcome.take(self.held)
        branches = holds.astype(np.intp)
        whole = fit.shrunk(fit.prior)
        means = np.stack(
            [fit.take(branches[self.fit] == branch).shrunk(whole) for branch in (0, 1)]
        )
        return Split(
            holds,
            means,
            fit.losses(means, branches[self.fit]),
            held.losses(means, branches[self.held]),
        )

    def gain(self, before: Split, after: Split) -> tuple[float, float]:
        """Return the loss per held-out text that `after` spares, and its standard error.

        The error is the greater of two: that of the paired losses, and that which they would have
        if the target did not depend on the side. Only the second is honest about a side in which a
        rare class happens to be absent.
        """
        gain, error = paired(before.held_losses - after.held_losses)
        held = self.outcome.take(self.held)
        by_chance = 0.0
        for branch in (0, 1):
            everywhere = np.full(held.size, branch, dtype=np.intp)
            spared = before.held_losses - held.losses(after.means, everywhere)
            texts = np.count_nonzero(after.holds[self.held] == bool(branch))
            by_chance += texts * float(spared.var()) if held.size else 0.0
        return gain, max(error, np.sqrt(by_chance) / max(1, held.size))


def sample_of(matrix: Any, outcome: Outcome, share: float, rng: np.random.Generator) -> Sample:
    """Hold out a `share` of a node's texts, as evenly over the target as can be."""
    order = rng.permutation(outcome.size)
    order = order[np.argsort(outcome.values[order], kind="stable")]
    steps = np.floor((np.arange(outcome.size + 1) + rng.random()) * share)
    is_held = np.zeros(outcome.size, dtype=np.bool_)
    is_held[order] = np.diff(steps) > 0
    return Sample(matrix.tocsc(), outcome, np.flatnonzero(~is_held), np.flatnonzero(is_held))


def paired(spared: Floats) -> tuple[float, float]:
    """Return the mean of losses spared text by text, and its standard error.

    The error is infinite with fewer than two texts.
    """
    if len(spared) < 2:
        return 0.0, float("inf")
    return float(spared.mean()), float(spared.std(ddof=1) / np.sqrt(len(spared)))
