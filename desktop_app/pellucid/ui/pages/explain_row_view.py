"""One row and its what-if: the inputs, the edits, the steps to the prediction. No Qt."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.numbers import number, number_text, signed
from pellucid.data.types import Columns, Kind
from pellucid.explain.row import explain_row
from pellucid.explain.types import Contribution, LocalExplanation
from pellucid.models.additive import AdditiveModel, Axis
from pellucid.models.black_box.box import BlackBox
from pellucid.models.texts import TextTerm
from pellucid.models.types import Task
from pellucid.report.charts import Bar
from pellucid.ui.readers import AnyModel

Value = float | str | None


MISSING = "missing"


MOST_STEPS = 14


_DATE_FORMATS = ("%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")


@dataclass(frozen=True, slots=True)
class Input:
    """How a column is edited: a number in its training range, a level, a date, or running text."""

    column: str
    kind: Literal["number", "level", "date", "text"]
    low: float = math.nan
    high: float = math.nan
    is_integer: bool = False
    levels: tuple[str, ...] = ()

    @property
    def step(self) -> float:
        """Return a step of about a hundredth of the range: 1, 2 or 5 times a power of ten."""
        span = self.high - self.low
        if not span > 0 or not math.isfinite(span):
            return 1.0
        power = 10.0 ** math.floor(math.log10(span / 100))
        step = next(f * power for f in (1.0, 2.0, 5.0, 10.0) if f * power >= span / 100)
        return max(1.0, step) if self.is_integer else step

    @property
    def decimals(self) -> int:
        """Return how many decimals the step and the range's ends need."""
        if self.is_integer:
            return 0
        places = max(0, -math.floor(math.log10(self.step)))
        return min(9, places + 1)


def inputs_of(model: AnyModel) -> Mapping[str, Input]:
    """Return an editor's description for every column the model looks at."""
    if isinstance(model, BlackBox):
        return {model.column: Input(model.column, "text")}
    kinds: Mapping[str, Kind] = dict(model.task.features)
    found = {text.column: Input(text.column, "text") for text in model.texts}
    for term in model.terms:
        for axis in term.axes:
            if axis.column not in found:
                found[axis.column] = _input(axis, kinds.get(axis.column, "category"))
    return found


def _input(axis: Axis, kind: Kind) -> Input:
    if kind == "datetime":
        return Input(axis.column, "date")
    if axis.tree is not None:
        return Input(axis.column, "text")
    if axis.levels is not None:
        return Input(axis.column, "level", levels=axis.levels)
    return Input(axis.column, "number", axis.low, axis.high, axis.is_integer)


def value_of(columns: Columns, name: str) -> Value:
    """Return a column's one value as a plain value, None where it is missing."""
    found = columns[name][0]
    if found is None or isinstance(found, str):
        return found
    plain = float(found)
    return None if math.isnan(plain) else plain


def values_of(columns: Columns, names: Sequence[str]) -> dict[str, Value]:
    """Return one row as plain values by column."""
    return {name: value_of(columns, name) for name in names}


def columns_from(values: Mapping[str, Value], inputs: Mapping[str, Input]) -> Columns:
    """Return one row as the typed columns that a model takes."""
    return {name: _array(values[name], inputs[name].kind) for name in inputs}


def _array(value: Value, kind: str) -> NDArray[np.generic]:
    if kind in ("level", "text"):
        return np.array([value], dtype=object)
    return np.array([np.nan if value is None else value], dtype=np.float64)


def value_text(value: Value, kind: str) -> str:
    """Write a value as its editor shows it."""
    if value is None:
        return MISSING
    if isinstance(value, str):
        return value
    if kind == "date":
        stamp = datetime.fromtimestamp(value, UTC)
        whole = stamp.hour == stamp.minute == stamp.second == 0
        return f"{stamp:%Y-%m-%d}" if whole else f"{stamp:%Y-%m-%d %H:%M:%S}"
    return number(value, 6)


def parse_date(text: str) -> float | None:
    """Return seconds since 1970-01-01 UTC, None for an empty field or "missing".

    Raises `UserError` where the text is no date.
    """
    words = text.strip()
    if not words or words.casefold() == MISSING:
        return None
    for form in _DATE_FORMATS:
        try:
            return datetime.strptime(words, form).replace(tzinfo=UTC).timestamp()
        except ValueError:
            continue
    raise UserError(f"{words} is not a date", "Write it as 2024-05-31 or 2024-05-31 14:30.")


def actual_text(task: Task, typed: Columns | None, told: object) -> str | None:
    """Return what the target says: a class as the model names it, a number as a reader does."""
    if told is None:
        return None
    if typed is not None:
        value = value_of(typed, task.target)
        shown = f"{value:g}" if isinstance(value, float) else value
        return shown if shown in task.classes else str(told).strip()
    return number_text(str(told).strip())


