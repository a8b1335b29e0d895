"""The one readable model type: an intercept and a sum of tables looked up by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pellucid.data.types import Columns, Kind
from pellucid.models.keyword_tree.tree import KeywordTree
from pellucid.models.predicting import Predicting
from pellucid.models.texts import TextTerm
from pellucid.models.types import Task

Floats = NDArray[np.float64]
Cells = NDArray[np.intp]
Link = Literal["identity", "log", "logit", "logits", "softmax"]
"""`logits`: one log-odds a label, each on its own."""
Part = Literal["value", "elapsed", "month", "weekday", "hour"]
TermKind = Literal["bins", "levels", "pair", "leaves", "ngrams"]

MISSING_CELL = 0
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Axis:
    """How one input of a term maps to cells: 0 missing, then bins or levels, then unseen.

    Exactly one of `edges` and `levels` is used. Bin i (from 1) is edges[i-2] <= x < edges[i-1]; the
    first and last are open. `name` is the column, or for a part of a date `column (part)`.
    `low` and `high` are the least and greatest training values, NaN for levels. Elapsed time is in
    days since 1970-01-01, the hour in hours.
    """

    name: str
    column: str
    part: Part = "value"
    edges: Floats | None = None
    levels: tuple[str, ...] | None = None
    low: float = float("nan")
    high: float = float("nan")
    is_integer: bool = False
    """Whether all training values are whole numbers."""
    others: int = 0
    """How many rare levels of the training rows share the last cell with values never seen."""
    tree: KeywordTree | None = field(default=None, repr=False)
    """Of a column of texts: the tree whose leaves are the levels."""
    _index: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = {level: i for i, level in enumerate(self.levels or (), start=1)}
        object.__setattr__(self, "_index", index)

    @property
    def size(self) -> int:
        """The number of cells, missing and unseen included."""
        inner = len(self.levels) if self.levels is not None else len(self._edges) + 1
        return inner + 2

    @property
    def unseen_cell(self) -> int:
        return self.size - 1

    @property
    def _edges(self) -> Floats:
        return self.edges if self.edges is not None else np.empty(0)

    def values(self, columns: Columns) -> NDArray[np.generic]:
        """Return this axis's input: the column itself, the part of a date that it stands for, or
        the leaf that each text falls into."""
        column = columns[self.column]
        if self.tree is not None:
            return self.tree.leaf_labels(column)
        if self.part == "value":
            return column
        return date_part(np.asarray(column, dtype=np.float64), self.part)

    def cells(self, columns: Columns) -> Cells:
        """Return the cell of every row, shape (rows,)."""
        values = self.values(columns)
        if self.levels is not None:
            return self.cells_of(values.tolist())
        numbers = np.asarray(values, dtype=np.float64)
        cells = np.searchsorted(self._edges, numbers, side="right") + 1
        cells[np.isnan(numbers)] = MISSING_CELL
        return cells

    def cells_of(self, levels: Sequence[str | None]) -> Cells:
        """Return the cell of each level, shape (levels,)."""
        unseen, index = self.unseen_cell, self._index
        found = [MISSING_CELL if v is None else index.get(v, unseen) for v in levels]
        return np.asarray(found, dtype=np.intp)


def date_part(seconds: Floats, part: Part) -> NDArray[np.generic]:
    """Return a part of each date: days and hours as float64, months and weekdays as names or None.

    `seconds` since 1970-01-01 UTC, NaN where missing, shape (rows,).
    """
    if part == "elapsed":
        return np.asarray(seconds / _DAY_S)
    missing = np.isnan(seconds)
    stamps = np.where(missing, 0.0, seconds).astype("datetime64[s]")
    if part == "hour":
        hours = (stamps - stamps.astype("datetime64[D]")).astype(np.float64) / 3600.0
        return np.where(missing, np.nan, hours)
    names: tuple[str, ...]
    if part == "month":
        names, position = MONTHS, stamps.astype("datetime64[M]").astype(np.int64) % 12
    else:
        names, position = WEEKDAYS, (stamps.astype("datetime64[D]").astype(np.int64) + 3) % 7
    found = np.asarray(names, dtype=object)[position]
    found[missing] = None
    return np.asarray(found, dtype=object)


@dataclass(frozen=True, slots=True)
class Term:
    """A table of scores over the cells of one axis or two.

    Shapes, with K the axes' sizes, B bags and C outputs (1 for regression and two classes):
    `scores` (*K, C), `bag_scores` (B, *K, C) with `scores` their mean, `weights` (*K,) the training
    rows in each cell. Scores are on the link scale and average to 0 over the training rows; a pair
    averages to 0 along either axis as well.
    """

    name: str
    kind: TermKind
    axes: tuple[Axis, ...]
    scores: Floats = field(repr=False)
    bag_scores: Floats = field(repr=False)
    weights: Floats = field(repr=False)

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(axis.column for axis in self.axes))

    def cells(self, columns: Columns) -> tuple[Cells, ...]:
        """Return each row's position in the table, one array an axis."""
        return tuple(axis.cells(columns) for axis in self.axes)

    def contribution(self, columns: Columns) -> Floats:
        """Return each row's score, shape (rows, C)."""
        return np.asarray(self.scores[self.cells(columns)])

    @property
    def variation(self) -> Floats:
        """The standard deviation of the scores over bags, shaped as `scores`; NaN with one bag."""
        if len(self.bag_scores) < 2:
            return np.full_like(self.scores, np.nan)
        return np.asarray(self.bag_scores.std(axis=0, ddof=1))

    @property
    def importance(self) -> float:
        """Mean |score| over the training rows; with several outputs, the mean over them."""
        total = self.weights.sum()
        if total == 0:
            return 0.0
        weighted = np.abs(self.scores) * self.weights[..., None]
        return float(weighted.sum() / total / self.scores.shape[-1])


