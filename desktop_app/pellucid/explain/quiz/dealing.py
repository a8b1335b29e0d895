"""Which rows are examples and which are asked about, in which part: dealt by a seed, balanced."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.explain.quiz.types import Design, QuizResult

_TAG = 211
FEWEST_PAIRS = 2

Codes = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Deal:
    """Positions of rows: the examples, and those asked in each part, in the order of asking."""

    examples: Codes
    without: Codes
    with_: Codes


def deal(codes: Codes, strength: NDArray[np.float64], choices: int, design: Design) -> Deal:
    """Deal rows to examples and to the two parts; no row is dealt twice.

    Each part asks about each output equally often, as nearly as the rows allow, and so do the
    examples. Of rows that the model cannot tell apart one is dealt before the others. The rows of
    the parts are matched in pairs: the same output, given about as surely. Which of a pair goes to
    which part follows from the seed, so that the surer ones are shared out evenly;
    `design.swapped` exchanges them.

    Args:
        codes: The position of each row's output among the choices (rows,), -1 for none of them.
        strength: How sure the model is of it, or the value that it predicts (rows,).
        choices: How many choices there are.
        design: How many rows are wanted, and the seed.

    Raises `UserError` where there are too few rows of two outputs or more.
    """
    random = np.random.default_rng([design.seed, _TAG])
    there = np.bincount(codes[codes >= 0], minlength=choices)
    pairs = _shared_out(design.questions // 2, np.maximum(there - 1, 0) // 2, random)
    shown = _shared_out(design.examples, there - 2 * pairs, random)
    if pairs.sum() < FEWEST_PAIRS or (pairs > 0).sum() < 2:
        raise UserError(
            "There are too few rows of each output for a quiz",
            "Take a file with more rows, or a model that tells more of them apart.",
        )
    examples, halves = [], []
    for choice in range(choices):
        rows = _unlike_first(random.permutation(np.flatnonzero(codes == choice)), strength)
        asked = rows[: 2 * pairs[choice]]
        examples.append(rows[len(asked) : len(asked) + shown[choice]])
        halves.append(_halves(asked[np.argsort(strength[asked], kind="stable")], random))
    parts = [random.permutation(np.concatenate([half[side] for half in halves])) for side in (0, 1)]
    if design.swapped:
        parts.reverse()
    return Deal(random.permutation(np.concatenate(examples)), parts[0], parts[1])


def next_design(earlier: Sequence[QuizResult], name: str, questions: int) -> Design:
    """Return the design for the next reader, given earlier results on the same model.

    Who comes after another gets that one's questions with the two parts exchanged; else there are
    new ones, since nobody should be asked what they were asked before.
    """
    taken = [result for result in earlier if result.is_whole]
    for result in taken:
        design = replace(result.design, swapped=not result.design.swapped)
        others = {one.taker.name for one in earlier if one.design.seed == design.seed}
        is_done = any(one.design == design for one in taken)
        if design.questions == questions and not is_done and name not in others:
            return design
    used = {result.design.seed for result in earlier}
    seed = next(seed for seed in itertools.count() if seed not in used)
    return Design(seed=seed, questions=questions)


def _unlike_first(rows: Codes, strength: NDArray[np.float64]) -> Codes:
    """Put rows behind that the model cannot tell from one before: such an example gives away."""
    is_first = np.zeros(len(rows), dtype=bool)
    is_first[np.unique(strength[rows], return_index=True)[1]] = True
    return rows[np.argsort(~is_first, kind="stable")]


def _halves(rows: Codes, random: np.random.Generator) -> tuple[Codes, Codes]:
    """Part neighbours: of each pair one row to either side, the surer one by turns."""
    pairs = rows.reshape(-1, 2)
    side = (np.arange(len(pairs)) + random.integers(2)) % 2
    return pairs[np.arange(len(pairs)), side], pairs[np.arange(len(pairs)), 1 - side]


def _shared_out(total: int, most: Codes, random: np.random.Generator) -> Codes:
    """Share `total` out over the choices one by one, by chance, up to `most` of each."""
    found = np.zeros(len(most), dtype=np.intp)
    while total > 0 and (found < most).any():
        for choice in random.permutation(np.flatnonzero(found < most))[:total].tolist():
            found[choice] += 1
            total -= 1
    return found
