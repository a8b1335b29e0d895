"""`evaluate` and `predict`: a saved model of any kind on another file."""

from __future__ import annotations

import argparse
from pathlib import Path

from pellucid.cli.console import Console
from pellucid.cli.documents import evaluation_document
from pellucid.cli.fitting import check_folder, may_download, tell_scores
from pellucid.core.numbers import count, listing, percent, plural
from pellucid.core.run import Run
from pellucid.data.table import Table
from pellucid.engine.loading import AnyFit, load_any
from pellucid.engine.unseen import Unseen


def evaluate_model(arguments: argparse.Namespace, console: Console, run: Run) -> int:
    """Score a model on the rows of another file."""
    from pellucid.engine.predictions import evaluate

    fitted, table = load(arguments.model, arguments.file, console, run)
    with table:
        found = evaluate(fitted.model, table, run, arguments.encoder, may_download(arguments))
    console.clear_progress()
    _tell_absent(found.absent, console)
    _tell_unseen(found.unseen, arguments, console)
    if found.left_out:
        target = fitted.model.task.target
        console.note(f"{plural(found.left_out, 'row')} have no usable {target} and took no part")
    document = evaluation_document(found.scores, found.rows, found.left_out)
    console.document({**document, "unseen": _unseen(found.unseen)})
    console.line(f"{arguments.model} on {arguments.file}: {plural(found.rows, 'row')}")
    tell_scores(
        [(found.scores.name, found.scores.metrics)], found.scores.interval, console, "On these rows"
    )
    return 0


def predict_rows(arguments: argparse.Namespace, console: Console, run: Run) -> int:
    """Write a row out for each row in, in order."""
    from pellucid.engine.predictions import write_predictions

    check_folder(arguments.out)
    fitted, table = load(arguments.model, arguments.file, console, run)
    with table:
        written = write_predictions(
            fitted.model, table, arguments.out, run, arguments.encoder, may_download(arguments)
        )
    console.clear_progress()
    _tell_absent(written.absent, console)
    _tell_unseen(written.unseen, arguments, console)
    rows, empty = table.rows + table.rejected.rows, table.rejected.rows
    console.document(
        {
            "path": str(arguments.out),
            "rows": rows,
            "empty": empty,
            "missing_columns": written.absent,
            "unseen": _unseen(written.unseen),
        }
    )
    left = f", {count(empty)} of them empty" if empty else ""
    console.line(f"{arguments.out}: {plural(rows, 'row')}{left}")
    return 0


def load(model: Path, file: Path, console: Console, run: Run) -> tuple[AnyFit, Table]:
    """Load a model and open the file that it is to be used on."""
    from pellucid.cli.tables import read_table

    fitted = load_any(model)
    return fitted, read_table(file, console, run)


def _tell_absent(absent: tuple[str, ...], console: Console) -> None:
    if absent:
        names = listing(list(absent), 20)
        console.note(f"the file has no {names}; the model treats that as missing")


def _tell_unseen(
    columns: tuple[Unseen, ...], arguments: argparse.Namespace, console: Console
) -> None:
    """Say how much of the texts the model has no score for; nothing where that is nothing."""
    for found in columns:
        if not found.unseen:
            continue
        through = " even through the encoder" if arguments.encoder not in (None, "none") else ""
        console.note(
            f"{percent(found.share)} of the n-grams in {found.column} have no score{through} and "
            "add nothing"
        )


def _unseen(columns: tuple[Unseen, ...]) -> list[dict[str, object]]:
    return [{"column": c.column, "unseen": c.unseen, "occurrences": c.occurrences} for c in columns]