@dataclass(frozen=True, slots=True)
class RowState:
    """A row of the table and what was changed in it; `number` counts from 1."""

    number: int
    original: Mapping[str, Value]
    edits: Mapping[str, Value]
    actual: str | None = None

    @property
    def values(self) -> dict[str, Value]:
        return {**self.original, **self.edits}

    def edited(self, name: str, value: Value) -> RowState:
        """Change an input; setting it back to the row's own value takes the edit away."""
        edits = {k: v for k, v in self.edits.items() if k != name}
        if value != self.original[name]:
            edits[name] = value
        return replace(self, edits=edits)

    def reset(self, name: str | None = None) -> RowState:
        """Take back one edit, or all of them."""
        kept = {} if name is None else {k: v for k, v in self.edits.items() if k != name}
        return replace(self, edits=kept)


def explain_state(
    model: AdditiveModel, inputs: Mapping[str, Input], state: RowState, output: int | None
) -> LocalExplanation:
    """Explain the row as edited."""
    columns = columns_from(state.values, inputs)
    return explain_row(model, columns, output=output, number=state.number, actual=state.actual)


@dataclass(frozen=True, slots=True)
class Step:
    """A bar of the waterfall, on the link scale, from `start` to `end`.

    `column` is the input edited in this row, None for pairs and further parts of a date. The first
    and the last step are the ends: the average row and the prediction.
    """

    label: str
    start: float
    end: float
    value: str = ""
    column: str | None = None
    is_edited: bool = False
    is_end: bool = False

    @property
    def change(self) -> float:
        return self.end - self.start


def term_order(local: LocalExplanation) -> tuple[str, ...]:
    """Return the terms by falling |score|: the order a row opens with and keeps while edited."""
    return tuple(item.term for item in local.contributions)


def steps(
    local: LocalExplanation,
    order: Sequence[str],
    model: AdditiveModel,
    edits: Mapping[str, Value],
    most: int | None = MOST_STEPS,
) -> tuple[Step, ...]:
    """Return the waterfall's bars in `order`; beyond `most` the smallest are drawn as one."""
    by_name = {item.term: item for item in local.contributions}
    terms = {term.name: term for term in model.all_terms}
    columns = _editable(model, order)
    at = local.intercept[local.output]
    found = [Step("Average row", at, at, is_end=True)]
    shown = order if most is None or len(order) <= most + 1 else order[:most]
    for name in shown:
        item = by_name[name]
        end = at + item.score[local.output]
        term = terms[name]
        touched = any(column in edits for column in term.columns)
        said = one_line(item.value) if isinstance(term, TextTerm) else _said(item, term.axes)
        found.append(Step(name, at, end, said, columns.get(name), touched))
        at = end
    if len(shown) < len(order):
        rest = len(order) - len(shown)
        found.append(Step(f"{rest} smaller terms", at, local.total[local.output]))
        at = local.total[local.output]
    return (*found, Step("Prediction", at, at, is_end=True))


def _said(item: Contribution, axes: Sequence[Axis]) -> str:
    """Return what the row holds there; a pair's names are left out, its label has them."""
    value = one_line(item.value)
    if len(axes) > 1:
        value = value.removeprefix(f"{axes[0].name} ").replace(f", {axes[1].name} ", ", ", 1)
    return f"{value} (not in training)" if item.is_unseen else value


def one_line(text: str, most: int = 200) -> str:
    """Return a text without line breaks, shortened."""
    words = " ".join(text[: 2 * most].split())
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _editable(model: AdditiveModel, order: Sequence[str]) -> dict[str, str]:
    """Give every column one term to be edited in: its strongest of one axis, or its texts'."""
    found = {text.name: text.column for text in model.texts}
    tables = {term.name: term for term in model.terms}
    for name in order:
        axes = tables[name].axes if name in tables else ()
        if len(axes) == 1 and axes[0].column not in found.values():
            found[name] = axes[0].column
    return found


def step_range(found: Sequence[Step]) -> tuple[float, float]:
    """Return the range that holds every bar, with a little room."""
    ends = [end for step in found for end in (step.start, step.end)]
    low, high = min(ends), max(ends)
    margin = (high - low) * 0.04 or 0.5
    return low - margin, high + margin


def step_bar(step: Step) -> Bar:
    """Return the step as the bar that is drawn; the ends of the waterfall are dots."""
    if step.is_end:
        return Bar(step.label, step.end, "total", start=step.end, note=number(step.end))
    tone = "raises" if step.change > 0 else "lowers" if step.change < 0 else "muted"
    return Bar(step.label, step.end, tone, start=step.start, note=signed(step.change))
