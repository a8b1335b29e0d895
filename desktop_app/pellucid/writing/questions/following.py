"""Questions that lean on the one before: "and for women?", "and by region?", "what about 3?"."""

from __future__ import annotations

import re
from dataclasses import replace

from pellucid.facts.glossary import term_called
from pellucid.writing.questions.asked import PERIOD_WORDS, Asked, ask_of, truth
from pellucid.writing.questions.types import (
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
    Statistic,
    Tokens,
    WhatIf,
)
from pellucid.writing.questions.words import FILLERS, STATISTIC_WORDS, STOPS

_LEANS = re.compile(
    r"^(and|what about|how about|same|the same|also|only|but|now|just|or|then|ok|okay|the other)\b"
)
_LONGEST_FRAGMENT = 12
_WHOLE = re.compile(
    r"\b(how many|what is|which|what are|how does|how much|predict|compare|what tells|show"
    r"|wrong|mistakes?|errors?|matters?|important|similar|effect|correlat\w*|what if|is there"
    r"|are there|does|do|who|why|define)\b"
)


def follow_up(asked: Asked, last: Plan) -> tuple[Action, ...] | None:
    """Return the last plan changed as the question says, or None where it stands on its own."""
    text = asked.text
    leans = _LEANS.match(text) is not None
    refers = re.search(r"\b(of|among|for) (those|these|them)\b", text) is not None
    if _WHOLE.search(re.sub(r"^(and |but )?(what about|how about) ?", "", text)):
        return _narrowed_whole(asked, last) if refers else _next_what_if(asked, last)
    if not leans and not _is_fragment(asked):
        return None
    return _changed(_with_fallback(asked, last), last)


def _is_fragment(asked: Asked) -> bool:
    """Say whether a question names rows, groups or a column and asks for nothing: "Gentoo?"."""
    named = [m for m in asked.columns if asked.known(m).kind != "boolean"]
    names = (asked.reading.mentions or asked.found.conditions or asked.by) and not named
    if len(asked.reading.words) > _LONGEST_FRAGMENT or not names:
        return False
    rest = [
        word.text for place, word in enumerate(asked.reading.words)
        if word.kind == "word" and asked.reading.at(place) is None and word.text not in PERIOD_WORDS
    ]  # fmt: skip
    return not any(word in STATISTIC_WORDS for word in rest) and all(
        word in STOPS | FILLERS for word in rest
    )


def _with_fallback(asked: Asked, last: Plan) -> Asked:
    """Read a bare number as one of the column that was asked about last: "what about 40?"."""
    columns = [c.column for a in last.actions if isinstance(a, Filter) for c in a.conditions]
    columns += [a.column for a in last.actions if isinstance(a, Effect)]
    columns += [name for a in last.actions if isinstance(a, Predict) for name, _ in a.values]
    columns += [name for a in last.actions if isinstance(a, WhatIf) for name, _ in a.changes]
    return ask_of(asked.reading, asked.lexicon, columns[-1]) if columns else asked


def _narrowed_whole(asked: Asked, last: Plan) -> tuple[Action, ...] | None:
    """Ask a whole question of the rows that the last one was about."""
    from pellucid.writing.questions.describing import find_statistic

    found = find_statistic(asked)
    if found is None:
        return None
    kept = _conditions(last.actions)
    own = _conditions(found)
    rest = tuple(action for action in found if not isinstance(action, Filter))
    return (Filter(_replaced(kept, own)), *rest) if kept or own else rest


def _next_what_if(asked: Asked, last: Plan) -> tuple[Action, ...] | None:
    if not re.search(r"\bwhat if\b", asked.text) or asked.row is not None:
        return None
    rows = [a for a in last.actions if isinstance(a, Predict | WhatIf)]
    changes = tuple(
        (c.column, c.values[0]) for c in _with_fallback(asked, last).found.conditions if c.values
    )
    if not rows or not changes:
        return None
    before = rows[-1]
    if isinstance(before, Predict) and before.row is None:
        merged = dict(before.values) | dict(changes)
        return (Predict(values=tuple(merged.items())),)
    return (WhatIf(changes, before.row),)


def _conditions(actions: tuple[Action, ...]) -> tuple[Condition, ...]:
    return tuple(c for action in actions if isinstance(action, Filter) for c in action.conditions)


