"""From a target's name to a task: what is predicted, from which columns, on which rows."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.numbers import count, listing, number, percent, plural
from pellucid.data.types import Alert, Column, Kind
from pellucid.models.label_targets import cells_of, choose_labels, features_beside, separator_of
from pellucid.models.multilabel import matrix_of
from pellucid.models.types import FitOptions, LeftOut, Task, TaskKind

if TYPE_CHECKING:
    from pellucid.data.table import Table

FEWEST_ROWS = 30
FEWEST_CLASS_ROWS = 5
MOST_CLASSES = 50
_FEW_NUMBERS = 10
_MUCH_MISSING = 0.5
_WHY: dict[Kind, str] = {
    "identifier": "identifies rows instead of describing them",
    "constant": "has the same value in every row",
}


def make_task(
    table: Table, options: FitOptions
) -> tuple[Task, tuple[LeftOut, ...], tuple[Alert, ...]]:
    """Decide what is predicted, from which columns; say what was left out and what to know.

    Raises `UserError` for every target that cannot be predicted.
    """
    names = [column.name for column in table.columns]
    column = table.column(_known(options.target, names))
    for name in options.drop:
        _known(name, names)
    for name in options.texts:
        if _known(name, names) == column.name:
            raise UserError(f"{name} is the target, so it cannot be read as text too")
    separator = separator_of(table, column, options)
    if separator:
        return _label_task(table, column, separator, options)
    values = _values(table, column)
    kind, warnings = _task_kind(column, values, options)
    classes: tuple[str, ...] = ()
    if kind != "regression":
        classes, rare = _classes(column, values)
        kind = "binary" if len(classes) == 2 else "multiclass"
        warnings += rare
    positive = _positive(options.positive, classes, kind)
    features, left_out = _features(table, column.name, options)
    return Task(column.name, kind, classes, positive, features), left_out, warnings


def _label_task(
    table: Table, column: Column, separator: str, options: FitOptions
) -> tuple[Task, tuple[LeftOut, ...], tuple[Alert, ...]]:
    """Decide the task where each row has any number of labels."""
    cells = cells_of(table, column.name, separator)
    warnings = _check_rows(column.name, sum(cell is not None for cell in cells), len(cells))
    classes, said = choose_labels(column.name, cells, separator)
    positive = _positive(options.positive, classes, "multilabel")
    features, left_out = _features(table, column.name, options)
    features, too_many, no_pairs = features_beside(column.name, len(classes), features)
    task = Task(column.name, "multilabel", classes, positive, features, separator)
    return task, (*left_out, *too_many), (*warnings, *said, *no_pairs)


def target_of(task: Task, values: NDArray[np.generic]) -> NDArray[np.generic]:
    """Return the target as numbers: float64 with NaN where missing, or int64 codes with -1.

    `values` is the target column, numbers or labels; a label outside `task.classes` is missing.
    Several labels a row give int8 (rows, classes), as `multilabel.matrix_of` does.
    """
    if task.kind == "multilabel":
        return matrix_of(task, labels_of(values))
    if task.kind == "regression":
        numbers = np.asarray(values, dtype=np.float64)
        return np.where(np.isfinite(numbers), numbers, np.nan)
    codes = {label: i for i, label in enumerate(task.classes)}
    found = [codes.get(label, -1) if label is not None else -1 for label in labels_of(values)]
    return np.asarray(found, dtype=np.int64)


def is_known(target: NDArray[np.generic]) -> NDArray[np.bool_]:
    """Return which entries of a target, as `target_of` gives it, are not missing."""
    if target.dtype.kind == "f":
        return ~np.isnan(target.astype(np.float64))
    known = np.asarray(target.astype(np.int64) >= 0)
    return np.asarray(known.all(axis=1)) if known.ndim == 2 else known


def labels_of(values: NDArray[np.generic]) -> list[str | None]:
    """Return class labels: words as they are, numbers without a needless `.0`, None for missing."""
    if values.dtype.kind != "f":
        return [None if value is None else str(value) for value in values.tolist()]
    found = values.astype(np.float64).tolist()
    return [_label(value) if np.isfinite(value) else None for value in found]


def _label(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def _known(name: str, names: list[str]) -> str:
    """Return `name` if there is such a column; raises `UserError` that suggests the nearest."""
    if name in names:
        return name
    near = _nearest(name, names)
    hint = f"Did you mean {near}?" if near else f"The columns are {listing(names, 12)}."
    raise UserError(f"There is no column called {name!r}", hint)


def _nearest(name: str, names: Iterable[str]) -> str | None:
    folded = {other.casefold().strip(): other for other in names}
    found = difflib.get_close_matches(name.casefold().strip(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def _values(table: Table, column: Column) -> NDArray[np.generic]:
    """Return the target's values; raises `UserError` for kinds that are not predicted."""
    another = "Choose another target, or change the kind of this column."
    if column.kind == "constant":
        why = "has no value at all" if column.distinct == 0 else "has the same value in every row"
        raise UserError(f"{column.name} {why}, so there is nothing to predict", another)
    if column.kind == "identifier":
        raise UserError(f"{column.name} identifies rows: nearly every value is different", another)
    if column.kind == "text":
        raise UserError(
            f"{column.name} is free text ({count(column.distinct)} different values), which cannot"
            " be predicted",
            another,
        )
    if column.kind == "datetime":
        raise UserError(f"{column.name} holds dates, which cannot be predicted", another)
    return table.values(column.name)


