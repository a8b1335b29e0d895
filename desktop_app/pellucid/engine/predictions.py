"""A model on the rows of a table: scores, predictions written out, and one row explained."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.paths import whole_file
from pellucid.core.run import Run
from pellucid.data.types import Columns
from pellucid.engine.loading import AnyModel
from pellucid.engine.unseen import Tally, Unseen, score_through
from pellucid.explain.counterfactual import Turns
from pellucid.explain.types import LocalExplanation
from pellucid.models.additive import AdditiveModel
from pellucid.models.multilabel import predicted_labels
from pellucid.models.types import Scores

if TYPE_CHECKING:
    from pellucid.data.table import Table

_CHUNK_ROWS = 20_000
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores on `rows` rows; `left_out` more have no target that the model knows.

    `absent` are the model's columns that the table lacks, `unseen` counts n-grams without a score.
    """

    scores: Scores
    rows: int
    left_out: int
    absent: tuple[str, ...]
    unseen: tuple[Unseen, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What to know about predictions that were written; as in `Evaluation`."""

    absent: tuple[str, ...]
    unseen: tuple[Unseen, ...]


def write_predictions(
    model: AnyModel,
    table: Table,
    out: Path,
    run: Run,
    encoder: str | None = None,
    download: bool = False,
) -> Written:
    """Write a CSV with a row for each row of the file, in order.

    A row that could not be read keeps its number and is empty otherwise. Text that a spreadsheet
    would run as a formula is written with an apostrophe before it. With an `encoder`, n-grams that
    the model lacks are scored through it; raises `UserError` where that cannot be.
    """
    columns, absent = row_columns(model, table)
    model = _with_encoder(model, columns, encoder, run, download)
    tally = Tally()
    classes = model.task.classes
    empty = [""] * (1 + len(classes))
    with whole_file(out) as temporary, temporary.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        names = [f"probability_{name}" for name in classes]
        writer.writerow(["row", "prediction", *names])
        predictions = _predictions(model, columns, table.rows, tally, run)
        unread = set(table.rejected.positions)
        for position in range(table.rows + len(unread)):
            if position % _CHUNK_ROWS == 0:
                run.check()
                run.progress("Predicting", position, table.rows)
            cells = empty if position in unread else next(predictions)
            writer.writerow([position + 1, *cells])
    return Written(absent, tally.columns)


def _with_encoder(
    model: AnyModel, columns: Columns, encoder: str | None, run: Run, download: bool
) -> AnyModel:
    if encoder in (None, "none"):
        return model
    if not isinstance(model, AdditiveModel):
        raise UserError(
            "A transformer brings its own encoder", "Leave --encoder away for this model."
        )
    assert encoder is not None
    return score_through(model, columns, encoder, run, download)


def _predictions(
    model: AnyModel, columns: Columns, rows: int, tally: Tally, run: Run
) -> Iterator[list[str]]:
    for start in range(0, rows, _CHUNK_ROWS):
        chunk = {name: values[start : start + _CHUNK_ROWS] for name, values in columns.items()}
        mean = mean_of(model, chunk, min(_CHUNK_ROWS, rows - start), run, tally)
        if not model.task.classes:
            yield from ([repr(value)] for value in mean.tolist())
            continue
        labels = predicted_labels(model.task, mean).tolist()
        for label, row in zip(labels, mean.tolist(), strict=True):
            yield [_harmless(label), *map(repr, row)]


def mean_of(
    model: AnyModel, columns: Columns, rows: int, run: Run, tally: Tally | None = None
) -> NDArray[np.float64]:
    """Return the probabilities (rows, classes) or values (rows,) that a model predicts."""
    if not isinstance(model, AdditiveModel):
        return model.mean(model.read(columns, run)[0])
    if not columns:  # A model without terms predicts the same for every row.
        return model.mean(np.tile(model.intercept, (rows, 1)))
    return model.mean((tally or Tally()).margin(model, columns))


def _harmless(text: str) -> str:
    """Return text that no spreadsheet runs as a formula; numbers stay as they are."""
    if not text.startswith(_FORMULA_STARTS):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text


def evaluate(
    model: AnyModel, table: Table, run: Run, encoder: str | None = None, download: bool = False
) -> Evaluation:
    """Score the model on every row whose target it can be held against.

    `encoder` is as in `write_predictions`. Raises `UserError` where the table has no such column or
    no such row.
    """
    from pellucid.models.held_out import truth_of
    from pellucid.models.metrics import score
    from pellucid.models.tasks import is_known

    columns, absent = row_columns(model, table)
    truth = truth_of(model.task, table)
    usable = np.flatnonzero(is_known(truth))
    columns = {name: values[usable] for name, values in columns.items()}
    model = _with_encoder(model, columns, encoder, run, download)
    run.progress("Scoring")
    tally = Tally()
    mean = mean_of(model, columns, len(usable), run, tally)
    name = "additive" if isinstance(model, AdditiveModel) else "transformer"
    scores = score(model.task, mean, truth[usable], run.seed, name)
    left_out = table.rows - len(usable)
    return Evaluation(scores, len(usable), left_out, absent, tally.columns)


def explain_row_of(
    model: AdditiveModel, table: Table, number: int
) -> tuple[LocalExplanation, tuple[str, ...]]:
    """Explain row `number`, from 1, and name the model's columns that the table lacks."""
    local, _, absent = explain_and_turn(model, table, number)
    return local, absent


def explain_and_turn(
    model: AdditiveModel, table: Table, number: int
) -> tuple[LocalExplanation, Turns, tuple[str, ...]]:
    """Explain row `number`, say what would turn its prediction, and which columns are lacking."""
    from pellucid.explain.counterfactual import find_turns
    from pellucid.explain.row import explain_row

    position = position_of(table, number)
    columns, absent = row_columns(model, table)
    actual = actual_of(model, table, position)
    local = explain_row(model, columns, position, number=number, actual=actual)
    return local, find_turns(model, columns, position, local.output), absent


def actual_of(model: AnyModel, table: Table, position: int) -> str | None:
    """Return what the table says of the target in the row at `position`, None for nothing."""
    if model.task.target not in {column.name for column in table.columns}:
        return None
    said = table.page(position, 1)[0][table.position(model.task.target)] or ""
    return said.strip() or None


def position_of(table: Table, number: int) -> int:
    """Return where row `number` of the file is in the table; lines that were not read count."""
    unread: Sequence[int] = table.rejected.positions
    total = table.rows + len(unread)
    if not 1 <= number <= total:
        raise UserError(f"There is no row {number:,}", f"The file has rows 1 to {total:,}.")
    if number - 1 in unread:
        raise UserError(
            f"Row {number:,} could not be read, so it cannot be explained",
            "See how the file was understood: pellucid open FILE.",
        )
    return number - 1 - sum(position < number for position in unread)


def number_of(table: Table, position: int) -> int:
    """Return the number of a row in its file, from 1: the reverse of `position_of`."""
    number = position + 1
    for unread in sorted(table.rejected.positions):
        if unread >= number:
            break
        number += 1
    return number


def row_columns(model: AnyModel, frame: object) -> tuple[Columns, tuple[str, ...]]:
    """Return the model's columns, typed, of a table or frame, and the names that it lacks."""
    from pellucid.data.frames import columns_of

    used = set(model.columns)
    wanted = [(name, kind) for name, kind in model.task.features if name in used]
    return columns_of(frame, wanted)
