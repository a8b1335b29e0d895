"""What the pieces of a text add to any model's margins, found by taking them out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pellucid.core.numbers import count
from pellucid.core.run import Run
from pellucid.explain.tokens.coalitions import (
    Known,
    Masks,
    groups_of,
    margins_of,
    scored,
    spans_of,
)
from pellucid.explain.tokens.scorer import Floats, TextScorer
from pellucid.explain.tokens.segments import Segment

MOST_SPANS = 256
"""Pieces to be taken out separately at most; neighbours in longer texts go together."""
SAMPLES = 1_024
_FEWEST_WALKS = 8
_KERNEL_WIDTH = 0.25
_RIDGE = 1e-3
_TAGS = {"shapley": 31, "lime": 32}


@dataclass(frozen=True, slots=True)
class Attribution:
    """What each segment adds to each output, on the link scale.

    `scores` (segments, outputs). `base` (outputs,) are the margins of the empty text, for LIME its
    surrogate's intercept; `full` (outputs,) those of the whole text. `gap` (outputs,) is
    full - base - sum of scores, None where the method promises no sum. `errors`, like `scores`, are
    standard errors, None where nothing was sampled.
    """

    scores: Floats
    base: Floats
    full: Floats
    gap: Floats | None = None
    errors: Floats | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Pieces:
    """A text in the pieces that are taken out: its segments, or groups of them."""

    text: str
    spans: tuple[Segment, ...]
    sizes: Floats
    note: str

    def spread(self, values: Floats) -> Floats:
        """Share a group's values equally among its segments: (spans, outputs) to segments."""
        repeats = self.sizes.astype(np.intp)
        return np.asarray(np.repeat(values / self.sizes[:, None], repeats, axis=0))


def occlusion(scorer: TextScorer, text: str, segments: Sequence[Segment], run: Run) -> Attribution:
    """Score each segment by the fall of the margins when it alone is taken out.

    Source: Zeiler and Fergus (2014), ECCV; for words Li, Monroe and Jurafsky (2016),
    "Understanding neural networks through representation erasure".
    """
    pieces = _pieces(text, segments, MOST_SPANS)
    known: Known = {}
    base, full = _ends(scorer, text, known)
    left = _margins(scorer, pieces, ~np.eye(len(pieces.spans), dtype=bool), run, known)
    return Attribution(pieces.spread(full - left), base, full, note=pieces.note)


