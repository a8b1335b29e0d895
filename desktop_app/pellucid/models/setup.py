"""Everything that is decided before the first bag: task, rows, bins and plan."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.data.types import Alert, Columns, Split
from pellucid.models.additive import Floats
from pellucid.models.binned import Binned
from pellucid.models.fit_tasks import BinnedFiles, cut_numbers, save_binned, save_plain
from pellucid.models.held_out import held_out_rows
from pellucid.models.inputs import Drafts, Input, cells_of, cut_inputs, draft_inputs, numbers_of
from pellucid.models.leakage import find_leaks, find_text_leaks
from pellucid.models.multilabel import strata_of
from pellucid.models.plans import Plan, pair_bins_for, plan_for
from pellucid.models.sums import find_sum
from pellucid.models.tasks import is_known, make_task, target_of
from pellucid.models.types import FitOptions, LeftOut, Task
from pellucid.models.workers import Workers

if TYPE_CHECKING:
    from pellucid.data.table import Table

VALIDATION_SIZE = 0.05
"""The share of rows kept for choices made after the fit; bags hold out rows of their own too."""
_SEEDS = 2**31
_COLUMNS_AT_ONCE = 32
"""Few enough that a stop is heard between reads and that a wide table fits the store's memory."""

Part = Literal["train", "validation", "test"]
PARTS: tuple[Part, ...] = ("train", "validation", "test")


@dataclass(frozen=True, slots=True)
class Rows:
    """The usable rows of a table: typed columns, the target as numbers, and who has which part."""

    columns: Columns
    target: NDArray[np.generic]
    split: Split

    def of(self, part: Part) -> tuple[Columns, NDArray[np.generic]]:
        rows = self.split.rows(part)
        return {name: values[rows] for name, values in self.columns.items()}, self.target[rows]


