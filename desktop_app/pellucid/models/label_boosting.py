"""Columns boosted for several labels a row: one model of two classes a label, on the same bins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pellucid.models.binned import Binned, native_dataset
from pellucid.models.boosting import Bag, BagOptions, Floats, fit_bag

MOST_BOOSTED_LABELS = 12
"""Boosting costs as much again for every label; with more, columns beside texts are left out."""


def boost_labels(
    binned: Binned,
    members: NDArray[np.int8],
    options: BagOptions,
    seed: int,
    on_round: Callable[[int, float], bool],
) -> Bag:
    """Boost one bag of every label and lay the scores side by side, without pairs.

    `binned.target` is (rows, labels) of 0 and 1; `members` as in `fit_bag`.
    """
    bags = [
        _boost_one(_only(binned, label), members, options, seed, on_round)
        for label in range(binned.classes)
    ]
    mains = tuple(
        np.concatenate(tables, axis=-1) for tables in zip(*(b.mains for b in bags), strict=True)
    )
    intercept = np.concatenate([bag.intercept for bag in bags])
    losses = [bag.loss for bag in bags if np.isfinite(bag.loss)]
    return Bag(intercept, mains, (), float(np.mean(losses)) if losses else float("nan"))


def _only(binned: Binned, label: int) -> Binned:
    """Return the same rows with one label, which they have or not."""
    start = None if binned.start is None else np.ascontiguousarray(binned.start[:, [label]])
    target = np.ascontiguousarray(binned.target[:, label].astype(np.int64))
    return replace(binned, kind="binary", classes=2, target=target, start=start)


def _boost_one(
    binned: Binned,
    members: NDArray[np.int8],
    options: BagOptions,
    seed: int,
    on_round: Callable[[int, float], bool],
) -> Bag:
    if len(np.unique(binned.target[members > 0])) == 2:
        datasets = native_dataset(binned, coarse=False), None
        return fit_bag(binned, members, (), options, seed, on_round, datasets)
    has = float(binned.target.astype(np.float64).sum())
    odds: Floats = np.asarray([(has + 0.5) / (len(binned.target) - has + 0.5)])
    nothing = tuple(np.zeros((size, 1)) for size in binned.fine_sizes)
    return Bag(np.log(odds), nothing, (), float("nan"))
