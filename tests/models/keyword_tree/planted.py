"""Texts with planted groups of synonyms, and an encoder that puts synonyms near each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pellucid.core.run import Run
from pellucid.data.tokens import words_of
from pellucid.encoders.types import EncoderInfo, Vectors

REFUND = ("refund", "reimburse", "repay", "compensate")
THANKS = ("thanks", "grateful", "cheers", "appreciate")
NOISE = ("monday", "tuesday", "parcel", "lamp")
FILLER = tuple(f"word{i}" for i in range(30))
GROUPS = (REFUND + NOISE[:2], THANKS + NOISE[2:])
"""The words that the encoder puts together: synonyms, with two words that mean nothing."""
DIMENSIONS = 16


class ToyEncoder:
    """Gives each group of words a direction, and every n-gram the mean of its words."""

    def __init__(self, groups: Sequence[Sequence[str]] = GROUPS) -> None:
        self.groups = groups

    @property
    def info(self) -> EncoderInfo:
        return EncoderInfo("toy", "70", DIMENSIONS, is_language_model=False)

    def encode(self, texts: Sequence[str], run: Run) -> Vectors:
        del run
        return np.stack([np.mean([self._word(w) for w in words_of(t)], axis=0) for t in texts])

    def _word(self, word: str) -> Vectors:
        own = np.random.default_rng(list(word.encode())).normal(size=DIMENSIONS)
        for place, group in enumerate(self.groups):
            if word in group:
                return np.float32(6.0 * np.eye(DIMENSIONS)[place] + 0.5 * own)
        return np.float32(own)


def planted(seed: int, texts: int = 900) -> tuple[list[list[str]], np.ndarray]:
    """Return texts as tokens and their class: 1 where money is asked back and nobody thanks."""
    random = np.random.default_rng(seed)
    word_lists, target = [], np.empty(texts, dtype=np.intp)
    for row in range(texts):
        words = random.choice(FILLER, size=4).tolist()
        asks, thanks = (random.random(2) < (0.5, 0.4)).tolist()
        words += [str(random.choice(REFUND))] * asks + [str(random.choice(THANKS))] * thanks
        words += [word for word in NOISE if random.random() < 0.1]
        random.shuffle(words)
        word_lists.append(words)
        target[row] = (asks and not thanks) ^ (random.random() < 0.05)
    return word_lists, target
