"""Columns to inputs: which part of which column a term can look at, and by which cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pellucid.core.numbers import count, listing, plural
from pellucid.data.types import Alert, Columns, Kind
from pellucid.models.additive import (
    MISSING_CELL,
    MONTHS,
    WEEKDAYS,
    Axis,
    Floats,
    Part,
    date_part,
)

MANY_LEVELS = 100
"""Beyond so many levels, rare ones share a cell."""
RARE_ROWS = 10
"""A level of a column with many levels has a cell of its own from so many training rows."""
MOST_LEVELS = 500
MOST_PAIR_LEVELS = 48
"""A pair tells so many levels of a column apart, the commonest; the others share a cell there."""
_LEAST_SHARE = 0.05
_DATE_PARTS: tuple[Part, ...] = ("elapsed", "month", "weekday", "hour")
_CALENDAR = {"month": MONTHS, "weekday": WEEKDAYS}


@dataclass(frozen=True, slots=True)
class Draft:
    """An input before its cuts are known: `levels` for categories, None for numbers.

    `pair_levels` are those that pairs tell apart, `others` counts the levels left out of `levels`.
    """

    column: str
    part: Part = "value"
    levels: tuple[str, ...] | None = None
    low: float = float("nan")
    high: float = float("nan")
    is_integer: bool = False
    pair_levels: tuple[str, ...] | None = None
    others: int = 0

    def values(self, columns: Columns) -> NDArray[np.generic]:
        """Return the numbers or levels of each row."""
        return self.axis(None).values(columns)

    def axis(self, edges: Floats | None) -> Axis:
        name = self.column if self.part == "value" else f"{self.column} ({self.part})"
        return Axis(
            name, self.column, self.part, edges, self.levels, self.low, self.high, self.is_integer,
            self.others,
        )  # fmt: skip

    def pair_axis(self) -> Axis:
        """Return the axis of levels that pairs use, on which all but the commonest share a cell."""
        axis = self.axis(None)
        if self.levels is None or self.pair_levels is None:
            return axis
        others = self.others + len(self.levels) - len(self.pair_levels)
        return replace(axis, levels=self.pair_levels, others=others)


@dataclass(frozen=True, slots=True)
class Input:
    """One input at the resolutions that terms use: boosted `fine` in mains, `coarse` in pairs.

    `shown` has the cuts of both, so that a main can take over what a pair shares with it.
    """

    fine: Axis
    coarse: Axis
    shown: Axis

    @property
    def name(self) -> str:
        return self.fine.name

    def to_shown(self, table: Floats, axis: Axis) -> Floats:
        """Spread a table over the cells of `axis` (`fine` or `coarse`) over those of `shown`."""
        if axis.size == self.shown.size:
            return table
        if axis.edges is None or self.shown.edges is None:
            return np.asarray(table[[MISSING_CELL, *axis.cells_of(self.shown.levels or ()), -1]])
        starts = np.concatenate([[-np.inf], self.shown.edges])
        inner = np.searchsorted(axis.edges, starts, side="right") + 1
        return np.asarray(table[np.concatenate([[MISSING_CELL], inner, [axis.unseen_cell]])])

    @property
    def is_nominal(self) -> bool:
        return self.fine.levels is not None


@dataclass(frozen=True, slots=True)
class Drafts:
    """The inputs that the training rows allow, the columns that give none, and what to know."""

    drafts: tuple[Draft, ...]
    constant: tuple[str, ...] = ()
    scattered: tuple[str, ...] = ()
    """Categories nearly every value of which is too rare to learn from."""
    warnings: tuple[Alert, ...] = ()


def draft_inputs(columns: Columns, features: Sequence[tuple[str, Kind]]) -> Drafts:
    """Plan the inputs of `features` from the training rows.

    A number is one input, a category another; a date becomes elapsed time, month, weekday and hour,
    as far as they vary. In a category of over `MANY_LEVELS` levels those with fewer than
    `RARE_ROWS` rows (and those beyond the `MOST_LEVELS` commonest) are left to the cell of unseen
    values, which thereby learns what a rare value means.
    """
    drafts: list[Draft] = []
    constant: list[str] = []
    scattered: list[str] = []
    warnings: list[Alert] = []
    for name, kind in features:
        found = list(_drafts_of(name, kind, columns[name]))
        if kind not in ("number", "datetime") and found:
            kept, alert = _without_rare(found[0], columns[name])
            found = [kept] if kept.levels else []
            if not kept.levels:
                scattered.append(name)
            elif alert is not None:
                warnings.append(alert)
        elif not found:
            constant.append(name)
        drafts += found
    warnings += _pooled(drafts)
    return Drafts(tuple(drafts), tuple(constant), tuple(scattered), tuple(warnings))


def numbers_of(drafts: Sequence[Draft], columns: Columns) -> Floats:
    """Return the values of all inputs that are numbers, shape (numbers, rows), NaN missing."""
    rows = [np.asarray(d.values(columns), dtype=np.float64) for d in drafts if d.levels is None]
    return np.asarray(rows).reshape(len(rows), len(next(iter(columns.values()))))


def cut_inputs(drafts: Sequence[Draft], cuts: Sequence[tuple[Floats, Floats]]) -> tuple[Input, ...]:
    """Give the drafts their fine and coarse cuts, which come in the order of `numbers_of`."""
    remaining = iter(cuts)
    inputs = []
    for draft in drafts:
        if draft.levels is not None:
            axis = draft.axis(None)
            inputs.append(Input(axis, draft.pair_axis(), axis))
        else:
            fine, coarse = next(remaining)
            both = np.union1d(fine, coarse)
            inputs.append(Input(draft.axis(fine), draft.axis(coarse), draft.axis(both)))
    return tuple(inputs)


def cells_of(axes: Sequence[Axis], columns: Columns) -> NDArray[np.uint16]:
    """Return each row's cell on each axis, shape (axes, rows)."""
    rows = [axis.cells(columns) for axis in axes]
    cells = np.asarray(rows, dtype=np.uint16)
    return cells.reshape(len(rows), len(next(iter(columns.values()))))


