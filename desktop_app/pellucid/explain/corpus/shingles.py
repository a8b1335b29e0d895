"""Texts as sets of character shingles, and their MinHash signatures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run

Hashes = NDArray[np.uint64]
SHINGLE = 5
"""The characters in a shingle."""
_BLOCK = 1_000_000
_CHUNK = 65_536
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)


def shingles_of(text: str) -> Hashes:
    """Return the hashes of the different shingles of `text`, sorted; one for a shorter text."""
    return np.unique(_hashes(text.ljust(SHINGLE)))


def jaccard(a: Hashes, b: Hashes) -> float:
    """Return the share of the shingles of two texts (sorted, not empty) that both hold."""
    shared = len(a) + len(b) - len(np.union1d(a, b))
    return shared / (len(a) + len(b) - shared)


def signatures(texts: Sequence[str], length: int, seed: Sequence[int], run: Run) -> Hashes:
    """Return the MinHash signature of each text, shape (n, length).

    Two signatures agree in one place with the probability that is the Jaccard similarity of their
    texts' shingles. Memory stays within a block of about a million characters or one text.

    Source: Broder (1997), "On the resemblance and containment of documents".
    """
    random = np.random.default_rng(list(seed))
    masks = random.integers(0, 2**64, size=length, dtype=np.uint64)
    factors = random.integers(0, 2**63, size=length, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    found = np.empty((len(texts), length), dtype=np.uint64)
    for first, last in _blocks(texts):
        run.progress("Comparing texts", first, len(texts))
        run.check()
        padded = [text.ljust(SHINGLE) for text in texts[first:last]]
        starts = np.cumsum([0, *(len(text) for text in padded)])
        hashes = _hashes("".join(padded) + " " * SHINGLE)[: starts[-1]]
        # Windows that reach into the next text repeat the text's first window instead.
        lengths = np.diff(starts)
        text_of = np.repeat(np.arange(len(padded)), lengths)
        place = np.arange(starts[-1]) - starts[text_of]
        hashes = np.where(place <= lengths[text_of] - SHINGLE, hashes, hashes[starts[text_of]])
        for part in _within(starts):
            run.check()
            values = hashes[starts[part.start] : starts[part.stop]]
            begins = starts[part] - starts[part.start]
            for place_in, (mask, factor) in enumerate(zip(masks, factors, strict=True)):
                mixed = (values ^ mask) * factor
                found[first + part.start : first + part.stop, place_in] = np.minimum.reduceat(
                    mixed, begins
                )
    return found


def _hashes(text: str) -> Hashes:
    """Return a hash of each window of `SHINGLE` characters, from left to right."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    wide = codes.astype(np.uint64)
    length = len(wide) - SHINGLE + 1
    hashes = np.zeros(length, dtype=np.uint64)
    for place in range(SHINGLE):
        hashes = (hashes ^ wide[place : place + length]) * _BASE
        hashes ^= hashes >> np.uint64(29)
    hashes *= _MIX
    return hashes ^ (hashes >> np.uint64(32))


def _blocks(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield runs of texts of together about a million characters."""
    first, size = 0, 0
    for index, text in enumerate(texts):
        size += max(len(text), SHINGLE)
        if size >= _BLOCK:
            yield first, index + 1
            first, size = index + 1, 0
    if first < len(texts):
        yield first, len(texts)


def _within(starts: NDArray[np.int64]) -> Iterator[slice]:
    """Yield runs of texts whose windows fit a processor's cache."""
    first = 0
    for index in range(1, len(starts)):
        if starts[index] - starts[first] >= _CHUNK or index == len(starts) - 1:
            yield slice(first, index)
            first = index
