"""`compare`: what tells one group of rows from another."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from pellucid.cli.console import Console
from pellucid.cli.documents import groups_document
from pellucid.cli.tables import read_table
from pellucid.cli.writing import limits_of
from pellucid.core.numbers import count
from pellucid.core.run import Run

if TYPE_CHECKING:
    from pellucid.engine.comparing import GroupsView


def compare_groups(arguments: argparse.Namespace, console: Console, run: Run) -> int:
    """Say what tells two groups apart, as far as rows held back confirm it."""
    from pellucid.engine.comparing import parse_groups
    from pellucid.engine.comparing_with import compare_with
    from pellucid.writing.orders import Writing

    limits = limits_of(None, arguments.most_seconds)
    writing = Writing(arguments.writer, arguments.llm, limits=limits)
    with read_table(arguments.file, console, run) as table:
        found = compare_with(table, parse_groups(arguments.groups, table), writing, run)
    console.clear_progress()
    console.document(groups_document(found))
    _tell(found, console)
    return 0


def _tell(view: GroupsView, console: Console) -> None:
    from pellucid.facts.contrasts import left_out_words

    if view.compared != view.rows:
        compared = " and ".join(map(count, view.compared))
        console.note(f"{compared} rows were drawn from the groups and compared")
    left_out = left_out_words(view.found)
    if left_out:
        console.note(f"took no part: {left_out}")
    for lost in view.words.rejected:
        console.note(f"{lost.reason}; the rest is compared without it")
    section = None
    console.line(view.words.title)
    for claim in view.words.claims:
        if claim.section != section and section is not None:
            console.heading(claim.section)
        else:
            console.line()
        section = claim.section
        console.paragraph(claim.text)
