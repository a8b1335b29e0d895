"""A text with some of its pieces taken out, scored: what every perturbation method rests on."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run
from pellucid.explain.tokens.scorer import Floats, TextScorer
from pellucid.explain.tokens.segments import Segment, only

BATCH = 64
"""Texts handed to the scorer at once; between batches the work can be stopped."""

Masks = NDArray[np.bool_]
Known = dict[bytes, Floats]
"""Margins of texts that were scored before, by the texts' digests."""


def margins_of(
    scorer: TextScorer,
    text: str,
    segments: Sequence[Segment],
    kept: Masks,
    run: Run,
    known: Known,
    stage: str = "Scoring texts with words taken out",
) -> Floats:
    """Return the margins of `text` with only the `kept` segments.

    `kept` (masks, segments) to (masks, outputs). Texts that come up twice are scored once, and are
    added to `known`. Raises `StoppedError` between batches when the user asks to stop.
    """
    margins = np.empty((len(kept), len(scorer.outputs)))
    packed = np.packbits(kept, axis=1)
    _, firsts, places = np.unique(packed, axis=0, return_index=True, return_inverse=True)
    distinct = np.empty((len(firsts), margins.shape[1]))
    for start in range(0, len(firsts), BATCH):
        run.check()
        run.progress(stage, start, len(firsts))
        chosen = firsts[start : start + BATCH]
        texts = [only(text, segments, kept[place]) for place in chosen]
        distinct[start : start + BATCH] = scored(scorer, texts, known)
    if len(firsts):
        run.progress(stage, len(firsts), len(firsts))
        margins[:] = distinct[places.reshape(-1)]
    return margins


def groups_of(count: int, most: int) -> tuple[tuple[int, int], ...]:
    """Cut 0..`count` into at most `most` runs of like length, as (first, end)."""
    groups = min(count, most)
    bounds = [count * place // groups for place in range(groups + 1)] if groups else [0]
    return tuple(itertools.pairwise(bounds))


def spans_of(
    text: str, segments: Sequence[Segment], groups: Sequence[tuple[int, int]]
) -> tuple[Segment, ...]:
    """Return each group of neighbouring segments as one, with what lies between them."""
    ends = [(segments[first].start, segments[end - 1].end) for first, end in groups]
    return tuple(Segment(text[start:end], start, end) for start, end in ends)


def scored(scorer: TextScorer, texts: Sequence[str], known: Known) -> Floats:
    keys = [
        hashlib.blake2b(t.encode("utf-8", "surrogatepass"), digest_size=16).digest() for t in texts
    ]
    fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if fresh:
        margins = np.asarray(scorer.margins(list(fresh.values())), dtype=np.float64)
        known.update(zip(fresh, margins.reshape(len(fresh), -1), strict=True))
    return np.stack([known[key] for key in keys])
