"""Typed columns from whatever a caller has: a table, a DataFrame, a mapping, a list of rows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.data.dates import date_view
from pellucid.data.numerals import number_view
from pellucid.data.parse import parse_number, parse_seconds, present
from pellucid.data.table import Table
from pellucid.data.types import Columns, Kind
from pellucid.data.views import BLANKS, MISSING_NUMBERS, MISSING_WORDS, View, is_numeric


def columns_of(
    frame: object, wanted: Sequence[tuple[str, Kind]]
) -> tuple[Columns, tuple[str, ...]]:
    """Return the wanted columns of `frame` as their kinds, and the names that it does not have.

    `frame` is a `Table`, a pandas DataFrame, a mapping of names to sequences or scalars, or a list
    of mappings. Absent columns are filled with missing values; columns not wanted are ignored; what
    does not fit its kind is missing. Raises `UserError` for anything else and for unequal lengths.
    """
    if isinstance(frame, Table):
        return _from_table(frame, wanted)
    columns, rows = _sequences(frame)
    absent = tuple(name for name, _ in wanted if name not in columns)
    nothing: Sequence[object] = [None] * rows
    return {name: _typed(columns.get(name, nothing), kind) for name, kind in wanted}, absent


def _from_table(
    table: Table, wanted: Sequence[tuple[str, Kind]]
) -> tuple[Columns, tuple[str, ...]]:
    there = {column.name for column in table.columns}
    kinds = {name: kind for name, kind in wanted if name in there}
    viewed = table.with_kinds(kinds)
    selected = viewed.select(list(kinds))
    if viewed is not table:
        viewed.close()
    absent = tuple(name for name, _ in wanted if name not in there)
    nothing = [None] * table.rows
    return {
        name: selected[name] if name in there else _typed(nothing, kind) for name, kind in wanted
    }, absent


def _sequences(frame: Any) -> tuple[dict[str, Sequence[object]], int]:
    if isinstance(frame, Mapping):
        columns = {str(k): _listed(v) for k, v in frame.items()}
    elif hasattr(frame, "columns") and hasattr(frame, "to_dict"):
        columns = {str(name): frame[name].tolist() for name in frame.columns}
    elif isinstance(frame, Sequence) and all(isinstance(row, Mapping) for row in frame):
        names = dict.fromkeys(str(name) for row in frame for name in row)
        columns = {name: [row.get(name) for row in frame] for name in names}
        return columns, len(frame)
    else:
        raise UserError(
            f"A {type(frame).__name__} is not a table",
            "Give a table, a DataFrame, a mapping of columns or a list of rows as mappings.",
        )
    lengths = {len(values) for values in columns.values()}
    if len(lengths) > 1:
        raise UserError("The columns differ in length", "Give every column one value a row.")
    return columns, lengths.pop() if lengths else 0


def _listed(values: Any) -> Sequence[object]:
    if isinstance(values, np.ndarray):
        return list(values.tolist())
    if isinstance(values, str) or not isinstance(values, Sequence):
        return [values] if not hasattr(values, "tolist") else list(values.tolist())
    return values


def _typed(values: Sequence[object], kind: Kind) -> NDArray[np.generic]:
    if is_numeric(kind):
        texts = [v.strip(BLANKS) for v in values if isinstance(v, str) and v.strip(BLANKS)]
        view = _number_or_date_view(texts, kind)
        numbers = [_as_number(value, view) for value in values]
        return np.array([math.nan if n is None else n for n in numbers], dtype=np.float64)
    view = View(kind, () if kind == "text" else MISSING_WORDS)
    words = np.empty(len(values), dtype=object)
    words[:] = [_as_word(value, view) for value in values]
    return words


def _number_or_date_view(texts: Sequence[str], kind: Kind) -> View:
    if kind == "number":
        return number_view(texts)[0]
    return date_view(texts, 0.01) or View(kind, MISSING_NUMBERS)


def _as_number(value: object, view: View) -> float | None:
    if isinstance(value, str):
        text = present(value, view)
        parse = parse_number if view.kind == "number" else parse_seconds
        return None if text is None else parse(text, view)
    if isinstance(value, datetime):
        if value != value:  # pandas' NaT is a datetime that is not equal to itself
            return None
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp()
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC).timestamp()
    if isinstance(value, int | float | np.number):
        return float(value) if math.isfinite(value) else None
    return None


def _as_word(value: object, view: View) -> str | None:
    if value is None or value != value:
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return present(str(value), view)
