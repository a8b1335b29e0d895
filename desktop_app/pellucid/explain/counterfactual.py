"""The smallest change of one column that turns a prediction, looked up in the model's tables."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pellucid.data.types import Columns
from pellucid.explain.cells import EMPTY, MISSING, is_year, level_label, plain
from pellucid.explain.types import Floats
from pellucid.models.additive import AdditiveModel, Axis

MOST_LEVELS = 500
_DIGITS = 15
_MOST_PLACES = 12


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """What one column would have to hold, all else as it is, for another prediction.

    `before` and `after` are what the row holds and what it would have to; `sort` says how to read
    them: "number", "year" or "cell" (missing and empty cells as they are named). `label` is then
    predicted, with `probability`; or `value` is. `share` is the share of training rows that lie
    between two numbers, NaN for a category: the smaller, the nearer.
    """

    column: str
    before: str
    after: str
    sort: str
    is_missing: bool
    """Whether the row holds nothing there."""
    label: str | None
    probability: float | None
    value: float | None
    share: float


@dataclass(frozen=True, slots=True)
class Turns:
    """The nearest change of each column that has one, nearest first, and the columns tried.

    A class turns where another becomes the likeliest, a label where it is predicted or no longer,
    a number where it passes that of an average row.
    """

    found: tuple[Counterfactual, ...]
    tried: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Change:
    """A value that a column could hold, how it is told, and how far it is from the row's own."""

    value: float | str
    text: str
    distance: float


def find_turns(
    model: AdditiveModel, columns: Columns, row: int = 0, output: int | None = None
) -> Turns:
    """Return, for each column of numbers or categories, its nearest change that turns a prediction.

    Dates and texts are not tried. `output` is the label of several a row; by default the likeliest.
    """
    one = {name: columns[name][row : row + 1] for name in model.columns}
    found, tried = [], []
    for name, kind in model.task.features:
        axes = _axes_of(model, name)
        if not axes or kind in ("datetime", "text"):
            continue
        tried.append(name)
        turn = _nearest(model, one, name, axes, output)
        if turn is not None:
            found.append(turn)
    found.sort(key=lambda turn: (math.isnan(turn.share), _nearness(turn), turn.column))
    return Turns(tuple(found), tuple(tried))


def _nearness(turn: Counterfactual) -> float:
    return 0.0 if math.isnan(turn.share) else turn.share


def _axes_of(model: AdditiveModel, column: str) -> list[Axis]:
    return [
        axis
        for term in model.terms
        for axis in term.axes
        if axis.column == column and axis.part == "value" and axis.tree is None
    ]


def _nearest(
    model: AdditiveModel, one: Columns, column: str, axes: list[Axis], output: int | None
) -> Counterfactual | None:
    changes = list(
        _level_changes(axes, one[column][0]) if axes[0].levels is not None
        else _number_changes(model, axes, float(one[column][0]))
    )  # fmt: skip
    if not changes:
        return None
    means = _means(model, one, column, changes)
    now = model.mean(model.margin(one))
    turned = _turned(model, now, means, output)
    places = np.flatnonzero(turned)
    if not len(places):
        return None
    far = np.array([changes[place].distance for place in places.tolist()])
    gain = _gain(model, now, means, output)[places]
    best = int(places[np.lexsort((-gain, far))[0]])
    change = changes[best]
    before = one[column][0]
    mean = means[best : best + 1]
    label, probability, value = _told(model, mean, output)
    return Counterfactual(
        column, _value_text(axes[0], before), change.text, _sort(axes[0]),
        _value_text(axes[0], before) == MISSING, label, probability, value,
        math.nan if isinstance(change.value, str) else change.distance,
    )  # fmt: skip


def _means(model: AdditiveModel, one: Columns, column: str, changes: list[_Change]) -> Floats:
    """Return the prediction after each change: (changes,) or (changes, classes)."""
    rows = len(changes)
    batch = {name: np.repeat(values, rows) for name, values in one.items()}
    kind = np.float64 if isinstance(changes[0].value, float) else object
    batch[column] = np.array([change.value for change in changes], dtype=kind)
    return model.mean(model.margin(batch))


