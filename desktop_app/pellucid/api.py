"""Pellucid from Python: the same steps as the window and the command line, in this process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal, overload

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.models.types import FitOptions, ModelKind, Quality

if TYPE_CHECKING:
    from pellucid.data.table import Table
    from pellucid.data.types import Columns, Kind
    from pellucid.engine.comparing import GroupsView
    from pellucid.engine.loading import AnyFit, AnyModel
    from pellucid.engine.pipeline import Study
    from pellucid.explain.tokens.types import Granularity, Method, TokenExplanation
    from pellucid.explain.types import LocalExplanation, ModelExplanation
    from pellucid.models.additive import AdditiveModel
    from pellucid.writing.orders import Writing
    from pellucid.writing.questions.types import Answer
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
    texts: Sequence[str] = (),
    encoder: FilePath | None = None,
    tune: bool = False,
    download: bool = False,
    kind: ModelKind = "additive",
    seed: int = 0,
    run: Run | None = None,
) -> AnyFit:
    """Fit a model to a table or file, by default one that can be read.

    Args:
        table: The table, or the path of a file to open.
        target: The column to predict.
        task: Whether the target is a class or a number; "auto" decides from its kind.
        positive: With two classes, the one that scores refer to; the second by default.
        drop: Columns that are to take no part.
        quality: "preview", "standard" or "best".
        test_size: The share of rows that test the model.
        test: A table or file whose rows test the model instead.
        texts: Columns to read as texts; those seen to be texts are read as such anyway.
        encoder: What turns texts into vectors: the folder or hub id of a language model, "none" for
            none; by default that of the extra `offline`.
        tune: Whether to tune the encoder on the task first.
        download: Whether a model may be fetched that is named by its hub id.
        kind: "additive", "tree" for a tree of keywords over the texts, or "transformer".
        seed: Seeds every random choice; the same seed gives the same model.
        run: Progress, partial results and stopping; by default silent.

    Raises `pellucid.core.errors.UserError` for a target that cannot be predicted.
    """
    from pellucid.engine.fitting import fit_any

    options = FitOptions(
        target, task, positive, tuple(drop), quality, test_size, seed, kind, tuple(texts),
        None if encoder is None else str(encoder), tune, download,
    )  # fmt: skip
    chosen = run or Run(seed=seed)
    with ExitStack() as stack:
        rows = _opened(table, stack)
        test_rows = None if test is None else _opened(test, stack)
        return fit_any(rows, options, chosen, test_rows)


def _opened(table: Table | FilePath, stack: ExitStack) -> Table:
    return stack.enter_context(open_(table)) if isinstance(table, str | PathLike) else table


@overload
def explain(model: AnyFit, row: None = None) -> ModelExplanation: ...
@overload
def explain(
    model: AnyFit | AdditiveModel, row: int, data: Table | FilePath | object
) -> LocalExplanation: ...
@overload
def explain(
    model: AnyFit | AnyModel,
    row: int | None = None,
    data: Table | FilePath | object = None,
    *,
    text: str,
    column: str | None = None,
    method: Method | None = None,
    granularity: Granularity = "token",
    label: str | None = None,
    against: str | None = None,
) -> TokenExplanation: ...
def explain(
    model: AnyFit | AnyModel,
    row: int | None = None,
    data: Table | FilePath | object = None,
    *,
    text: str | None = None,
    column: str | None = None,
    method: Method | None = None,
    granularity: Granularity = "token",
    label: str | None = None,
    against: str | None = None,
) -> ModelExplanation | LocalExplanation | TokenExplanation:
    """Explain a fit as a whole, the prediction of one row, or that of one text.

    Args:
        model: A fit; for a row or a text its `model` alone is enough.
        row: The row of `data` to explain, numbered from 1; beside a `text`, the row whose other
            columns the text is put in.
        data: A table, the path of a file, a pandas frame, a mapping of columns or a list of dicts.
        text: The text; without a row, the other columns are average.
        column: Which column of texts it belongs to; by default the model's first.
        method: How the text's tokens get scores; exact ones by default where there are such.
        granularity: What carries scores: "token", "word" or "sentence".
        label: The class to explain; by default the predicted one.
        against: The class that it is set against.

    Raises `UserError` where something does not fit together.
    """
    from pellucid.engine.loading import as_fit
    from pellucid.models.additive import AdditiveModel
    from pellucid.models.fit import Fit

    if row is not None and data is None:
        raise UserError("Explaining a row needs the rows", "Pass them as data.")
    if text is not None:
        from pellucid.engine.texts import explain_with

        fitted = as_fit(model)
        others = None if row is None else _one_row(fitted.model, row, data)
        return explain_with(
            fitted, text, Run(), column=column, method=method, granularity=granularity,
            others=others, label=label, contrast=against,
        )  # fmt: skip
    additive = model if isinstance(model, AdditiveModel) else getattr(model, "model", None)
    if not isinstance(additive, AdditiveModel):
        raise UserError(
            "A transformer has no terms that could be shown", "Explain a text: pass it as text."
        )
    if row is not None:
        return _explain_row(additive, row, data)
    from pellucid.explain.model import explain_model

    if not isinstance(model, Fit):
        raise UserError(
            "Explaining a whole model needs the fit it came from",
            "Pass what pellucid.fit or pellucid.load returned.",
        )
    return explain_model(model)


def _one_row(model: AnyModel, row: int, data: object) -> Columns:
    """Return the model's columns of one row, typed."""
    from pellucid.data.table import Table
    from pellucid.engine.predictions import position_of, row_columns

    if isinstance(data, str | PathLike):
        with open_(data) as opened:
            return _one_row(model, row, opened)
    columns, _ = row_columns(model, data)
    position = position_of(data, row) if isinstance(data, Table) else row - 1
    rows = len(next(iter(columns.values()), ()))
    if not 0 <= position < rows:
        raise UserError(f"There is no row {row}", f"There are rows 1 to {rows}.")
    return {name: values[position : position + 1] for name, values in columns.items()}


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


