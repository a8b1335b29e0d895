"""What single rows say: how the target differs between groups, and where a model does badly."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.engine.judging import judge, rows_of
from pellucid.engine.loading import AnyFit
from pellucid.explain.group_types import RowStudy
from pellucid.models.fit import Fit

if TYPE_CHECKING:
    from pellucid.data.table import Table

MOST_ROWS = 50_000
"""Rows whose groups are compared at most; more are sampled by the seed."""
_TAG = 101


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
        random = np.random.default_rng([run.seed, _TAG])
        rows = np.sort(random.choice(rows, MOST_ROWS, replace=False))
    cuts = cut_columns(rows_of(columns, rows), task.features)
    run.check()
    found = RowStudy(
        compare_groups(task, cuts, truth[rows]),
        sampled=len(rows) if len(rows) < len(known) else None,
    )
    if not isinstance(fit, Fit):
        return found
    return replace(found, judged=judge(table, fit, columns, truth, run))
