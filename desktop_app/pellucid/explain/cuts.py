"""Columns cut into groups of rows: by level, by stretch of a number or of time, by length."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.data.scripts import scripts_of, token_unit
from pellucid.data.tokens import words_of
from pellucid.data.types import Columns, Kind
from pellucid.explain.cells import MISSING, cell_label, is_year, level_label
from pellucid.explain.group_types import Cut
from pellucid.models.additive import Axis

FEWEST_ROWS = 30
MOST_LEVELS = 20
MOST_COLUMNS = 100
_FEW_VALUES = 6
_QUARTERS = (0.25, 0.5, 0.75)
_MOST_PERIODS = 60
_MOST_SCATTER = 0.1
Values = NDArray[np.generic]


def cut_columns(
    columns: Columns, kinds: Sequence[tuple[str, Kind]], *, missing: bool = False
) -> tuple[Cut, ...]:
    """Cut each of the columns that has two groups of `FEWEST_ROWS` rows or more.

    With `missing`, empty cells are a group of their own.
    """
    found = []
    for name, kind in kinds[:MOST_COLUMNS]:
        cut = _cut(name, kind, columns[name])
        if cut is not None and missing:
            cut = _with_missing(cut, columns[name])
        if cut is not None and len(cut.labels) > 1:
            found.append(cut)
    return tuple(found)


def _cut(name: str, kind: Kind, values: Values) -> Cut | None:
    if kind == "text":
        return _lengths(name, [None if v is None else str(v) for v in values.tolist()])
    if kind == "datetime":
        return _periods(name, np.asarray(values, dtype=np.float64))
    if kind == "number":
        return _ranges(name, np.asarray(values, dtype=np.float64))
    if kind in ("category", "boolean"):
        return _levels(name, [None if v is None else str(v) for v in values.tolist()])
    return None


def _lengths(name: str, texts: Sequence[str | None]) -> Cut | None:
    counts = np.array([np.nan if text is None else len(words_of(text)) for text in texts])
    cut = _ranges(name, counts)
    if cut is None:
        return None
    unit = token_unit(scripts_of([text for text in texts if text is not None]))
    return Cut(name, "lengths", cut.labels, cut.codes, unit)


def _levels(name: str, values: Sequence[str | None]) -> Cut | None:
    counts = Counter(value for value in values if value is not None)
    if len(counts) > _MOST_SCATTER * counts.total():  # names of rows rather than groups of them
        return None
    common = sorted(counts, key=lambda level: (-counts[level], level))[:MOST_LEVELS]
    kept = [level for level in common if counts[level] >= FEWEST_ROWS]
    places = {level: place for place, level in enumerate(kept)}
    codes = [-1 if value is None else places.get(value, -1) for value in values]
    labels = tuple(level_label(level) for level in kept)
    return Cut(name, "levels", labels, np.asarray(codes, dtype=np.intp))


def _ranges(name: str, values: NDArray[np.float64]) -> Cut | None:
    """Cut numbers at their quarters, few different ones one by one, and calendar years by year."""
    known = values[np.isfinite(values)]
    if len(known) < 2 * FEWEST_ROWS:
        return None
    distinct = np.unique(known)
    whole = bool((known == np.floor(known)).all())
    low, high = float(distinct[0]), float(distinct[-1])
    years = whole and is_year(Axis(name, name, low=low, high=high, is_integer=True))
    if len(distinct) <= _FEW_VALUES or (years and len(distinct) <= _MOST_PERIODS):
        edges = (distinct[1:] + distinct[:-1]) / 2
    else:
        edges = np.unique(np.quantile(known, _QUARTERS, method="higher"))
        edges = edges[(edges > low) & (edges <= high)]
    axis = Axis(name, name, edges=edges, low=low, high=high, is_integer=whole)
    found = axis.cells({name: values})
    labels = [cell_label(axis, cell) for cell in range(1, len(edges) + 2)]
    return _supported(
        Cut(name, "periods" if years else "ranges", tuple(labels), found - 1,
            "year" if years else "")
    )  # fmt: skip


def _periods(name: str, seconds: NDArray[np.float64]) -> Cut | None:
    """Cut time by year, month or day: the longest of them that makes three periods or more."""
    known = np.isfinite(seconds)
    if known.sum() < 2 * FEWEST_ROWS:
        return None
    stamps = np.where(known, seconds, 0.0).astype("datetime64[s]")
    cut = None
    for unit, code in (("year", "Y"), ("month", "M"), ("day", "D")):
        periods = stamps.astype(f"datetime64[{code}]")
        names, places = np.unique(periods[known], return_inverse=True)
        if len(names) > _MOST_PERIODS:
            break
        codes = np.full(len(seconds), -1, dtype=np.intp)
        codes[known] = places
        cut = _supported(Cut(name, "periods", tuple(str(n) for n in names), codes, unit))
        if len(cut.labels) > 2:
            break
    return cut


def _supported(cut: Cut) -> Cut:
    """Leave out the groups with too few rows."""
    rows = np.bincount(cut.codes[cut.codes >= 0], minlength=len(cut.labels))
    kept = np.flatnonzero(rows >= FEWEST_ROWS)
    places = np.full(len(cut.labels) + 1, -1, dtype=np.intp)
    places[kept] = np.arange(len(kept))
    labels = tuple(cut.labels[place] for place in kept.tolist())
    return Cut(cut.column, cut.kind, labels, places[cut.codes], cut.unit)


def _with_missing(cut: Cut, values: NDArray[Any]) -> Cut:
    empty = (
        ~np.isfinite(values.astype(np.float64)) if values.dtype.kind == "f"
        else np.array([value is None for value in values.tolist()], dtype=bool)
    )  # fmt: skip
    if empty.sum() < FEWEST_ROWS:
        return cut
    codes = np.where(empty, len(cut.labels), cut.codes)
    return Cut(cut.column, cut.kind, (*cut.labels, MISSING), codes, cut.unit)
