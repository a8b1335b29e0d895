"""What a question says that its plan does not use: never passed over in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pellucid.core.numbers import listing
from pellucid.writing.questions.asked import Asked
from pellucid.writing.questions.conditions import is_negated
from pellucid.writing.questions.plans import columns_of
from pellucid.writing.questions.reading import Mention
from pellucid.writing.questions.types import (
    NEEDS_MODEL,
    Action,
    Compare,
    Condition,
    Definition,
    Describe,
    Difference,
    Effect,
    Filter,
    Predict,
    Relation,
    Similar,
    Statistic,
    Tokens,
    WhatIf,
)
from pellucid.writing.questions.unclear import beyond_plans, either_ways, relative_changes
from pellucid.writing.questions.words import CHANGING, NEGATING, NO, STATISTIC_WORDS

_OF_CHOSEN_ROWS = frozenset({"describe", "difference", "compare", "relation", "similar"})
"""Actions that are about the rows a filter leaves; the others are about the whole model."""
_ABOUT_THE_WHOLE = frozenset({"importance", "effect", "mistakes", "quality", "tokens"})
_AGAINST = r"versus|vs|compare[sd]?|comparing|differences? (between|of)|differ"
_PAST = r"had (?:\w+ ){1,4}(?:been|had|was|were)"
_LEADING_TO_A_CHANGE = r"as|with|but|when|where|having|being|without|after"
_FIGURES: frozenset[Statistic] = frozenset({"mean", "median", "sum", "spread", "share"})
_INSTEAD = (["instead", "of"], ["rather", "than"])
_TURNED = frozenset({"is not", "missing", "at most", "at least"})


@dataclass(frozen=True, slots=True)
class Leftovers:
    """The parts of a question that its plan does not use, as they were written.

    `values` are levels and numbers, `marks` words that set a condition or turn it round, `columns`
    columns by name.
    """

    values: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The values and marks in quotation marks, to be put into a sentence."""
        return listing([f"“{word}”" for word in dict.fromkeys((*self.values, *self.marks))], 6)


def leftovers(asked: Asked, actions: tuple[Action, ...], target: str = "") -> Leftovers:
    """Return what a plan does not use of a question's levels, numbers, columns and conditions.

    `target` is the column that the question says is to be predicted.
    """
    if any(isinstance(action, Definition) for action in actions):
        return Leftovers()
    of_model = any(action.action in NEEDS_MODEL for action in actions)
    targets = {asked.lexicon.target or target} if of_model else set[str]()
    values = (*_levels(asked, actions, targets), *_numbers(asked, actions, targets))
    columns = tuple(dict.fromkeys(_columns(asked, actions, targets)))
    marks = [mark for mark in _marks(asked, actions) if not _turns_outcome(asked, mark, targets)]
    return Leftovers(values, tuple(marks), columns)


def is_about_whole(actions: tuple[Action, ...]) -> bool:
    """Say whether a plan is about all rows or a whole model, whatever rows a question names."""
    return all(action.action in _ABOUT_THE_WHOLE for action in actions)


def predicts(actions: tuple[Action, ...]) -> bool:
    return any(isinstance(action, Predict | WhatIf) for action in actions)


def asks_for_change(asked: Asked) -> bool:
    """Say whether a question asks for a row as it is not: "if", "had it been", "as a", "with"."""
    words = {word.text for word in asked.reading.words}
    return bool(words & CHANGING) or asked.has(f"{_PAST}|{_LEADING_TO_A_CHANGE}")


def _turns_outcome(asked: Asked, mark: str, targets: set[str]) -> bool:
    """Say whether a "not" belongs to what is predicted: "which words make people unsatisfied"."""
    return mark in NEGATING and any(
        asked.reading.words[mention.start - 1].text == mark
        for mention in asked.reading.mentions
        if mention.start and mention.column in targets
    )


def idle_conditions(actions: tuple[Action, ...]) -> list[Condition]:
    """Return the conditions of filters after which nothing is asked of the rows they leave."""
    found: list[Condition] = []
    for place, action in enumerate(actions):
        if isinstance(action, Filter) and not any(
            later.action in _OF_CHOSEN_ROWS for later in actions[place:]
        ):
            found += action.conditions
    return found


def _conditions(actions: tuple[Action, ...]) -> list[Condition]:
    """Return the conditions that hold for an action after them."""
    idle = idle_conditions(actions)
    told = [c for action in actions if isinstance(action, Filter) for c in action.conditions]
    return [condition for condition in told if condition not in idle]


def unused_conditions(asked: Asked, actions: tuple[Action, ...]) -> list[Condition]:
    """Return the conditions of a question, and of a plan's filters, that its plan does not use."""
    used = _used(actions)
    targets = {asked.lexicon.target}
    own = [
        c for c in asked.found.conditions
        if c.column not in targets and not (c.values and set(c.values) <= used.get(c.column, set()))
    ]  # fmt: skip
    return list(dict.fromkeys((*own, *idle_conditions(actions))))


def _used(actions: tuple[Action, ...]) -> dict[str, set[str]]:
    """Return the values that a plan names, by column."""
    found: dict[str, set[str]] = {}

    def put(column: str, *values: str) -> None:
        found.setdefault(column, set()).update(values)

    for condition in _conditions(actions):
        put(condition.column, *condition.values)
    for action in actions:
        if isinstance(action, Describe):
            put(action.column, action.value)
        elif isinstance(action, Difference):
            put(action.by, action.first, action.second)
        elif isinstance(action, Compare):
            put(action.column, action.first, action.second)
        elif isinstance(action, Effect):
            put(action.column, action.at)
        elif isinstance(action, Predict | WhatIf):
            pairs = action.values if isinstance(action, Predict) else action.changes
            for column, value in pairs:
                put(column, value)
    return found


