"""Texts with a planted truth, and an encoder that knows nothing but words."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run
from pellucid.encoders.types import EncoderInfo

GOOD = ("superb", "lovely", "bright", "clever", "warm", "fresh")
BAD = ("dull", "awful", "clumsy", "cold", "stale", "bleak")
PLAIN = tuple(f"word{i}" for i in range(40))


@dataclass(frozen=True)
class WordEncoder:
    """The vector of a text is the mean over its words: whether good or bad, and noise."""

    @property
    def info(self) -> EncoderInfo:
        return EncoderInfo("words", "00", 8, True)

    def encode(self, texts: Sequence[str], run: Run) -> NDArray[np.float32]:
        run.check()
        found = [np.mean([_vector(word) for word in text.split()], axis=0) for text in texts]
        return np.array(found, dtype=np.float32).reshape(len(texts), 8)


def _vector(word: str) -> NDArray[np.float64]:
    noise = np.random.default_rng(zlib.crc32(word.encode())).normal(0, 0.2, 8)
    noise[0] += (word in GOOD) - (word in BAD)
    return np.asarray(noise)


@dataclass(frozen=True)
class Reviews:
    """Texts with the sum of good less bad words over the square root of the length."""

    texts: list[str]
    margins: NDArray[np.float64]
    codes: NDArray[np.intp]


def make_reviews(rows: int, seed: int = 0) -> Reviews:
    random = np.random.default_rng(seed)
    texts, margins = [], []
    for _ in range(rows):
        words = list(random.choice([*GOOD, *BAD, *PLAIN], random.integers(4, 16)))
        texts.append(" ".join(words))
        total = sum((word in GOOD) - (word in BAD) for word in words)
        margins.append(4 * total / np.sqrt(len(words)))
    found = np.array(margins)
    codes = (random.random(rows) < 1 / (1 + np.exp(-found))).astype(np.intp)
    return Reviews(texts, found, codes)
