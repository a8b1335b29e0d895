"""Columns in bins, as boosting reads them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.models.additive import Floats
from pellucid.models.multilabel import outputs_of
from pellucid.models.types import TaskKind

_RESERVED_CELLS = 3
"""Missing, unseen, and one cell more than there are cuts."""


@dataclass(frozen=True, slots=True)
class Binned:
    """The rows to train on, as cells.

    `fine` and `coarse` have shape (features, rows): each row's cell for mains and for pairs, 0
    missing, `size - 1` unseen. `target` is float64, or int64 codes of `classes` classes, or for
    labels (rows, classes), which `label_boosting` takes apart. `start`,
    shape (rows, outputs), is what each row's margin is before boosting, None for nothing.
    """

    kind: TaskKind
    classes: int
    fine: NDArray[np.unsignedinteger[Any]] = field(repr=False)
    coarse: NDArray[np.unsignedinteger[Any]] = field(repr=False)
    fine_sizes: tuple[int, ...]
    coarse_sizes: tuple[int, ...]
    is_nominal: tuple[bool, ...]
    target: NDArray[np.generic] = field(repr=False)
    start: Floats | None = field(default=None, repr=False)

    @property
    def first_margin(self) -> Floats:
        """A new array of the margins before boosting, shape (rows, outputs)."""
        if self.start is None:
            return np.zeros((len(self.target), self.outputs))
        return np.array(self.start, dtype=np.float64)

    @property
    def outputs(self) -> int:
        return outputs_of(self.kind, self.classes)


def quantile_cuts(values: Floats, bins: int) -> Floats:
    """Return the cuts between at most `bins` cells of nearly equal counts; NaN is ignored."""
    from interpret.utils._native import Native

    native = Native.get_native_singleton()
    column = np.ascontiguousarray(values, dtype=np.float64)
    return np.array(native.cut_quantile(column, 1, False, bins - _RESERVED_CELLS))


def native_dataset(binned: Binned, *, coarse: bool) -> NDArray[np.ubyte]:
    """Return the rows in interpret's compressed form, for mains or (`coarse`) for pairs."""
    from interpret.utils._native import Native

    native = Native.get_native_singleton()
    cells, sizes = _resolution(binned, coarse)
    target = np.ascontiguousarray(binned.target)
    size = native.measure_dataset_header(len(sizes), 0, 1)
    for i in range(len(sizes)):
        size += native.measure_feature(*_column(binned, cells, sizes, i))
    if binned.kind == "regression":
        size += native.measure_regression_target(target)
    else:
        size += native.measure_classification_target(binned.classes, target)
    dataset = np.empty(size, np.ubyte)
    native.fill_dataset_header(len(sizes), 0, 1, dataset)
    for i in range(len(sizes)):
        native.fill_feature(*_column(binned, cells, sizes, i), dataset)
    if binned.kind == "regression":
        native.fill_regression_target(target, dataset)
    else:
        native.fill_classification_target(binned.classes, target, dataset)
    return dataset


def _column(
    binned: Binned, cells: NDArray[np.unsignedinteger[Any]], sizes: tuple[int, ...], index: int
) -> tuple[int, bool, bool, bool, NDArray[np.int64]]:
    column = cells[index].astype(np.int64)
    size = sizes[index]
    has_missing = bool((column == 0).any())
    has_unseen = bool((column == size - 1).any())
    return size, has_missing, has_unseen, binned.is_nominal[index], column


def _resolution(
    binned: Binned, coarse: bool
) -> tuple[NDArray[np.unsignedinteger[Any]], tuple[int, ...]]:
    return (binned.coarse, binned.coarse_sizes) if coarse else (binned.fine, binned.fine_sizes)