@dataclass(frozen=True, slots=True)
class Ground:
    """What is predicted from what on which rows, before anything is fitted."""

    task: Task
    rows: Rows
    seed: int
    left_out: tuple[LeftOut, ...]
    warnings: tuple[Alert, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The columns that are read as texts."""
        return tuple(name for name, kind in self.task.features if kind == "text")

    def without(self, rows: NDArray[np.intp]) -> Ground:
        """Return the ground less some rows, which take no further part."""
        from pellucid.data.splits import LEFT_OUT

        part = self.rows.split.part.copy()
        part[rows] = LEFT_OUT
        return replace(self, rows=replace(self.rows, split=replace(self.rows.split, part=part)))

    def leaving_out(self, columns: Collection[str], why: str) -> Ground:
        """Return the ground with some columns left out, and `why`."""
        features = self.task.features
        kept = tuple(one for one in features if one[0] not in columns)
        left_out = tuple(LeftOut(name, why) for name, _ in features if name in columns)
        task = replace(self.task, features=kept)
        return replace(self, task=task, left_out=(*self.left_out, *left_out))

    def texts_of(self, part: Part) -> dict[str, list[str | None]]:
        """Return the texts of a part's rows by column, None where missing."""
        rows = self.rows.split.rows(part)
        return {name: self.rows.columns[name][rows].tolist() for name in self.texts}


@dataclass(frozen=True, slots=True)
class Setup:
    """All that is decided before the first bag; `inputs` are none where only texts are read."""

    task: Task
    rows: Rows
    inputs: tuple[Input, ...]
    files: BinnedFiles
    plan: Plan
    seed: int
    left_out: tuple[LeftOut, ...]
    warnings: tuple[Alert, ...]


def read_ground(
    table: Table, options: FitOptions, run: Run, test_table: Table | None = None
) -> Ground:
    """Choose the task and deal the rows."""
    seed = options.seed % _SEEDS
    run.progress("Reading the columns")
    task, left_out, warnings = make_task(table, options)
    rows = _read_rows(table, task, options, seed, run)
    if test_table is not None:
        rows, alerts = _with_held_out(rows, task, test_table)
        warnings += alerts
    ground = Ground(task, rows, seed, left_out, warnings)
    if ground.texts:
        leaks = find_text_leaks(task, ground.texts_of("train"), rows.of("train")[1], seed)
        ground = replace(ground, warnings=(*leaks, *ground.warnings))
    return ground


def set_up(
    ground: Ground,
    options: FitOptions,
    start: Floats | None,
    folder: Path,
    workers: Workers,
    run: Run,
) -> Setup:
    """Cut the columns into bins; `start` (training rows, C) is what texts say already."""
    run.progress("Finding bins")
    columns, target = ground.rows.of("train")
    drafts = draft_inputs(columns, [f for f in ground.task.features if f[1] != "text"])
    task, dropped = _without_unused(ground, drafts)
    numbers = numbers_of(drafts.drafts, columns)
    cuts: list[tuple[Floats, Floats]] = []
    if len(numbers):
        pair_bins = pair_bins_for(options.quality, task.kind)
        cuts = workers.result(workers.submit(cut_numbers, numbers, pair_bins), run)
    inputs = cut_inputs(drafts.drafts, cuts)
    binned = replace(_binned(task, inputs, columns, target), start=start)
    files = save_binned(binned, folder)
    test, truth = ground.rows.of("test")
    parts = numbers.T, numbers_of(drafts.drafts, test).T
    levels = _level_cells(inputs, columns), _level_cells(inputs, test)
    texts = list(ground.texts_of("train").values()), list(ground.texts_of("test").values())
    save_plain(folder, parts, levels, truth, texts)
    cells = np.where(np.asarray(binned.is_nominal)[:, None], binned.fine, binned.coarse)
    leaks = find_leaks(task, inputs, cells, target, ground.seed)
    leaks += _sums(task, drafts, numbers, target, ground.seed)
    plan = plan_for(options.quality, task.kind, len(inputs), len(target))
    warnings = (*leaks, *ground.warnings, *drafts.warnings)
    left_out = (*ground.left_out, *dropped)
    return Setup(task, ground.rows, inputs, files, plan, ground.seed, left_out, warnings)


def rows_of(split: Split) -> dict[str, int]:
    """Count the rows of each part."""
    return {part: len(split.rows(part)) for part in PARTS}


def _read_rows(table: Table, task: Task, options: FitOptions, seed: int, run: Run) -> Rows:
    from pellucid.data.splits import split

    target = target_of(task, table.values(task.target))
    stratify = None if task.kind == "regression" else strata_of(target)
    parts = split(table.rows, stratify, is_known(target), options.test_size, VALIDATION_SIZE, seed)
    names = [name for name, _ in task.features]
    columns: dict[str, NDArray[np.generic]] = {}
    for start in range(0, len(names), _COLUMNS_AT_ONCE):
        run.check()
        columns |= table.select(names[start : start + _COLUMNS_AT_ONCE])
    return Rows(columns, target, parts)


def _with_held_out(rows: Rows, task: Task, table: Table) -> tuple[Rows, tuple[Alert, ...]]:
    """Add the rows of another table, to test on."""
    from pellucid.data.splits import LEFT_OUT, TEST

    added, truth, alerts = held_out_rows(task, table)
    columns = {name: np.concatenate([rows.columns[name], added[name]]) for name in rows.columns}
    part = np.where(is_known(truth), TEST, LEFT_OUT).astype(np.int8)
    split = replace(rows.split, part=np.concatenate([rows.split.part, part]))
    return Rows(columns, np.concatenate([rows.target, truth]), split), alerts


def _without_unused(ground: Ground, drafts: Drafts) -> tuple[Task, tuple[LeftOut, ...]]:
    """Take the columns that gave no input out of the task; raises `UserError` if none is left."""
    task = ground.task
    if not drafts.drafts and not ground.texts:
        raise UserError(
            "No column varies over the training rows, so there is nothing to predict from",
            "Open a file with more columns or rows.",
        )
    dropped = (
        *(LeftOut(name, "has the same value in every training row") for name in drafts.constant),
        *(LeftOut(name, "has hardly any value that recurs") for name in drafts.scattered),
    )
    names = {entry.column for entry in dropped}
    features = tuple(feature for feature in task.features if feature[0] not in names)
    return replace(task, features=features), dropped


def _sums(
    task: Task, drafts: Drafts, numbers: Floats, target: NDArray[np.generic], seed: int
) -> tuple[Alert, ...]:
    """Warn of columns that add up to a target that is a number; parts of dates are none."""
    if task.kind != "regression":
        return ()
    of_numbers = [draft for draft in drafts.drafts if draft.levels is None]
    places = [place for place, draft in enumerate(of_numbers) if draft.part == "value"]
    names = [of_numbers[place].column for place in places]
    return find_sum(task.target, names, numbers[places], target, seed)


def _binned(
    task: Task, inputs: Sequence[Input], columns: Columns, target: NDArray[np.generic]
) -> Binned:
    fine, coarse = [entry.fine for entry in inputs], [entry.coarse for entry in inputs]
    return Binned(
        task.kind,
        len(task.classes),
        cells_of(fine, columns),
        cells_of(coarse, columns),
        tuple(axis.size for axis in fine),
        tuple(axis.size for axis in coarse),
        tuple(entry.is_nominal for entry in inputs),
        target,
    )


def _level_cells(inputs: Sequence[Input], columns: Columns) -> NDArray[np.uint16]:
    """Return the cells of all categories, shape (rows, categories), for the baselines."""
    rows = len(next(iter(columns.values())))
    axes = [entry.fine for entry in inputs if entry.is_nominal]
    return cells_of(axes, columns).reshape(len(axes), rows).T
