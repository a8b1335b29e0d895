"""Groups compared with a language model on this machine, which is shown rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pellucid.core.run import Run
from pellucid.engine.comparing import GroupsView, compare_table
from pellucid.engine.writers import check_stays_here, check_writing, outlet_for
from pellucid.facts.contrasts import GroupNames
from pellucid.writing.orders import Writing

if TYPE_CHECKING:
    from pellucid.data.table import Table


def compare_with(table: Table, names: GroupNames, writing: Writing, run: Run) -> GroupsView:
    """Compare two groups, with statements by the writer that was asked for.

    Statements are made from rows and judged on rows, which go to a model on this machine alone.
    Raises `UserError` for a server elsewhere, and as `comparing.compare_table` does.
    """
    if writing.is_builtin:
        check_writing(writing, table, run)
        return compare_table(table, names, run)
    check_stays_here(writing, "A comparison")
    outlet = outlet_for(writing, table, (), run, "comparison")
    view = compare_table(table, names, run, provider=outlet.provider)
    return replace(view, words=replace(view.words, sent=outlet.sent))
