"""The texts nearest to a text."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pellucid.explain.corpus.grouping import unit_vectors
from pellucid.explain.corpus.types import Neighbour

_ROWS = 16_384


def nearest_texts(
    query: NDArray[np.float32], vectors: NDArray[np.float32], most: int
) -> tuple[Neighbour, ...]:
    """Return the `most` rows of `vectors` (n, d) nearest to `query` (d,) by cosine, nearest first.

    Zero vectors have no direction and are near nothing; a zero query has no neighbours. Of rows
    that are as near, the first comes first.
    """
    wanted = unit_vectors(np.asarray(query, dtype=np.float32)[None])[0]
    if not wanted.any() or not len(vectors):
        return ()
    similarity = np.full(len(vectors), -np.inf, dtype=np.float32)
    for first in range(0, len(vectors), _ROWS):
        units = unit_vectors(vectors[first : first + _ROWS])
        near = np.clip(units @ wanted, -1.0, 1.0)
        similarity[first : first + _ROWS] = np.where(units.any(axis=1), near, -np.inf)
    nearest = np.argsort(-similarity, kind="stable")[:most]
    return tuple(
        Neighbour(int(row), float(similarity[row]))
        for row in nearest
        if np.isfinite(similarity[row])
    )
