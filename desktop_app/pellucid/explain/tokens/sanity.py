"""Whether explanations change when what the model has learned is destroyed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pellucid.core.numbers import interval, number, plural
from pellucid.explain.tokens.method_tests import mean_with_interval
from pellucid.explain.tokens.scorer import Floats

Alteration = Literal["weights randomised", "labels shuffled"]
MOST_AGREEMENT = 0.5
"""The agreement that the whole interval must lie below."""
FEWEST_TEXTS = 5
FEWEST_PIECES = 3
_DONE: Mapping[Alteration, str] = {
    "weights randomised": "The model's weights were replaced by random numbers",
    "labels shuffled": "The model was trained anew on shuffled labels",
}


@dataclass(frozen=True, slots=True)
class SanityCheck:
    """How far explanations of an altered model agree with the first ones, over `texts` texts.

    `agreement` is a mean rank correlation, `low` to `high` its 95% bootstrap interval; all three
    are NaN where no text could be compared. `passed` where the interval lies below 0.5.
    """

    name: Alteration
    agreement: float
    low: float
    high: float
    texts: int
    passed: bool
    sentence: str


def rank_agreement(a: Floats, b: Floats) -> float:
    """Return Spearman's correlation of |a| and |b|, each (segments,) or (segments, outputs).

    With several outputs the mean over those that have one. 0 where only one of the two ranks the
    segments at all; NaN where neither does, or there are fewer than 3 segments. Raises `ValueError`
    for different shapes.
    """
    if a.shape != b.shape:
        raise ValueError(f"cannot compare scores of shapes {a.shape} and {b.shape}")
    if len(a) < FEWEST_PIECES:
        return math.nan
    pairs = zip(_columns(a), _columns(b), strict=True)
    found = [_spearman(first, second) for first, second in pairs]
    known = [value for value in found if not math.isnan(value)]
    return float(np.mean(known)) if known else math.nan


def compare_attributions(
    original: Sequence[Floats], altered: Sequence[Floats], name: Alteration, seed: int = 0
) -> SanityCheck:
    """Compare the scores of the same texts' segments under a model and under its altered self.

    Each entry is one text's (segments,) or (segments, outputs). A method that explains the model
    must change with it: the check is passed where the interval of the mean agreement lies below
    0.5, on 5 texts or more. Raises `ValueError` where the two do not match.

    Source: Adebayo et al. (2018), "Sanity checks for saliency maps", NeurIPS.
    """
    each = [rank_agreement(a, b) for a, b in zip(original, altered, strict=True)]
    known = [value for value in each if not math.isnan(value)]
    if not known:
        sentence = f"{_DONE[name]}, but no text has tokens enough to compare their order."
        return SanityCheck(name, math.nan, math.nan, math.nan, 0, False, sentence)
    mean = mean_with_interval(known, seed)
    low, high = max(-1.0, mean.low), min(1.0, mean.high)
    passed = high < MOST_AGREEMENT and len(known) >= FEWEST_TEXTS
    sentence = _sentence(name, mean.value, low, high, len(known), passed)
    return SanityCheck(name, mean.value, low, high, len(known), passed, sentence)


def _sentence(
    name: Alteration, agreement: float, low: float, high: float, texts: int, passed: bool
) -> str:
    agrees = f"{number(agreement)} on average, {interval(low, high)}"
    measured = (
        f"{_DONE[name]} and {plural(texts, 'text was', 'texts were')} explained again: the order of"
        f" the tokens agrees with the first explanation's by {agrees} (rank correlation; 1 is the"
        " same order, 0 no relation)."
    )
    if passed:
        verdict = "The explanations depend on what the model has learned."
    elif texts < FEWEST_TEXTS:
        verdict = f"It takes {FEWEST_TEXTS} texts or more to conclude anything."
    elif low >= MOST_AGREEMENT:
        verdict = (
            "The explanations hardly changed, so they say little of what the model has learned: "
            "do not rely on them."
        )
    else:
        verdict = "It is not clear that the explanations depend on what the model has learned."
    return f"{measured} {verdict}"


def _columns(scores: Floats) -> list[Floats]:
    return list(np.abs(scores.reshape(len(scores), -1)).T)


def _spearman(a: Floats, b: Floats) -> float:
    first, second = _ranks(a), _ranks(b)
    first, second = first - first.mean(), second - second.mean()
    sizes = float(first @ first), float(second @ second)
    if not any(sizes):
        return math.nan
    if not all(sizes):
        return 0.0
    return float(first @ second) / math.sqrt(sizes[0] * sizes[1])


def _ranks(values: Floats) -> NDArray[np.float64]:
    """Return the ranks of `values` (n,), equal ones sharing their mean."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return np.asarray((ends - (counts - 1) / 2)[places], dtype=np.float64)
