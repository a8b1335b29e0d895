"""Filters and sort orders over a table's rows, as values and as SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pellucid.core.errors import UserError
from pellucid.data.database import literal, literals
from pellucid.data.views import is_numeric, present_sql

if TYPE_CHECKING:
    from pellucid.data.table import Table

Test = Literal["contains", "is", "is not", "at least", "at most", "missing", "present", "misfit"]


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on one column, or on any if `column` is empty.

    "contains" looks into the raw text without regard to case. "is" takes any of `values`;
    "at least" and "at most" take one: a number, or for dates the column's own way of writing.
    """

    column: str
    test: Test
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sort:
    """Sort by a column's typed values; missing ones come last either way."""

    column: str
    descending: bool = False


def where_sql(table: Table, wanted: Filter) -> str:
    """Return a filter as a condition over `cells`. Raises `UserError` for what cannot be asked."""
    if not wanted.column:
        names = [column.name for column in table.columns]
        tests = [where_sql(table, Filter(name, wanted.test, wanted.values)) for name in names]
        return f"({' OR '.join(tests)})"
    text, view = f"c{table.position(wanted.column)}", table.view(wanted.column)
    present, value = present_sql(text, view), table.value_sql(wanted.column)
    if wanted.test == "contains":
        found = [f"contains(lower({text}), {literal(v.lower())})" for v in wanted.values]
        return f"coalesce({' OR '.join(found) or 'true'}, false)"
    if wanted.test == "missing":
        return f"({present}) IS NULL"
    if wanted.test == "present":
        return f"({present}) IS NOT NULL"
    if wanted.test == "misfit":
        return f"(({present}) IS NOT NULL AND ({value}) IS NULL)"
    if wanted.test in ("is", "is not"):
        listed = f"coalesce(({present}) IN ({literals(wanted.values) or 'NULL'}), false)"
        return listed if wanted.test == "is" else f"NOT {listed}"
    sign = ">=" if wanted.test == "at least" else "<="
    return f"coalesce(({value}) {sign} {_bound(table, wanted)}, false)"


def _bound(table: Table, wanted: Filter) -> str:
    view = table.view(wanted.column)
    text = wanted.values[0] if wanted.values else ""
    if not is_numeric(view.kind):
        return literal(text)
    from pellucid.data.parse import parse_values
    from pellucid.data.views import View

    tries = (view, View(view.kind, format="%Y-%m-%d"), View(view.kind))
    for attempt in tries:
        value = float(parse_values([text], attempt)[0])
        if value == value:
            return repr(value)
    raise UserError(
        f"{text or 'Nothing'} is not a {view.kind} that {wanted.column} can be compared with",
        "Write it as the column does.",
    )


def order_sql(table: Table, sort: Sort | None) -> str:
    """Return an ORDER BY list that ends in the row id, so that ties keep the file's order."""
    if sort is None:
        return "rowid"
    way = "DESC" if sort.descending else "ASC"
    return f"{table.value_sql(sort.column)} {way} NULLS LAST, rowid"