def compare(
    table: Table | FilePath, column: str, first: str, second: str = "", *, seed: int = 0
) -> GroupsView:
    """Say what tells the rows whose `column` holds `first` from those that hold `second`.

    Without a `second` value, from all other rows. The result's `words` are claims with facts, its
    `found` the same in numbers. Raises `UserError` for groups that are not there or too small.
    """
    from pellucid.engine.comparing import compare_table
    from pellucid.facts.contrasts import GroupNames

    with ExitStack() as stack:
        opened = _opened(table, stack)
        return compare_table(opened, GroupNames(column, first, second), Run(seed=seed))


def ask(
    table: Table | FilePath,
    question: str = "",
    fit: AnyFit | None = None,
    *,
    target: str = "",
    before: Answer | None = None,
    plan: object = None,
    context: Sequence[FilePath] = (),
    seed: int = 0,
) -> Answer:
    """Answer a question about a table, and about a fit if there is one, from facts.

    Args:
        table: The table, or the path of a file.
        question: In plain English. What the file cannot answer has no claims, and says why.
        fit: The model that questions about a model refer to.
        target: Without a fit, the column to predict; a model is fitted when a question needs it.
        before: The answer to the question before, on which this one may lean.
        plan: A plan in JSON, as `answer.plan` was shown, to be run instead of reading the question.
        context: Documents (.csv, .md, .txt, .pdf) that say what columns and terms mean.
        seed: Seeds every random choice.

    Raises `pellucid.core.errors.UserError` for what cannot be computed.
    """
    from pellucid.data.documents import read_document
    from pellucid.engine.asking import Asking, answer
    from pellucid.engine.documents import Context

    with ExitStack() as stack:
        documents = Context(tuple(read_document(Path(path)) for path in context))
        asking = Asking(_opened(table, stack), fit, target, context=documents)
        last = before.conversation if before is not None else None
        return answer(asking, question, Run(seed=seed), before=last, plan=plan)


