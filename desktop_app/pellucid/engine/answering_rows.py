"""Answers from the rows themselves: counts, figures, differences, relations."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.engine.row_choice import Rows, groups_in
from pellucid.engine.stores import profile_of
from pellucid.explain.figures_of_rows import figure_of, share_figure
from pellucid.facts import answers
from pellucid.facts.types import Fact
from pellucid.writing.answer_words import grouped_claim, plain_claims, spread_claims
from pellucid.writing.questions.plans import condition_text
from pellucid.writing.questions.types import (
    Condition,
    Describe,
    Statistic,
)
from pellucid.writing.types import Claim

if TYPE_CHECKING:
    from pellucid.data.table import Table

_MOST_LEVELS = 8
_EXTREMES = frozenset({"minimum", "maximum"})
_NUMERIC: frozenset[Statistic] = frozenset(
    {"mean", "median", "minimum", "maximum", "sum", "spread"}
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows that an action is about, and the conditions that chose them, in words."""

    table: Table
    rows: Rows
    conditions: tuple[Condition, ...] = ()

    @property
    def where(self) -> str:
        return " and ".join(condition_text(condition) for condition in self.conditions)

    def values(self, column: str) -> NDArray[Any]:
        return np.asarray(self.table.values(column)[self.rows])

    def inside(self, column: str, label: str, rows: Rows) -> Scope:
        """Return the part of these rows that one group is made of."""
        condition = Condition(column, "is", (label,))
        return Scope(self.table, rows, (*self.conditions, condition))


@dataclass(frozen=True, slots=True)
class Piece:
    """What one action gave: claims, the facts behind them, and the charts that show the same."""

    claims: tuple[Claim, ...]
    facts: tuple[Fact, ...]
    charts: tuple[str, ...] = ()


def piece_of(facts: list[Fact], charts: tuple[str, ...] = ()) -> Piece:
    """Return a piece with one claim a fact."""
    return Piece(tuple(plain_claims(facts)), tuple(facts), charts)


def describe(action: Describe, scope: Scope, run: Run) -> Piece:
    """Answer a question for a count, a figure or a description."""
    if action.by:
        return _by_groups(action, scope)
    if not action.column:
        return _of_table(action, scope, run)
    facts = _facts_of(action, scope)
    return Piece(tuple(spread_claims(facts)), tuple(facts), (f"chart:column:{action.column}",))


def _of_table(action: Describe, scope: Scope, run: Run) -> Piece:
    if action.statistic == "missing":
        facts = [
            answers.missing_fact(column.name, missing, len(scope.rows), scope.where)
            for column in scope.table.columns
            if (missing := _missing(scope, column.name))
        ]
        facts.sort(key=lambda fact: -float(fact.value or 0))
        return piece_of(facts[:12] or [_nothing_missing(scope)])
    if action.statistic == "share" and scope.conditions:
        figure = share_figure(len(scope.rows), scope.table.rows)
        return piece_of([answers.rows_share_fact(figure, len(scope.rows), scope.where)])
    if action.statistic in ("count", "share", "distinct"):
        return piece_of([_count(scope)])
    from pellucid.facts.tables import table_facts

    known = list(table_facts(scope.table.source, profile_of(scope.table, run)))
    kept = [fact for fact in known if fact.kind in ("count", "missingness") and (
        len(fact.subject) == 0)]  # fmt: skip
    names = answers.columns_fact([column.name for column in scope.table.columns])
    found = [*kept, names]
    return piece_of([_count(scope), *found] if scope.conditions else found)


def _nothing_missing(scope: Scope) -> Fact:
    return answers.missing_fact("No column", 0, len(scope.rows), scope.where)


def _count(scope: Scope) -> Fact:
    name = scope.table.source.path.name
    return answers.count_fact(len(scope.rows), scope.table.rows, scope.where, name)


def _missing(scope: Scope, column: str) -> int:
    values = scope.values(column)
    if values.dtype.kind == "f":
        return int((~np.isfinite(values.astype(np.float64))).sum())
    return sum(value is None for value in values.tolist())


def _facts_of(action: Describe, scope: Scope) -> list[Fact]:
    """Return the facts of one column's statistic over the rows in scope."""
    column, statistic = action.column, action.statistic
    kind = scope.table.column(column).kind
    if statistic == "missing":
        return [answers.missing_fact(column, _missing(scope, column), len(scope.rows),
                                     scope.where)]  # fmt: skip
    if statistic == "count":
        return [_count(scope)]
    if kind in ("number", "datetime"):
        return _of_numbers(action, scope)
    return _of_words(action, scope)


