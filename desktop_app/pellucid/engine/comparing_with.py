"""Groups compared with a language model on this machine, which is shown rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.engine.comparing import GroupsView, compare_table
from pellucid.engine.writers import check_writing, outlet_for
from pellucid.facts.contrasts import GroupNames
from pellucid.writing.orders import Writing
from pellucid.writing.providers.addresses import address_of, is_url

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
    if is_url(writing.writer) and not address_of(writing.writer).is_here:
        raise UserError(
            f"A comparison shows rows to the language model, and {writing.writer} is not on this "
            "machine; nothing was sent",
            "Name a folder, or a server on this machine, or leave --writer away.",
        )
    outlet = outlet_for(writing, table, (), run, "comparison")
    view = compare_table(table, names, run, provider=outlet.provider)
    return replace(view, words=replace(view.words, sent=outlet.sent))
