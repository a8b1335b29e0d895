"""Which texts hold which n-grams, as far as an n-gram is held by enough of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pellucid.core.run import Run
from pellucid.data.tokens import MOST_ORDERS, ngrams_of, words_of

_CHECK_EVERY = 2_000


@dataclass(frozen=True, slots=True)
class Presence:
    """A 0/1 matrix of texts by n-grams.

    `matrix` is a scipy CSR matrix, float64. `ngrams` are sorted by length, then by how many texts
    hold them, most first; `lengths` counts the tokens of each.
    """

    ngrams: tuple[str, ...]
    lengths: tuple[int, ...]
    matrix: Any


def presence_of(word_lists: Sequence[Sequence[str]], orders: int, least: int, run: Run) -> Presence:
    """Return which texts hold which n-grams of 1 to `orders` tokens, held by `least` or more.

    An n-gram is counted only where both of its parts of one token less are frequent enough, so
    that the memory needed stays near that of the result. Checks for a stop.
    """
    lengths: dict[str, int] = {}
    frequent: frozenset[str] = frozenset()
    for order in range(1, orders + 1):
        counts: Counter[str] = Counter()
        for row, words in enumerate(word_lists):
            _check(run, row)
            counts.update(_possible(words, order, frequent))
        kept = sorted((-texts, ngram) for ngram, texts in counts.items() if texts >= least)
        frequent = frozenset(ngram for _, ngram in kept)
        lengths |= {ngram: order for _, ngram in kept if ngram not in lengths}
    matrix = _matrix(word_lists, list(lengths), orders, run)
    return Presence(tuple(lengths), tuple(lengths.values()), matrix)


def ngram_of(text: str) -> tuple[str, int] | None:
    """Return what a person typed as an n-gram with its length in tokens.

    None where it holds no token, or more than an n-gram can have.
    """
    words = words_of(text)
    if not 0 < len(words) <= MOST_ORDERS:
        return None
    return ngrams_of(words, len(words))[-1], len(words)


def _possible(words: Sequence[str], order: int, frequent: frozenset[str]) -> set[str]:
    """Return the n-grams of one length whose two parts, one token shorter, are all frequent."""
    if order == 1:
        return set(words)
    size = len(words) - order + 1
    if size <= 0:
        return set()
    found = ngrams_of(words, order)
    parts = [part in frequent for part in found[-2 * size - 1 : -size]]
    whole = found[-size:]
    return {g for g, a, b in zip(whole, parts, parts[1:], strict=False) if a and b}


def _matrix(
    word_lists: Sequence[Sequence[str]], ngrams: Sequence[str], orders: int, run: Run
) -> Any:
    from scipy.sparse import csr_matrix

    index = {ngram: column for column, ngram in enumerate(ngrams)}
    columns: list[int] = []
    starts = [0]
    for row, words in enumerate(word_lists):
        _check(run, row)
        held = {index[ngram] for ngram in ngrams_of(words, orders) if ngram in index}
        columns += sorted(held)
        starts.append(len(columns))
    shape = (len(word_lists), len(ngrams))
    return csr_matrix((np.ones(len(columns)), columns, starts), shape=shape)


def _check(run: Run, row: int) -> None:
    if row % _CHECK_EVERY == 0:
        run.check()