def _levels(asked: Asked, actions: tuple[Action, ...], targets: set[str]) -> Iterator[str]:
    used = _used(actions)
    turned = {
        (c.column, value) for c in _conditions(actions) if c.test == "is not" for value in c.values
    }
    words = [word.text for word in asked.reading.words]
    for mention in asked.reading.levels:
        is_outcome = mention.column in targets
        is_replaced = words[max(0, mention.start - 2) : mention.start] in _INSTEAD
        if is_outcome or is_replaced:
            continue
        is_used = mention.value in used.get(mention.column, ())
        is_turned = (mention.column, mention.value) in turned
        if not is_used or is_turned != is_negated(asked.reading, mention):
            yield _written(asked, mention)


def _numbers(asked: Asked, actions: tuple[Action, ...], targets: set[str]) -> Iterator[str]:
    values = {value for found in _used(actions).values() for value in found}
    rows = {str(getattr(action, "row", None)) for action in actions}
    outcomes = {v for c in asked.lexicon.columns if c.name in targets for v in c.levels}
    for place, word in enumerate(asked.reading.words):
        is_number = word.kind in ("number", "date") and asked.reading.at(place) is None
        is_used = word.text in values | rows or any(
            value.startswith(f"{word.text}-") for value in values
        )
        before = asked.reading.words[place - 1].text if place else ""
        is_outcome = before.startswith("predict") and word.text in outcomes
        if is_number and not is_used and not is_outcome:
            yield word.raw


def _columns(asked: Asked, actions: tuple[Action, ...], targets: set[str]) -> Iterator[str]:
    named = {column for action in actions for column in columns_of(action)} | targets
    reads_texts = any(isinstance(action, Tokens | Similar) for action in actions)
    about_table = any(isinstance(a, Describe | Relation) and not a.column for a in actions)
    for mention in asked.reading.columns:
        is_text = reads_texts and asked.known(mention).kind == "text"
        is_meant = mention.how in ("exact", "variant", "fuzzy")
        if is_meant and not is_text and mention.column not in named and (
            not about_table or asked.known(mention).is_number
        ):  # fmt: skip
            yield mention.column


def _marks(asked: Asked, actions: tuple[Action, ...]) -> Iterator[str]:
    """Yield the words that set a condition, turn one round or compare, where the plan does not."""
    words = [word.text for word in asked.reading.words]
    given = any(values - {""} for values in _used(actions).values()) or any(
        c.test == "missing" for c in _conditions(actions)
    ) or any(isinstance(action, WhatIf) for action in actions)  # fmt: skip
    reacts = any(isinstance(action, Effect) for action in actions)
    asked_if = [word for word in words if word in CHANGING - {"unless", "were", "instead"}]
    past = re.search(rf"\b{_PAST}\b", asked.text)
    if not given and not reacts:
        yield from asked_if
        if past is not None:
            yield past.group()
    if "unless" in words:
        yield "unless"
    every_but = re.search(r"\b(all|everyone|everything|nobody|none|anything) but\b", asked.text)
    if every_but is not None:
        yield every_but.group()
    negating = [word for word in words if word in NEGATING - {"unless"}]
    if (
        negating
        and every_but is None
        and not _turns(actions)
        and not asked.has("or not|yes or no|no longer")
    ):
        yield from negating
    yield from _figures(asked, actions)
    yield from either_ways(asked, list(asked.found.conditions))
    if predicts(actions):
        yield from relative_changes(asked)
    if any(isinstance(action, Describe | Difference | Relation) for action in actions):
        yield from beyond_plans(asked)
        if (asked_if or past is not None) and asked.has("would"):
            yield "would"
    against = re.search(rf"\b({_AGAINST})\b", asked.text)
    if against is not None and not _compares(actions):
        yield against.group()


def _figures(asked: Asked, actions: tuple[Action, ...]) -> Iterator[str]:
    """Yield the figures that are asked for beside another, and that the plan does not give."""
    told = {action.statistic for action in actions if isinstance(action, Describe)}
    if not told & _FIGURES:
        return
    for place, word in enumerate(asked.reading.words):
        figure = STATISTIC_WORDS.get(word.text)
        if figure in _FIGURES - told and asked.reading.at(place) is None:
            yield word.raw


def _turns(actions: tuple[Action, ...]) -> bool:
    """Say whether a plan says "not" somewhere: other rows than, without, at most, no."""
    if any(isinstance(action, Compare | Difference) for action in actions):
        return True
    if any(isinstance(action, Describe) and action.statistic == "missing" for action in actions):
        return True
    if any(condition.test in _TURNED for condition in _conditions(actions)):
        return True
    return any(
        not value or value.lower() in NO
        for column, values in _used(actions).items()
        for value in values
        if column and not (value == "" and not predicts(actions))
    )


def _compares(actions: tuple[Action, ...]) -> bool:
    told = [action for action in actions if isinstance(action, Describe)]
    return (
        any(isinstance(a, Compare | Difference | Relation | Effect | WhatIf) for a in actions)
        or any(action.by for action in told)
        or len(told) > 1
        or any(action.action in (*_ABOUT_THE_WHOLE, "similar") for action in actions)
    )


def _written(asked: Asked, mention: Mention) -> str:
    return " ".join(word.raw for word in asked.reading.words[mention.start : mention.end])
