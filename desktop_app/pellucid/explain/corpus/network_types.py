"""What the layers and heads of a transformer know and look at, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pellucid.models.types import Estimate

HeadPattern = Literal[
    "previous piece", "next piece", "own word", "first piece", "special pieces", "broad", "mixed"
]


@dataclass(frozen=True, slots=True)
class LayerProbe:
    """How well a linear probe on one layer reads one column; layer 0 is the embedding layer.

    `score` is accuracy (Wilson interval) or R2 (bootstrap over rows) on rows that the probe was not
    fitted on. `control` is the same probe's score where the column's values were shuffled, and
    `selectivity` the difference, with a 95% interval by paired bootstrap over rows.
    """

    column: str
    layer: int
    score: Estimate
    control: float
    selectivity: Estimate


@dataclass(frozen=True, slots=True)
class ColumnProbe:
    """One column as every layer knows it.

    `baseline` is the score of the commonest class, or of the mean (0). `best` is the layer with the
    highest score; as the best of several its score is a little too good.
    """

    column: str
    kind: Literal["classes", "number"]
    rows: int
    classes: tuple[str, ...]
    baseline: float
    layers: tuple[LayerProbe, ...]
    note: str = ""

    @property
    def best(self) -> LayerProbe:
        return max(self.layers, key=lambda layer: layer.score.value)


@dataclass(frozen=True, slots=True)
class Probes:
    """What each layer of a transformer knows about the columns of a table.

    `texts` of the `searched` texts, drawn by the seed, were read. `left_out` columns have too few
    known values, or one value alone.
    """

    searched: int
    texts: int
    layers: int
    """The transformer's layers and the embedding layer."""
    columns: tuple[ColumnProbe, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A sub-word piece, `whole[start:end]`; `word` is its place among the text's words, or -1."""

    text: str
    start: int
    end: int
    word: int
    is_special: bool


@dataclass(frozen=True, slots=True)
class HeadSummary:
    """Where one head looks, averaged over the pieces of the text that are not special.

    `distance` is the mean distance in pieces, `entropy` in nats (0: one piece alone). The others
    are shares of the attention from 0 to 1, which overlap: `special` on pieces that the tokenizer
    adds, `first` on the very first piece, `previous` and `next` on the neighbours, `own_word` on
    the piece itself and the other pieces of its word, `same_word` on the same word elsewhere.
    """

    layer: int
    head: int
    distance: float
    entropy: float
    special: float
    first: float
    previous: float
    next: float
    own_word: float
    same_word: float
    pattern: HeadPattern


@dataclass(frozen=True, slots=True)
class TextAttention:
    """A text as the attention heads of a transformer see it.

    `maps` (layers, heads, pieces, pieces), float32: the share of its attention that each piece
    (third axis) gives to each piece (fourth), summing to 1. `words` are the text's words as
    (start, end), by which `corpus.attention.word_maps` adds pieces up. `is_cut` says that the text
    was longer than what was read.
    """

    text: str
    pieces: tuple[Piece, ...]
    words: tuple[tuple[int, int], ...]
    maps: NDArray[np.float32]
    heads: tuple[HeadSummary, ...]
    is_cut: bool
    note: str


@dataclass(frozen=True, slots=True)
class LookedInto:
    """Which transformer was looked into; `is_own` tells whether it is part of the model shown."""

    name: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class LayersView:
    """What the layers of a transformer know of the columns of a table, read in one of them."""

    column: str
    network: LookedInto
    probes: Probes


@dataclass(frozen=True, slots=True)
class HeadsView:
    """Where the heads of a transformer look in a text, word by word.

    `maps` (layers, heads, words, words) is the share of its attention that each word (third axis)
    gives to each word (fourth), to three decimals; a row sums to less than 1, the rest goes to the
    pieces that the tokenizer adds. `words` are (start, end) in the text, those that were read.
    """

    text: str
    network: LookedInto
    words: tuple[tuple[int, int], ...]
    maps: NDArray[np.float64]
    heads: tuple[HeadSummary, ...]
    is_cut: bool
    note: str
