"""How much work each quality asks for."""

from __future__ import annotations

from dataclasses import dataclass

from pellucid.models.boosting import BagOptions
from pellucid.models.types import Quality, TaskKind

_MOST_PAIRS = 40
_ROWS_A_PAIR = 50
PAIR_BINS: dict[TaskKind, int] = {
    "regression": 96,
    "binary": 64,
    "multiclass": 64,
    "multilabel": 64,
}
"""Bins of a number in pairs: a map of prices, say, gains from finer ones, classes do not."""
PREVIEW_PAIR_BINS = 48
_BAGS: dict[Quality, int] = {"preview": 4, "standard": 8, "best": 16}
_CLASS_RATES: dict[Quality, float] = {"preview": 0.2, "standard": 0.08, "best": 0.03}
_NUMBER_RATES: dict[Quality, float] = {"preview": 0.3, "standard": 0.3, "best": 0.1}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a fit will do: how many bags and pairs, and how the quick bag and the bags are boosted.

    Pairs are sought among the `pair_candidates` inputs that the quick bag finds most important.
    """

    bags: int
    pairs: int
    pair_candidates: int
    quick: BagOptions
    bag: BagOptions


def bags_for(quality: Quality) -> int:
    """Return the number of bags, which is also how many workers can be of use."""
    return _BAGS[quality]


def pair_bins_for(quality: Quality, kind: TaskKind) -> int:
    """Return the most bins of a number in pairs, whose cells decide how long a fit takes."""
    if quality == "preview" and kind == "regression":
        return PREVIEW_PAIR_BINS
    return PAIR_BINS[kind]


def plan_for(quality: Quality, kind: TaskKind, inputs: int, rows: int) -> Plan:
    """Return the plan for a number of inputs and training rows.

    Learning rates are the largest that cost next to nothing in accuracy on census data (classes)
    and house prices (numbers); a regression gains most from pairs and smoothing. No pairs are
    sought for several labels a row.
    """
    if kind == "regression":
        bag = BagOptions(_NUMBER_RATES[quality], smoothing_rounds=150, pair_smoothing_rounds=75)
        pairs = 4 * inputs
    else:
        rate = _CLASS_RATES[quality]
        bag = BagOptions(
            rate, smoothing_rounds=30, pair_smoothing_rounds=30, early_stopping_rounds=50
        )
        pairs = 0 if kind == "multilabel" else 3 * inputs
    quick = BagOptions(_NUMBER_RATES["preview"], smoothing_rounds=0, pair_smoothing_rounds=0)
    most = min(_MOST_PAIRS, rows // _ROWS_A_PAIR)
    return Plan(bags_for(quality), min(pairs, most), 25, quick, bag)
