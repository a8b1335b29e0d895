"""Texts to a linear model's inputs: what n-grams mean, and what the often-seen ones add."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.models.ngrams.inputs import Floats, TextColumn, Vectors, occurrences_in

FEWEST_FOR_RESIDUAL = 3
"""Training texts that hold an n-gram before it has a residual of its own."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is chosen by validation about the inputs.

    `head_scale` is the standard deviation of the embedding part beside a residual part of mean
    squared length 1; with 0 there is none.
    """

    orders: int
    head_scale: float


@dataclass(frozen=True, slots=True)
class Block:
    """One column's inputs: `d` of the embedding part, then one a residual.

    The margin of a text is the sum of its `normalised` (rows, V + 1) counts times the cells'
    scores. A cell's score is `vectors` (V, d) . head + `widths` (R,) * residual, the latter for the
    cells `residuals` (R,) alone. Where there are fewer rows than n-grams, `dense` (rows, d) holds
    the texts' sums of vectors, which is quicker.
    """

    normalised: Any = field(repr=False)
    transposed: Any = field(repr=False)
    vectors: Vectors = field(repr=False)
    dense: Vectors | None = field(repr=False)
    residuals: NDArray[np.intp] = field(repr=False)
    widths: Floats = field(repr=False)
    head_scale: float
    squares: Floats = field(repr=False)
    """Each input's sum of squares over the texts, shape (size,)."""

    @property
    def size(self) -> int:
        return int(self.vectors.shape[1]) + len(self.widths)

    def split(self, weights: Floats) -> tuple[Floats, Floats]:
        """Return the head (d, C) in the units of the vectors, and residuals (R, C) as scores."""
        d = self.vectors.shape[1]
        return weights[:d] * self.head_scale, weights[d:] * self.widths[:, None]

    def scores(self, weights: Floats) -> Floats:
        """Return the scores of the cells 0 to V, shape (V + 1, C)."""
        head, residuals = self.split(weights)
        scores = np.zeros((self.normalised.shape[1], weights.shape[1]))
        if len(head):
            scores[1:] = self.vectors @ head.astype(np.float32)
        scores[self.residuals] += residuals
        return scores

    def margins(self, weights: Floats) -> Floats:
        """Return what each text gets, shape (rows, C)."""
        if self.dense is None:
            return np.asarray(self.normalised @ self.scores(weights))
        head, residuals = self.split(weights)
        scores = np.zeros((self.normalised.shape[1], weights.shape[1]))
        scores[self.residuals] = residuals
        found = self.normalised @ scores
        found += self.dense @ head.astype(np.float32)
        return np.asarray(found)

    def gradient(self, slopes: Floats) -> Floats:
        """Return the sums over texts of inputs times `slopes` (rows, C), shape (size, C)."""
        by_cell = self.transposed @ slopes
        if self.dense is None:
            head = self.vectors.T @ by_cell[1:].astype(np.float32)
        else:
            head = self.dense.T @ slopes.astype(np.float32)
        residuals = by_cell[self.residuals] * self.widths[:, None]
        return np.concatenate([head * self.head_scale, residuals])


def make_block(column: TextColumn, setting: Setting) -> Block:
    """Lay out one column's inputs under `setting`.

    Vectors are centred at their mean over the n-gram occurrences of the texts, so that an n-gram
    with the score 0 is one that means nothing in particular.
    """
    from scipy.sparse import diags

    lengths = occurrences_in(column.words, setting.orders)
    is_used = np.concatenate([[True], column.sizes <= setting.orders])
    normalised = diags(1 / np.sqrt(lengths)) @ column.counts @ diags(is_used.astype(float))
    normalised = normalised.tocsr()
    normalised.eliminate_zeros()
    residuals, widths = _residuals(column, normalised, is_used)
    vectors = column.vectors if setting.head_scale > 0 else column.vectors[:, :0]
    vectors = (vectors - mean_vector(column, setting.orders)[: vectors.shape[1]]).astype(np.float32)
    rows, cells = normalised.shape
    sums, scale = None, 0.0
    squares = np.zeros(0)
    if vectors.shape[1]:
        sums = (normalised[:, 1:].astype(np.float32) @ vectors).astype(np.float32)
        spread = float(sums.std(dtype=np.float64))
        scale = setting.head_scale / spread if spread > 0 else 0.0
        squares = (sums**2).sum(axis=0, dtype=np.float64) * scale**2
    part = normalised[:, residuals]
    own = np.asarray(part.multiply(part).sum(axis=0)).ravel() * widths**2
    return Block(
        normalised, normalised.T.tocsr(), vectors, sums if rows <= cells else None,
        residuals, widths, scale, np.concatenate([squares, own]),
    )  # fmt: skip


def _residuals(
    column: TextColumn, normalised: Any, is_used: NDArray[np.bool_]
) -> tuple[NDArray[np.intp], Floats]:
    """Return the cells with a residual, and widths that make the texts' mean squared length 1.

    The rarer an n-gram, the more its residual may differ from 0: the widths are proportional to
    inverse document frequencies. Source: Sparck Jones (1972), Journal of Documentation 28(1).
    """
    rows = normalised.shape[0]
    texts = np.concatenate([[np.count_nonzero(column.words == 0)], column.texts])
    cells = np.flatnonzero(is_used & (texts >= FEWEST_FOR_RESIDUAL))
    widths = np.log((1 + rows) / (1 + texts[cells])) + 1
    part = normalised[:, cells]
    squared = float((part.multiply(part) @ (widths**2)).sum()) / rows
    return cells, widths / np.sqrt(squared) if squared > 0 else widths


def mean_vector(column: TextColumn, orders: int) -> Floats:
    """Return the mean vector over the n-gram occurrences of all texts, shape (d,)."""
    often = np.asarray(column.counts.sum(axis=0)).ravel()[1:] * (column.sizes <= orders)
    total = float(often.sum())
    if total == 0:
        return np.zeros(column.vectors.shape[1])
    return np.asarray(often @ column.vectors.astype(np.float64) / total)


@dataclass(frozen=True, slots=True)
class Design:
    """The inputs of all text columns, one block after the other."""

    blocks: tuple[Block, ...]

    @property
    def rows(self) -> int:
        return int(self.blocks[0].normalised.shape[0])

    @property
    def size(self) -> int:
        return sum(block.size for block in self.blocks)

    @property
    def squares(self) -> Floats:
        """Each input's sum of squares over the rows, shape (size,)."""
        return np.concatenate([block.squares for block in self.blocks])

    def parts(self, weights: Floats) -> list[Floats]:
        """Split `weights` (size, C) by block."""
        ends = np.cumsum([block.size for block in self.blocks])[:-1]
        return list(np.split(weights, ends))

    def margins(self, weights: Floats) -> Floats:
        """Return what the texts of each row add, shape (rows, C)."""
        total = np.zeros((self.rows, weights.shape[1]))
        for block, part in zip(self.blocks, self.parts(weights), strict=True):
            total += block.margins(part)
        return total

    def gradient(self, slopes: Floats) -> Floats:
        """Return the sums over rows of inputs times `slopes` (rows, C), shape (size, C)."""
        return np.concatenate([block.gradient(slopes) for block in self.blocks])


def make_design(columns: Sequence[TextColumn], setting: Setting) -> Design:
    """Lay out the inputs of all columns under `setting`."""
    return Design(tuple(make_block(column, setting) for column in columns))