def shapley(
    scorer: TextScorer,
    text: str,
    segments: Sequence[Segment],
    run: Run,
    samples: int = SAMPLES,
    seed: int = 0,
) -> Attribution:
    """Score each segment by its Shapley value; the empty text is worth the base.

    `samples` is about how many texts to score. With at most that many subsets the values are exact
    and the errors 0. Otherwise they are means over random orders of the segments, each followed by
    its reverse, and the errors are those of the mean over such pairs. Base and scores sum to the
    whole text's margins either way.

    Source: Castro, Gómez and Tejada (2009), Computers & Operations Research 36(5); Mitchell et al.
    (2022), JMLR 23, for reversed orders.
    """
    pieces = _pieces(text, segments, min(MOST_SPANS, max(2, samples // _FEWEST_WALKS)))
    size = len(pieces.spans)
    known: Known = {}
    base, full = _ends(scorer, text, known)
    if not size:
        return _nothing(base, full, full - base)
    if size < 40 and 2**size <= max(samples, 4):
        values = _exact_shapley(scorer, pieces, run, known)
        errors = np.zeros_like(values)
    else:
        values, errors = _sampled_shapley(scorer, pieces, run, samples, seed, known)
    scores = pieces.spread(values)
    gap = full - base - scores.sum(axis=0)
    return Attribution(scores, base, full, gap, pieces.spread(errors), pieces.note)


def lime(
    scorer: TextScorer,
    text: str,
    segments: Sequence[Segment],
    run: Run,
    samples: int = SAMPLES,
    seed: int = 0,
) -> Attribution:
    """Score each segment by its weight in a linear surrogate of the model around the text.

    The surrogate is a ridge regression on which segments are present, in `samples` texts that
    random numbers of segments were taken out of, weighted by exp(-d² / 0.25²) with d the cosine
    distance to the whole text. The errors are those of weighted least squares with that ridge.

    Source: Ribeiro, Singh and Guestrin (2016), "Why should I trust you?", KDD.
    """
    pieces = _pieces(text, segments, min(MOST_SPANS, max(2, samples // 4)))
    known: Known = {}
    base, full = _ends(scorer, text, known)
    if not pieces.spans:
        return _nothing(base, full, None)
    random = np.random.default_rng([seed, _TAGS["lime"]])
    kept = _presence(len(pieces.spans), max(samples, 8), random)
    margins = _margins(scorer, pieces, kept, run, known)
    intercept, values, errors = _ridge(kept, margins)
    return Attribution(
        pieces.spread(values), intercept, full, errors=pieces.spread(errors), note=pieces.note
    )


def _pieces(text: str, segments: Sequence[Segment], most: int) -> _Pieces:
    groups = groups_of(len(segments), most)
    sizes = np.array([end - first for first, end in groups], dtype=np.float64)
    note = ""
    if len(groups) < len(segments):
        note = (
            f"The {count(len(segments))} pieces of this long text were taken out in "
            f"{count(len(groups))} groups of neighbours; those of a group share its score equally."
        )
    return _Pieces(text, spans_of(text, segments, groups), sizes, note)


def _nothing(base: Floats, full: Floats, gap: Floats | None) -> Attribution:
    none = np.zeros((0, len(base)))
    return Attribution(none, base, full, gap, none)


def _margins(scorer: TextScorer, pieces: _Pieces, kept: Masks, run: Run, known: Known) -> Floats:
    return margins_of(scorer, pieces.text, pieces.spans, kept, run, known)


def _ends(scorer: TextScorer, text: str, known: Known) -> tuple[Floats, Floats]:
    """Return the margins of the empty and of the whole text, (outputs,) each."""
    margins = scored(scorer, ["", text], known)
    return margins[0], margins[1]


def _exact_shapley(scorer: TextScorer, pieces: _Pieces, run: Run, known: Known) -> Floats:
    """Return the Shapley values over all subsets, (spans, outputs)."""
    size = len(pieces.spans)
    subsets = np.arange(2**size)
    kept = (subsets[:, None] >> np.arange(size)) & 1 == 1
    margins = _margins(scorer, pieces, kept, run, known)
    chances = np.array([1 / (size * math.comb(size - 1, k)) for k in range(size)])
    values = np.zeros((size, margins.shape[1]))
    for place in range(size):
        absent = subsets[~kept[:, place]]
        gains = margins[absent | (1 << place)] - margins[absent]
        values[place] = chances[kept[absent].sum(axis=1)] @ gains
    return values


def _sampled_shapley(
    scorer: TextScorer, pieces: _Pieces, run: Run, samples: int, seed: int, known: Known
) -> tuple[Floats, Floats]:
    """Return the means over pairs of orders and their standard errors, (spans, outputs) each."""
    size = len(pieces.spans)
    pairs = max(2, round(samples / (2 * size)))
    random = np.random.default_rng([seed, _TAGS["shapley"]])
    forward = np.argsort(random.random((pairs, size)), axis=1)
    orders = np.stack([forward, forward[:, ::-1]], axis=1).reshape(2 * pairs, size)
    ranks = np.argsort(orders, axis=1)
    kept = ranks[:, None, :] < np.arange(size + 1)[None, :, None]
    margins = _margins(scorer, pieces, kept.reshape(-1, size), run, known)
    gains = np.diff(margins.reshape(2 * pairs, size + 1, -1), axis=1)
    each = np.take_along_axis(gains, ranks[:, :, None], axis=1)
    paired = each.reshape(pairs, 2, size, -1).mean(axis=1)
    return paired.mean(axis=0), paired.std(axis=0, ddof=1) / math.sqrt(pairs)


def _presence(size: int, samples: int, random: np.random.Generator) -> Masks:
    """Return masks (samples, size): the whole text first, then 1 to `size` pieces taken out."""
    removed = random.integers(1, size + 1, samples)
    ranks = np.argsort(np.argsort(random.random((samples, size)), axis=1), axis=1)
    kept = ranks >= removed[:, None]
    kept[0] = True
    return np.asarray(kept)


def _ridge(kept: Masks, margins: Floats) -> tuple[Floats, Floats, Floats]:
    """Return intercept (outputs,), weights and their standard errors (spans, outputs)."""
    present = kept.astype(np.float64)
    size = present.shape[1]
    distance = 1 - np.sqrt(present.sum(axis=1) / size)
    weights = np.exp(-((distance / _KERNEL_WIDTH) ** 2))
    share = weights / weights.sum()
    middle, level = share @ present, share @ margins
    centred, aim = present - middle, margins - level
    gram = centred.T @ (weights[:, None] * centred)
    inverse = np.linalg.inv(gram + _RIDGE * gram.trace() / size * np.eye(size))
    values = inverse @ (centred.T @ (weights[:, None] * aim))
    meat = (weights[:, None] * (aim - centred @ values)) ** 2
    spread = np.asarray((centred @ inverse) ** 2).T @ meat
    return level - middle @ values, values, np.sqrt(spread)
