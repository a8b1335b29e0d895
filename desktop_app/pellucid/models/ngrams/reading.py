"""Columns of texts as numbers, and fits as terms that a reader can look up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from pellucid.core.numbers import count
from pellucid.core.run import Run
from pellucid.data.types import Alert
from pellucid.encoders.cache import embed
from pellucid.encoders.types import TextEncoder
from pellucid.models.ngrams.design import mean_vector
from pellucid.models.ngrams.inputs import Floats, TextColumn, text_column
from pellucid.models.ngrams.tasks import Fitted
from pellucid.models.ngrams.vocabulary import Vocabulary
from pellucid.models.purify import zero_sum
from pellucid.models.texts import EncoderNote, Occurrences, TextTerm
from pellucid.models.types import TaskKind


@dataclass(frozen=True, slots=True)
class Reading:
    """One column's texts with its vocabulary.

    `weights` (V + 2,) are the texts that hold each cell, and `shares` (V + 2,) the mean over texts
    of a cell's normalised count. `centre` (d,) is taken off vectors.
    """

    name: str
    vocabulary: Vocabulary
    column: TextColumn
    occurrences: Occurrences = field(repr=False)
    weights: Floats = field(repr=False)
    shares: Floats = field(repr=False)
    encoder: EncoderNote | None = None
    centre: Floats | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Scale:
    """The kind of a target, and the mean and the standard deviation of numbers; else 0 and 1."""

    kind: TaskKind
    mean: float = 0.0
    width: float = 1.0

    def standardised(self, target: NDArray[np.generic]) -> NDArray[np.generic]:
        if self.kind != "regression":
            return target
        return np.asarray((target.astype(np.float64) - self.mean) / self.width)


def scale_of(target: NDArray[np.generic], kind: TaskKind) -> Scale:
    """Return how to standardise a numeric target; classes stay as they are."""
    if kind != "regression":
        return Scale(kind)
    values = target.astype(np.float64)
    return Scale(kind, float(values.mean()), float(values.std()) or 1.0)


def read_columns(
    word_lists: Mapping[str, Sequence[Sequence[str]]], vocabularies: Sequence[Vocabulary]
) -> tuple[Reading, ...]:
    """Count each column's n-grams in its texts."""
    return tuple(
        _read(name, words, vocabulary)
        for (name, words), vocabulary in zip(word_lists.items(), vocabularies, strict=True)
    )


def _read(name: str, word_lists: Sequence[Sequence[str]], vocabulary: Vocabulary) -> Reading:
    cells = len(vocabulary.ngrams) + 2
    nothing = np.empty((cells - 2, 0), dtype=np.float32)
    column, found = text_column(word_lists, vocabulary, nothing)
    each = np.repeat(1 / found.normalisers, found.lengths)
    shares = np.bincount(found.cells, each, cells) / max(found.rows, 1)
    holders = np.repeat(np.arange(found.rows), found.lengths)
    is_unseen = found.cells == cells - 1
    weights = np.zeros(cells)
    weights[0] = np.count_nonzero(found.cells == 0)
    weights[1:-1] = vocabulary.texts
    weights[-1] = len(np.unique(holders[is_unseen]))
    return Reading(name, vocabulary, column, found, weights, shares)


def embedded(
    readings: Sequence[Reading], encoder: TextEncoder, orders: int, run: Run
) -> tuple[tuple[Reading, ...], tuple[Alert, ...]]:
    """Add the vectors of all n-grams, and what a reader should know about the encoder."""
    info = encoder.info
    folder = "" if info.folder is None else str(info.folder)
    note = EncoderNote(info.name, info.key, info.is_language_model, folder)
    found = []
    for reading in readings:
        ngrams = reading.vocabulary.ngrams
        vectors = np.zeros((0, info.dimensions), dtype=np.float32)
        if ngrams:
            vectors = embed(ngrams, encoder, run)
        column = replace(reading.column, vectors=vectors)
        centre = mean_vector(column, orders)
        found.append(replace(reading, column=column, encoder=note, centre=centre))
    if info.is_language_model:
        return tuple(found), ()
    message = (
        "No language model was used; what words mean was learned from which of them stand "
        "together in these texts"
    )
    return tuple(found), (Alert("encoder", tuple(r.name for r in readings), message),)


