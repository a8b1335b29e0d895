"""The tasks of a fit of texts that worker processes run: choices, bags and folds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from pellucid.models.fit_tasks import bag_members
from pellucid.models.messages import Report
from pellucid.models.ngrams.choosing import (
    Tried,
    fold_numbers,
    folds_to_try,
    losses_of,
    try_strengths,
)
from pellucid.models.ngrams.design import Design, Setting, make_design
from pellucid.models.ngrams.inputs import Floats, TextFiles
from pellucid.models.ngrams.solve import Solution, solve

Part = Literal["all", "bag", "fold"]
Judges = NDArray[np.bool_]
"""Which rows are held out to choose by, shape (rows,)."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fit to some rows: `intercept` (C,), and for each column the scores of its cells.

    `scores` are (V + 1, C), the unseen cell left out, and `heads` (d, C). A fold has neither, but
    the `margins` (held-out rows, C) of what its texts add, less their mean over all rows.
    """

    intercept: Floats = field(repr=False)
    scores: tuple[Floats, ...] = field(default=(), repr=False)
    heads: tuple[Floats, ...] = field(default=(), repr=False)
    margins: Floats | None = field(default=None, repr=False)


def try_setting(
    kept: dict[str, Any],
    report: Report,
    files: TextFiles,
    setting: Setting,
    seed: int,
    judges: Judges | None = None,
) -> tuple[Tried, ...]:
    """Measure the strengths under a setting by folds, or where they are given by the `judges`."""
    del report
    design, target, lesson = _prepared(kept, files, setting)
    if judges is None:
        folds = fold_numbers(target, files.kind, seed)
        parts = [folds == number for number in range(folds_to_try(len(target)))]
    else:
        parts = [judges]
    return try_strengths(design, setting, target, lesson, files.kind, files.outputs, parts)


def judge(
    kept: dict[str, Any],
    report: Report,
    files: TextFiles,
    setting: Setting,
    strength: float,
    judges: Judges,
) -> Floats:
    """Fit the rows that do not judge, and return the loss of each of those that do."""
    del report
    design, target, lesson = _prepared(kept, files, setting)
    members = np.asarray(~judges, dtype=np.float64)
    solution = solve(design, lesson, files.kind, files.outputs, members, strength)
    return losses_of(design, solution, target, files.kind, judges)


def fit_part(
    kept: dict[str, Any],
    report: Report,
    files: TextFiles,
    setting: Setting,
    strength: float,
    part: Part,
    number: int,
    seed: int,
) -> Fitted:
    """Fit all rows, or those of a bag, or those outside a fold.

    The fit to all rows leaves its solution in the folder, and the others start there.
    """
    del report
    design, target, lesson = _prepared(kept, files, setting)
    members = _members(target, files, part, number, seed)
    path = files.folder / f"{files.stem}-solution.npy"
    start = None
    if part != "all":
        point = np.load(path, allow_pickle=False)
        start = Solution(point[0], point[1:])
    solution = solve(design, lesson, files.kind, files.outputs, members, strength, start)
    if part == "all":
        np.save(path, np.vstack([solution.intercept, solution.weights]), allow_pickle=False)
    if part == "fold":
        margins = design.margins(solution.weights)
        margins -= margins.mean(axis=0)
        return Fitted(solution.intercept, margins=margins[members == 0])
    blocks = list(zip(design.blocks, design.parts(solution.weights), strict=True))
    return Fitted(
        solution.intercept,
        tuple(block.scores(weights) for block, weights in blocks),
        tuple(block.split(weights)[0] for block, weights in blocks),
    )


def _members(
    target: NDArray[np.generic], files: TextFiles, part: Part, number: int, seed: int
) -> Floats:
    """Return 1 for the rows to learn from and 0 for others, shape (rows,)."""
    if part == "all":
        return np.ones(len(target))
    if part == "bag":
        return (bag_members(target, files.kind, seed, number) > 0).astype(np.float64)
    return np.asarray(fold_numbers(target, files.kind, seed) != number, dtype=np.float64)


def _prepared(
    kept: dict[str, Any], files: TextFiles, setting: Setting
) -> tuple[Design, NDArray[np.generic], NDArray[np.generic]]:
    """Lay the design out, or take the one that the worker's last task left; with the target, which
    deals rows to bags and folds, and the lesson, which is fitted."""
    if kept.get("texts") != (files, setting):
        kept.clear()
        kept["design"] = make_design(files.load(), setting)
        kept["target"] = np.array(files.target())
        kept["lesson"] = np.array(files.lesson())
        kept["texts"] = (files, setting)
    return kept["design"], kept["target"], kept["lesson"]
