"""What a question can be answered with: the model's classes, or ranges of what it predicts."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.numbers import number

MOST_CHOICES = 6
RANGES = 4
_FEWEST_DIGITS, _MOST_DIGITS = 3, 9
_NONE = -1

Codes = NDArray[np.intp]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices and, for each row, the position of the right one (rows,), -1 where none is."""

    labels: tuple[str, ...]
    codes: Codes
    left_out: int = 0
    """How many of the model's outputs are no choice, being too rare."""
    cuts: tuple[float, ...] = ()
    """The bounds between ranges, in order; a value on a bound is in the range above it."""

    def code_of(self, value: float) -> int:
        """Return the range that a value is in."""
        return int(np.searchsorted(self.cuts, value, side="right"))


def class_choices(predicted: NDArray[np.str_], classes: tuple[str, ...]) -> Choices:
    """Offer the classes that the model gives to these rows, in order, at most the commonest six.

    Raises `UserError` where it gives one alone.
    """
    counts = {name: int((predicted == name).sum()) for name in classes}
    given = [name for name in classes if counts[name]]
    kept = set(sorted(given, key=lambda name: -counts[name])[:MOST_CHOICES])
    labels = tuple(name for name in given if name in kept)
    if len(labels) < 2:
        only = f"says {labels[0]} of every row" if labels else "says nothing of these rows"
        raise UserError(
            f"The model {only}, so there is nothing to ask", "Choose a model that tells rows apart."
        )
    places = {name: place for place, name in enumerate(labels)}
    codes = np.array([places.get(str(name), _NONE) for name in predicted.tolist()], dtype=np.intp)
    return Choices(labels, codes, len(given) - len(labels))


def range_choices(values: Floats) -> Choices:
    """Offer quarters of the predicted values as ranges, their bounds rounded as they are told.

    Raises `UserError` where the values hardly differ.
    """
    cuts, digits = _cuts(values)
    if not len(cuts):
        raise UserError(
            "The model predicts much the same for every row, so there is nothing to ask",
            "Choose a model that tells rows apart.",
        )
    told = [number(float(cut), digits) for cut in cuts]
    between = [f"{low} to under {high}" for low, high in itertools.pairwise(told)]
    labels = (f"under {told[0]}", *between, f"{told[-1]} or more")
    codes = np.searchsorted(cuts, values, side="right").astype(np.intp)
    return Choices(labels, codes, cuts=tuple(float(cut) for cut in cuts))


def _cuts(values: Floats) -> tuple[Floats, int]:
    """Return the bounds between ranges that hold rows, rounded to as few digits as tell apart."""
    wanted = np.unique(np.quantile(values, np.linspace(0, 1, RANGES + 1)[1:-1]))
    above = values[values > values.min()]
    wanted = wanted[wanted > values.min()] if len(above) else wanted[:0]
    if len(above) and not len(wanted):  # most rows share the least value
        wanted = above.min(keepdims=True)
    for digits in range(_FEWEST_DIGITS, _MOST_DIGITS + 1):
        cuts = np.array([float(f"{cut:.{digits - 1}e}") for cut in wanted.tolist()])
        held = np.bincount(np.searchsorted(cuts, values, side="right"), minlength=len(cuts) + 1)
        if len(np.unique(cuts)) == len(cuts) and held.all():
            return cuts, digits
    return np.empty(0), _MOST_DIGITS
