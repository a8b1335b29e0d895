"""What came of a quiz: how many were right in each part, and what lies between the parts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from statistics import median

import numpy as np

from pellucid.explain.contrast.measuring import Difference, share_difference
from pellucid.explain.proportions import wilson_interval
from pellucid.explain.quiz.types import ARMS, ArmScore, Marked


def score_arms(marked: Sequence[Marked]) -> dict[str, ArmScore]:
    """Return the score of each part, by its name."""
    return {arm: _score([one for one in marked if one.arm == arm]) for arm in ARMS}


def difference_of(marked: Sequence[Marked]) -> Difference | None:
    """Return the share right with explanations less that without, None while a part is not begun.

    The parts ask about different rows, so the shares count as independent: Newcombe's interval and
    Fisher's test.
    """
    without, with_ = (
        np.array([float(one.is_right) for one in marked if one.arm == arm]) for arm in ARMS
    )
    if not len(without) or not len(with_):
        return None
    return share_difference(with_, without)


def _score(marked: Sequence[Marked]) -> ArmScore:
    asked, right = len(marked), sum(one.is_right for one in marked)
    low, high = wilson_interval(right, asked) if asked else (math.nan, math.nan)
    outputs = Counter(one.right for one in marked)
    times = [one.answer.seconds for one in marked if one.answer.seconds is not None]
    return ArmScore(
        asked=asked,
        answered=sum(one.answer.choice is not None for one in marked),
        right=right,
        low=low,
        high=high,
        commonest=max(outputs.values(), default=0),
        seconds=float(median(times)) if times else math.nan,
    )
