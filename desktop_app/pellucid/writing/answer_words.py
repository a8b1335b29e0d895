"""How answers read: one claim for a figure, one for groups side by side."""

from __future__ import annotations

from collections.abc import Sequence

from pellucid.core.numbers import count, listing, plural
from pellucid.facts.types import Fact
from pellucid.writing.select import claim, detail, figure
from pellucid.writing.types import Claim

ANSWER = "Answer"
_MOST_TOLD = 12
_MOST_DATED = 24
_MOST_IN_FULL = 6


def plain_claims(facts: Sequence[Fact]) -> list[Claim]:
    """Return one claim for each fact, in its own sentence."""
    return [claim(ANSWER, fact.text, [fact]) for fact in facts]


def grouped_claim(
    what: str, by: str, groups: Sequence[tuple[str, Fact]], where: str, rank: str = "",
    *, is_dated: bool = False,
) -> Claim:  # fmt: skip
    """Return the figures of all groups of a column as one claim that cites each of them.

    `what` names the figure ("the mean of body_mass_g"). With `rank` the groups come in order, and
    the first is said to be the highest or lowest; without, the groups with most rows come first, or
    those of dates in their order. Intervals are told where the groups are few.
    """
    told = list(groups[: _MOST_DATED if is_dated else _MOST_TOLD])
    among = f" where {where}" if where else ""
    lead = f"By {by}{_scope(told, groups, rank, is_dated)}, {what}{among} is {_figures(told)}."
    if rank and told:
        label, fact = told[0]
        ties = [name for name, other in groups if other.value == fact.value]
        if len(ties) > 1:
            lead = f"{listing(ties)} share the {rank} place. {lead}"
        else:
            lead = f"{label} has the {rank}: {_short(fact)}. {lead}"
        lead += _overlap(told)
    return claim(ANSWER, lead, [fact for _, fact in told])


def _scope(
    told: Sequence[tuple[str, Fact]], groups: Sequence[tuple[str, Fact]], rank: str, is_dated: bool
) -> str:
    if len(told) == len(groups):
        return ""
    which = "first" if rank or is_dated else "largest"
    return f" (the {which} {len(told)} of {len(groups)} groups)"


def _figures(told: Sequence[tuple[str, Fact]]) -> str:
    """List figures by group: each with interval and rows where they are few, else without."""
    if len(told) > _MOST_IN_FULL:
        parts = [f"{_short(fact)} for {label}" for label, fact in told]
        return f"{listing(parts, len(parts))}{_rows_of_all([fact for _, fact in told])}"
    parts, is_named = [], False
    for label, fact in told:
        about = [plural(fact.n or 0, "row")] if _has_own_rows(fact) else []
        if detail(fact, "span"):
            about.insert(0, f"{'' if is_named else '95% interval '}{detail(fact, 'span')}")
            is_named = True
        brackets = f" ({'; '.join(about)})" if about else ""
        parts.append(f"{_short(fact)} for {label}{brackets}")
    return listing(parts, len(parts))


def _has_own_rows(fact: Fact) -> bool:
    """Say whether its rows are something else than the figure itself."""
    return fact.unit != "rows"


def _rows_of_all(facts: Sequence[Fact]) -> str:
    rows = [fact.n or 0 for fact in facts if _has_own_rows(fact)]
    if not rows:
        return ""
    fewest, most = min(rows), max(rows)
    span = f"{count(fewest)} to {count(most)}" if fewest < most else count(most)
    return f", each from {span} rows"


def _short(fact: Fact) -> str:
    if detail(fact, "short"):
        return detail(fact, "short")
    if fact.kind == "missingness":
        return f"{figure(fact, 'rows'):,.0f}"
    return f"{float(fact.value or 0):,.0f}"


def _overlap(told: Sequence[tuple[str, Fact]]) -> str:
    """Say where the first group's interval meets the second's, so that their order is not sure."""
    if len(told) < 2:
        return ""
    first, second = told[0][1], told[1][1]
    if first.low is None or second.low is None or first.high is None or second.high is None:
        return ""
    if first.low <= second.high and second.low <= first.high:
        return f" The intervals of {told[0][0]} and {told[1][0]} overlap."
    return ""
