"""`evaluate` and `predict`: a saved model on another file."""

from __future__ import annotations

import argparse
from pathlib import Path

from pellucid.cli.console import Console
from pellucid.cli.documents import evaluation_document
from pellucid.cli.fitting import check_folder, tell_scores
from pellucid.core.numbers import count, listing, plural
from pellucid.core.run import Run
from pellucid.data.table import Table
from pellucid.models.fit import Fit


def evaluate_model(arguments: argparse.Namespace, console: Console, run: Run) -> int:
    """Score a model on the rows of another file."""
    from pellucid.engine.predictions import evaluate

    fitted, table = load(arguments.model, arguments.file, console, run)
    with table:
        found = evaluate(fitted.model, table, run)
    console.clear_progress()
    _tell_absent(found.absent, console)
    if found.left_out:
        target = fitted.model.task.target
        console.note(f"{plural(found.left_out, 'row')} have no usable {target} and took no part")
    console.document(evaluation_document(found.scores, found.rows, found.left_out))
    console.line(f"{arguments.model} on {arguments.file}: {plural(found.rows, 'row')}")
    tell_scores(
        [("additive", found.scores.metrics)], found.scores.interval, console, "On these rows"
    )
    return 0


def predict_rows(arguments: argparse.Namespace, console: Console, run: Run) -> int:
    """Write a row out for each row in, in order."""
    from pellucid.engine.predictions import write_predictions

    check_folder(arguments.out)
    fitted, table = load(arguments.model, arguments.file, console, run)
    with table:
        absent = write_predictions(fitted.model, table, arguments.out, run)
    console.clear_progress()
    _tell_absent(absent, console)
    rows, empty = table.rows + table.rejected.rows, table.rejected.rows
    console.document(
        {"path": str(arguments.out), "rows": rows, "empty": empty, "missing_columns": absent}
    )
    left = f", {count(empty)} of them empty" if empty else ""
    console.line(f"{arguments.out}: {plural(rows, 'row')}{left}")
    return 0


def load(model: Path, file: Path, console: Console, run: Run) -> tuple[Fit, Table]:
    """Load a model and open the file that it is to be used on."""
    from pellucid.cli.tables import read_table
    from pellucid.models.files import load_fit

    fitted = load_fit(model)
    return fitted, read_table(file, console, run)


def _tell_absent(absent: tuple[str, ...], console: Console) -> None:
    if absent:
        names = listing(list(absent), 20)
        console.note(f"the file has no {names}; the model treats that as missing")
