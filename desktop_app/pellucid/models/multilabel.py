"""Targets of which a row has any number: which columns are such, and how their cells are read."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from pellucid.models.types import Task, TaskKind

LIST = "[]"
"""Stands for a separator where cells are JSON lists, or lists as Python prints them."""
MOST_LABELS = 50
CHOSEN = 0.5
"""A label is predicted from this probability on."""
_SEPARATORS = (LIST, ";", "|", ",")
_MOST_IN_A_CELL = 10
_MOST_CELLS_SHARE = 0.9
_SEVERAL_SHARE = 0.05
"""At least so many of the cells hold several labels."""
_FREE_SHARE = 0.5
"""At least so many of the labels stand first in one cell and later in another."""
_COMMON_SHARE = 0.95
"""Where as many of the commonest cells as there are labels make up more, cells are classes."""
_COMMA_WHOLES = 1.5
"""Different cells for each label there must be more of than this where a comma separates them."""
_LONGEST_LABEL = 60
_LONGEST_CELL = 2_000
_FIRST_LOOK = 1_000
_PRINTED_LIST = re.compile(r"\[\s*(?:'[^']*'\s*(?:,\s*(?=')|(?=\])))*\]")

Cell = tuple[str, ...]


def find_separator(values: Sequence[str | None]) -> str:
    """Return what separates the labels in a column's cells, empty where they hold no labels.

    Cells hold labels if few of these make up many different cells, too many or too rare to be
    classes, some cells hold several, and labels are free to stand first or later: in "Boston, MA"
    each part has its own place, and there are more parts than different cells. Of a list that is
    written as one, order and places do not matter.
    """
    cells = [value for value in values if value is not None and value.strip()]
    step = max(1, len(cells) // _FIRST_LOOK)
    for separator in _SEPARATORS:
        if _may_be(cells[::step], separator) and _holds_labels(cells, separator):
            return _as_written(cells, separator)
    return ""


def labels_in(value: str | None, separator: str) -> Cell | None:
    """Return the different labels of a cell in their order; None where it says nothing.

    An empty list says that there is no label.
    """
    if value is None or not value.strip():
        return None
    if separator == LIST:
        return _listed(value.strip())
    parts = (part.strip() for part in value.split(separator.strip()))
    return tuple(dict.fromkeys(part for part in parts if part)) or None


def matrix_of(task: Task, values: Iterable[str | None]) -> NDArray[np.int8]:
    """Return which labels each cell holds, shape (rows, classes): 1, 0, or -1 all along a row.

    The latter are cells that say nothing, or hold only labels that are not among the classes.
    """
    places = {label: place for place, label in enumerate(task.classes)}
    rows = []
    for value in values:
        found = labels_in(value, task.separator)
        row = np.zeros(len(places), dtype=np.int8)
        known = [places[label] for label in found or () if label in places]
        row[known] = 1
        rows.append(row if known or found == () else row - 1)
    return np.stack(rows) if rows else np.zeros((0, len(places)), dtype=np.int8)


def predicted_labels(task: Task, mean: NDArray[np.float64]) -> NDArray[np.object_]:
    """Return each row's likeliest class, or all its labels as one cell, shape (rows,).

    `mean` (rows, classes) are probabilities. A row may have no label: then its cell is empty.
    """
    names = np.asarray(task.classes, dtype=object)
    if task.kind != "multilabel":
        return np.asarray(names[mean.argmax(axis=1)], dtype=object)
    found = np.empty(len(mean), dtype=object)
    for place, row in enumerate(mean):
        found[place] = joined(names[row >= CHOSEN].tolist(), task.separator)
    return found


def joined(labels: Sequence[str], separator: str) -> str:
    """Return labels as a cell that `labels_in` reads."""
    if separator == LIST:
        return json.dumps(list(labels), ensure_ascii=False)
    return separator.join(labels)


def strata_of(target: NDArray[np.generic]) -> NDArray[np.generic]:
    """Return one number a row to deal rows by, shape (rows,).

    Of labels, a matrix (rows, classes), it is the rarest that a row has, so that each keeps its
    share, and one more number for rows without any; other targets are returned as they are.
    """
    if target.ndim == 1:
        return target
    has = target == 1
    often = has.sum(axis=0)
    rarest = np.where(has, often, len(target) + 1).argmin(axis=1)
    return np.asarray(np.where(has.any(axis=1), rarest, target.shape[1]), dtype=np.int64)


def outputs_of(kind: TaskKind, classes: int) -> int:
    """Return how many scores a term has: one a class or label, 1 for two classes and numbers."""
    return classes if kind in ("multiclass", "multilabel") else 1


def _listed(text: str) -> Cell | None:
    if not (text.startswith("[") and text.endswith("]")):
        return None
    if _PRINTED_LIST.fullmatch(text):
        return tuple(dict.fromkeys(part.strip() for part in re.findall(r"'([^']*)'", text)))
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not all(isinstance(item, str | int) for item in found):
        return None
    return tuple(dict.fromkeys(str(item).strip() for item in found))


def _may_be(cells: Sequence[str], separator: str) -> bool:
    """Look at some cells: is there anything to split, and are the parts few and short?"""
    if len(cells) < 2 or max(map(len, cells)) > _LONGEST_CELL:
        return False
    if separator == LIST:
        return all(labels_in(cell, LIST) is not None for cell in cells)
    return any(separator in cell for cell in cells) and _parts(cells, separator) is not None


def _parts(cells: Iterable[str], separator: str) -> list[Cell] | None:
    """Split all cells; None as soon as they hold too many different labels or too long ones."""
    known: set[str] = set()
    found: list[Cell] = []
    for cell in cells:
        parts = labels_in(cell, separator)
        if parts is None:
            if separator == LIST:
                return None
            continue
        found.append(parts)
        known.update(parts)
        if len(known) > MOST_LABELS or any(len(part) > _LONGEST_LABEL for part in parts):
            return None
    return found if len(known) >= 2 else None


def _holds_labels(cells: Sequence[str], separator: str) -> bool:
    found = _parts(cells, separator)
    if found is None:
        return False
    several = sum(len(parts) > 1 for parts in found)
    fitting = sum(len(parts) <= _MOST_IN_A_CELL for parts in found)
    if several < _SEVERAL_SHARE * len(found) or fitting < _MOST_CELLS_SHARE * len(found):
        return False
    labels = {label for parts in found for label in parts}
    wholes = Counter(cell.strip() for cell in cells)
    common = sum(rows for _, rows in wholes.most_common(len(labels)))
    if common > _COMMON_SHARE * wholes.total():
        return False
    if separator == LIST:
        return True
    if len(wholes) <= len(labels) * (_COMMA_WHOLES if separator == "," else 1):
        return False
    first = {parts[0] for parts in found}
    later = {label for parts in found for label in parts[1:]}
    return len(first & later) >= _FREE_SHARE * len(labels)


def _as_written(cells: Sequence[str], separator: str) -> str:
    """Return the separator with the blanks that most cells have about it."""
    if separator == LIST:
        return LIST
    holding = [cell for cell in cells if separator in cell]
    before = sum(f" {separator}" in cell for cell in holding) > len(holding) / 2
    after = sum(f"{separator} " in cell for cell in holding) > len(holding) / 2
    return f"{' ' * before}{separator}{' ' * after}"