def tell(
    model: AnyFit | AdditiveModel,
    row: int,
    data: Table | FilePath,
    *,
    audience: str = "analyst",
    language: str = "en",
) -> str:
    """Tell the prediction of one row in words: what is predicted, what moves it, what turns it.

    Args:
        model: A fit, or its model alone.
        row: The row of `data`, numbered from 1.
        data: A table or the path of a file.
        audience: "layperson", "analyst" or "engineer".
        language: "en", "zh", "de", "es" or "fr".

    Raises `pellucid.core.errors.UserError` for a transformer, and where something is not there.
    """
    from pellucid.engine.loading import as_fit
    from pellucid.engine.predictions import explain_and_turn
    from pellucid.explain.model import explain_model
    from pellucid.models.fit import Fit
    from pellucid.writing.row_words import describe_row

    fitted = as_fit(model)
    if not isinstance(fitted, Fit):
        raise UserError(
            "A transformer has no terms that could be told", "Explain a text: pass it as text."
        )
    with ExitStack() as stack:
        local, turns, _ = explain_and_turn(fitted.model, _opened(data, stack), row)
    explanation = explain_model(fitted)
    return describe_row(local, explanation, turns, audience=audience, language=language)


def summarize(
    table: Table | FilePath,
    fit: AnyFit | None = None,
    writer: FilePath = "builtin",
    *,
    llm: str | None = None,
    audience: str | None = None,
    language: str | None = None,
    send_to: str | None = None,
    mask: Sequence[str] = (),
    unmask: Sequence[str] = (),
    download: bool = False,
    run: Run | None = None,
) -> Words:
    """Write up a table, and a fit if there is one; every claim names the facts that carry it.

    Args:
        table: The table, or the path of a file to open.
        fit: What `fit` returned, for that table.
        writer: "builtin", the URL of a server of language models, or the folder or hub id of one.
        llm: The model to ask of a server.
        audience: For whom to write.
        language: In which language to write, such as "en".
        send_to: The host that facts may go to, where that is not this machine.
        mask: Columns to hide from a server, beside those that look personal.
        unmask: Columns not to hide.
        download: Whether a model may be fetched that is named by its hub id.
        run: Progress and stopping; by default silent.

    Raises `pellucid.core.errors.UserError` for a writer that cannot be had or may not see this.
    """
    from pellucid.writing.orders import MaskChoice, Writing

    masks = MaskChoice(tuple(mask), tuple(unmask))
    writing = Writing(str(writer), llm, audience, language, send_to, masks, download)
    chosen = run or Run()
    with ExitStack() as stack:
        return _study(_opened(table, stack), fit, chosen, writing).words


def _study(table: Table, fit: AnyFit | None, run: Run, writing: Writing) -> Study:
    from pellucid.engine.pipeline import study
    from pellucid.engine.writers import check_writing, write_as

    check_writing(writing, table, run)
    return study(
        table, fit, run, write=lambda facts, title: write_as(writing, table, facts, title, run)
    )


def report(
    path: FilePath,
    target: str | None = None,
    *,
    out: FilePath,
    quality: Quality = "standard",
    texts: Sequence[str] = (),
    encoder: FilePath | None = None,
    seed: int = 0,
    writer: FilePath = "builtin",
    llm: str | None = None,
    audience: str | None = None,
    language: str | None = None,
    send_to: str | None = None,
) -> Path:
    """Do the whole path on a file and write the report; return where it is.

    Args:
        path: The file.
        target: The column to predict; without one the report describes the data.
        out: Where to write, ending in .html or .md; written whole or not at all.
        quality, texts, encoder: As for `fit`.
        seed: Seeds every random choice.
        writer, llm, audience, language, send_to: As for `summarize`.
    """
    from pellucid.engine.fitting import fit_any
    from pellucid.engine.writers import check_writing
    from pellucid.report.render import write_report
    from pellucid.writing.orders import Writing

    writing = Writing(str(writer), llm, audience, language, send_to)
    with open_(path) as table:
        check_writing(writing, table, Run(seed=seed))
        fitted = None
        if target is not None:
            options = FitOptions(
                target, quality=quality, seed=seed, texts=tuple(texts),
                encoder=None if encoder is None else str(encoder),
            )  # fmt: skip
            fitted = fit_any(table, options, Run(seed=seed))
        document = _study(table, fitted, Run(seed=seed), writing).report()
    write_report(document, Path(out))
    return Path(out)


def load(path: FilePath) -> AnyFit:
    """Load a fit that `fit -o` or `models.files.save_fit` wrote; its `model` predicts.

    Raises `pellucid.core.errors.UserError` for a file that is missing or damaged.
    """
    from pellucid.engine.loading import load_any

    return load_any(Path(path))
