"""Seeded, stratified train, validation and test rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.numbers import count
from pellucid.data.types import Split

TRAIN, VALIDATION, TEST, LEFT_OUT = 0, 1, 2, -1
FEWEST_ROWS = 3


def split(
    table_rows: int,
    stratify: NDArray[np.generic] | None,
    usable: NDArray[np.bool_],
    test_size: float,
    validation_size: float,
    seed: int,
) -> Split:
    """Deal the usable rows to train, validation and test; the same seed deals the same way.

    `test_size` and `validation_size` are shares of all usable rows. With `stratify` (one label a
    row) every class keeps its share in each part as nearly as whole rows allow: classes are laid
    end to end, shuffled within, and dealt at even steps. Train gets the first row of each class.
    Raises `UserError` under three usable rows or for shares that leave nothing to train on.
    """
    if not (0 <= test_size < 1 and 0 <= validation_size < 1 and test_size + validation_size < 1):
        raise UserError(
            "The test and validation shares leave no rows to train on",
            "Give shares that add up to less than 1, for example 0.2 and 0.15.",
        )
    rows = np.flatnonzero(usable)
    if len(rows) < FEWEST_ROWS:
        raise UserError(
            f"Only {count(len(rows))} of {count(table_rows)} rows can be used",
            "Choose a target with more values.",
        )
    dealt = np.random.default_rng(seed).permutation(rows)
    ranks = np.arange(len(dealt))
    if stratify is not None:
        _, codes = np.unique(stratify[dealt].astype(str), return_inverse=True)
        by_class = np.argsort(codes, kind="stable")
        dealt, codes = dealt[by_class], codes[by_class]
        ranks = ranks - np.searchsorted(codes, codes)
    test = _even_steps(len(dealt), test_size)
    validation = np.zeros(len(dealt), dtype=bool)
    validation[~test] = _even_steps(int((~test).sum()), validation_size / (1 - test_size))
    part = np.full(table_rows, LEFT_OUT, dtype=np.int8)
    part[dealt] = TRAIN
    part[dealt[validation]] = VALIDATION
    part[dealt[test]] = TEST
    part[dealt[ranks == 0]] = TRAIN
    return Split(part, seed)


def _even_steps(length: int, share: float) -> NDArray[np.bool_]:
    """Mark `share` of `length` places, spread evenly."""
    crossed = np.floor((np.arange(length) + 0.5) * share + 0.5)
    return np.asarray(np.diff(crossed, prepend=0.0) > 0)