@dataclass(frozen=True, slots=True)
class AdditiveModel(Predicting):
    """An intercept and terms, whose sum through the inverse link is the prediction.

    `terms` look up one cell a row, `texts` the cells of all n-grams of a row's text. `intercept`
    has shape (C,), `bag_intercepts` (B, C). Softmax scores sum to zero over classes, those of
    labels (link `logits`) are free. Predicting needs NumPy alone.
    """

    task: Task
    link: Link
    intercept: Floats
    bag_intercepts: Floats
    terms: tuple[Term, ...]
    texts: tuple[TextTerm, ...] = ()

    @property
    def bags(self) -> int:
        return len(self.bag_intercepts)

    @property
    def outputs(self) -> int:
        return len(self.intercept)

    @property
    def output_names(self) -> tuple[str, ...]:
        """What each output raises: the positive class, each class or label, or the target."""
        if self.task.kind == "regression":
            return (self.task.target,)
        return (self.task.positive,) if self.outputs == 1 else self.task.classes

    @property
    def all_terms(self) -> tuple[Term | TextTerm, ...]:
        """The terms of both sorts, those over texts first."""
        return (*self.texts, *self.terms)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that at least one term looks at, in the task's order."""
        used = {column for term in self.all_terms for column in term.columns}
        return tuple(name for name, _ in self.task.features if name in used)

    @property
    def read_as(self) -> tuple[tuple[str, Kind], ...]:
        """The columns that at least one term looks at, each with the kind it is read as."""
        used = set(self.columns)
        return tuple(feature for feature in self.task.features if feature[0] in used)

    def term(self, name: str) -> Term:
        """Return the term over tables called `name`; raises KeyError where there is none."""
        for term in self.terms:
            if term.name == name:
                return term
        raise KeyError(name)

    def text(self, column: str) -> TextTerm:
        """Return the term that reads the texts of `column`; raises KeyError where none does."""
        for term in self.texts:
            if term.column == column:
                return term
        raise KeyError(column)

    def cells(self, columns: Columns) -> Iterator[tuple[Term, tuple[Cells, ...]]]:
        """Yield each term over a table with the rows' positions; shared axes are looked up once."""
        known: dict[int, Cells] = {}
        for term in self.terms:
            for axis in term.axes:
                if id(axis) not in known:
                    known[id(axis)] = axis.cells(columns)
            yield term, tuple(known[id(axis)] for axis in term.axes)

    def contributions(self, columns: Columns) -> Iterator[tuple[Term | TextTerm, Floats]]:
        """Yield each term with every row's score, shape (rows, C); those over texts come first."""
        for text in self.texts:
            yield text, text.contribution(columns)
        for term, cells in self.cells(columns):
            yield term, np.asarray(term.scores[cells])

    def margin(self, columns: Columns) -> Floats:
        """Return intercept plus scores on the link scale, shape (rows, C)."""
        rows = len(next(iter(columns.values()))) if columns else 0
        total = np.tile(self.intercept, (rows, 1))
        for _, scores in self.contributions(columns):
            total += scores
        return total

    def mean(self, margin: Floats) -> Floats:
        """Put margins, shape (rows, C), through the inverse link.

        Regression: expected values, shape (rows,). Classes: probabilities, shape (rows, classes),
        in the order of `task.classes`; those of labels do not sum to 1.
        """
        return inverse_link(margin, self.link, self._positive_first)

    def save(self, path: str | Path) -> None:
        """Write the model alone as one file, which `models.files.load_fit` reads."""
        from pellucid.models.files import save_model

        save_model(self, Path(path))

    @property
    def _positive_first(self) -> bool:
        return self.link == "logit" and self.task.positive == self.task.classes[0]


def inverse_link(margin: Floats, link: Link, positive_first: bool = False) -> Floats:
    """Return the mean that belongs to each margin, shape (rows, C).

    `identity` and `log` give shape (rows,); `logit` gives (rows, 2) with the positive class second,
    or first if `positive_first`; `softmax` and `logits` give (rows, C).
    """
    if link == "identity":
        return margin[:, 0]
    if link == "log":
        return np.asarray(np.exp(margin[:, 0]))
    if link == "logit":
        positive = np.exp(-np.logaddexp(0.0, -margin[:, 0]))
        negative = np.exp(-np.logaddexp(0.0, margin[:, 0]))
        pair = (positive, negative) if positive_first else (negative, positive)
        return np.column_stack(pair)
    if link == "logits":
        return np.asarray(np.exp(-np.logaddexp(0.0, -margin)))
    shifted = np.exp(margin - margin.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True))
