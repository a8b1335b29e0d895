"""What a prediction comes to, in the form in which explanations of rows and texts give it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray


class Outcome(TypedDict):
    """A label with every class's probability, or the value of a regression."""

    label: str | None
    value: float | None
    probabilities: dict[str, float] | None


def outcome_of(classes: Sequence[str], mean: NDArray[np.float64]) -> Outcome:
    """Return what the means of one row, shape (1, classes) or (1,), say; the likeliest class."""
    if not classes:
        return Outcome(label=None, value=float(mean[0]), probabilities=None)
    chances = dict(zip(classes, mean[0].tolist(), strict=True))
    return Outcome(label=classes[int(np.argmax(mean[0]))], value=None, probabilities=chances)
