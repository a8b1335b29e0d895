"""The rows that a plan's conditions choose, and the groups that a column makes of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.numbers import count
from pellucid.writing.questions.types import Condition, Period

if TYPE_CHECKING:
    from pellucid.data.table import Table

Rows = NDArray[np.intp]
Bools = NDArray[np.bool_]
_FEW_VALUES = 12
MOST_GROUPS = 60
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip


def chosen_rows(table: Table, conditions: Sequence[Condition], within: Rows | None = None) -> Rows:
    """Return the rows, of `within` or of all, that fulfil every condition.

    A missing cell fulfils "missing" alone. Raises `UserError` for a value that the column cannot be
    compared with.
    """
    held = np.ones(table.rows, dtype=bool)
    for condition in conditions:
        held &= _holds(table, condition)
    rows = np.flatnonzero(held)
    return rows if within is None else np.intersect1d(rows, within)


def _holds(table: Table, condition: Condition) -> Bools:
    values: NDArray[Any] = table.values(condition.column)
    if condition.test in ("missing", "present"):
        empty = _is_missing(values)
        return empty if condition.test == "missing" else ~empty
    if condition.test == "contains":
        wanted = [value.casefold() for value in condition.values]
        texts = table.text(condition.column).tolist()
        return np.array([t is not None and any(w in t.casefold() for w in wanted) for t in texts])
    if values.dtype.kind == "f":
        kind = table.column(condition.column).kind
        return _holds_number(values.astype(np.float64), condition, kind == "datetime")
    words = [None if value is None else str(value) for value in values.tolist()]
    if condition.test in ("is", "is not"):
        listed = set(condition.values)
        equal = np.array([word in listed for word in words])
        known = np.array([word is not None for word in words])
        return equal if condition.test == "is" else known & ~equal
    raise UserError(
        f"{condition.column} holds words, which are not {condition.test} anything",
        "Ask for its values instead.",
    )


def _is_missing(values: NDArray[Any]) -> Bools:
    if values.dtype.kind == "f":
        return np.asarray(~np.isfinite(values.astype(np.float64)))
    return np.array([value is None for value in values.tolist()], dtype=bool)


def _holds_number(values: NDArray[np.float64], condition: Condition, is_date: bool) -> Bools:
    """Compare numbers; of dates, days count as a whole."""
    spans = [_span(condition, text, is_date) for text in condition.values]
    (low, high), test = spans[0], condition.test
    with np.errstate(invalid="ignore"):
        if test in ("is", "is not"):
            equal = np.zeros(len(values), dtype=bool)
            for start, end in spans:
                equal |= (values >= start) & (values <= end)
            return equal if test == "is" else np.isfinite(values) & ~equal
        if test == "between":
            ends = sorted([spans[0], spans[1]])
            return np.asarray((values >= ends[0][0]) & (values <= ends[1][1]))
        found = {"at least": values >= low, "over": values > high, "at most": values <= high,
                 "under": values < low}[test]  # fmt: skip
    return np.asarray(found)


def _span(condition: Condition, text: str, is_date: bool) -> tuple[float, float]:
    """Return the least and greatest number that a written value stands for."""
    if not is_date:
        try:
            return float(text), float(text)
        except ValueError:
            raise UserError(
                f"{text} is not a number that {condition.column} can be compared with",
                "Write a number, with a decimal point.",
            ) from None
    day = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text.strip())
    try:
        start = datetime(*(int(part) for part in day.groups()), tzinfo=UTC) if day else None  # type: ignore[arg-type, misc]
    except ValueError:
        start = None
    if start is None:
        raise UserError(
            f"{text} is not a date that {condition.column} can be compared with",
            "Write it as 2024-05-31.",
        )
    end = start + timedelta(days=1) - timedelta(microseconds=1)
    return start.timestamp(), end.timestamp()


def groups_in(table: Table, by: str, rows: Rows, period: Period = "") -> list[tuple[str, Rows]]:
    """Return the groups that a column makes of some rows, each with its name.

    Levels and few different numbers are groups of their own, most rows first; more numbers are cut
    at their quarters, dates by `period`, by default the year. Raises `UserError` for a column that
    makes no groups.
    """
    values: NDArray[Any] = table.values(by)[rows]
    kind = table.column(by).kind
    if kind == "datetime":
        labels = _period_labels(values.astype(np.float64), period or "year")
    elif values.dtype.kind == "f":
        return _number_groups(by, values.astype(np.float64), rows)
    else:
        labels = [None if value is None else str(value) for value in values.tolist()]
    members: dict[str, list[int]] = {}
    for row, label in zip(rows.tolist(), labels, strict=True):
        if label is not None:
            members.setdefault(label, []).append(row)
    if len(members) > MOST_GROUPS:
        raise UserError(
            f"{by} makes {count(len(members))} groups, which are too many to tell one by one",
            "Choose a column with fewer values.",
        )
    order = {name: place for place, name in enumerate((*_WEEKDAYS, *_MONTHS))}
    dated = kind == "datetime"
    names = sorted(
        members,
        key=lambda name: (order.get(name, -1), name) if dated else (-len(members[name]), name),
    )  # fmt: skip
    return [(name, np.asarray(members[name], dtype=np.intp)) for name in names]


def _period_labels(seconds: NDArray[np.float64], period: Period) -> list[str | None]:
    found: list[str | None] = []
    for value in seconds.tolist():
        if not np.isfinite(value):
            found.append(None)
            continue
        moment = datetime.fromtimestamp(value, UTC)
        found.append({"year": str(moment.year), "month": _MONTHS[moment.month - 1],
                      "weekday": _WEEKDAYS[moment.weekday()]}[period])  # fmt: skip
    return found


def _number_groups(by: str, values: NDArray[np.float64], rows: Rows) -> list[tuple[str, Rows]]:
    from pellucid.explain.cuts import cut_columns

    known = np.unique(values[np.isfinite(values)])
    if len(known) <= _FEW_VALUES:
        return [(str(int(v)) if v % 1 == 0 else repr(v), rows[values == v]) for v in known.tolist()]
    cuts = cut_columns({by: values}, [(by, "number")])
    if not cuts:
        raise UserError(
            f"{by} makes no groups of rows that are large enough", "Choose another column."
        )
    cut = cuts[0]
    return [(label, rows[cut.codes == place]) for place, label in enumerate(cut.labels)]
