"""Pellucid from Python: the same steps as the window and the command line, in this process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal, overload

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.models.types import FitOptions, Quality

if TYPE_CHECKING:
    from pellucid.data.table import Table
    from pellucid.data.types import Kind
    from pellucid.explain.types import LocalExplanation, ModelExplanation
    from pellucid.models.additive import AdditiveModel
    from pellucid.models.fit import Fit
    from pellucid.writing.types import Words

FilePath = str | PathLike[str]


def open_(
    path: FilePath,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    quote: str | None = None,
    header_rows: int | None = None,
    decimal: str | None = None,
    kinds: Mapping[str, Kind] | None = None,
) -> Table:
    """Open a CSV or TSV file as a table; what is None is found out from the file.

    Args:
        path: The file.
        encoding: For example "utf-8" or "cp1252".
        delimiter: What stands between cells.
        quote: What stands around cells, "" for nothing.
        header_rows: How many rows come before the data, 0 where there are no headings.
        decimal: "." or ",".
        kinds: The kinds of some columns by name, in place of what would be inferred.

    Raises `pellucid.core.errors.UserError` for what is not a table with rows.
    """
    from pellucid.data.reading import Reading, open_table

    reading = Reading(encoding, delimiter, quote, header_rows, decimal, kinds or {})
    return open_table(Path(path), reading)


def fit(
    table: Table | FilePath,
    target: str,
    *,
    task: Literal["auto", "classification", "regression"] = "auto",
    positive: str | None = None,
    drop: Sequence[str] = (),
    quality: Quality = "standard",
    test_size: float = 0.2,
    test: Table | FilePath | None = None,
    seed: int = 0,
    run: Run | None = None,
) -> Fit:
    """Fit a model that can be read to a table or file.

    Args:
        table: The table, or the path of a file to open.
        target: The column to predict.
        task: Whether the target is a class or a number; "auto" decides from its kind.
        positive: With two classes, the one that scores refer to; the second by default.
        drop: Columns that are to take no part.
        quality: "preview", "standard" or "best".
        test_size: The share of rows that test the model.
        test: A table or file whose rows test the model instead.
        seed: Seeds every random choice; the same seed gives the same model.
        run: Progress, partial results and stopping; by default silent.

    Raises `pellucid.core.errors.UserError` for a target that cannot be predicted.
    """
    from pellucid.models import fitting

    options = FitOptions(target, task, positive, tuple(drop), quality, test_size, seed)
    chosen = run or Run(seed=seed)
    with ExitStack() as stack:
        rows = _opened(table, stack)
        test_rows = None if test is None else _opened(test, stack)
        return fitting.fit(rows, options, chosen, test_rows)


def _opened(table: Table | FilePath, stack: ExitStack) -> Table:
    return stack.enter_context(open_(table)) if isinstance(table, str | PathLike) else table


@overload
def explain(model: Fit, row: None = None) -> ModelExplanation: ...
@overload
def explain(
    model: Fit | AdditiveModel, row: int, data: Table | FilePath | object
) -> LocalExplanation: ...
def explain(
    model: Fit | AdditiveModel, row: int | None = None, data: Table | FilePath | object = None
) -> ModelExplanation | LocalExplanation:
    """Explain a fit as a whole, or the prediction of one row, exactly.

    Args:
        model: A fit; for one row its `model` alone is enough.
        row: The row of `data` to explain, numbered from 1.
        data: A table, the path of a file, a pandas frame, a mapping of columns or a list of dicts.

    Raises `pellucid.core.errors.UserError` where something does not fit together.
    """
    from pellucid.models.fit import Fit

    if row is None:
        from pellucid.explain.model import explain_model

        if not isinstance(model, Fit):
            raise UserError(
                "Explaining a whole model needs the fit it came from",
                "Pass what pellucid.fit or pellucid.load returned.",
            )
        return explain_model(model)
    if data is None:
        raise UserError("Explaining a row needs the rows", "Pass them as data.")
    additive = model.model if isinstance(model, Fit) else model
    return _explain_row(additive, row, data)


def _explain_row(model: AdditiveModel, row: int, data: object) -> LocalExplanation:
    from pellucid.data.frames import columns_of
    from pellucid.data.table import Table
    from pellucid.engine.predictions import explain_row_of
    from pellucid.explain.row import explain_row

    if isinstance(data, str | PathLike):
        with open_(data) as opened:
            return explain_row_of(model, opened, row)[0]
    if isinstance(data, Table):
        return explain_row_of(model, data, row)[0]
    columns, _ = columns_of(data, model.task.features)
    rows = len(next(iter(columns.values()), ()))
    if not 1 <= row <= rows:
        raise UserError(f"There is no row {row}", f"There are rows 1 to {rows}.")
    return explain_row(model, columns, row - 1, number=row)


def summarize(
    table: Table | FilePath, fit: Fit | None = None, writer: Literal["builtin"] = "builtin"
) -> Words:
    """Write up a table, and a fit if there is one; every claim names the facts that carry it.

    Raises `pellucid.core.errors.UserError` for a writer other than the built-in one.
    """
    from pellucid.engine.pipeline import study

    if writer != "builtin":
        raise UserError(f"There is no writer {writer}", 'Use "builtin".')
    if isinstance(table, str | PathLike):
        with open_(table) as opened:
            return study(opened, fit, Run()).words
    return study(table, fit, Run()).words


def report(
    path: FilePath,
    target: str | None = None,
    *,
    out: FilePath,
    quality: Quality = "standard",
    seed: int = 0,
) -> Path:
    """Do the whole path on a file and write the report; return where it is.

    Args:
        path: The file.
        target: The column to predict; without one the report describes the data.
        out: Where to write, ending in .html or .md; written whole or not at all.
        quality: As for `fit`.
        seed: Seeds every random choice.
    """
    from pellucid.engine.pipeline import study
    from pellucid.report.render import write_report

    with open_(path) as table:
        fitted = fit(table, target, quality=quality, seed=seed) if target is not None else None
        document = study(table, fitted, Run(seed=seed)).report()
    write_report(document, Path(out))
    return Path(out)


def load(path: FilePath) -> Fit:
    """Load a fit that `fit -o` or `models.files.save_fit` wrote; its `model` predicts.

    Raises `pellucid.core.errors.UserError` for a file that is missing or damaged.
    """
    from pellucid.models.files import load_fit

    return load_fit(Path(path))