def _of_numbers(action: Describe, scope: Scope) -> list[Fact]:
    column, where = action.column, scope.where
    kind = scope.table.column(column).kind
    values = scope.values(column).astype(np.float64)
    known = values[np.isfinite(values)]
    if not len(known):
        return [answers.unknown_fact(column, where)]
    if action.statistic == "share":
        return _shares(action, scope, [_plain(v) for v in values.tolist()])
    if action.statistic == "distinct":
        return [answers.distinct_fact(column, len(np.unique(known)), [], len(known), where)]
    if action.statistic == "most frequent":
        return _shares(action, scope, [_plain(v) for v in values.tolist()], 1)
    if action.statistic in _NUMERIC:
        if kind == "datetime" and action.statistic in ("sum", "spread"):
            raise UserError(f"Dates have no {action.statistic}", "Ask for their range.")
        figure = figure_of(known, action.statistic)
        held = scope.rows[values == figure.value] + 1 if action.statistic in _EXTREMES else ()
        return [answers.statistic_fact(column, kind, action.statistic, figure, where, held)]
    found = [] if kind == "datetime" else [
        answers.statistic_fact(column, kind, name, figure_of(known, name), where)
        for name in ("mean", "median")
    ]  # fmt: skip
    spread = answers.range_fact(column, kind, float(known.min()), float(known.max()), len(known),
                                where)  # fmt: skip
    return [*found, spread]


def _plain(value: float) -> str | None:
    if not math.isfinite(value):
        return None
    return str(int(value)) if value % 1 == 0 else repr(value)


def _of_words(action: Describe, scope: Scope) -> list[Fact]:
    words = [None if value is None else str(value) for value in scope.values(action.column)]
    if not any(word is not None for word in words):
        return [answers.unknown_fact(action.column, scope.where)]
    if action.statistic == "share":
        return _shares(action, scope, words)
    counted = Counter(word for word in words if word is not None)
    levels = [level for level, _ in counted.most_common()]
    named = levels if len(levels) <= _MOST_LEVELS else []
    distinct = answers.distinct_fact(
        action.column, len(levels), named, counted.total(), scope.where
    )
    if action.statistic == "distinct" or len(levels) == counted.total():
        return [distinct]
    if action.statistic == "most frequent":
        return _shares(action, scope, words, 1)
    if action.statistic in _NUMERIC:
        raise UserError(
            f"{action.column} holds no numbers, so it has no {action.statistic}",
            f"Ask for its values: What {action.column} are there?",
        )
    return [distinct, *_shares(action, scope, words, _MOST_LEVELS)]


def _shares(
    action: Describe, scope: Scope, words: list[str | None], most: int = _MOST_LEVELS
) -> list[Fact]:
    """Return the share of one value, or of the most frequent ones, among the known."""
    counted = Counter(word for word in words if word is not None)
    total = counted.total()
    levels = [action.value] if action.value else [v for v, _ in counted.most_common(most)]
    return [
        answers.share_fact(action.column, level, share_figure(counted[level], total), scope.where,
                           counted[level])
        for level in levels
    ]  # fmt: skip


def _by_groups(action: Describe, scope: Scope) -> Piece:
    """Answer for each group of a column, ranked where that was asked."""
    found: list[tuple[str, Fact]] = []
    several: list[Fact] = []
    by = f"{action.period} of {action.by}" if action.period else action.by
    what = _named(action)
    for label, rows in groups_in(scope.table, action.by, scope.rows, action.period):
        facts = _in_group(action, scope.inside(action.by, label, rows))
        several += facts
        drawn = what.removeprefix("the ")
        if action.statistic == "missing":  # the fact's value is a share, its sentence tells both
            drawn = drawn.replace("number of rows", "share of rows", 1)
        found.append((label, answers.in_group(facts[0], drawn, by, label)))
    if not found:
        return piece_of([answers.unknown_fact(action.by, scope.where)])
    if action.statistic in ("summary", "most frequent") or (
        action.statistic == "share" and not action.value and action.column
    ):  # fmt: skip
        return piece_of(several)
    if action.first:
        known = [item for item in found if isinstance(item[1].value, int | float)]
        found = sorted(known, key=lambda item: float(item[1].value or 0),
                       reverse=action.first == "highest")  # fmt: skip
    rank = f"{action.first} {what.removeprefix('the ')}" if action.first else ""
    is_dated = scope.table.column(action.by).kind == "datetime"
    claim = grouped_claim(what, by, found, scope.where, rank, is_dated=is_dated)
    return Piece((claim,), tuple(fact for _, fact in found), (f"chart:groups:{action.by}",))


def _in_group(action: Describe, scope: Scope) -> list[Fact]:
    if not action.column:
        if action.statistic == "missing":
            total = sum(_missing(scope, column.name) for column in scope.table.columns)
            cells = len(scope.rows) * len(scope.table.columns)
            return [answers.missing_fact("A cell", total, cells, scope.where)]
        return [_count(scope)]
    return _facts_of(action, scope)


def _named(action: Describe) -> str:
    if action.statistic == "count" or not action.column:
        return "the number of rows"
    if action.statistic == "share":
        return f"the share of {action.column} {action.value}"
    if action.statistic == "missing":
        return f"the number of rows without {action.column}"
    if action.statistic == "distinct":
        return f"the number of different values of {action.column}"
    name = {"spread": "standard deviation"}.get(action.statistic, action.statistic)
    return f"the {name} of {action.column}"
