"""Groups of texts as codes, and the n-gram counts of each text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run
from pellucid.data.tokens import ngrams_of, words_of

_STEP = 2000


@dataclass(frozen=True, slots=True)
class NgramCounts:
    """How often each n-gram occurs in each text: `matrix` is CSR, (texts, n-grams), counts.

    `orders` (n-grams,) is the number of tokens in each; `totals` (orders, texts) the occurrences
    of all n-grams of an order in each text, those that were not kept included.
    """

    ngrams: tuple[str, ...]
    orders: NDArray[np.int8]
    matrix: Any
    totals: NDArray[np.int64]


def count_ngrams(
    texts: Sequence[str | None], run: Run, orders: int, fewest_texts: int
) -> NgramCounts:
    """Count the n-grams of 1 to `orders` tokens that at least `fewest_texts` texts hold."""
    from scipy.sparse import csr_matrix

    vocabulary: dict[str, int] = {}
    order_of: list[int] = []
    cells: list[NDArray[np.int32]] = []
    lengths = np.zeros(len(texts), dtype=np.int64)
    for row, text in enumerate(texts):
        if row % _STEP == 0:
            run.progress("Counting n-grams", row, len(texts))
            run.check()
        words = words_of(text) if text else []
        lengths[row] = len(words)
        found = ngrams_of(words, orders)
        ids = [vocabulary.setdefault(ngram, len(vocabulary)) for ngram in found]
        _note_orders(order_of, ids, len(words), orders)
        cells.append(np.array(ids, dtype=np.int32))
    starts = np.concatenate([[0], np.cumsum([len(ids) for ids in cells])])
    columns = np.concatenate([np.zeros(0, dtype=np.int32), *cells])
    matrix = csr_matrix(
        (np.ones(len(columns), dtype=np.int32), columns, starts),
        shape=(len(texts), len(vocabulary)),
    )
    matrix.sum_duplicates()
    kept = np.flatnonzero(np.bincount(matrix.indices, minlength=len(vocabulary)) >= fewest_texts)
    ngrams = list(vocabulary)
    totals = np.stack([np.maximum(lengths - order, 0) for order in range(orders)])
    return NgramCounts(
        tuple(ngrams[index] for index in kept),
        np.array(order_of, dtype=np.int8)[kept],
        matrix[:, kept],
        totals,
    )


def _note_orders(order_of: list[int], ids: Sequence[int], words: int, orders: int) -> None:
    """Append the order of each n-gram that is seen for the first time."""
    place = 0
    for order in range(1, orders + 1):
        length = max(0, words - order + 1)
        for index in ids[place : place + length]:
            if index == len(order_of):
                order_of.append(order)
        place += length


def unit_vectors(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the rows of `vectors` (n, d) at length 1; rows of zeros or not finite become zeros."""
    clean = np.where(np.isfinite(vectors).all(axis=1, keepdims=True), vectors, 0)
    lengths = np.linalg.norm(clean, axis=1, keepdims=True)
    return np.asarray(clean / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def group_codes(groups: NDArray[Any]) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """Return the labels in sorted order, and each text's place among them, -1 where missing."""
    import pandas as pd

    values = np.asarray(groups, dtype=object)
    known = ~np.asarray(pd.isna(values), dtype=bool)
    codes = np.full(len(values), -1, dtype=np.int32)
    names, found = np.unique(values[known].astype(str), return_inverse=True)
    codes[known] = found
    return tuple(str(name) for name in names), codes
