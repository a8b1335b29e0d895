"""What is chosen by held-out rows: orders, the weight of what words mean, and the penalty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pellucid.models.multilabel import strata_of
from pellucid.models.ngrams.design import Design, Setting
from pellucid.models.ngrams.inputs import Floats
from pellucid.models.ngrams.solve import Solution, losses_and_slopes, solve
from pellucid.models.types import TaskKind

FOLDS = 5
HEAD_SCALES = (0.02, 0.05, 0.1, 0.3)
"""Beside 0, which is no embedding part. Below, the embeddings hardly count; above 0.1, only those
of a tuned encoder are better, on six sets of texts from 4,000 to 67,000 rows."""
STRENGTHS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
"""Inverse penalties, as scikit-learn's C."""
_FIRST_STRENGTH = STRENGTHS.index(3.0)
LEAST_GAIN = 0.005
"""The share of the held-out loss that longer n-grams must save to be worth reading."""
_FEW_ROWS, _SOME_ROWS = 2_000, 10_000


@dataclass(frozen=True, slots=True)
class Tried:
    """A setting and a strength with the mean loss of the held-out rows."""

    setting: Setting
    strength: float
    loss: float


@dataclass(frozen=True, slots=True)
class NgramPlan:
    """What was chosen, and all that was tried."""

    setting: Setting
    strength: float
    tried: tuple[Tried, ...] = field(default=(), repr=False)

    @property
    def orders(self) -> int:
        return self.setting.orders

    @property
    def head_scale(self) -> float:
        return self.setting.head_scale


def fold_numbers(target: NDArray[np.generic], kind: TaskKind, seed: int) -> NDArray[np.intp]:
    """Deal the rows into `FOLDS` folds, classes in proportion; return each row's, shape (rows,)."""
    order = np.random.default_rng([seed, 11]).permutation(len(target))
    target = strata_of(target)
    if kind != "regression":
        order = order[np.argsort(target[order], kind="stable")]
    folds = np.empty(len(target), dtype=np.intp)
    folds[order] = np.arange(len(target)) % FOLDS
    return folds


def folds_to_try(rows: int) -> int:
    """Return how many folds judge a choice: the fewer rows, the more."""
    if rows < _FEW_ROWS:
        return FOLDS
    return 2 if rows < _SOME_ROWS else 1


def try_strengths(
    design: Design,
    setting: Setting,
    target: NDArray[np.generic],
    lesson: NDArray[np.generic],
    kind: TaskKind,
    outputs: int,
    parts: Sequence[NDArray[np.bool_]],
) -> tuple[Tried, ...]:
    """Measure strengths from the middle one on, upwards and then downwards, while the loss falls.

    Each of the `parts` (rows,) is held out in turn. Each fit starts where the one of the strength
    before it ended. The lesson, mostly the target itself, is fitted; the loss is the target's.
    """
    starts: dict[int, Solution] = {}
    found: dict[int, float] = {}

    def measure(place: int) -> float:
        total, rows = 0.0, 0
        for part, is_out in enumerate(parts):
            starts[part] = solve(
                design, lesson, kind, outputs, (~is_out).astype(np.float64), STRENGTHS[place],
                starts.get(part),
            )  # fmt: skip
            total += float(losses_of(design, starts[part], target, kind, is_out).sum())
            rows += int(is_out.sum())
        found[place] = total / max(rows, 1)
        return found[place]

    best = measure(_FIRST_STRENGTH)
    for step in (1, -1):
        place = _FIRST_STRENGTH + step
        while 0 <= place < len(STRENGTHS) and measure(place) < best:
            best = found[place]
            place += step
        if best < found[_FIRST_STRENGTH]:
            break
    return tuple(Tried(setting, STRENGTHS[place], found[place]) for place in sorted(found))


def losses_of(
    design: Design,
    solution: Solution,
    target: NDArray[np.generic],
    kind: TaskKind,
    rows: NDArray[np.bool_],
) -> Floats:
    """Return the loss of each of some rows."""
    margins: Floats = design.margins(solution.weights) + solution.intercept
    losses, _ = losses_and_slopes(margins[rows], target[rows], kind)
    return losses


def best_of(tried: Sequence[Tried]) -> Tried:
    """Return what has the least loss; of equals, the first."""
    return min(tried, key=lambda one: one.loss)


def choose_orders(tried: Sequence[Tried]) -> Tried:
    """Return the best of the fewest orders beyond which hardly anything is gained."""
    best = [
        best_of([one for one in tried if one.setting.orders == orders])
        for orders in sorted({one.setting.orders for one in tried})
    ]
    chosen = best[0]
    for one in best[1:]:
        if one.loss < chosen.loss * (1 - LEAST_GAIN):
            chosen = one
    return chosen
