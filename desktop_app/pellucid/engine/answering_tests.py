"""Answers on how good a model is, where it errs, and what words do in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.engine.answering_models import Known
from pellucid.engine.answering_rows import Piece, piece_of
from pellucid.engine.predictions import position_of, row_columns
from pellucid.engine.stores import profile_of
from pellucid.facts import model_answers
from pellucid.writing.model_words import quality_claims
from pellucid.writing.questions.types import Tokens
from pellucid.writing.select import Shelf

if TYPE_CHECKING:
    pass


def quality(known: Known, run: Run) -> Piece:
    """Answer how good the model is on rows that it has not seen."""
    from pellucid.facts.catalogue import facts_of

    profile = profile_of(known.table, run)
    facts = facts_of(known.table.source, profile, known.fit.summary, known.explanation)
    shelf = Shelf(facts)
    task = shelf.task
    claims = tuple(quality_claims(shelf, task)) if task is not None else ()
    return Piece(claims, facts, ("chart:leaderboard",))


def mistakes(known: Known, run: Run) -> Piece:
    """Answer how often the model errs on test rows, how, and where more than elsewhere."""
    from pellucid.engine.judging import judgement_of
    from pellucid.facts.judging import slice_facts

    judged = judgement_of(known.table, known.fit, run)
    task = known.fit.summary.task
    counted = model_answers.error_facts(task, *_predicted(known))
    slices = list(slice_facts(task, judged.slices))
    if not slices:
        slices = [model_answers.no_slice_fact(task.target, judged.tried)]
    return piece_of([*counted, *slices])


def _predicted(known: Known) -> tuple[Any, Any]:
    """Return what is predicted and what is true in the test rows; nothing where not known."""
    from pellucid.engine.columns import part_of
    from pellucid.engine.predictions import mean_of
    from pellucid.models.held_out import truth_of
    from pellucid.models.tasks import is_known

    rows = part_of(known.fit, known.table, "test").rows
    truth = truth_of(known.fit.summary.task, known.table)[rows]
    columns, _ = row_columns(known.model, known.table)
    mean = mean_of(known.model, {n: c[rows] for n, c in columns.items()}, len(rows), Run())
    usable = is_known(truth)
    return mean[usable], truth[usable]


def tokens(action: Tokens, known: Known, run: Run) -> Piece:
    """Answer what the words of a text add to the prediction, or which words act most in all."""
    from pellucid.engine.texts import explain_with
    from pellucid.facts.effects import effect_facts
    from pellucid.facts.rows import token_facts
    from pellucid.facts.scales import scale_of

    if not known.model.texts:
        raise UserError(
            "The model reads no column of texts", "Ask about its columns: Which columns matter?"
        )
    column = known.model.texts[0].column
    if action.row is None and not action.text:
        facts = [f for f in effect_facts(known.explanation) if f.kind == "ngram"]
        if not facts:
            facts = [model_answers.no_words_fact(column, known.explanation.task.target)]
        return piece_of(facts, (f"chart:term:{column}",))
    text, name = action.text, "this text"
    if action.row is not None:
        position = position_of(known.table, action.row)
        text = known.table.text(column, np.array([position]))[0] or ""
        name = f"row {action.row:,}"
    told = explain_with(known.fit, text, run, column=column)
    scale = scale_of(known.explanation, told.output)
    found = list(token_facts(told, column, scale, name))
    if not found:
        found = [model_answers.no_words_fact(column, known.explanation.task.target)]
    return piece_of(found, ("chart:tokens",))
