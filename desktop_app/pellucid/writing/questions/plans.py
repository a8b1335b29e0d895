"""Plans as text for a reader, as JSON that can be edited, and back; what is wrong is refused."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from pellucid.core.errors import UserError
from pellucid.core.numbers import listing
from pellucid.core.values import from_json, to_json
from pellucid.facts.glossary import term_called
from pellucid.writing.questions.lexicon import Lexicon
from pellucid.writing.questions.types import (
    ACTIONS,
    STATISTICS,
    TESTS,
    Action,
    Compare,
    Condition,
    Definition,
    Describe,
    Difference,
    Effect,
    Filter,
    Importance,
    Plan,
    Predict,
    Relation,
    Similar,
    Tokens,
    WhatIf,
)
from pellucid.writing.questions.values import with_known_values

MOST_ACTIONS = 8
_TEST_WORDS = {"over": "over", "under": "under", "at least": "at least", "at most": "at most"}


def plan_text(plan: Plan) -> str:
    """Say what a plan does, one step after the other: `where sex is female; mean of mass`."""
    return "; ".join(action_text(action) for action in plan.actions)


def action_text(action: Action) -> str:
    """Say what an action does, in a few words."""
    if isinstance(action, Filter):
        return f"where {' and '.join(condition_text(c) for c in action.conditions)}"
    if isinstance(action, Describe):
        return _describe_text(action)
    if isinstance(action, Difference):
        return f"difference of {action.column} between {action.by} {action.first} and " + (
            action.second
        )
    if isinstance(action, Compare):
        other = action.second or "the other rows"
        return f"what tells {action.column} {action.first} from {other}"
    if isinstance(action, Relation):
        if not action.column:
            return "which columns go together"
        other = action.other or "each other column"
        return f"how {action.column} goes with {other}"
    return _model_text(action)


def _model_text(action: Action) -> str:
    if isinstance(action, Importance):
        return f"whether {action.column} matters" if action.column else "which columns matter"
    if isinstance(action, Effect):
        return f"effect of {action.column}" + (f" at {action.at}" if action.at else "")
    if isinstance(action, Predict):
        if action.row is not None:
            return f"prediction for row {action.row}"
        return f"prediction for {_pairs(action.values)}"
    if isinstance(action, WhatIf):
        which = f"row {action.row}" if action.row is not None else "an average row"
        return f"{which} if {_pairs(action.changes)}"
    if isinstance(action, Similar):
        return f"rows like row {action.row}" if action.row else f"texts like “{action.text}”"
    if isinstance(action, Tokens):
        if action.text:
            return f"words of “{action.text}”"
        return f"words of row {action.row}" if action.row else "words of all texts"
    if isinstance(action, Definition):
        return f"definition of {action.term}"
    return {"mistakes": "where the model errs", "quality": "how good the model is"}[action.action]


def _pairs(values: Sequence[tuple[str, str]]) -> str:
    return " and ".join(f"{column} is {value or 'missing'}" for column, value in values)


def _describe_text(action: Describe) -> str:
    what = {
        "summary": f"description of {action.column or 'the table'}",
        "count": "number of rows",
        "share": f"share of {action.column} {action.value}".rstrip()
        if action.column else "share of rows",
        "missing": f"missing values of {action.column}" if action.column else "missing values",
        "distinct": f"number of values of {action.column}",
        "most frequent": f"most frequent {action.column}",
    }.get(action.statistic, f"{action.statistic} of {action.column}")  # fmt: skip
    ranked = f", {action.first} first" if action.first else ""
    of = f" ({action.period})" if action.period else ""
    return what + (f" by {action.by}{of}" if action.by else "") + ranked


def condition_text(condition: Condition) -> str:
    """Say what a row has to fulfil."""
    column, values = condition.column, list(condition.values)
    if condition.test in ("missing", "present"):
        return f"{column} is {condition.test}"
    if condition.test == "between":
        return f"{column} is {values[0]} to {values[1]}"
    if condition.test == "contains":
        return f"{column} contains {listing(values)}"
    if condition.test in ("is", "is not"):
        joined = " or ".join(values)
        return f"{column} {condition.test} {joined}"
    return f"{column} is {_TEST_WORDS[condition.test]} {values[0]}"


def plan_document(plan: Plan) -> dict[str, Any]:
    """Return the JSON form of a plan, which `plan_from_json` reads."""
    return {
        "question": plan.question,
        "actions": [to_json(action) for action in plan.actions],
        "steps": [action_text(action) for action in plan.actions],
        "notes": list(plan.notes),
        "target": plan.target or None,
        "refusal": plan.refusal or None,
        "instead": list(plan.instead),
    }


def plan_from_json(data: Any, lexicon: Lexicon, question: str = "") -> Plan:
    """Read a plan that was edited, or that a language model wrote.

    Only the named actions with their own fields are taken; every column has to be one of the
    table's, and every value of a category one of its own. Raises `UserError` for anything else,
    in words for whoever wrote it.
    """
    if isinstance(data, list):
        data = {"actions": data}
    if not isinstance(data, Mapping) or not isinstance(data.get("actions"), list):
        raise UserError("A plan is an object with a list of actions", _SHAPE)
    found = data["actions"]
    if not 1 <= len(found) <= MOST_ACTIONS:
        raise UserError(f"A plan has 1 to {MOST_ACTIONS} actions, not {len(found)}", _SHAPE)
    actions = tuple(with_known_values(_action(item, lexicon), lexicon) for item in found)
    if all(isinstance(action, Filter) for action in actions):
        actions = (*actions, Describe(statistic="count"))
    target = data.get("target") or ""
    if target:
        _check_column(target, lexicon)
    asked = data.get("question")
    return Plan(question or (asked if isinstance(asked, str) else ""), actions, target=str(target))


_SHAPE = 'For example {"actions": [{"action": "describe", "column": "age", "statistic": "mean"}]}.'


def _action(item: Any, lexicon: Lexicon) -> Action:
    name = item.get("action") if isinstance(item, Mapping) else None
    if not isinstance(name, str) or name not in ACTIONS:
        said = f"There is no action {name}" if isinstance(name, str) else "A step names no action"
        raise UserError(said, f"Actions are {', '.join(ACTIONS)}.")
    kind = ACTIONS[name]
    known = {field.name for field in fields(kind)}
    strange = sorted(str(key) for key in item if key not in known)
    if strange:
        raise UserError(
            f"{name} has no field {strange[0]}", f"Its fields are {', '.join(sorted(known))}."
        )
    _check_types(name, item)
    try:
        action: Action = from_json(kind, dict(item))
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        raise UserError(f"The action {name} is not whole: {error}", _SHAPE) from error
    _check(action, lexicon)
    return action


def _check_types(name: str, item: Mapping[str, Any]) -> None:
    """Hold fields to text, but for rows, pairs and conditions."""
    for key, value in item.items():
        if key == "row":
            ok = value is None or (isinstance(value, int) and not isinstance(value, bool)
                                   and value >= 1)  # fmt: skip
        elif key in ("values", "changes"):
            ok = isinstance(value, list) and all(
                isinstance(pair, list) and len(pair) == 2
                and all(isinstance(part, str) for part in pair) for pair in value
            )  # fmt: skip
        elif key == "conditions":
            ok = isinstance(value, list) and all(
                isinstance(c, Mapping) and isinstance(c.get("column"), str)
                and set(c) <= {"column", "test", "values"}
                and isinstance(c.get("values", []), list)
                and all(isinstance(v, str) for v in c.get("values", []))
                for c in value
            )  # fmt: skip
        else:
            ok = isinstance(value, str)
        if not ok:
            raise UserError(f"The field {key} of {name} is not of its kind", _SHAPE)


def _check(action: Action, lexicon: Lexicon) -> None:
    for column in columns_of(action):
        _check_column(column, lexicon)
    if isinstance(action, Describe) and action.statistic not in STATISTICS:
        raise UserError(
            f"There is no statistic {action.statistic}", f"There are {', '.join(STATISTICS)}."
        )
    if isinstance(action, Describe) and action.first not in ("", "highest", "lowest"):
        raise UserError("Groups are ranked highest or lowest first", _SHAPE)
    if isinstance(action, Filter):
        for condition in action.conditions:
            _check_condition(condition)
    if isinstance(action, Definition) and not lexicon.has_documents and (
        lexicon.column(action.term) is None
    ) and not (
        term_called(action.term)
    ):  # fmt: skip
        raise UserError(
            f"{action.term} is neither a column nor a term of the glossary",
            "Name a column, or a term such as log-odds.",
        )


def _check_condition(condition: Condition) -> None:
    if condition.test not in TESTS:
        raise UserError(f"There is no test {condition.test}", f"There are {', '.join(TESTS)}.")
    needed = {"missing": 0, "present": 0, "between": 2}.get(condition.test, 1)
    several = condition.test in ("is", "is not", "contains")
    if len(condition.values) != needed and not (several and condition.values):
        raise UserError(
            f"{condition.column} {condition.test} takes {needed} values, not "
            f"{len(condition.values)}",
            _SHAPE,
        )


def columns_of(action: Action) -> list[str]:
    """Return the columns that an action names."""
    named = [getattr(action, name, "") for name in ("column", "by", "other")]
    if isinstance(action, Filter):
        named += [condition.column for condition in action.conditions]
    if isinstance(action, Predict):
        named += [column for column, _ in action.values]
    if isinstance(action, WhatIf):
        named += [column for column, _ in action.changes]
    return [name for name in named if name]


def _check_column(name: Any, lexicon: Lexicon) -> None:
    if not isinstance(name, str) or lexicon.column(name) is None:
        names = [column.name for column in lexicon.columns]
        near = difflib.get_close_matches(str(name), names, 1)
        hint = f"Did you mean {near[0]}?" if near else f"The columns are {listing(names, 12)}."
        raise UserError(f"There is no column {name}", hint)