def _turned(
    model: AdditiveModel, now: Floats, means: Floats, output: int | None
) -> NDArray[np.bool_]:
    kind = model.task.kind
    if kind == "regression":
        middle = model.mean(model.intercept[None, :])[0]
        return np.asarray((means > middle) != (now[0] > middle))
    if kind == "multilabel":
        place = int(now[0].argmax()) if output is None else output
        return np.asarray((means[:, place] >= 0.5) != (now[0, place] >= 0.5))
    return np.asarray(means.argmax(axis=1) != now[0].argmax())


def _gain(model: AdditiveModel, now: Floats, means: Floats, output: int | None) -> Floats:
    """Return how far each change goes; of changes equally near the one that goes furthest wins."""
    if model.task.kind == "regression":
        return np.asarray(np.abs(means - now[0]))
    if model.task.kind == "multilabel":
        place = int(now[0].argmax()) if output is None else output
        return np.asarray(np.abs(means[:, place] - now[0, place]))
    return np.asarray(-means[:, int(now[0].argmax())])


def _told(
    model: AdditiveModel, mean: Floats, output: int | None
) -> tuple[str | None, float | None, float | None]:
    classes = model.task.classes
    if not classes:
        return None, None, float(mean[0])
    best = int(mean[0].argmax()) if output is None or model.task.kind != "multilabel" else output
    return classes[best], float(mean[0, best]), None


def _level_changes(axes: list[Axis], before: object) -> Iterator[_Change]:
    """Yield every other level that the model knows; all are equally near."""
    levels = sorted({level for axis in axes for level in axis.levels or ()})
    for level in levels[:MOST_LEVELS]:
        if level != before:
            yield _Change(level, level_label(level) or EMPTY, 0.0)


def _number_changes(model: AdditiveModel, axes: list[Axis], before: float) -> Iterator[_Change]:
    """Yield, for each bin on either side, a short number in it near the end closer to the row."""
    if math.isnan(before):
        return
    axis = axes[0]
    inner = np.unique(np.concatenate([_edges(one) for one in axes]))
    edges = [axis.low, *(e for e in inner.tolist() if axis.low < e <= axis.high), axis.high]
    place = _positions(model, axis)
    here = float(np.interp(before, *place))
    for low, high in pairwise(edges):
        if low <= before < high:
            continue
        value = _short_number(axis, low, high, is_up=low > before)
        if value is not None:
            text = str(int(value)) if is_year(axis) else plain(value, _DIGITS)
            yield _Change(value, text, abs(float(np.interp(value, *place)) - here))


def _short_number(axis: Axis, low: float, high: float, *, is_up: bool) -> float | None:
    """Return the number of fewest decimals from `low` up to but not with `high`, at one end.

    The last bin holds its upper end too. None where the column has whole numbers and the bin none.
    """
    is_last = high == axis.high
    first = 0 if axis.is_integer else -math.floor(math.log10(high - low)) if high > low else 0
    for places in range(first, first + (1 if axis.is_integer else _MOST_PLACES)):
        step = 10.0**-places
        near = math.ceil(low / step) if is_up else math.floor(high / step)
        for whole in (near, near + 1 if is_up else near - 1):
            value = round(whole * step, max(0, places))
            if low <= value < high or (is_last and value == high):
                return value
    return None


def _positions(model: AdditiveModel, axis: Axis) -> tuple[Floats, Floats]:
    """Return places along `axis` and the share of training rows below each of them."""
    ends = np.array([axis.low, *_edges(axis).tolist(), axis.high])
    for term in model.terms:
        if len(term.axes) == 1 and term.axes[0] is axis and term.weights[1:-1].sum() > 0:
            below = np.cumsum(term.weights[1:-1])
            return ends, np.concatenate([[0.0], below / below[-1]])
    return ends, np.linspace(0.0, 1.0, len(ends))


def _edges(axis: Axis) -> Floats:
    return axis.edges if axis.edges is not None else np.empty(0)


def _sort(axis: Axis) -> str:
    if axis.levels is not None:
        return "cell"
    return "year" if is_year(axis) else "number"


def _value_text(axis: Axis, value: object) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return MISSING
    if isinstance(value, str):
        return level_label(value) or EMPTY
    found = float(value)  # type: ignore[arg-type]
    return str(int(found)) if is_year(axis) and found.is_integer() else plain(found, _DIGITS)
