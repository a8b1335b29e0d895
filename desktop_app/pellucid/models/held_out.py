"""Another table's rows to test a model on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.numbers import listing
from pellucid.data.types import Alert, Columns
from pellucid.models.tasks import is_known, target_of
from pellucid.models.types import Task

if TYPE_CHECKING:
    from pellucid.data.table import Table


def held_out_rows(
    task: Task, table: Table
) -> tuple[Columns, NDArray[np.generic], tuple[Alert, ...]]:
    """Return the features and the target of a table's rows, and say which columns it lacks.

    Raises `UserError` as `truth_of` does.
    """
    from pellucid.data.frames import columns_of

    truth = truth_of(task, table)
    columns, absent = columns_of(table, task.features)
    message = f"The file to test on has no {listing(list(absent))}, which counts as missing"
    return columns, truth, (Alert("missing columns", absent, message),) if absent else ()


def truth_of(task: Task, table: Table) -> NDArray[np.generic]:
    """Return the target of another table, as `tasks.target_of` does.

    Raises `UserError` where it has no such column, or no row whose target the task knows.
    """
    name = table.source.path.name
    if task.target not in {column.name for column in table.columns}:
        raise UserError(
            f"{name} has no column {task.target}, so predictions cannot be scored",
            "Give a file that has it, or write predictions instead of scores.",
        )
    kind = table.column(task.target).kind
    if not task.classes:
        table = table.with_kinds({task.target: "number"})
    elif task.kind == "multilabel":
        if kind not in ("category", "text", "identifier"):
            table = table.with_kinds({task.target: "category"})
    elif kind not in ("number", "boolean", "category"):
        table = table.with_kinds({task.target: "category"})
    truth = target_of(task, table.values(task.target))
    if not is_known(truth).any():
        raise UserError(
            f"No row of {name} has a {task.target} that the model knows",
            f"The model predicts {listing(list(task.classes), 12) or 'numbers'}.",
        )
    return truth
