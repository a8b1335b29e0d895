"""Columns of texts, and the rows of a table that a fit has trained or tested on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from pellucid.core.numbers import number
from pellucid.engine.loading import AnyFit

if TYPE_CHECKING:
    from pellucid.data.table import Table

Rows = NDArray[np.intp]
MOST_GROUPS = 12


@dataclass(frozen=True, slots=True)
class PartRows:
    """Rows of a table, and which they are: "train", "test", or "all" where that is not known."""

    part: Literal["train", "test", "all"]
    rows: Rows


def texts_of(table: Table, column: str) -> list[str | None]:
    """Return a column's texts, None where missing, whatever kind it was seen to be.

    Raises `UserError` where there is no such column.
    """
    viewed = table.with_kinds({column: "text"})
    try:
        found: list[str | None] = viewed.values(column).tolist()
    finally:
        if viewed is not table:
            viewed.close()
    return found


def part_of(fit: AnyFit, table: Table, part: Literal["train", "test"]) -> PartRows:
    """Return the rows that trained or tested a fit; all where it was made from another table."""
    split = fit.split
    is_same = fit.summary.source_fingerprint in ("", table.source.fingerprint)
    if split is not None and is_same and len(split.part) == table.rows:
        rows = split.rows(part)
        if len(rows):
            return PartRows(part, rows.astype(np.intp))
    return PartRows("all", np.arange(table.rows))


def sampled(rows: Sequence[int], most: int, seed: int, tag: int) -> list[int]:
    """Return at most `most` of the rows, drawn by the seed, in order."""
    if len(rows) <= most:
        return list(rows)
    random = np.random.default_rng([seed, tag])
    return sorted(int(row) for row in random.choice(np.asarray(rows), most, replace=False))


def groups_of(table: Table, by: str) -> NDArray[np.object_]:
    """Return each row's group by a column, None where it has none.

    Numbers and dates are cut at their median. Of more than `MOST_GROUPS` groups the rarest are
    left out. Raises `UserError` where there is no such column.
    """
    values: NDArray[Any] = table.values(by)
    if table.column(by).kind == "datetime":
        return _halves(values, lambda v: datetime.fromtimestamp(v, UTC).date().isoformat())
    if values.dtype.kind == "f":
        return _halves(values, number)
    labels, counts = np.unique([str(v) for v in values.tolist() if v is not None],
                               return_counts=True)  # fmt: skip
    order = np.argsort(-counts, kind="stable")[:MOST_GROUPS]
    kept = {str(label) for label in labels[order]}
    found = [str(v) if v is not None and str(v) in kept else None for v in values.tolist()]
    return np.asarray(found, dtype=object)


def _halves(values: NDArray[np.float64], word: Callable[[float], str]) -> NDArray[np.object_]:
    known = np.isfinite(values)
    result = np.full(len(values), None, dtype=object)
    if known.any():
        middle = float(np.median(values[known]))
        if len(np.unique(values[known])) == 2:  # two values are their own groups
            for value in np.unique(values[known]).tolist():
                result[values == value] = word(value)
            return result
        if not (values[known] > middle).any():  # half or more hold the greatest value
            result[known & (values < middle)] = f"under {word(middle)}"
            result[known & (values == middle)] = word(middle)
            return result
        result[known & (values <= middle)] = f"up to {word(middle)}"
        result[known & (values > middle)] = f"over {word(middle)}"
    return result
