"""The orders in which pieces can be taken out of a text, and the worst and the best of them."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from pellucid.explain.tokens.coalitions import Masks
from pellucid.explain.tokens.scorer import Floats

MOST_ORDERED = 12
"""Pieces that orders are searched for at most: the search costs about their square in texts."""
_BEAM = 3
_EXACT = 8
"""Up to so many pieces the beam is wide enough for every subset, so the search is exhaustive."""

Worth = Callable[[Masks], Floats]
"""Kept pieces, (masks, pieces), to what each text left is worth, (masks,)."""


def normalised_aopc(worth: Worth, order: NDArray[np.intp]) -> float:
    """Place `order` (pieces,) between the worst and the best order found, from 0 to 1.

    Orders are judged by the area over the perturbation curve: the mean fall of the worth after 1,
    2, ... all pieces are taken out. One half where every order does the same.

    Source: Edin et al. (2024), "Normalized AOPC: fixing misleading faithfulness metrics for
    feature attribution explainability", with beam search for both bounds.
    """
    size = len(order)
    ranks = np.argsort(order)
    own = float(worth(ranks[None, :] > np.arange(size)[:, None]).sum())
    lowest = min(own, _least_sum(worth, size, 1.0))
    highest = max(own, -_least_sum(worth, size, -1.0))
    spread = highest - lowest
    if spread <= 1e-12 * max(1.0, abs(highest), abs(lowest)):
        return 0.5
    return (highest - own) / spread


def ranking(scores: Floats, random: np.random.Generator) -> NDArray[np.intp]:
    """Return the places of `scores` (n,), highest first; equal scores in random order."""
    return np.lexsort((random.random(len(scores)), -scores))


def _least_sum(worth: Worth, size: int, sign: float) -> float:
    """Return the least sum of sign * worth along any order of removal that a beam finds."""
    width = math.comb(size, size // 2) if size <= _EXACT else _BEAM
    states, sums = np.ones((1, size), dtype=bool), np.zeros(1)
    for _ in range(size):
        parents, places = np.nonzero(states)
        children = states[parents]
        children[np.arange(len(children)), places] = False
        best_first = np.argsort(sums[parents], kind="stable")
        distinct, firsts = np.unique(children[best_first], axis=0, return_index=True)
        reached = sums[parents][best_first][firsts] + sign * worth(distinct)
        chosen = np.argsort(reached, kind="stable")[:width]
        states, sums = distinct[chosen], reached[chosen]
    return float(sums.min())