def _task_kind(
    column: Column, values: NDArray[np.generic], options: FitOptions
) -> tuple[TaskKind, tuple[Alert, ...]]:
    """Choose regression or classes, and check that enough rows have a target that varies.

    A number is predicted as a number, unless it has two values only or classes were asked for.
    """
    is_number = column.kind == "number"
    known = np.isfinite(values.astype(np.float64)) if is_number else _is_present(values)
    rows = int(known.sum())
    warnings = _check_rows(column.name, rows, len(values))
    if not is_number and options.task == "regression":
        raise UserError(
            f"{column.name} is not a number, so regression cannot predict it",
            "Ask for classification, or change the kind of this column to number.",
        )
    distinct = np.unique(values[known].astype(np.float64)) if is_number else np.empty(0)
    if is_number and len(distinct) < 2:
        raise UserError(
            f"{column.name} has the same value in every row, so there is nothing to predict",
            "Choose another target.",
        )
    if not is_number or options.task == "classification":
        return "multiclass", warnings
    if options.task == "auto" and len(distinct) == 2:
        return "multiclass", warnings
    if options.task == "auto" and len(distinct) <= _FEW_NUMBERS and (distinct % 1 == 0).all():
        shown = listing([number(float(value)) for value in distinct], _FEW_NUMBERS)
        warnings += (
            Alert(
                "few numbers",
                (column.name,),
                f"{column.name} is predicted as a number, though it has only the values {shown}. If"
                " they stand for groups, ask for classification",
            ),
        )
    return "regression", warnings


def _is_present(values: NDArray[np.generic]) -> NDArray[np.bool_]:
    return np.asarray([value is not None for value in values.tolist()], dtype=bool)


def _check_rows(name: str, known: int, rows: int) -> tuple[Alert, ...]:
    if known < FEWEST_ROWS:
        what = plural(rows, "row") if known == rows else f"{count(known)} of {plural(rows, 'row')}"
        raise UserError(
            f"{name} is known in {what}; {FEWEST_ROWS} are needed to fit and to test a model",
            "Open a file with more rows, or choose a target with more values.",
        )
    if known == rows:
        return ()
    missing = rows - known
    how_much = "most of the target is missing: " if missing / rows > _MUCH_MISSING else ""
    return (
        Alert(
            "missing target",
            (name,),
            f"{how_much}{plural(missing, 'row')} ({percent(missing / rows)}) without a value of"
            f" {name} took no part",
        ),
    )


def _classes(
    column: Column, values: NDArray[np.generic]
) -> tuple[tuple[str, ...], tuple[Alert, ...]]:
    """Return the classes with rows enough, sorted, and what is said of the others."""
    known = [label for label in labels_of(values) if label is not None]
    labels, counts = np.unique(np.asarray(known, dtype=object), return_counts=True)
    if len(labels) > MOST_CLASSES:
        is_number = column.kind == "number"
        raise UserError(
            f"{column.name} has {count(len(labels))} classes; at most {MOST_CLASSES} can be told"
            " apart",
            "Ask for regression." if is_number else "Choose another target, or group its values.",
        )
    kept = [str(label) for label, n in zip(labels, counts, strict=True) if n >= FEWEST_CLASS_ROWS]
    rare = [str(label) for label, n in zip(labels, counts, strict=True) if n < FEWEST_CLASS_ROWS]
    if len(kept) < 2:
        raise UserError(
            f"{column.name} has {'one class' if kept else 'no class'} with {FEWEST_CLASS_ROWS} or"
            " more rows, so there is nothing to tell apart",
            "Choose another target.",
        )
    if not rare:
        return tuple(kept), ()
    rows = int(counts[counts < FEWEST_CLASS_ROWS].sum())
    what = "The class" if len(rare) == 1 else "The classes"
    alert = Alert(
        "rare classes",
        (column.name,),
        f"{what} {listing(rare)} of {column.name} took no part: fewer than {FEWEST_CLASS_ROWS} rows"
        f" each, {plural(rows, 'row')} in all",
    )
    return tuple(kept), (alert,)


def _positive(wanted: str | None, classes: tuple[str, ...], kind: TaskKind) -> str:
    if kind != "binary":
        if wanted is not None:
            raise UserError(
                f"There is no positive class: the target has {len(classes)} classes"
                if classes
                else "There is no positive class: the target is a number",
                "Leave the positive class out.",
            )
        return ""
    if wanted is None:
        return classes[1]
    if wanted not in classes:
        near = _nearest(wanted, classes)
        hint = f"Did you mean {near}?" if near else f"The classes are {' and '.join(classes)}."
        raise UserError(f"There is no class called {wanted!r}", hint)
    return wanted


def _features(
    table: Table, target: str, options: FitOptions
) -> tuple[tuple[tuple[str, Kind], ...], tuple[LeftOut, ...]]:
    features: list[tuple[str, Kind]] = []
    left_out: list[LeftOut] = []
    for column in table.columns:
        if column.name == target:
            continue
        if column.name in options.drop:
            left_out.append(LeftOut(column.name, "was left out as you asked"))
        elif column.name in options.texts:
            features.append((column.name, "text"))
        elif column.kind in _WHY:
            left_out.append(LeftOut(column.name, _WHY[column.kind]))
        else:
            features.append((column.name, column.kind))
    if not features:
        raise UserError(
            "No column is left to predict from",
            " ".join(f"{entry.column} {entry.why}." for entry in left_out[:5])
            or "Open a file with more columns.",
        )
    return tuple(features), tuple(left_out)
