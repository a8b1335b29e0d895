"""Small models of words whose attributions are known by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pellucid.data.tokens import words_of

Floats = NDArray[np.float64]


@dataclass
class WordScorer:
    """Margins from the set or list of a text's words; keeps every text that it was given."""

    margin: Callable[[list[str]], Sequence[float]]
    outputs: tuple[str, ...] = ("good",)
    classes: tuple[str, ...] = ("bad", "good")
    seen: list[str] = field(default_factory=list)

    def margins(self, texts: Sequence[str]) -> Floats:
        self.seen += texts
        return np.array([self.margin(words_of(text)) for text in texts], dtype=np.float64)

    def mean(self, margins: Floats) -> Floats:
        if not self.classes:
            return margins[:, 0]
        if len(self.outputs) == 1:
            positive = 1 / (1 + np.exp(-margins[:, 0]))
            return np.stack([1 - positive, positive], axis=1)
        raised = np.exp(margins - margins.max(axis=1, keepdims=True))
        return raised / raised.sum(axis=1, keepdims=True)


WEIGHTS = {"great": 2.0, "good": 1.0, "fine": 0.5, "film": 0.1, "dull": -1.5, "awful": -2.5}


def additive() -> WordScorer:
    """One margin: 0.3 plus the weights of the words."""
    return WordScorer(lambda words: [0.3 + sum(WEIGHTS.get(word, 0.0) for word in words)])


def three_classes() -> WordScorer:
    """Three margins: the weights, minus half of them, and the number of words over 10."""

    def margin(words: list[str]) -> list[float]:
        total = sum(WEIGHTS.get(word, 0.0) for word in words)
        return [total, -total / 2, len(words) / 10]

    return WordScorer(margin, ("up", "down", "long"), ("up", "down", "long"))


def value() -> WordScorer:
    """A regression: 10 plus the weights of the words."""
    return WordScorer(
        lambda words: [10 + sum(WEIGHTS.get(word, 0.0) for word in words)], ("price",), ()
    )


def exclusive() -> WordScorer:
    """XOR: 1 where exactly one of "left" and "right" is there."""
    return WordScorer(lambda words: [float(("left" in words) != ("right" in words))])


def negation() -> WordScorer:
    """2 for "good", 3 less where "not" is there too."""
    return WordScorer(lambda words: [("good" in words) * (2.0 - 3.0 * ("not" in words))])


def all_three() -> WordScorer:
    """6 where "a", "b" and "c" are all there; the Shapley value of each is 2."""
    return WordScorer(lambda words: [6.0 * ({"a", "b", "c"} <= set(words))])
