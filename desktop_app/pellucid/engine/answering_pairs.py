"""Answers on two groups, or two columns, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.data.types import Association
from pellucid.engine.answering_rows import Piece, Scope, piece_of
from pellucid.engine.row_choice import groups_in
from pellucid.explain.figures_of_rows import mean_gap
from pellucid.facts import answers
from pellucid.writing.questions.types import (
    Difference,
    Relation,
)

if TYPE_CHECKING:
    pass


def difference(action: Difference, scope: Scope) -> Piece:
    """Answer by how much the mean of a number differs between two groups."""
    if scope.table.column(action.column).kind != "number":
        raise UserError(
            f"{action.column} holds no numbers, so no difference of means can be taken",
            f"Compare the groups: What tells {action.first} from {action.second}?",
        )
    values = scope.values(action.column).astype(np.float64)
    groups = dict(groups_in(scope.table, action.by, scope.rows))
    sides = []
    for name in (action.first, action.second):
        rows = groups.get(name)
        known = values[np.isin(scope.rows, rows)] if rows is not None else values[:0]
        known = known[np.isfinite(known)]
        if len(known) < 2:
            raise UserError(
                f"Fewer than two rows with {action.by} {name} have a value of {action.column}",
                "Choose other groups, or more rows.",
            )
        sides.append(known)
    if np.ptp(sides[0]) == 0 and np.ptp(sides[1]) == 0:
        raise UserError(
            f"{action.column} does not vary in either group, so nothing can be tested",
            "Choose another column.",
        )
    gap = mean_gap(sides[0], sides[1])
    names = (action.first, action.second)
    return piece_of([answers.difference_fact(action.column, action.by, names, gap, scope.where)])


def relate(action: Relation, scope: Scope, run: Run) -> Piece:
    """Answer how strongly columns go together, among the rows in scope."""
    from pellucid.engine.relations import relations

    found = relations(scope.table, scope.rows, action.column, action.other, run)
    if not found:
        return piece_of([
            answers.nothing_related_fact(action.column or "No column", action.other, scope.where)
        ])  # fmt: skip
    facts = [
        answers.relation_fact(Association(f.a, f.b, f.measure, f.value), f.rows, scope.where,
                              f.low, f.high)
        for f in found
    ]  # fmt: skip
    return piece_of(facts, ("chart:associations",))
