"""Questions and their answers, as values: claims with marks, and plans whose parts can be changed.

A plan is edited field by field: each action's fields become a choice among columns, a choice among
what the field may say, or text; what comes back is the plan's JSON, which the engine checks.
"""

from __future__ import annotations

import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from pellucid.core.numbers import plural
from pellucid.core.values import to_json
from pellucid.ui.pages.words_view import ClaimView, byline, claim_views
from pellucid.writing.questions.types import Action, Answer, Filter
from pellucid.writing.types import WRITER, Words

PLACEHOLDER = "Ask about this table, for example: which columns matter most?"
STILL_WRITING = "The language model is still writing; until then the built-in writer tells this."
_COLUMN_FIELDS = ("column", "by", "other")
_NAMES = {
    "column": "Column", "by": "By", "other": "And", "statistic": "What", "value": "Value",
    "first": "First", "second": "Second", "at": "At", "row": "Row", "text": "Text", "term": "Term",
    "period": "Period",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer as a page shows it.

    `understood` says each step of the plan; `scope` how many rows were looked at, where conditions
    chose some. A refusal has no claims, and `instead` holds questions that can be asked.
    `rejected` are sentences of a language model that were left out, with why.
    """

    question: str
    understood: tuple[str, ...]
    scope: str
    notes: tuple[str, ...]
    claims: tuple[ClaimView, ...]
    refusal: str
    instead: tuple[str, ...]
    interpretation: tuple[ClaimView, ...] = ()
    rejected: tuple[tuple[str, str], ...] = ()


def answer_view(answer: Answer) -> AnswerView:
    """Lay an answer out; marks are numbered through it."""
    plan = answer.plan
    words = answer.words
    scope = "" if answer.rows is None else f"Within {plural(answer.rows, 'row')}"
    notes = (*plan.notes, *_about_the_model(words))
    shown = claim_views((*words.claims, *words.interpretation))
    claims, apart = shown[: len(words.claims)], shown[len(words.claims) :]
    rejected = tuple((item.text, item.reason) for item in words.rejected)
    return AnswerView(
        plan.question, answer.steps, scope, notes, claims, plan.refusal, plan.instead, apart,
        rejected,
    )  # fmt: skip


def _about_the_model(words: Words) -> tuple[str, ...]:
    """Say what a language model did to an answer, where one was asked."""
    if words.writer == WRITER and not words.rejected:
        return ()
    return (f"{byline(words)}.",)


@dataclass(frozen=True, slots=True)
class FieldView:
    """A part of an action that can be changed; `choices` are empty where it is free text.

    `place` leads to it in the plan's JSON: the action's number, then keys and numbers.
    """

    name: str
    value: str
    choices: tuple[str, ...]
    place: tuple[int | str, ...]
    kind: Literal["text", "number", "list"] = "text"


def plan_fields(actions: Sequence[Action], columns: Sequence[str]) -> tuple[FieldView, ...]:
    """Return what can be changed in a plan, action by action."""
    found: list[FieldView] = []
    for number, action in enumerate(actions):
        if isinstance(action, Filter):
            found += _condition_fields(action, number, columns)
        else:
            found += _action_fields(action, number, columns)
    return tuple(found)


def _condition_fields(action: Filter, number: int, columns: Sequence[str]) -> list[FieldView]:
    found = []
    for i, condition in enumerate(action.conditions):
        place: tuple[int | str, ...] = (number, "conditions", i)
        tests = typing.get_args(typing.get_type_hints(type(condition))["test"])
        found += [
            FieldView("Where", condition.column, tuple(columns), (*place, "column")),
            FieldView("", condition.test, tests, (*place, "test")),
        ]
        if condition.values:
            shown = "; ".join(condition.values)
            found.append(FieldView("", shown, (), (*place, "values"), "list"))
    return found


def _action_fields(action: Action, number: int, columns: Sequence[str]) -> list[FieldView]:
    hints, found = typing.get_type_hints(type(action)), []
    for field in fields(action):
        value = getattr(action, field.name)
        name = _NAMES.get(field.name, "")
        if not name or (value in ("", None) and field.name != "by"):
            continue
        choices: tuple[str, ...] = ()
        if typing.get_origin(hints[field.name]) is Literal:
            choices = typing.get_args(hints[field.name])
        elif field.name in _COLUMN_FIELDS:
            choices = ("", *columns) if field.name == "by" else tuple(columns)
        kind: Literal["text", "number"] = "number" if field.name == "row" else "text"
        found.append(FieldView(name, str(value or ""), choices, (number, field.name), kind))
    return found


def changed_plan(actions: Sequence[Action], field: FieldView, value: str) -> list[Any]:
    """Return the JSON of a plan's actions with one field changed."""
    document: list[Any] = [to_json(action) for action in actions]
    at: Any = document
    for step in field.place[:-1]:
        at = at[step]
    at[field.place[-1]] = _typed(field, value)
    return document


def _typed(field: FieldView, value: str) -> object:
    if field.kind == "list":
        return [part.strip() for part in value.split(";") if part.strip()]
    if field.kind == "number":
        return int(value) if value.strip().isdigit() else None
    return value


def asked(question: str, store: object, fit: object, before: object) -> Mapping[str, object]:
    """Return what the engine is asked."""
    return {
        "store": str(store), "question": question, "fit": str(fit) if fit else None,
        "before": before,
    }  # fmt: skip
