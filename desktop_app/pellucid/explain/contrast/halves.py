"""Rows in two halves: one proposes descriptions, the other confirms them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run

Codes = NDArray[np.int8]
_TAG = 71


def discovery_rows(
    codes: Codes, texts: Sequence[Sequence[str | None]], run: Run
) -> tuple[NDArray[np.bool_], int]:
    """Return which rows are in the discovery half, and how many repeat the text of another.

    `codes` (n,) is 0 for the first group and 1 for the second. Each group is halved by the seed.
    Rows whose texts in any column of `texts` are equal or nearly so stay in one half, so that what
    was found in a text is not confirmed by its copy.
    """
    from pellucid.explain.corpus.duplicates import near_duplicates

    root = np.arange(len(codes))
    for column in texts:
        for group in near_duplicates(column, run, seed=run.seed).groups:
            meeting = {_root(root, row) for row in group.rows}
            for head in meeting:
                root[head] = min(meeting)
    units = np.array([_root(root, row) for row in range(len(codes))], dtype=np.int64)
    random = np.random.default_rng([run.seed, _TAG])
    sizes = np.bincount(units, minlength=len(codes))
    in_discovery = np.zeros(len(codes), dtype=bool)
    filled = np.zeros((2, 2))
    heads = np.flatnonzero(sizes)
    random.shuffle(heads)
    members = np.argsort(units, kind="stable")
    starts = np.concatenate([[0], np.cumsum(sizes)])
    for head in heads[np.argsort(-sizes[heads], kind="stable")].tolist():
        rows = members[starts[head] : starts[head + 1]]
        counts = np.bincount(codes[rows], minlength=2)
        lead = (filled[0] - filled[1]) @ counts
        half = int(lead > 0) if lead else int(random.integers(2))
        filled[half] += counts
        in_discovery[rows] = half == 0
    return in_discovery, int(len(codes) - len(heads))


def _root(root: NDArray[np.intp], row: int) -> int:
    while root[row] != row:
        root[row] = root[root[row]]
        row = int(root[row])
    return row
