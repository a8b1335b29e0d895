"""From a seed n-gram to a set of keywords: neighbours and suggestions, kept while they help."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from pellucid.core.run import Run
from pellucid.encoders.types import TextEncoder
from pellucid.models.keyword_tree.outcome import Floats
from pellucid.models.keyword_tree.presence import Presence, ngram_of
from pellucid.models.keyword_tree.sample import Sample, Split, gain_of
from pellucid.models.keyword_tree.types import Candidate, Expansion, Source

Suggest = Callable[[str, Sequence[str]], Sequence[str]]
"""Takes a seed and the keywords found beside it, returns more: a generative model, for example."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """N-grams as unit vectors, shape (n-grams, d), the mean of all taken out before."""

    vectors: Floats

    def nearest(self, column: int) -> list[tuple[int, float]]:
        """Return the n-grams that point the same way, nearest first, each with its cosine."""
        cosines = self.vectors @ self.vectors[column]
        order = np.argsort(-cosines, kind="stable")
        return [(int(i), float(cosines[i])) for i in order if i != column and cosines[i] > 0.0]


def neighbours_of(ngrams: Sequence[str], encoder: TextEncoder, run: Run) -> Neighbours:
    """Embed the n-grams; a vector that is the mean itself becomes zero, and nobody's neighbour."""
    vectors = encoder.encode(ngrams, run).astype(np.float64)
    vectors = vectors - vectors.mean(axis=0)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return Neighbours(np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0))


@dataclass(frozen=True, slots=True)
class KeywordSet:
    """Keywords found so far in one node, as columns of the presence, and the split they make."""

    columns: tuple[int, ...]
    unsplit: Split
    split: Split
    seed_gain: float
    tried: tuple[Candidate, ...] = ()

    @property
    def gain(self) -> tuple[float, float]:
        """The loss per held-out text spared by the whole set, and its standard error."""
        return gain_of(self.unsplit, self.split)

    def recorded(self, ngrams: Sequence[str]) -> Expansion:
        """Return how the set came about, for the tree."""
        gain, error = self.gain
        held_out = len(self.split.held_losses)
        return Expansion(ngrams[self.columns[0]], self.seed_gain, gain, error, held_out, self.tried)


def seed_set(sample: Sample, column: int) -> KeywordSet:
    """Return the set that holds a seed alone."""
    holds = np.zeros(sample.texts, dtype=np.bool_)
    holds[sample.texts_with(column)] = True
    unsplit, split = sample.unsplit(), sample.split(holds)
    return KeywordSet((column,), unsplit, split, gain_of(unsplit, split)[0])


def with_neighbours(
    found: KeywordSet, sample: Sample, presence: Presence, neighbours: Neighbours, most: int,
    strictness: float,
) -> KeywordSet:  # fmt: skip
    """Try the seed's nearest n-grams, `most` of those that would move a text of the node."""
    tried = 0
    for column, cosine in neighbours.nearest(found.columns[0]):
        if tried == most:
            break
        ngram = presence.ngrams[column]
        grown = _with_candidate(found, sample, column, ngram, "embedding", cosine, strictness)
        if grown.tried[-1].texts:
            found, tried = grown, tried + 1
    return found


def with_suggestions(
    found: KeywordSet, sample: Sample, presence: Presence, suggestions: Iterable[str], most: int,
    strictness: float,
) -> KeywordSet:  # fmt: skip
    """Try what somebody suggests, `most` of it; words too rare to be measured are recorded too."""
    places = {ngram: column for column, ngram in enumerate(presence.ngrams)}
    seen = {presence.ngrams[column] for column in found.columns}
    seen |= {candidate.keyword for candidate in found.tried}
    for text in islice(suggestions, most):
        known = ngram_of(text)
        if known is None or known[0] in seen:
            continue
        ngram = known[0]
        seen.add(ngram)
        if ngram in places:
            found = _with_candidate(
                found, sample, places[ngram], ngram, "language model", None, strictness
            )
        else:
            found = replace(
                found, tried=(*found.tried, Candidate(ngram, "language model", kept=False))
            )
    return found


def _with_candidate(
    found: KeywordSet, sample: Sample, column: int, ngram: str, source: Source,
    cosine: float | None, strictness: float,
) -> KeywordSet:  # fmt: skip
    """Return the set after trying one n-gram, which is kept where it helps in both parts.

    It helps where it lowers the loss of the texts fitted to, and that of the texts held out by more
    than `strictness` standard errors.
    """
    rows = sample.texts_with(column)
    moved = rows[~found.split.holds[rows]]
    without, _ = found.gain
    if not len(moved):
        tried = Candidate(ngram, source, False, 0, cosine, without, without, 0.0)
        return replace(found, tried=(*found.tried, tried))
    holds = found.split.holds.copy()
    holds[moved] = True
    split = sample.split(holds)
    more, error = gain_of(found.split, split)
    helps_fit = split.fit_losses.sum() < found.split.fit_losses.sum()
    kept = bool(helps_fit and more > strictness * error)
    tried = Candidate(ngram, source, kept, len(moved), cosine, without, without + more, error)
    if not kept:
        return replace(found, tried=(*found.tried, tried))
    return replace(
        found, columns=(*found.columns, column), split=split, tried=(*found.tried, tried)
    )
