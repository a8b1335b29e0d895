"""Answers from a model: what matters, what a column does, one prediction, where it errs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from pellucid.core.errors import UserError
from pellucid.core.numbers import listing
from pellucid.core.run import Run
from pellucid.data.types import Columns
from pellucid.engine.answering_rows import Piece, piece_of
from pellucid.engine.loading import AnyFit
from pellucid.engine.predictions import actual_of, position_of, row_columns
from pellucid.engine.stores import profile_of
from pellucid.explain.types import LocalExplanation, ModelExplanation, TermExplanation
from pellucid.facts import model_answers
from pellucid.facts.types import Fact
from pellucid.models.additive import AdditiveModel
from pellucid.models.fit import Fit
from pellucid.writing.answer_words import importance_claims, moves_claim, plain_claims
from pellucid.writing.model_words import ranking_claims
from pellucid.writing.questions.types import Effect, Importance, Predict, WhatIf
from pellucid.writing.select import Shelf

if TYPE_CHECKING:
    from pellucid.data.table import Table

_MOST_EFFECTS = 5
_MOST_MOVES = 6
_MOST_TURNS = 2


@dataclass(frozen=True, slots=True)
class Known:
    """A readable fit, its table and its explanation."""

    fit: Fit
    table: Table
    explanation: ModelExplanation

    @property
    def model(self) -> AdditiveModel:
        return self.fit.model


def known_of(fit: AnyFit, table: Table) -> Known:
    """Explain a fit once for all questions; raises `UserError` for one that cannot be read."""
    from pellucid.explain.model import explain_model

    if not isinstance(fit, Fit):
        raise UserError(
            "The model is a transformer, which has no terms to answer from",
            "Ask about a text in quotation marks, or fit a model that can be read.",
        )
    return Known(fit, table, explain_model(fit))


def importance(action: Importance, known: Known, run: Run) -> Piece:
    """Answer which columns matter, or whether one does."""
    from pellucid.facts.catalogue import facts_of

    profile = profile_of(known.table, run)
    facts = facts_of(known.table.source, profile, known.fit.summary, known.explanation)
    caveat = _caveat(facts)
    if action.column:
        own = [fact for fact in facts if fact.kind == "importance" and action.column in fact.subject
               and fact.origin.part != "terms"]  # fmt: skip
        if not own:
            return piece_of([_left_out(action.column, known), *caveat])
        claims = [*importance_claims(own), *plain_claims(caveat)]
        return Piece(tuple(claims), (*own, *caveat), ("chart:importance",))
    shelf = Shelf(facts)
    task = shelf.task
    claims = list(ranking_claims(shelf, task)) if task is not None else []
    claims += plain_claims(caveat)
    return Piece(tuple(claims), facts, ("chart:importance",))


def _caveat(facts: Sequence[Fact]) -> list[Fact]:
    """Return the caution that effects are associations."""
    return [
        fact for fact in facts
        if fact.kind == "caveat" and fact.origin.result == "explanation" and not fact.origin.part
    ][:1]  # fmt: skip


def _left_out(column: str, known: Known) -> Fact:
    whys = {item.column: item.why for item in known.fit.summary.left_out}
    target = known.explanation.task.target
    why = (
        "it is what is predicted"
        if column == target
        else whys.get(column, "the model made no term of it")
    )
    return model_answers.no_term_fact(column, target, why)


def effect(action: Effect, known: Known, run: Run) -> Piece:
    """Answer what a column does to the prediction, or what it does at one value."""
    from pellucid.facts.catalogue import facts_of

    terms = [t for t in known.explanation.terms if action.column in t.columns]
    single = [term for term in terms if len(term.axes) == 1]
    profile = profile_of(known.table, run)
    facts = facts_of(known.table.source, profile, known.fit.summary, known.explanation)
    caveat = _caveat(facts)
    if not single:
        return piece_of([_left_out(action.column, known), *caveat])
    charts = tuple(f"chart:term:{term.name}" for term in single)
    names = {term.name for term in terms}
    if action.at:
        cell = _cell(action, known, single[0])
        found = model_answers.effect_at_facts(known.explanation, single[0], cell, action.at)
        own = [f for f in facts if f.kind == "importance" and f.origin.part == single[0].name]
        return piece_of([*found, *own, *caveat], charts)
    told = [fact for fact in facts if fact.origin.result == "explanation"
            and fact.origin.part in names and fact.kind != "caveat"]  # fmt: skip
    ranks = [fact for fact in told if fact.kind == "importance"]
    rest = [fact for fact in told if fact.kind != "importance"][:_MOST_EFFECTS]
    claims = [*plain_claims(rest), *importance_claims(ranks), *plain_claims(caveat)]
    return Piece(tuple(claims), (*rest, *ranks, *caveat), charts)


def _cell(action: Effect, known: Known, term: TermExplanation) -> int:
    columns = _typed(known, {action.column: action.at})
    axis = term.axes[0]
    value = columns[axis.column][0]
    if value is None or (isinstance(value, float) and np.isnan(value)):
        raise UserError(
            f"{action.at} is not a value that {action.column} can have",
            "Write it as the column does.",
        )
    return int(axis.cells({axis.column: columns[axis.column][:1]})[0])


def _typed(known: Known, values: Mapping[str, str]) -> Columns:
    """Return one row with the values given, typed, and the rest missing."""
    from pellucid.data.frames import columns_of

    row = {name: value if value else None for name, value in values.items()}
    columns, _ = columns_of([row or {"": None}], known.model.task.features)
    for name, value in values.items():
        kind = dict(known.model.task.features).get(name)
        if kind is None:
            raise UserError(
                f"{name} takes no part in the model",
                f"It reads {listing([n for n, _ in known.model.task.features], 12)}.",
            )
        if value and kind == "number" and np.isnan(float(columns[name][0])):
            raise UserError(f"{value} is not a number, which {name} holds", "Write a number.")
    return columns


def predict(action: Predict, known: Known, run: Run) -> Piece:
    """Answer what is predicted for a row or for values, and what moves it most."""
    del run
    if action.row is not None:
        position = position_of(known.table, action.row)
        columns, _ = row_columns(known.model, known.table)
        local = _explained(known, columns, position, action.row)
        return _told(known, columns, position, local, [])
    values = dict(action.values)
    columns, typical = _completed(known, values)
    local = _explained(known, columns, 0, None)
    return _told(known, columns, 0, local, [model_answers.given_fact(values, typical)])


def _explained(
    known: Known, columns: Columns, position: int, number: int | None
) -> LocalExplanation:
    from pellucid.explain.row import explain_row

    actual = None if number is None else actual_of(known.model, known.table, position)
    return explain_row(known.model, columns, position, number=number, actual=actual)


def _told(
    known: Known, columns: Columns, position: int, local: LocalExplanation, lead: list[Fact]
) -> Piece:
    """Tell a prediction, what moves it most, and what would turn it."""
    from pellucid.explain.counterfactual import find_turns
    from pellucid.facts.rows import facts_of_row

    turns = find_turns(known.model, columns, position)
    facts = facts_of_row(local, known.explanation, turns)
    predicted = [fact for fact in facts if fact.kind == "prediction"]
    moves = [fact for fact in facts if fact.kind == "contribution"]
    moves.sort(key=lambda fact: float(fact.details.get("rank", 0)))
    turning = [fact for fact in facts if fact.kind == "counterfactual"][:_MOST_TURNS]
    claims = plain_claims([*lead, *predicted])
    if moves:
        told = moves[:_MOST_MOVES]
        claims.append(moves_claim(told))
    claims += plain_claims(turning)
    return Piece(tuple(claims), (*lead, *facts), ("chart:waterfall",))


def _completed(known: Known, values: Mapping[str, str]) -> tuple[Columns, dict[str, str]]:
    """Return one row with the values given and the typical ones of the table for the rest."""
    typed = dict(_typed(known, values))
    typical: dict[str, str] = {}
    used = set(known.model.columns)
    for name, kind in known.model.task.features:
        if name in values or name not in used or kind == "text":
            continue
        column: Any = known.table.values(name)
        if column.dtype.kind == "f":
            present = column[np.isfinite(column)]
            if len(present):
                middle = float(np.median(present))
                typed[name] = np.array([middle])
                typical[name] = model_answers.value_words(middle, kind)
            continue
        counted = Counter(str(value) for value in column.tolist() if value is not None)
        if counted:
            level = counted.most_common(1)[0][0]
            typed[name] = np.array([level], dtype=object)
            typical[name] = level
    return typed, typical


def what_if(action: WhatIf, known: Known, run: Run) -> Piece:
    """Answer how a prediction changes with some values of its row."""
    del run
    changes = dict(action.changes)
    new = _typed(known, changes)
    lead: list[Fact] = []
    if action.row is not None:
        position = position_of(known.table, action.row)
        columns, _ = row_columns(known.model, known.table)
        before = {name: column[position : position + 1] for name, column in columns.items()}
    else:
        filled, typical = _completed(known, {})
        before = dict(filled)
        lead = [model_answers.given_fact({}, typical)]
    after = {name: new[name] if name in changes else column for name, column in before.items()}
    unread = [name for name in changes if name not in before]
    if unread:
        raise UserError(
            f"The model made no term of {listing(unread)}, so a change of it changes nothing",
            "Ask which columns matter.",
        )
    first = _explained(known, before, 0, None)
    second = _explained_as(known, after, first.output)
    fact = model_answers.what_if_fact(first, second, known.explanation, changes, action.row)
    return piece_of([fact, *lead], ("chart:waterfall",))


def _explained_as(known: Known, columns: Columns, output: int) -> LocalExplanation:
    from pellucid.explain.row import explain_row

    return explain_row(known.model, columns, 0, output=output)