def taken(column: TextColumn, rows: NDArray[np.intp]) -> TextColumn:
    """Return some rows of a column."""
    return replace(column, counts=column.counts[rows], words=column.words[rows])


def known_elsewhere(column: TextColumn, rows: NDArray[np.bool_]) -> TextColumn:
    """Return a column in which `rows` hold nothing that no other row holds.

    So they are read as texts that come later are, of which some n-grams are unknown.
    """
    from scipy.sparse import diags

    is_known = np.asarray(column.counts[~rows].sum(axis=0)).ravel() > 0
    hidden = diags(rows.astype(float)) @ column.counts @ diags((~is_known).astype(float))
    counts = (column.counts - hidden).tocsr()
    counts.eliminate_zeros()
    return replace(column, counts=counts)


def make_terms(
    readings: Sequence[Reading], fitted: Sequence[Fitted], orders: int, scale: Scale
) -> tuple[tuple[TextTerm, ...], Floats]:
    """Average fits, in their order, into terms; return the fits' intercepts (B, C) as well.

    What a term adds averages 0 over the texts, in every fit.
    """
    intercepts = np.stack([one.intercept for one in fitted]) * scale.width + scale.mean
    terms = []
    for place, reading in enumerate(readings):
        tables = np.stack([_with_unseen(one.scores[place]) for one in fitted]) * scale.width
        if scale.kind != "multilabel":
            tables = zero_sum(tables)
        offsets = -np.einsum("k,bkc->bc", reading.shares, tables)
        intercepts -= offsets
        heads = np.stack([one.heads[place] for one in fitted]) * scale.width
        has_head = heads.shape[1] > 0
        terms.append(_make_term(reading, tables, offsets, heads if has_head else None, orders))
    return tuple(terms), intercepts


def _with_unseen(scores: Floats) -> Floats:
    return np.vstack([scores, np.zeros((1, scores.shape[1]))])


def _make_term(
    reading: Reading, tables: Floats, offsets: Floats, heads: Floats | None, orders: int
) -> TextTerm:
    scores, offset = tables.mean(axis=0), offsets.mean(axis=0)
    contributions = offset + reading.occurrences.sums(scores)
    return TextTerm(
        name=reading.name,
        column=reading.name,
        ngrams=reading.vocabulary.ngrams,
        orders=orders,
        scores=scores,
        bag_scores=tables,
        weights=reading.weights,
        offset=offset,
        bag_offsets=offsets,
        importance=float(np.abs(contributions).mean()),
        typical_normaliser=float(np.median(reading.occurrences.normalisers)),
        encoder=reading.encoder if heads is not None else None,
        bag_heads=heads,
        centre=reading.centre if heads is not None else None,
    )


def alerts_of(readings: Sequence[Reading], most: int) -> tuple[Alert, ...]:
    """Say which columns say nothing, and how many n-grams did not fit."""
    found = []
    together = " over all columns of texts" if len(readings) > 1 else ""
    for reading in readings:
        vocabulary = reading.vocabulary
        if not vocabulary.ngrams:
            message = f"No word stands in two texts of {reading.name}, so its words say nothing"
            found.append(Alert("no ngrams", (reading.name,), message))
        elif vocabulary.left_out:
            message = (
                f"{reading.name} has {count(vocabulary.found)} words and phrases that stand in "
                f"two texts or more; {count(vocabulary.left_out)} of them, in the fewest texts, "
                f"are left out to stay within {count(most)}{together}"
            )
            found.append(Alert("ngrams", (reading.name,), message))
    return tuple(found)