def _replaced(old: tuple[Condition, ...], new: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """Put new conditions in the place of those on the same column."""
    columns = {condition.column for condition in new}
    return (*(c for c in old if c.column not in columns), *new)


def _changed(asked: Asked, last: Plan) -> tuple[Action, ...] | None:
    asked = _with_truths(asked, last)
    rows = _conditions(last.actions)
    rest = [action for action in last.actions if not isinstance(action, Filter)]
    new = asked.found.conditions
    changed = [_one(asked, action, new) for action in rest]
    statistic = _statistic(asked) if any(isinstance(a, Describe) for a in rest) else None
    named = [m.column for m in asked.columns]
    leftovers = tuple(c for c in new if not any(_takes(action, c) for action in rest))
    nothing = not new and not named and asked.by is None and statistic is None
    if nothing and all(one is None for one in changed):
        return None
    actions = [other or action for action, other in zip(rest, changed, strict=True)]
    conditions = _replaced(rows, leftovers)
    if asked.by is not None and not asked.period:
        conditions = tuple(c for c in conditions if c.column != asked.by.column)
    found = tuple(_whole(action, leftovers) for action in actions)
    return (Filter(conditions), *found) if conditions else found


def _whole(action: Action, conditions: tuple[Condition, ...]) -> Action:
    """Ask for no groups of a column of which one value alone is left."""
    alone = {c.column for c in conditions if c.test == "is" and len(c.values) == 1}
    if isinstance(action, Describe) and action.by in alone and not action.period:
        return replace(action, by="", first="")
    return action


def _with_truths(asked: Asked, last: Plan) -> Asked:
    """Read a yes-or-no column as a condition, unless that is what was asked about."""
    about = {getattr(action, "column", "") for action in last.actions}
    if about & {m.column for m in asked.columns}:
        return asked
    added, used = [], []
    for mention in asked.columns:
        known = asked.known(mention)
        value = truth(asked, mention) if known.kind == "boolean" else ""
        if value and not any(c.column == known.name for c in asked.found.conditions):
            added.append(Condition(known.name, "is", (value,)))
            used.append(mention)
    found = replace(
        asked.found, conditions=(*asked.found.conditions, *added), used=(*asked.found.used, *used)
    )
    return replace(asked, found=found)


def _statistic(asked: Asked) -> Statistic | None:
    for place, word in enumerate(asked.reading.words):
        if asked.reading.at(place) is None and word.text in STATISTIC_WORDS:
            return STATISTIC_WORDS[word.text]
    return None


def _takes(action: Action, condition: Condition) -> bool:
    """Say whether an action takes a condition as a value of its own rather than as rows."""
    if isinstance(action, Effect):
        return action.column == condition.column
    if isinstance(action, Difference):
        return action.by == condition.column
    if isinstance(action, Compare):
        return action.column == condition.column
    if isinstance(action, Describe):
        return bool(action.value) and action.column == condition.column
    return isinstance(action, Predict | WhatIf)


def _one(asked: Asked, action: Action, new: tuple[Condition, ...]) -> Action | None:
    """Return an action as the question changes it."""
    named = [m.column for m in asked.columns]
    own = [c for c in new if c.values and _takes(action, c)]
    if isinstance(action, Describe):
        return _described(asked, action, named, own)
    if isinstance(action, Effect):
        if own:
            return replace(action, at=own[0].values[0])
        return replace(action, column=named[0], at="") if named else None
    if isinstance(action, Difference):
        if own and len(own[0].values) == 2:
            return replace(action, first=own[0].values[0], second=own[0].values[1])
        return replace(action, column=named[0]) if named else None
    if isinstance(action, Compare) and own:
        return replace(action, first=own[0].values[0])
    if isinstance(action, Relation) and named:
        return Relation(action.column, named[0])
    if isinstance(action, Definition) and not named:
        words = [word.text for word in asked.reading.words if word.text not in STOPS]
        term = term_called(" ".join(words))
        return Definition(term) if term else None
    if isinstance(action, Importance | Definition) and named:
        return replace(action, column=named[0]) if isinstance(action, Importance) else Definition(
            named[0]
        )  # fmt: skip
    if isinstance(action, Predict):
        if asked.row is not None:
            return Predict(row=asked.row)
        if own and action.row is None:
            merged = dict(action.values) | {c.column: c.values[0] for c in own}
            return Predict(values=tuple(merged.items()))
        return WhatIf(tuple((c.column, c.values[0]) for c in own), action.row) if own else None
    if isinstance(action, WhatIf) and own:
        return replace(action, changes=tuple((c.column, c.values[0]) for c in own))
    if isinstance(action, Similar | Tokens) and asked.row is not None:
        return replace(action, row=asked.row, text="")
    return None


def _described(asked: Asked, action: Describe, named: list[str], own: list[Condition]) -> Action:
    found = action
    statistic = _statistic(asked)
    if statistic is not None:
        found = replace(found, statistic=statistic)
    if asked.by is not None:
        found = replace(found, by=asked.by.column, first="", period=asked.period)
    if own:
        found = replace(found, value=own[0].values[0])
    elif named:
        found = replace(found, column=named[0], value="")
    return found