def _drafts_of(name: str, kind: Kind, column: NDArray[np.generic]) -> Iterator[Draft]:
    """Yield the inputs that vary over the rows of one column."""
    if kind == "number":
        yield from _numbers(name, "value", np.asarray(column, dtype=np.float64))
    elif kind == "datetime":
        seconds = np.asarray(column, dtype=np.float64)
        for part in _DATE_PARTS:
            values = date_part(seconds, part)
            if part in _CALENDAR:
                yield from _levels(name, part, values, _CALENDAR[part])
            else:
                yield from _numbers(name, part, np.asarray(values, dtype=np.float64))
    else:
        yield from _levels(name, "value", column, None)


def _numbers(name: str, part: Part, values: Floats) -> Iterator[Draft]:
    known = values[~np.isnan(values)]
    varies = len(known) > 0 and (known.min() < known.max() or len(known) < len(values))
    if varies:
        is_integer = bool((known == np.round(known)).all())
        yield Draft(name, part, None, float(known.min()), float(known.max()), is_integer)


def _levels(
    name: str, part: Part, values: NDArray[np.generic], order: tuple[str, ...] | None
) -> Iterator[Draft]:
    known = {value for value in values.tolist() if value is not None}
    has_missing = any(value is None for value in values.tolist())
    if len(known) > 1 or (known and has_missing and part == "value"):
        levels = sorted(known) if order is None else [level for level in order if level in known]
        yield Draft(name, part, tuple(levels))


def _without_rare(draft: Draft, column: NDArray[np.generic]) -> tuple[Draft, Alert | None]:
    """Drop the rare levels of a draft with many; it keeps none where hardly a row has a level."""
    assert draft.levels is not None
    if len(draft.levels) <= MOST_PAIR_LEVELS:
        return draft, None
    index = {level: i for i, level in enumerate(draft.levels)}
    codes = [index[value] for value in column.tolist() if value is not None]
    counts = np.bincount(codes, minlength=len(index))
    commonest = np.argsort(-counts, kind="stable")
    pair_levels = _of(draft.levels, commonest[:MOST_PAIR_LEVELS])
    if len(draft.levels) <= MANY_LEVELS:
        return replace(draft, pair_levels=pair_levels), None
    commonest = commonest[:MOST_LEVELS]
    kept = commonest[counts[commonest] >= RARE_ROWS]
    covered = int(counts[kept].sum())
    if covered < _LEAST_SHARE * len(codes):
        return replace(draft, levels=()), None
    pair_levels = _of(draft.levels, kept[:MOST_PAIR_LEVELS])
    draft = replace(draft, levels=_of(draft.levels, kept), pair_levels=pair_levels)
    rare = len(index) - len(kept)
    if not rare:
        return draft, None
    alert = Alert(
        "rare levels",
        (draft.column,),
        f"{draft.column} has {count(len(index))} different values; {count(rare)} rare ones"
        f" ({plural(len(codes) - covered, 'training row')}) are treated alike, as are values that"
        " were never seen",
    )
    return replace(draft, others=rare), alert


def _of(levels: Sequence[str], kept: NDArray[np.intp]) -> tuple[str, ...]:
    """Return some levels, by their places, in the order of all."""
    return tuple(levels[i] for i in np.sort(kept))


def _pooled(drafts: Sequence[Draft]) -> tuple[Alert, ...]:
    """Say of which columns pairs tell the commonest values apart only."""
    names = tuple(
        d.column for d in drafts if len(d.levels or ()) > len(d.pair_levels or d.levels or ())
    )
    if not names:
        return ()
    message = (
        f"In pairs of columns, only the {MOST_PAIR_LEVELS} commonest values of"
        f" {listing(list(names))} are told apart; the other values share a cell there"
    )
    return (Alert("pooled levels", names, message),)
