"""The term that reads texts: a table of scores over n-grams, of which a text looks up many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from pellucid.data.tokens import ngrams_of, words_of
from pellucid.data.types import Columns

Floats = NDArray[np.float64]
EMPTY_CELL = 0


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Which cells each text looks up: those of text i are `cells[starts[i] : starts[i + 1]]`.

    Every text has at least one cell: a text without tokens has the cell `EMPTY_CELL`.
    """

    cells: NDArray[np.intp]
    starts: NDArray[np.intp]

    @property
    def rows(self) -> int:
        return len(self.starts) - 1

    @property
    def lengths(self) -> NDArray[np.intp]:
        """The number of n-gram occurrences of each text, at least 1."""
        return np.diff(self.starts)

    @property
    def normalisers(self) -> Floats:
        """The square root of each text's number of n-gram occurrences."""
        return np.sqrt(self.lengths)

    def sums(self, scores: Floats) -> Floats:
        """Return each text's sum of `scores` (cells, C) over its occurrences, normalised."""
        if self.rows == 0:
            return np.zeros((0, scores.shape[1]))
        total = np.add.reduceat(scores[self.cells], self.starts[:-1], axis=0)
        return np.asarray(total / self.normalisers[:, None])

    def take(self, rows: NDArray[np.integer[Any]]) -> Occurrences:
        """Return the occurrences of some texts, in that order."""
        lengths = self.lengths[rows]
        starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.intp)
        offsets = np.repeat(self.starts[:-1][rows] - starts[:-1], lengths)
        return Occurrences(self.cells[np.arange(starts[-1]) + offsets], starts)

    def to_csr(self, size: int) -> Any:
        """Return counts as a scipy CSR matrix, shape (rows, size), float64."""
        from scipy.sparse import csr_matrix

        ones = np.ones(len(self.cells))
        counts = csr_matrix((ones, self.cells, self.starts), shape=(self.rows, size))
        counts.sum_duplicates()
        return counts


def occurrences_of(
    word_lists: Sequence[Sequence[str]], index: Mapping[str, int], orders: int
) -> Occurrences:
    """Look every n-gram of every text up in `index`; what is not in it has the last cell.

    `index` gives each n-gram its cell, from 1.
    """
    unseen = len(index) + 1
    cells: list[int] = []
    lengths = np.empty(len(word_lists), dtype=np.intp)
    for row, words in enumerate(word_lists):
        found = [index.get(ngram, unseen) for ngram in ngrams_of(words, orders)] or [EMPTY_CELL]
        cells += found
        lengths[row] = len(found)
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.intp)
    return Occurrences(np.asarray(cells, dtype=np.intp), starts)


@dataclass(frozen=True, slots=True)
class EncoderNote:
    """Which encoder a term's scores came from; `folder` is where it was, if it was a folder."""

    name: str
    key: str
    is_language_model: bool
    folder: str = ""
    is_tuned: bool = False


@dataclass(frozen=True, slots=True)
class TextTerm:
    """Scores over n-grams, whose normalised sum is what a text adds to the margin.

    The cells are 0 for a text without tokens (missing or empty), then `ngrams` in order, then
    n-grams that were never seen. Shapes, with K cells, B bags and C outputs: `scores` (K, C),
    `bag_scores` (B, K, C) with `scores` their mean, `weights` (K,) the training texts that hold
    each, `offset` (C,) and `bag_offsets` (B, C).

    A text adds offset + sum of its n-grams' scores / sqrt(number of its n-gram occurrences). The
    offset makes that average 0 over the training texts. An n-gram's score is head . (embedding -
    centre) plus a residual where it was seen often; `bag_heads` (B, d, C) and `centre` (d,) score
    n-grams that were never seen, as far as the encoder is at hand.

    Source: Singh et al. (2023), "Augmenting interpretable models with large language models during
    training", Nature Communications 14; with an intercept, and additive whatever is standardised.
    """

    name: str
    column: str
    ngrams: tuple[str, ...] = field(repr=False)
    orders: int
    scores: Floats = field(repr=False)
    bag_scores: Floats = field(repr=False)
    weights: Floats = field(repr=False)
    offset: Floats
    bag_offsets: Floats = field(repr=False)
    importance: float
    """Mean |contribution| over the training texts, the mean over outputs."""
    typical_normaliser: float = 1.0
    """The median over the training texts: a score over it is what an n-gram usually adds."""
    encoder: EncoderNote | None = None
    bag_heads: Floats | None = field(default=None, repr=False)
    centre: Floats | None = field(default=None, repr=False)
    _index: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", {g: i for i, g in enumerate(self.ngrams, start=1)})

    @property
    def kind(self) -> Literal["ngrams"]:
        return "ngrams"

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column,)

    @property
    def size(self) -> int:
        """The number of cells, the two special ones included."""
        return len(self.ngrams) + 2

    @property
    def unseen_cell(self) -> int:
        return self.size - 1

    @property
    def variation(self) -> Floats:
        """The standard deviation of the scores over bags, shaped as `scores`; NaN with one bag."""
        if len(self.bag_scores) < 2:
            return np.full_like(self.scores, np.nan)
        return np.asarray(self.bag_scores.std(axis=0, ddof=1))

    def with_bags(self, numbers: Sequence[int]) -> TextTerm:
        """Return the term with some of its bags alone, by number."""
        chosen = list(numbers)
        bag_scores, bag_offsets = self.bag_scores[chosen], self.bag_offsets[chosen]
        return replace(
            self,
            scores=bag_scores.mean(axis=0),
            bag_scores=bag_scores,
            offset=bag_offsets.mean(axis=0),
            bag_offsets=bag_offsets,
            bag_heads=None if self.bag_heads is None else self.bag_heads[chosen],
        )

    def merged(self) -> TextTerm:
        """Return the term with the mean of its bags as its only bag."""
        heads = self.bag_heads
        return replace(
            self,
            bag_scores=self.scores[None],
            bag_offsets=self.offset[None],
            bag_heads=None if heads is None else heads.mean(axis=0, keepdims=True),
        )

    def scaled(self, factor: float) -> TextTerm:
        """Return the term with all its scores multiplied, for example by a learned slope."""
        return replace(
            self,
            scores=self.scores * factor,
            bag_scores=self.bag_scores * factor,
            offset=self.offset * factor,
            bag_offsets=self.bag_offsets * factor,
            importance=self.importance * abs(factor),
            bag_heads=None if self.bag_heads is None else self.bag_heads * factor,
        )

    def cell(self, ngram: str) -> int:
        """Return the cell of an n-gram, `unseen_cell` where it is not known."""
        return self._index.get(ngram, self.unseen_cell)

    def occurrences(self, columns: Columns) -> Occurrences:
        """Return what each row's text looks up."""
        return self.occurrences_in(columns[self.column].tolist())

    def occurrences_in(self, texts: Sequence[str | None]) -> Occurrences:
        """Return what each text looks up; None stands for a missing text."""
        return self.occurrences_of_words([words_of(text) if text else [] for text in texts])

    def occurrences_of_words(self, word_lists: Sequence[Sequence[str]]) -> Occurrences:
        """Return what texts look up that are tokens already."""
        return occurrences_of(word_lists, self._index, self.orders)

    def contribution(self, columns: Columns) -> Floats:
        """Return what each row's text adds, shape (rows, C)."""
        return self.contribution_of(self.occurrences(columns))

    def contribution_of(self, occurrences: Occurrences) -> Floats:
        """Return what texts add whose look-ups are known, shape (texts, C)."""
        return self.offset + occurrences.sums(self.scores)
