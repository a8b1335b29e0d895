"""What a row holds for the inputs of a term, and how each is to be read."""

from __future__ import annotations

from dataclasses import dataclass

from pellucid.explain.cells import EMPTY, MISSING, is_year
from pellucid.explain.types import Contribution, TermExplanation
from pellucid.models.additive import Axis

_LONG = 60


def value_text(item: Contribution, term: TermExplanation) -> str:
    """Say what the row holds there: `Sex is Male`, `Age is 39 and Hours is 40`."""
    if term.kind == "ngrams":
        return f"{item.term} has {item.cell}"
    held = inputs_of(item, term)
    return " and ".join(f"{one.name} is {shortened(one.cell)}" for one in held)


@dataclass(frozen=True, slots=True)
class RowInput:
    """What a row holds for one input of a term.

    `sort` says how to read `cell`: "number", "year", "date" (ISO), "hour", "month" or "weekday" (in
    English), "cell" (the file's own), "words" (of a text), "missing" or "empty". `name` is the axis
    as it is shown, `column` where it comes from.
    """

    name: str
    column: str
    sort: str
    cell: str


def inputs_of(item: Contribution, term: TermExplanation) -> list[RowInput]:
    """Return what the row holds for each input of a term.

    Elapsed time goes by its column's name, since its value is told as a date.
    """
    cells = [item.value]
    if len(term.axes) > 1:
        first, _, second = item.value.partition(f", {term.axes[1].name} ")
        cells = [first.removeprefix(f"{term.axes[0].name} "), second]
    return [
        RowInput(axis.column if axis.part == "elapsed" else axis.name, axis.column,
                 _sort(axis, cell, term.kind), cell)
        for axis, cell in zip(term.axes, cells, strict=True)
    ]  # fmt: skip


def _sort(axis: Axis, cell: str, kind: str) -> str:
    if kind == "ngrams" or axis.tree is not None:
        return "words"
    if cell == MISSING:
        return "missing"
    if axis.part != "value":
        return "date" if axis.part == "elapsed" else axis.part
    if axis.levels is not None:
        return "empty" if cell == EMPTY else "cell"
    return "year" if is_year(axis) else "number"


def input_details(inputs: list[RowInput]) -> dict[str, float | str]:
    """Return the inputs as details: how many, and each one's name, column, sort and cell."""
    found: dict[str, float | str] = {"inputs": len(inputs)}
    for place, one in enumerate(inputs):
        found |= {f"name{place}": one.name, f"column{place}": one.column}
        found |= {f"sort{place}": one.sort, f"cell{place}": one.cell}
    return found


def shortened(text: str) -> str:
    """Cut a cell that is longer than a few words."""
    return text if len(text) <= _LONG else f"{text[: _LONG - 1].rstrip()}…"
