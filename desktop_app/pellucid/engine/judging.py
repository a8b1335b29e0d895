"""How a model does on rows held out: if it is right on average, and where it does much worse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.engine.loading import AnyFit, load_any
from pellucid.engine.stores import load_store
from pellucid.explain.cells import MISSING, level_of
from pellucid.explain.group_types import Cut, Judgement, Slice
from pellucid.models.fit import Fit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pellucid.data.search import Filter
    from pellucid.data.table import Table
    from pellucid.data.types import Columns

MOST_JUDGED = 20_000
"""Validation rows, and as many test rows, that slices are searched and measured on."""
_TAG = 102


def judge_fit(run: Run, store: str, fit: str) -> Judgement:
    """Judge the fit at the path `fit` on those rows of its table that it was not fitted on."""
    with load_store(store) as table:
        return judgement_of(table, load_any(Path(fit)), run)


def judgement_of(table: Table, fit: AnyFit, run: Run) -> Judgement:
    """Judge `fit`; nothing is known of a transformer, nor on a table that a fit is not from."""
    from pellucid.data.frames import columns_of
    from pellucid.models.held_out import truth_of

    if not isinstance(fit, Fit):
        return Judgement()
    task = fit.summary.task
    try:
        truth = truth_of(task, table)
    except UserError:  # a table without the target has nothing to judge by
        return Judgement()
    columns, _ = columns_of(table, task.features)
    run.check()
    return judge(table, fit, columns, truth, run)


def judge(
    table: Table, fit: Fit, columns: Columns, truth: NDArray[np.generic], run: Run
) -> Judgement:
    """Search slices on validation rows; measure them, and the calibration, on test rows.

    `columns` are the features and `truth` the target of all rows of `table`.
    """
    from pellucid.explain.calibration import calibrate
    from pellucid.explain.cuts import cut_columns
    from pellucid.explain.slices import find_slices, row_errors

    split, task = fit.split, fit.summary.task
    is_same = fit.summary.source_fingerprint in ("", table.source.fingerprint)
    if split is None or not is_same or len(split.part) != table.rows:
        return Judgement()
    run.progress("Looking where the model does badly")
    parts = [_few(split.rows(name), run.seed) for name in ("validation", "test")]
    rows = np.concatenate(parts)
    if not len(parts[1]):
        return Judgement()
    judged = rows_of(columns, rows)
    mean = fit.model.mean(fit.model.margin(judged))
    run.check()
    is_test = np.arange(len(rows)) >= len(parts[0])
    actual = truth[rows]
    calibration = calibrate(task, mean[is_test], actual[is_test])
    cuts = cut_columns(judged, task.features, missing=True)
    run.check()
    slices, tried = find_slices(task, cuts, row_errors(task, mean, actual), ~is_test, is_test)
    found = tuple(replace(one, filters=_filters(table, one, cuts, judged, rows)) for one in slices)
    return Judgement(found, tried, calibration)


def rows_of(columns: Columns, rows: NDArray[np.intp]) -> Columns:
    """Return those rows of all columns."""
    return {name: values[rows] for name, values in columns.items()}


def _few(rows: NDArray[np.intp], seed: int) -> NDArray[np.intp]:
    if len(rows) <= MOST_JUDGED:
        return rows
    random = np.random.default_rng([seed, _TAG])
    return np.sort(random.choice(rows, MOST_JUDGED, replace=False))


def _filters(
    table: Table, one: Slice, cuts: Sequence[Cut], judged: Columns, rows: NDArray[np.intp]
) -> tuple[Filter, ...]:
    """Return what finds the rows of a slice in the table; nothing where lengths of texts make it.

    A stretch is bounded by its least and its greatest cell in `judged`, the columns at `rows` of
    the table, as they are written there; it is open at an end where no other cells lie beyond.
    """
    from pellucid.data.search import Filter

    found: list[Filter] = []
    for column, kind, label, _ in one.parts:
        if label == MISSING:
            found.append(Filter(column, "missing"))
        elif kind == "levels":
            found.append(Filter(column, "is", (level_of(label),)))
        elif kind == "lengths":
            return ()
        else:
            cut = next(cut for cut in cuts if cut.column == column)
            inside = np.flatnonzero(cut.codes == cut.labels.index(label))
            values = judged[column].astype(np.float64)
            least, most = (inside[find(values[inside])] for find in (np.argmin, np.argmax))
            texts = table.text(column, rows[[least, most]]).tolist()
            low, high = (str(text).strip() for text in texts)
            if values[least] > np.nanmin(values):
                found.append(Filter(column, "at least", (low,)))
            if values[most] < np.nanmax(values):
                found.append(Filter(column, "at most", (high,)))
    return tuple(found)
