"""Two groups of rows compared: what tells the first from the second."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.numbers import count, listing, plural
from pellucid.core.run import Run
from pellucid.data.types import Kind
from pellucid.engine.columns import sampled
from pellucid.engine.stores import load_store
from pellucid.explain.contrast.types import GroupComparison
from pellucid.facts.contrasts import GroupNames
from pellucid.writing.providers.types import Provider
from pellucid.writing.row_reader import RowReader
from pellucid.writing.types import Rejection, Words

if TYPE_CHECKING:
    from pellucid.data.table import Table

FEWEST_ROWS = 20
"""Rows that each group needs: ten to propose from and ten to confirm with."""
MOST_ROWS = 50_000
MOST_TEXTS = 10_000
"""Rows of one group that are compared, and where columns of texts take part."""
_TAG = 73
_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class GroupsView:
    """A comparison ready to be shown: the groups, their rows in the file, figures and words.

    `compared` are fewer than `rows` where a large group was sampled. Each claim on a confirmed
    difference rests on one fact of kind "group_contrast"; `found.contrasts` hold the same in
    numbers, in the same order.
    """

    names: GroupNames
    rows: tuple[int, int]
    compared: tuple[int, int]
    found: GroupComparison
    words: Words


def compare(run: Run, store: str, column: str, first: str, second: str = "") -> GroupsView:
    """Compare the rows that hold `first` with those that hold `second`, or with all others."""
    with load_store(store) as table:
        return compare_table(table, GroupNames(column, first, second), run)


def compare_table(
    table: Table,
    names: GroupNames,
    run: Run,
    within: NDArray[np.intp] | None = None,
    provider: Provider | None = None,
) -> GroupsView:
    """Compare two groups of a table's rows, or of the rows `within`.

    A `provider` is a language model that is shown rows as they stand in the file, without the
    column that makes the groups, and states what tells them apart; where it is lost on the way, the
    rest is compared without it, and `rejected` says why. Raises `UserError` for groups that are not
    there, the same, or too small.
    """
    from pellucid.explain.contrast.contrast import compare_groups
    from pellucid.facts.contrasts import contrast_facts
    from pellucid.writing.contrast_words import contrast_words

    first, second = group_rows(table, names, within)
    kinds = {c.name: c.kind for c in table.columns if c.name != names.column}
    if not kinds:
        raise UserError(
            f"{names.column} is the only column, so there is nothing to compare by",
            "Open a file with more columns.",
        )
    most = MOST_TEXTS if "text" in kinds.values() else MOST_ROWS
    parts = [sampled(rows, most, run.seed, _TAG + i) for i, rows in enumerate((first, second))]
    rows = np.asarray(parts[0] + parts[1], dtype=np.intp)
    codes = np.repeat(np.array([0, 1], dtype=np.int8), [len(part) for part in parts])
    reader = None
    if provider is not None:
        reader = RowReader(provider, lambda places: _cells(table, kinds, rows[places]), run)
    found = compare_groups(table.select(list(kinds), rows), kinds, codes, run, reader)
    words = contrast_words(contrast_facts(names, found), names)
    if reader is not None and reader.lost:
        words = replace(words, rejected=(Rejection("", reader.lost),))
    compared = (len(parts[0]), len(parts[1]))
    return GroupsView(names, (len(first), len(second)), compared, found, words)


def _cells(table: Table, kinds: Mapping[str, Kind], rows: NDArray[np.intp]) -> list[dict[str, str]]:
    """Return the cells of rows as they stand, without empty ones and identifiers."""
    texts = {
        name: table.text(name, rows)
        for name, kind in kinds.items()
        if kind not in ("identifier", "constant")
    }
    return [
        {name: str(cells[i]) for name, cells in texts.items() if cells[i]} for i in range(len(rows))
    ]


def group_rows(
    table: Table, names: GroupNames, within: NDArray[np.intp] | None = None
) -> tuple[list[int], list[int]]:
    """Return the rows of both groups; raises `UserError` where they cannot be compared."""
    labels = labels_of_column(table, names.column)
    allowed = np.ones(len(labels), dtype=bool)
    if within is not None:
        allowed[:] = False
        allowed[within] = True
    if names.first == names.second:
        raise UserError(
            f"Both groups are {names.first}, so nothing can tell them apart",
            "Name two different values.",
        )
    sides = []
    for value in (names.first, names.second):
        is_rest = not value
        held = (labels != None) & (labels != names.first) if is_rest else labels == value  # noqa: E711
        if not held.any():
            raise UserError(*_no_such_value(labels, names.column, value))
        rows = np.flatnonzero(held & allowed).tolist()
        if len(rows) < FEWEST_ROWS:
            group = "not in the first group" if is_rest else f"with {names.column} {value}"
            raise UserError(
                f"There {'is' if len(rows) == 1 else 'are'} {plural(len(rows), 'row')} {group}; "
                f"{FEWEST_ROWS} are needed, half to propose what is different and half to confirm "
                "it",
                "Choose a larger group.",
            )
        sides.append(rows)
    return sides[0], sides[1]


def labels_of_column(table: Table, column: str) -> NDArray[np.object_]:
    """Return a column's values as words, None where missing; numbers without a needless `.0`."""
    from pellucid.models.tasks import labels_of

    found = np.empty(table.rows, dtype=object)
    values: NDArray[Any] = table.values(column)
    if table.column(column).kind == "datetime":
        raise UserError(
            f"{column} holds dates, which are not groups", "Choose a column with a few values."
        )
    found[:] = labels_of(values)
    return found


def _no_such_value(labels: NDArray[np.object_], column: str, value: str) -> tuple[str, str]:
    known = [str(label) for label in labels.tolist() if label is not None]
    names, counts = np.unique(known, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    common = [str(names[i]) for i in order[:_MOST_NAMED]]
    near = difflib.get_close_matches(value, [str(n) for n in names[order[:500]]], 1)
    message = f"No row has {column} {value}"
    if near:
        return message, f"Did you mean {near[0]}?"
    more = f", among {count(len(names))}" if len(names) > len(common) else ""
    return message, f"Its values are {listing(common, _MOST_NAMED)}{more}."


def parse_groups(text: str, table: Table) -> GroupNames:
    """Read `COL=A,B`, or `COL=A` for A against all other rows.

    Names and values may hold "=" and commas: those splits are taken that the table knows.
    """
    columns = {column.name for column in table.columns}
    cuts = [i for i, character in enumerate(text) if character == "="]
    if not cuts:
        raise UserError(f"{text} names no groups", "Write --groups COLUMN=VALUE,OTHER_VALUE.")
    known = [cut for cut in cuts if text[:cut].strip() in columns]
    if not known:
        table.column(text[: cuts[0]].strip())
    column = text[: known[-1]].strip()
    labels = {str(label) for label in labels_of_column(table, column).tolist() if label is not None}
    first, second = _two_values(text[known[-1] + 1 :], labels)
    return GroupNames(column, first, second)


def _two_values(text: str, labels: Sequence[str] | set[str]) -> tuple[str, str]:
    whole = text.strip()
    if whole in labels or "," not in whole:
        return whole, ""
    splits = [
        (whole[:i].strip(), whole[i + 1 :].strip())
        for i, character in enumerate(whole)
        if character == ","
    ]
    return max(splits, key=lambda pair: (pair[0] in labels) + (pair[1] in labels))
