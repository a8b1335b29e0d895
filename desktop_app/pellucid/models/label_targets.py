"""A column of several labels a row as a target: which labels are told apart, and what is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pellucid.core.errors import UserError
from pellucid.core.numbers import count, listing, plural
from pellucid.data.types import Alert, Column, Kind
from pellucid.models.label_boosting import MOST_BOOSTED_LABELS
from pellucid.models.multilabel import LIST, Cell, find_separator, labels_in
from pellucid.models.types import FitOptions, LeftOut

if TYPE_CHECKING:
    from pellucid.data.table import Table

FEWEST_LABEL_ROWS = 5
"""Rows with a label, and rows without it, before it is told apart."""
_KINDS: tuple[Kind, ...] = ("category", "text", "identifier")
_WAY_OUT = "Ask for classification, which takes whole cells as classes, or fit the additive model."


def separator_of(table: Table, column: Column, options: FitOptions) -> str:
    """Return what separates the labels in the target's cells; empty where whole cells are meant.

    Raises `UserError` for models that cannot give several labels a row.
    """
    if options.task != "auto" or column.kind not in _KINDS:
        return ""
    separator = find_separator(table.values(column.name).tolist())
    if not separator:
        return ""
    if options.kind != "additive" or options.tune:
        raise UserError(
            f"{column.name} holds several labels a row, which no {_unable(options)} predicts here",
            _WAY_OUT,
        )
    return separator


def _unable(options: FitOptions) -> str:
    if options.kind == "additive":
        return "tuned encoder"
    return "keyword tree" if options.kind == "tree" else "transformer"


def choose_labels(
    name: str, cells: Sequence[Cell | None], separator: str
) -> tuple[tuple[str, ...], tuple[Alert, ...]]:
    """Return the labels with rows enough to be told apart, sorted, and what to know about them.

    Raises `UserError` where fewer than two are left.
    """
    known = [cell for cell in cells if cell is not None]
    counts: dict[str, int] = {}
    for cell in known:
        for label in cell:
            counts[label] = counts.get(label, 0) + 1
    most = len(known) - FEWEST_LABEL_ROWS
    kept = sorted(label for label, n in counts.items() if FEWEST_LABEL_ROWS <= n <= most)
    if len(kept) < 2:
        raise UserError(
            f"{name} holds several labels a row, but fewer than two of them have"
            f" {FEWEST_LABEL_ROWS} or more rows with and without them",
            "Choose another target, or ask for classification to take whole cells as classes.",
        )
    alerts = [_reading(name, kept, separator)]
    dropped = sorted(set(counts) - set(kept))
    if dropped:
        what = "The label" if len(dropped) == 1 else "The labels"
        lost = sum(bool(cell) and not set(cell) & set(kept) for cell in known)
        rows = f"; {plural(lost, 'row')} with nothing else are left out" if lost else ""
        alerts.append(
            Alert(
                "rare labels",
                (name,),
                f"{what} {listing(dropped)} of {name} took no part: fewer than"
                f" {FEWEST_LABEL_ROWS} rows with or without each{rows}",
            )
        )
    return tuple(kept), tuple(alerts)


def cells_of(table: Table, name: str, separator: str) -> list[Cell | None]:
    """Return the labels of every row of a column, None where it says nothing."""
    return [labels_in(value, separator) for value in table.values(name).tolist()]


def features_beside(
    name: str,
    labels: int,
    features: tuple[tuple[str, Kind], ...],
) -> tuple[tuple[tuple[str, Kind], ...], tuple[LeftOut, ...], tuple[Alert, ...]]:
    """Leave out the columns that are no texts where there are too many labels to boost them for.

    Otherwise say that they take part one by one. Raises `UserError` where nothing remains.
    """
    others = tuple(column for column, kind in features if kind != "text")
    if labels <= MOST_BOOSTED_LABELS:
        message = f"No pairs of columns were tried, as {name} holds several labels a row"
        return features, (), (Alert("no pairs", others, message),) if len(others) > 1 else ()
    why = f"is no text, and other columns are read for at most {MOST_BOOSTED_LABELS} labels"
    kept = tuple(feature for feature in features if feature[1] == "text")
    if not kept:
        raise UserError(
            f"{name} holds several of {count(labels)} labels a row; without a column of texts at"
            f" most {MOST_BOOSTED_LABELS} labels can be predicted",
            "Ask for classification, which takes whole cells as classes, or choose another target.",
        )
    return kept, tuple(LeftOut(other, why) for other in others), ()


def _reading(name: str, labels: Sequence[str], separator: str) -> Alert:
    how = "as a list" if separator == LIST else f'separated by "{separator.strip()}"'
    return Alert(
        "several labels",
        (name,),
        f"{name} is read as several labels a row, {how}: each of the {len(labels)} labels"
        f" {listing(list(labels), 4)} is predicted for itself. If whole cells are meant, ask for"
        " classification",
    )
