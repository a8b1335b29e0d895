"""A model explained as a whole, one row or one text; one prediction in words, and in reasons."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from os import PathLike
from typing import TYPE_CHECKING, overload

from pellucid.api.tables import FilePath, open_, opened
from pellucid.core.errors import UserError
from pellucid.core.run import Run

if TYPE_CHECKING:
    from pellucid.data.table import Table
    from pellucid.data.types import Columns
    from pellucid.engine.loading import AnyFit, AnyModel
    from pellucid.explain.tokens.types import Granularity, Method, TokenExplanation
    from pellucid.explain.types import LocalExplanation, ModelExplanation
    from pellucid.models.additive import AdditiveModel
    from pellucid.writing.own_reasons.types import Reasons


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
        local, turns, _ = explain_and_turn(fitted.model, opened(data, stack), row)
    explanation = explain_model(fitted)
    return describe_row(local, explanation, turns, audience=audience, language=language)


def reasons(
    model: AnyFit | AdditiveModel,
    row: int,
    data: Table | FilePath,
    writer: FilePath,
    *,
    llm: str | None = None,
    send_to: str | None = None,
    mask: Sequence[str] = (),
    unmask: Sequence[str] = (),
    download: bool = False,
    run: Run | None = None,
) -> Reasons:
    """Have a language model give its own reasons for the prediction of one row, and test them.

    It is told what moves the prediction. Its sentences are held to that, and it is asked again with
    changed contributions: `result.fidelity` says whether its reasons change with them.

    Args:
        model: A fit, or its model alone.
        row: The row of `data`, numbered from 1.
        data: A table or the path of a file.
        writer: The URL of a server of language models, or the folder or hub id of one.
        llm: The model to ask of a server.
        send_to: The host that contributions may go to, where that is not this machine.
        mask: Columns to hide from a server, beside those that look personal.
        unmask: Columns not to hide.
        download: Whether a model may be fetched that is named by its hub id.
        run: Seed, progress and stopping; by default silent.

    Raises `pellucid.core.errors.UserError` for a transformer, and for a writer that cannot be had
    or may not see this.
    """
    from pellucid.engine.loading import as_fit
    from pellucid.engine.own_reasons import reasons_for
    from pellucid.engine.predictions import explain_row_of
    from pellucid.explain.model import explain_model
    from pellucid.facts.rows import facts_of_row
    from pellucid.models.fit import Fit
    from pellucid.writing.orders import MaskChoice, Writing

    fitted = as_fit(model)
    if not isinstance(fitted, Fit):
        raise UserError(
            "A transformer has no terms that reasons could rest on",
            "Fit a model with terms: leave kind away.",
        )
    masks = MaskChoice(tuple(mask), tuple(unmask))
    writing = Writing(str(writer), llm, send_to=send_to, masks=masks, download=download)
    with ExitStack() as stack:
        table = opened(data, stack)
        local, _ = explain_row_of(fitted.model, table, row)
        facts = facts_of_row(local, explain_model(fitted))
        return reasons_for(facts, table, writing, run or Run())
