"""A plan: what is to be computed for an answer, as values that can be shown and edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Literal, get_args

from pellucid.facts.types import Fact
from pellucid.writing.types import Words

Test = Literal[
    "is", "is not", "at least", "at most", "over", "under", "between", "missing", "present",
    "contains",
]  # fmt: skip
TESTS: tuple[Test, ...] = get_args(Test)
Statistic = Literal[
    "summary", "count", "share", "mean", "median", "minimum", "maximum", "sum", "spread",
    "missing", "distinct", "most frequent",
]  # fmt: skip
Rank = Literal["", "highest", "lowest"]
Period = Literal["", "year", "month", "weekday"]
STATISTICS: tuple[Statistic, ...] = get_args(Statistic)


@dataclass(frozen=True, slots=True)
class Condition:
    """What a row has to fulfil in one column.

    "is" and "is not" take one value or more, "between" two (both included), "missing" and "present"
    none, the others one. Numbers are written with a decimal point, dates as 2024-05-31.
    """

    column: str
    test: Test
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """Take the rows that fulfil all conditions; it holds for the actions after it."""

    conditions: tuple[Condition, ...]
    action: Literal["filter"] = "filter"


@dataclass(frozen=True, slots=True)
class Describe:
    """Describe the table (no column) or a column by a statistic, perhaps for each group of `by`.

    Groups of a column of dates are its years, or the calendar months or weekdays that `period`
    asks for. "share" is the share of rows whose column is `value`, or that pass the filter without
    one. With `first` the groups are ranked, "highest" or "lowest" at the top.
    """

    column: str = ""
    statistic: Statistic = "summary"
    by: str = ""
    value: str = ""
    first: Rank = ""
    period: Period = ""
    action: Literal["describe"] = "describe"


@dataclass(frozen=True, slots=True)
class Difference:
    """By how much a number differs between two groups of a column's rows."""

    column: str
    by: str
    first: str
    second: str
    action: Literal["difference"] = "difference"


@dataclass(frozen=True, slots=True)
class Compare:
    """What tells the rows that hold `first` from those that hold `second`, or from all others."""

    column: str
    first: str
    second: str = ""
    action: Literal["compare"] = "compare"


@dataclass(frozen=True, slots=True)
class Relation:
    """How strongly a column goes with another, or, without one, with each other."""

    column: str
    other: str = ""
    action: Literal["relation"] = "relation"


@dataclass(frozen=True, slots=True)
class Importance:
    """Which columns matter to the model, or whether one does."""

    column: str = ""
    action: Literal["importance"] = "importance"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a column does to the prediction, perhaps at one of its values."""

    column: str
    at: str = ""
    action: Literal["effect"] = "effect"


@dataclass(frozen=True, slots=True)
class Predict:
    """What the model predicts for a row of the file (from 1), or for values, and what moves it."""

    row: int | None = None
    values: tuple[tuple[str, str], ...] = ()
    action: Literal["predict"] = "predict"


@dataclass(frozen=True, slots=True)
class WhatIf:
    """How the prediction for a row, or for an average one, changes with values of the row."""

    changes: tuple[tuple[str, str], ...]
    row: int | None = None
    action: Literal["what_if"] = "what_if"


@dataclass(frozen=True, slots=True)
class Similar:
    """The rows most like a row of the file (from 1), or the texts most like a text."""

    row: int | None = None
    text: str = ""
    action: Literal["similar"] = "similar"


@dataclass(frozen=True, slots=True)
class Mistakes:
    """Where the model errs: how often, and in which rows most."""

    action: Literal["mistakes"] = "mistakes"


@dataclass(frozen=True, slots=True)
class Quality:
    """How good the model is on rows that it has not seen."""

    action: Literal["quality"] = "quality"


@dataclass(frozen=True, slots=True)
class Tokens:
    """What each word of a text, or of a row's text, adds to the prediction; or of all texts."""

    text: str = ""
    row: int | None = None
    action: Literal["tokens"] = "tokens"


@dataclass(frozen=True, slots=True)
class Definition:
    """What a term or a column means."""

    term: str
    action: Literal["definition"] = "definition"


Action = (
    Filter | Describe | Difference | Compare | Relation | Importance | Effect | Predict | WhatIf
    | Similar | Mistakes | Quality | Tokens | Definition
)  # fmt: skip
ACTIONS: Mapping[str, type[Action]] = {
    str(item.default): kind for kind in get_args(Action) for item in fields(kind)
    if item.name == "action"
}  # fmt: skip
"""Every action by its name in JSON."""
NEEDS_MODEL: frozenset[str] = frozenset(
    {"importance", "effect", "predict", "what_if", "mistakes", "quality", "tokens"}
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a question was taken to ask.

    `notes` say where words had several meanings, and which was taken. Where the question cannot be
    answered from the file, `actions` are empty, `refusal` says why and `instead` what could be
    asked. `target` is the column that the question says is to be predicted, if it says so.
    """

    question: str
    actions: tuple[Action, ...] = ()
    notes: tuple[str, ...] = ()
    refusal: str = ""
    instead: tuple[str, ...] = ()
    target: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was asked and answered last, so that the next question may lean on it."""

    plan: Plan | None = None
    facts: tuple[Fact, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question was taken to ask, and what came of it.

    `steps` say each action in words. A plan that was refused has no claims. `charts` are keys as in
    a report: "chart:column:NAME", "chart:term:NAME", "chart:importance". `rows` are those that the
    conditions chose, None where there were none. `conversation` is what the next question gets.
    """

    plan: Plan
    steps: tuple[str, ...]
    words: Words
    charts: tuple[str, ...]
    rows: int | None
    conversation: Conversation
