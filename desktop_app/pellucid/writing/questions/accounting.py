"""What a plan leaves out of a question is said in front of the answer, or the plan is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pellucid.core.numbers import listing
from pellucid.writing.questions.asked import Asked
from pellucid.writing.questions.leftovers import (
    Leftovers,
    asks_for_change,
    idle_conditions,
    is_about_whole,
    leftovers,
    predicts,
    unused_conditions,
)
from pellucid.writing.questions.lexicon import Lexicon
from pellucid.writing.questions.plans import condition_text
from pellucid.writing.questions.refusals import examples
from pellucid.writing.questions.types import Condition, Filter, Plan, WhatIf

ONE_VALUE = "A change names a column and its one new value."


def accounted(asked: Asked, plan: Plan, strange: Sequence[str]) -> Plan:
    """Return a plan with what it leaves out told first, or refused where that changes the answer.

    `strange` are words that mean nothing here. A plan about a whole model stands, as it answers
    what was asked for more rows; one that predicts or chooses rows would answer another question.
    """
    left = leftovers(asked, plan.actions, plan.target)
    unread = left.values or left.marks
    changes = asks_for_change(asked) and (strange or left.columns)
    if predicts(plan.actions) and (unread or changes):
        return _refused(plan, _change_not_read(left, strange), change_examples(asked))
    unused = unused_conditions(asked, plan.actions)
    plan = without_idle_filters(plan, noted=False)
    if unread and not is_about_whole(plan.actions):
        return _refused(
            plan,
            f"{left.said} could not be taken into account, so the question was not answered.",
            examples(asked.lexicon, asked.reading),
        )  # fmt: skip
    told = _told_first(asked, plan, left, strange, unused)
    return replace(plan, notes=(*told, *plan.notes))


def without_idle_filters(plan: Plan, noted: bool = True) -> Plan:
    """Take filters away that nothing after them heeds, as a model is explained as a whole.

    That is `noted` in front.
    """
    idle = idle_conditions(plan.actions)
    if not idle:
        return plan
    kept = tuple(
        action for action in plan.actions
        if not (isinstance(action, Filter) and set(action.conditions) <= set(idle))
    )  # fmt: skip
    notes = (_left_out(idle), *plan.notes) if noted else plan.notes
    return replace(plan, actions=kept, notes=notes)


def _left_out(conditions: Sequence[Condition]) -> str:
    told = " and ".join(condition_text(condition) for condition in conditions)
    return f"“{told}” was left out of account: a model is explained as a whole, not for some rows."


def _refused(plan: Plan, why: str, instead: tuple[str, ...]) -> Plan:
    return replace(plan, actions=(), target="", notes=(), refusal=why, instead=instead)


def _change_not_read(left: Leftovers, strange: Sequence[str]) -> str:
    words = [*left.values, *left.marks, *left.columns, *strange]
    said = listing([f"“{word}”" for word in dict.fromkeys(words)], 6)
    return (
        f"The question asks for a change that could not be read ({said}), and a prediction without "
        f"it would answer another question. {ONE_VALUE}"
    )


def change_examples(asked: Asked) -> tuple[str, ...]:
    """Return what-if questions that can be answered, about the row that was named."""
    lexicon, row = asked.lexicon, asked.row or 1
    named = [m.column for m in asked.reading.mentions]
    columns = [c for c in lexicon.columns if c.name != lexicon.target]
    columns.sort(key=lambda column: column.name not in named)
    groups = [c for c in columns if len(c.levels) > 1 and c.kind == "category"][:1]
    numbers = [c for c in columns if c.is_number][:1]
    return (
        *(f"What if row {row} had {column.name} {column.levels[1]}?" for column in groups),
        *(f"What if row {row} had {column.name} 10?" for column in numbers),
        f"What does the model predict for row {row}?",
    )


def _told_first(
    asked: Asked, plan: Plan, left: Leftovers, strange: Sequence[str], unused: Sequence[Condition]
) -> list[str]:
    told = []
    if unused and is_about_whole(plan.actions):
        told.append(_left_out(unused))
    elif left.values or left.marks:
        told.append(f"{_left(left.said)}: a model is explained as a whole.")
    told += [f"“{word}” was not understood and was left aside." for word in strange]
    target = asked.lexicon.target
    columns = [name for name in left.columns if name not in {c.column for c in unused}]
    if plan.target in columns and target:
        told.append(f"The model predicts {target}, not {plan.target}.")
        columns.remove(plan.target)
    if columns:
        told.append(f"{_left(listing(columns, 6), len(columns) > 1)}.")
    changed = [a for a in plan.actions if isinstance(a, WhatIf) and a.row is None]
    if changed and asked.has("all|every|each|everyone|everybody"):
        told.append("One row was changed that is average in all else, not each row of the file.")
    conditions = [c for a in plan.actions if isinstance(a, Filter) for c in a.conditions]
    return [*told, *(note for c in conditions if (note := _missing_not_zero(c, asked.lexicon)))]


def _left(said: str, are_several: bool | None = None) -> str:
    several = " and “" in said if are_several is None else are_several
    return f"{said} {'were' if several else 'was'} left out of account"


def _missing_not_zero(condition: Condition, lexicon: Lexicon) -> str:
    """Say that rows without a number were read as rows where it is missing."""
    column = lexicon.column(condition.column)
    if condition.test != "missing" or column is None or not column.is_number:
        return ""
    return f"Rows were taken where {column.name} is missing, not where it is 0."
