"""Values that a plan names: spelt as the column has them, and refused where it has none such."""

from __future__ import annotations

import difflib
from dataclasses import replace

from pellucid.core.errors import UserError
from pellucid.core.numbers import listing
from pellucid.writing.questions.lexicon import MOST_LEVELS, Lexicon
from pellucid.writing.questions.types import (
    Action,
    Compare,
    Condition,
    Describe,
    Difference,
    Filter,
)

_NAMING = ("is", "is not")


def with_known_values(action: Action, lexicon: Lexicon) -> Action:
    """Return an action with the values of categories as they are spelt there.

    Raises `UserError` for a value that its column has nowhere, where all of them are known.
    """
    if isinstance(action, Describe) and action.value:
        return replace(action, value=_value(action.value, action.column, lexicon))
    if isinstance(action, Difference | Compare):
        column = action.by if isinstance(action, Difference) else action.column
        first, second = (_value(said, column, lexicon) for said in (action.first, action.second))
        return replace(action, first=first, second=second)
    if isinstance(action, Filter):
        return replace(action, conditions=tuple(_known(c, lexicon) for c in action.conditions))
    return action


def _known(condition: Condition, lexicon: Lexicon) -> Condition:
    if condition.test not in _NAMING:
        return condition
    found = tuple(_value(value, condition.column, lexicon) for value in condition.values)
    return replace(condition, values=found)


def _value(said: str, column: str, lexicon: Lexicon) -> str:
    known = lexicon.column(column)
    if known is None or known.kind != "category" or not said or said in known.levels:
        return said
    alike = [level for level in known.levels if level.casefold() == said.strip().casefold()]
    if len(alike) == 1:
        return alike[0]
    if not known.levels or len(known.levels) >= MOST_LEVELS:
        return said
    near = difflib.get_close_matches(said, known.levels, 1)
    hint = f"Did you mean {near[0]}?" if near else f"It has {listing(list(known.levels), 8)}."
    raise UserError(f"{column} has no value {said}", hint)
