"""A table to a transformer tuned on one column of texts, measured on rows that it did not see."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

import numpy as np

from pellucid.core.errors import UserError
from pellucid.core.numbers import listing, plural
from pellucid.core.run import Run
from pellucid.data.types import Alert
from pellucid.encoders.folders import ModelFolder, resolve
from pellucid.encoders.offline import offline_model
from pellucid.encoders.tuning import Tuned, tune
from pellucid.models.baselines import TFIDF, predict_from_words
from pellucid.models.black_box.box import BlackBox, BlackBoxFit
from pellucid.models.metrics import Resampled, beside, resample
from pellucid.models.setup import Ground, read_ground, rows_of
from pellucid.models.tasks import make_task
from pellucid.models.types import FitOptions, FitSummary, LeftOut, Scores, Seconds

if TYPE_CHECKING:
    from pellucid.data.table import Table

NAME = "transformer"


def fit_transformer(
    table: Table,
    options: FitOptions,
    run: Run = Run(),  # noqa: B008 - it is frozen
    test_table: Table | None = None,
) -> BlackBoxFit:
    """Tune an encoder to predict the target from one column of texts, and measure it.

    The column is the only one named in `options.texts`, else the only one of kind text. Rows are
    dealt as for the additive model; the encoder is tuned on those for training. Raises
    `UserError` where no column or several could be meant, where there is no encoder, and for a
    target that cannot be predicted.
    """
    start = monotonic()
    if test_table is not None:
        options = replace(options, test_size=0.0)
    folder = encoder_folder(options, run)
    with ExitStack() as stack:
        if options.texts:
            table = _viewed(table, options, stack)
            test_table = _viewed(test_table, options, stack) if test_table is not None else None
        column, left_out = text_column(table, options)
        others = tuple(c.name for c in table.columns if c.name not in (column, options.target))
        ground = read_ground(table, replace(options, drop=others), run, test_table)
    tuned = _tune(ground, column, folder, run)
    model = BlackBox(ground.task, column, tuned.folder)
    test, cut = _score(model, ground, run)
    total = monotonic() - start
    summary = FitSummary(
        task=ground.task,
        options=options,
        rows=rows_of(ground.rows.split),
        left_out=left_out,
        bags=1,
        bags_asked=1,
        seconds=Seconds(total, total),
        test=test.scores,
        baselines=_baselines(ground, column, test),
        evidence=(),
        warnings=(*ground.warnings, *_warnings(tuned, column, cut)),
        source_fingerprint=table.source.fingerprint,
    )
    split = ground.rows.split
    return BlackBoxFit(model, summary, replace(split, part=split.part[: table.rows]))


def encoder_folder(options: FitOptions, run: Run) -> ModelFolder:
    """Return the model to tune: the one asked for, else that of the extra `offline`."""
    if options.encoder == "none":
        raise UserError(
            "A transformer cannot be tuned without an encoder",
            "Leave --encoder out, or give the folder of a language model.",
        )
    if options.encoder is not None:
        return resolve(options.encoder, run, options.download)
    found = offline_model()
    if found is None:
        raise UserError(
            "There is no language model on this machine to tune",
            "Install Pellucid with its extra `offline`, or give a folder with --encoder.",
        )
    return found


def text_column(table: Table, options: FitOptions) -> tuple[str, tuple[LeftOut, ...]]:
    """Return the one column of texts to read, and why each other column takes no part.

    Raises `UserError` where there is none, or several and `options` do not say which.
    """
    task, left_out, _ = make_task(table, replace(options, kind="transformer"))
    found = options.texts or tuple(name for name, kind in task.features if kind == "text")
    found = tuple(dict.fromkeys(found))
    if not found:
        raise UserError(
            "There is no column of texts, which is what a transformer reads",
            "Name the column to read as text with --text, or fit the additive model.",
        )
    if len(found) > 1:
        raise UserError(
            f"A transformer reads one column of texts, and there are {listing(list(found), 6)}",
            "Name the one to read with --text.",
        )
    why = "stands beside the one column of texts that a transformer reads"
    rest = tuple(LeftOut(name, why) for name, _ in task.features if name != found[0])
    return found[0], (*left_out, *rest)


def _viewed(table: Table, options: FitOptions, stack: ExitStack) -> Table:
    """View the columns that are to be read as texts as such."""
    there = {column.name for column in table.columns}
    viewed = table.with_kinds({name: "text" for name in options.texts if name in there})
    return table if viewed is table else stack.enter_context(viewed)


def _tune(ground: Ground, column: str, folder: ModelFolder, run: Run) -> Tuned:
    rows = ground.rows.split.rows("train")
    texts = [text or "" for text in ground.rows.columns[column][rows].tolist()]
    target = ground.rows.target[rows]
    return tune(folder, texts, target, ground.task.classes, replace(run, seed=ground.seed))


def _score(model: BlackBox, ground: Ground, run: Run) -> tuple[Resampled, int]:
    """Return the metrics on the test rows, and how many of their texts were cut."""
    columns, truth = ground.rows.of("test")
    run.progress("Testing the model")
    margins, cut = model.read(columns, run)
    mean = model.mean(margins) if len(truth) else np.empty(0)
    return resample(ground.task, mean, truth, ground.seed, NAME), cut


def _baselines(ground: Ground, column: str, test: Resampled) -> tuple[Scores, ...]:
    """Return how good counted words do on the rows of `test`; nothing where there are no words."""
    texts = {
        part: [text or "" for text in ground.rows.of(part)[0][column].tolist()]
        for part in ("train", "test")
    }
    truth = ground.rows.of("test")[1]
    if not len(truth):
        return ()
    task, target = ground.task, ground.rows.of("train")[1]
    try:
        mean = predict_from_words(
            task.kind, len(task.classes), texts["train"], texts["test"], target
        )
    except ValueError:
        return ()
    return (beside(test, resample(task, mean, truth, ground.seed, TFIDF)),)


def _warnings(tuned: Tuned, column: str, cut: int) -> tuple[Alert, ...]:
    found = []
    if tuned.texts < tuned.texts_given:
        found.append(f"The encoder was tuned on {tuned.texts:,} of {tuned.texts_given:,} texts")
    if tuned.was_stopped:
        found.append(f"Tuning was stopped; the weights are those of epoch {tuned.epochs}")
    if cut:
        found.append(
            f"{plural(cut, 'text')} of the test rows were longer than the {tuned.most_tokens} "
            "tokens that the transformer reads; the rest of each was not read"
        )
    return tuple(Alert("transformer", (column,), message) for message in found)
