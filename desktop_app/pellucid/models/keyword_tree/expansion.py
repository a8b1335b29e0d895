"""From a seed n-gram to a set of keywords: neighbours and suggestions, kept while they help."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from pellucid.core.run import Run
from pellucid.data.tokens import ngrams_of, words_of
from pellucid.encoders.types import TextEncoder
from pellucid.models.keyword_tree.outcome import Floats
from pellucid.models.keyword_tree.presence import Presence, ngram_of
from pellucid.models.keyword_tree.sample import Sample, Split, paired
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
    from pellucid.encoders.cache import embed

    vectors = embed(ngrams, encoder, run).astype(np.float64)
    vectors = vectors - vectors.mean(axis=0)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return Neighbours(np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0))


@dataclass(frozen=True, slots=True)
class KeywordSet:
    """Keywords found so far in one node, as columns of the presence, and the split they make."""

    sample: Sample
    columns: tuple[int, ...]
    unsplit: Split
    split: Split
    seed_gain: float
    tried: tuple[Candidate, ...] = ()

    @property
    def gain(self) -> float:
        """The loss per held-out text spared by the whole set."""
        return paired(self.unsplit.held_losses - self.split.held_losses)[0]

    def recorded(self, ngrams: Sequence[str]) -> Expansion:
        """Return how the set came about, for the tree."""
        gain, error = self.sample.gain(self.unsplit, self.split)
        held_out = len(self.sample.held)
        return Expansion(ngrams[self.columns[0]], self.seed_gain, gain, error, held_out, self.tried)


def seed_set(sample: Sample, column: int) -> KeywordSet:
    """Return the set that holds a seed alone."""
    holds = np.zeros(sample.texts, dtype=np.bool_)
    holds[sample.texts_with(column)] = True
    unsplit, split = sample.unsplit(), sample.split(holds)
    seed_gain, _ = sample.gain(unsplit, split)
    return KeywordSet(sample, (column,), unsplit, split, seed_gain)


def with_neighbours(
    found: KeywordSet, presence: Presence, neighbours: Neighbours, most: int,
    strictness: float,
) -> KeywordSet:  # fmt: skip
    """Try the seed's nearest n-grams, `most` of those that would move a text of the node."""
    tried = 0
    for column, cosine in neighbours.nearest(found.columns[0]):
        if tried == most:
            break
        ngram = presence.ngrams[column]
        grown = _with_candidate(found, column, ngram, "embedding", cosine, strictness)
        if grown.tried[-1].texts:
            found, tried = grown, tried + 1
    return found


def with_suggestions(
    found: KeywordSet, presence: Presence, suggestions: Iterable[str], most: int,
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
            found = _with_candidate(found, places[ngram], ngram, "language model", None, strictness)
        else:
            found = replace(
                found, tried=(*found.tried, Candidate(ngram, "language model", kept=False))
            )
    return found


def _with_candidate(
    found: KeywordSet, column: int, ngram: str, source: Source,
    cosine: float | None, strictness: float,
) -> KeywordSet:  # fmt: skip
    """Return the set after trying one n-gram, which is kept where it helps.

    It has to lower the loss of the texts held out, and that of all texts of the node by more than
    `strictness` standard errors: it was not chosen by looking at either.
    """
    rows = found.sample.texts_with(column)
    moved = rows[~found.split.holds[rows]]
    without = found.gain
    if not len(moved):
        tried = Candidate(ngram, source, False, 0, cosine, without, without, 0.0, 0.0)
        return replace(found, tried=(*found.tried, tried))
    holds = found.split.holds.copy()
    holds[moved] = True
    split = found.sample.split(holds)
    held = found.split.held_losses - split.held_losses
    more, _ = paired(held)
    spared, error = paired(np.concatenate([held, found.split.fit_losses - split.fit_losses]))
    kept = more > 0 and spared > strictness * error
    tried = Candidate(
        ngram, source, kept, len(moved), cosine, without, without + more, spared, error
    )
    if not kept:
        return replace(found, tried=(*found.tried, tried))
    return replace(
        found, columns=(*found.columns, column), split=split, tried=(*found.tried, tried)
    )


def without_superseded(keywords: Sequence[str]) -> tuple[str, ...]:
    """Leave out keywords that say no more than a shorter one of the set; the seed, first, stays."""
    kept = [keywords[0]]
    for keyword in keywords[1:]:
        words = words_of(keyword)
        parts = set(ngrams_of(words, len(words))) - {keyword}
        if parts.isdisjoint(keywords):
            kept.append(keyword)
    return tuple(kept)
