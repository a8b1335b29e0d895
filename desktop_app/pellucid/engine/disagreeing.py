"""The job that sets two models of one target beside each other, text by text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.numbers import count, plural
from pellucid.core.run import Run
from pellucid.engine.columns import part_of, texts_of
from pellucid.engine.loading import AnyFit, AnyModel, load_any
from pellucid.engine.stores import load_store
from pellucid.models.additive import AdditiveModel
from pellucid.project.files import SUFFIX, fit_of

if TYPE_CHECKING:
    from pellucid.explain.corpus.language_types import DisagreeingText, Disagreement

MOST_TEXTS = 20


def disagree(
    run: Run, fit: str, other: str, store: str, column: str | None = None, most: int = MOST_TEXTS
) -> Disagreement:
    """Compare two models of one target on the rows that tested the first; all rows without such.

    `other` is a model file, or a project that holds one.
    """
    from pellucid.engine.predictions import mean_of, row_columns
    from pellucid.explain.corpus.disagreement import disagreements
    from pellucid.models.held_out import truth_of

    place = Path(other)
    first = load_any(Path(fit))
    second = load_any(fit_of(place) if place.suffix == SUFFIX else place)
    _refuse(first.model, second.model)
    name = column or next(iter(_text_columns(first.model) + _text_columns(second.model)), None)
    if name is None:
        raise UserError("Neither model reads texts", "Compare models of which one reads texts.")
    with load_store(store) as table:
        rows = part_of(first, table, "test").rows
        truth = truth_of(first.model.task, table)[rows]
        texts = [texts_of(table, name)[row] for row in rows.tolist()]
        means = []
        for found in (first, second):
            columns = {k: v[rows] for k, v in row_columns(found.model, table)[0].items()}
            means.append(mean_of(found.model, columns, len(rows), run))
        note = _note(second, rows, table.rows)
    names = (kind_of(first.model), kind_of(second.model))
    if names[0] == names[1]:
        names = (f"first {names[0]}", f"second {names[1]}")
    classes = first.model.task.classes
    result = disagreements(means[0], means[1], truth, texts, run, classes, names, most)

    def placed(found: tuple[DisagreeingText, ...]) -> tuple[DisagreeingText, ...]:
        return tuple(replace(one, row=int(rows[one.row])) for one in found)

    return replace(
        result, a_over_b=placed(result.a_over_b), b_over_a=placed(result.b_over_a), note=note
    )


def kind_of(model: AnyModel) -> str:
    """Name the kind of a model as it is told beside another."""
    if not isinstance(model, AdditiveModel):
        return "transformer"
    if model.texts:
        return "n-gram model"
    has_leaves = any(term.kind == "leaves" for term in model.terms)
    return "keyword tree" if has_leaves else "additive model"


def _refuse(first: AnyModel, second: AnyModel) -> None:
    if first.task.kind == "multilabel":
        raise UserError(
            "Models of several labels a row cannot be compared text by text",
            "Compare models that give each row one class or number.",
        )
    same = (first.task.target, first.task.classes) == (second.task.target, second.task.classes)
    if not same:
        raise UserError(
            "The two models do not predict the same", "Compare models of one target."
        )  # fmt: skip


def _text_columns(model: AnyModel) -> list[str]:
    if not isinstance(model, AdditiveModel):
        return [model.column]
    return [name for name, kind in model.task.features if kind == "text"]


def _note(second: AnyFit, rows: NDArray[np.int64], table_rows: int) -> str:
    """Say whether the second model knew the rows that both are judged on."""
    if second.split is None or len(second.split.part) != table_rows:
        return "Whether the second model was fitted on any of these texts is not known."
    seen = int(np.isin(rows, second.split.rows("train")).sum())
    if not seen:
        return ""
    return (
        f"The second model was fitted on {count(seen)} of these {plural(len(rows), 'text')}, "
        "which flatters it."
    )
