"""What single rows say: how the target differs between groups, and where a model does badly."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.engine.loading import AnyFit
from pellucid.explain.group_types import Calibration, RowStudy, Slice
from pellucid.models.fit import Fit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pellucid.data.table import Table
    from pellucid.data.types import Columns

MOST_ROWS = 50_000
"""Rows whose groups are compared at most; more are sampled by the seed."""
MOST_JUDGED = 20_000
"""Validation rows, and as many test rows, that slices are searched and measured on."""
_TAGS = {"groups": 101, "judged": 102}


def row_study_of(table: Table, fit: AnyFit | None, run: Run) -> RowStudy:
    """Compare groups of rows by the target of `fit`, and judge its model on rows held out.

    Of a table that the fit was not made from, and of a transformer, the groups alone are compared.
    """
    if fit is None:
        return RowStudy()
    from pellucid.data.frames import columns_of
    from pellucid.explain.comparisons import compare_groups
    from pellucid.explain.cuts import cut_columns
    from pellucid.models.held_out import truth_of
    from pellucid.models.tasks import is_known

    run.progress("Comparing groups")
    task = fit.summary.task
    try:
        truth = truth_of(task, table)
    except UserError:  # a table without the target has nothing to compare
        return RowStudy()
    columns, _ = columns_of(table, task.features)
    run.check()
    known = np.flatnonzero(is_known(truth))
    rows = known
    if len(rows) > MOST_ROWS:
        random = np.random.default_rng([run.seed, _TAGS["groups"]])
        rows = np.sort(random.choice(rows, MOST_ROWS, replace=False))
    cuts = cut_columns(_taken(columns, rows), task.features)
    run.check()
    found = RowStudy(compare_groups(task, cuts, truth[rows]))
    if not isinstance(fit, Fit):
        return found
    slices, calibration = _judged(table, fit, columns, truth, run)
    return replace(found, slices=slices, calibration=calibration)


def _taken(columns: Columns, rows: NDArray[np.intp]) -> Columns:
    return {name: values[rows] for name, values in columns.items()}


def _judged(
    table: Table, fit: Fit, columns: Columns, truth: NDArray[np.generic], run: Run
) -> tuple[tuple[Slice, ...], Calibration | None]:
    """Search the slices on validation rows; measure them, and the calibration, on test rows."""
    from pellucid.explain.calibration import calibrate
    from pellucid.explain.cuts import cut_columns
    from pellucid.explain.slices import find_slices, row_errors

    split, task = fit.split, fit.summary.task
    is_same = fit.summary.source_fingerprint in ("", table.source.fingerprint)
    if split is None or not is_same or len(split.part) != table.rows:
        return (), None
    run.progress("Looking where the model does badly")
    parts = [_few(split.rows(name), run.seed) for name in ("validation", "test")]
    rows = np.concatenate(parts)
    if not len(parts[1]):
        return (), None
    judged = _taken(columns, rows)
    mean = fit.model.mean(fit.model.margin(judged))
    run.check()
    is_test = np.arange(len(rows)) >= len(parts[0])
    actual = truth[rows]
    calibration = calibrate(task, mean[is_test], actual[is_test])
    errors = row_errors(task, mean, actual)
    cuts = cut_columns(judged, task.features, missing=True)
    run.check()
    return find_slices(task, cuts, errors, ~is_test, is_test), calibration


def _few(rows: NDArray[np.intp], seed: int) -> NDArray[np.intp]:
    if len(rows) <= MOST_JUDGED:
        return rows
    random = np.random.default_rng([seed, _TAGS["judged"]])
    return np.sort(random.choice(rows, MOST_JUDGED, replace=False))
