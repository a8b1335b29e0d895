"""How many rows, and which share of them: what a question asks to be counted."""

from __future__ import annotations

from dataclasses import replace

from pellucid.writing.questions.asked import Asked, truth, with_filter
from pellucid.writing.questions.lexicon import KnownColumn
from pellucid.writing.questions.reading import Mention
from pellucid.writing.questions.types import (
    Action,
    Condition,
    Describe,
    Filter,
    Rank,
)


def count_rows() -> Describe:
    return Describe(statistic="count")


def share_asked(
    asked: Asked, column: KnownColumn | None, by: str, first: Rank
) -> tuple[Action, ...] | None:
    """The share of rows with a level among the rows of the other conditions."""
    if asked.has("missing|empty|blank|unknown"):
        return missing_asked(asked, column, by)
    ranked: Rank = first if by else ""
    positive = next((m for m in asked.columns if asked.known(m).kind == "boolean"), None)
    among = positive if positive is not None and _chooses_rows(asked, positive) else None
    if among is not None:
        asked, positive = _with_rows(asked, among), None
    if positive is not None and not is_held(asked, positive.column):
        value = truth(asked, positive)
        if value:
            return with_filter(asked, Describe(positive.column, "share", by, value, ranked))
    conditions = list(asked.found.conditions)
    rows_of = among.column if among is not None else ""
    levels = [
        c for c in conditions if c.test == "is" and len(c.values) == 1 and c.column != rows_of
    ]
    if levels:
        chosen = _shared(asked, levels)
        rest = tuple(c for c in conditions if c != chosen)
        action = Describe(chosen.column, "share", by, chosen.values[0], ranked)
        return (Filter(rest), action) if rest else (action,)
    if conditions:
        return with_filter(asked, Describe(statistic="share", by=by))
    if column is not None:
        return (Describe(column.name, "share", by),)
    return (Describe(by, "share"),) if by else None


def _chooses_rows(asked: Asked, truth_of: Mention) -> bool:
    """Say whether a yes-or-no column says among which rows: "share of women among survivors"."""
    before = [word.text for word in asked.reading.words[: truth_of.start]]
    is_among = before[-1:] == ["among"] or before[-2:] in (["among", "the"], ["among", "those"])
    return is_among and any(level.start < truth_of.start for level in asked.reading.levels)


def _with_rows(asked: Asked, truth_of: Mention) -> Asked:
    """Read a yes-or-no column as a condition."""
    value = truth(asked, truth_of)
    added = (Condition(truth_of.column, "is", (value,)),) if value else ()
    found = replace(asked.found, conditions=(*asked.found.conditions, *added))
    return replace(asked, found=found)


def _shared(asked: Asked, levels: list[Condition]) -> Condition:
    """Choose the level whose share is asked: "of the females are Gentoo" asks for Gentoo."""
    if len(levels) == 1:
        return levels[0]
    places = {(m.column, m.value): m.start for m in asked.reading.levels}
    ordered = sorted(levels, key=lambda c: places.get((c.column, c.values[0]), 0))
    if asked.has(r"of (all |the )?\w+ \w* ?(is|are|were|was|live|come|have|has|on|from|in)"):
        return ordered[-1]
    return ordered[-1] if asked.has("are|is|were|was|live") else ordered[0]


def count_asked(
    asked: Asked, column: KnownColumn | None, by: str, first: Rank
) -> tuple[Action, ...] | None:
    """Count rows, or the values of a column where "how many species are there" asks for them."""
    conditions = asked.found.conditions
    for mention in asked.columns:
        known = asked.known(mention)
        if known.kind != "boolean" or known.name == by or is_held(asked, known.name):
            continue
        value = truth(asked, mention)
        if value:
            rows = Filter((*conditions, Condition(known.name, "is", (value,))))
            return (rows, Describe(statistic="count", by=by))
    if asked.has("how many columns|number of columns"):
        return (Describe(),)
    if column is not None and not by:
        if column.kind == "text" and not asked.has("different|distinct|unique"):
            return with_filter(asked, count_rows())
        if not column.is_number or asked.has("how many (different|distinct|unique)"):
            return with_filter(asked, Describe(column.name, "distinct"))
        if any(m.how == "adjective" for m in asked.columns):
            return None
        if _follows(asked) or not conditions:
            return with_filter(asked, Describe(column.name, "sum"))
    if column is not None and column.is_number and _follows(asked):
        return with_filter(asked, Describe(column.name, "sum", by))
    return with_filter(asked, Describe(statistic="count", by=by, first=first if by else ""))


def is_held(asked: Asked, column: str) -> bool:
    return any(condition.column == column for condition in asked.found.conditions)


def _follows(asked: Asked) -> bool:
    """Say whether a column of numbers stands right after "how many": how many riders."""
    for mention in asked.columns:
        before = [w.text for w in asked.reading.words[max(0, mention.start - 2) : mention.start]]
        if before == ["how", "many"] or before == ["number", "of"]:
            return asked.known(mention).is_number
    return False


def missing_asked(asked: Asked, column: KnownColumn | None, by: str) -> tuple[Action, ...] | None:
    conditions = tuple(c for c in asked.found.conditions if c.test != "missing")
    named = next((c.column for c in asked.found.conditions if c.test == "missing"), "") or (
        column.name if column is not None else ""
    )
    action = Describe(named, "missing", by)
    return (Filter(conditions), action) if conditions else (action,)
