"""A quiz dealt from a table: its rows, what is shown of them, and what stays behind."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.numbers import count, number, plural
from pellucid.core.run import Run
from pellucid.engine.columns import part_of, sampled
from pellucid.engine.loading import AnyFit, AnyModel
from pellucid.engine.predictions import mean_of, row_columns
from pellucid.engine.quiz_explaining import guide_for, shown_columns, whys_of
from pellucid.explain.cells import MISSING, level_label
from pellucid.explain.quiz.choices import Choices, class_choices, range_choices
from pellucid.explain.quiz.dealing import deal
from pellucid.explain.quiz.types import (
    Cell,
    Design,
    Example,
    Question,
    Quiz,
)
from pellucid.models.additive import AdditiveModel
from pellucid.models.held_out import truth_of
from pellucid.models.multilabel import predicted_labels

if TYPE_CHECKING:
    from pellucid.data.table import Table

Rows = NDArray[np.intp]
MOST_ROWS = 4_000
MOST_TEXTS = 400
"""Rows that a transformer reads to deal from: it takes a second for a few dozen."""
MOST_CHARACTERS = 2_000
_TAG = 212
_PAIRED = 2


@dataclass(frozen=True, slots=True)
class Truth:
    """What the table says of a row, and which choice that is: -1 for none, None where unknown."""

    text: str | None = None
    code: int | None = None


@dataclass(frozen=True, slots=True)
class Dealt:
    """A quiz with what its reader does not see: of each question the row and what is right.

    `rows` (n,) are 0-based positions in the table, `right` (n,) positions of choices.
    """

    quiz: Quiz
    rows: tuple[int, ...]
    right: tuple[int, ...]
    truths: tuple[Truth, ...]


def deal_from(found: AnyFit, table: Table, design: Design, run: Run) -> Dealt:
    """Deal a quiz from the rows that tested a model, or all rows of another table.

    Raises `UserError` for a model of several labels a row, for a design that cannot be dealt, and
    where the rows do not suffice.
    """
    _check(found.model, design)
    model = found.model
    run.progress("Dealing the questions")
    part = part_of(found, table, "test")
    most = MOST_ROWS if isinstance(model, AdditiveModel) else MOST_TEXTS
    rows = np.asarray(sampled(part.rows.tolist(), most, design.seed, _TAG), dtype=np.intp)
    shown = shown_columns(model)
    cells = cells_of(table, shown, rows)
    kept = _different(cells)
    rows, cells = rows[kept], [cells[place] for place in kept]
    columns = {name: v[rows] for name, v in row_columns(model, table)[0].items()}
    mean = mean_of(model, columns, len(rows), run)
    choices = _choices(model, mean)
    strength = mean.max(axis=1) if model.task.classes else mean
    dealt = deal(choices.codes, strength, len(choices.labels), design)
    shown_rows: list[int] = dealt.examples.tolist()
    whys = whys_of(found, columns, shown_rows, shown, run)
    outputs = {row: _output(choices, row, mean) for row in shown_rows}
    asked = np.concatenate([dealt.without, dealt.with_])
    questions = tuple(
        Question("without" if place < len(dealt.without) else "with", cells[row])
        for place, row in enumerate(asked.tolist())
    )
    quiz = Quiz(
        design=design,
        target=model.task.target,
        choices=choices.labels,
        is_ranges=not model.task.classes,
        examples=tuple(
            Example(cells[row], outputs[row], why)
            for row, why in zip(shown_rows, whys, strict=True)
        ),
        guide=guide_for(found, shown),
        questions=questions,
        notes=_notes(part.part, model, shown, choices, len(asked), design),
    )
    return Dealt(
        quiz,
        tuple(rows[asked].tolist()),
        tuple(choices.codes[asked].tolist()),
        _truths(model, table, rows[asked], choices),
    )


def _check(model: AnyModel, design: Design) -> None:
    if model.task.kind == "multilabel":
        raise UserError(
            "A quiz asks for one class or one number, and this model gives a row several labels",
            "Choose a model of one class or number a row.",
        )
    if design.questions < 2 * _PAIRED or design.questions % _PAIRED or design.examples < 1:
        raise UserError(
            f"A quiz of {plural(design.questions, 'question')} and "
            f"{plural(design.examples, 'example')} cannot be dealt",
            "Ask for an even number of questions, 4 or more, and for an example at least.",
        )


def _choices(model: AnyModel, mean: NDArray[np.float64]) -> Choices:
    if not model.task.classes:
        return range_choices(mean)
    return class_choices(predicted_labels(model.task, mean).astype(str), model.task.classes)


# What is shown of a row


def cells_of(table: Table, columns: Sequence[str], rows: Rows) -> list[tuple[Cell, ...]]:
    """Return what rows hold in some columns, as the file says it."""
    there = {column.name for column in table.columns}
    texts = [table.text(name, rows).tolist() if name in there else [] for name in columns]
    return [
        tuple(
            Cell(name, _cell(told[place] if told else None))
            for name, told in zip(columns, texts, strict=True)
        )
        for place in range(len(rows))
    ]


def _cell(text: str | None) -> str:
    tidy = " ".join((text or "").split())
    if len(tidy) > MOST_CHARACTERS:
        return tidy[:MOST_CHARACTERS].rstrip() + " …"
    return level_label(tidy) or MISSING


def _different(cells: Sequence[tuple[Cell, ...]]) -> list[int]:
    """Return the first of all rows that look the same: an example must not be a question too."""
    seen: dict[tuple[Cell, ...], int] = {}
    for place, row in enumerate(cells):
        seen.setdefault(row, place)
    return list(seen.values())


def _output(choices: Choices, row: int, mean: NDArray[np.float64]) -> str:
    """Return what an example says of the model's output: a class, or a value with its range."""
    label = choices.labels[choices.codes[row]]
    return f"{number(float(mean[row]))} ({label})" if choices.cuts else label


def _truths(model: AnyModel, table: Table, rows: Rows, choices: Choices) -> tuple[Truth, ...]:
    """Return what the table says of each row; nothing for a table without the target."""
    try:
        known = truth_of(model.task, table)[rows]
    except UserError:
        return tuple(Truth() for _ in rows)
    if not model.task.classes:
        return tuple(
            Truth(number(value), choices.code_of(value)) if math.isfinite(value) else Truth()
            for value in known.astype(np.float64).tolist()
        )
    names = [model.task.classes[code] if code >= 0 else None for code in known.tolist()]
    places = {label: place for place, label in enumerate(choices.labels)}
    return tuple(Truth() if name is None else Truth(name, places.get(name, -1)) for name in names)


def _notes(
    part: str,
    model: AnyModel,
    shown: tuple[str, ...],
    choices: Choices,
    asked: int,
    design: Design,
) -> tuple[str, ...]:
    """Say what the reader should know of the rows, the columns and the choices."""
    notes = []
    if part != "test":
        notes.append("The rows are all those of the file; which of them the model knew is not "
                     "known.")  # fmt: skip
    if asked < design.questions:
        notes.append(f"The rows suffice for {plural(asked, 'question')}, not for "
                     f"{count(design.questions)}.")  # fmt: skip
    hidden = len(set(model.columns)) - len(shown)
    if hidden > 0:
        notes.append(f"{plural(hidden, 'column')} that move predictions less are not shown.")
    if choices.left_out:
        notes.append(f"{plural(choices.left_out, 'rarer output')} of the model are no choice.")
    return tuple(notes)
