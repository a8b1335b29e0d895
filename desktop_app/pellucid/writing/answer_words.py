"""How answers read: one claim for a figure, one for groups side by side."""

from __future__ import annotations

from collections.abc import Sequence

from pellucid.core.numbers import listing
from pellucid.facts.types import Fact
from pellucid.writing.select import claim, detail, figure
from pellucid.writing.types import Claim

ANSWER = "Answer"
_MOST_TOLD = 12


def plain_claims(facts: Sequence[Fact]) -> list[Claim]:
    """Return one claim for each fact, in its own sentence."""
    return [claim(ANSWER, fact.text, [fact]) for fact in facts]


def grouped_claim(
    what: str, by: str, groups: Sequence[tuple[str, Fact]], where: str, rank: str = ""
) -> Claim:
    """Return the figures of all groups of a column as one claim that cites each of them.

    `what` names the figure ("the mean of body_mass_g"). With `rank` the groups come in order, and
    the first is said to be the highest or lowest.
    """
    told = list(groups[:_MOST_TOLD])
    parts = []
    for label, fact in told:
        span = detail(fact, "span")
        rows = f"{fact.n:,} {'row' if fact.n == 1 else 'rows'}"
        parts.append(
            f"{_short(fact)} for {label} ({rows}{f', 95% interval {span}' if span else ''})"
        )
    among = f" where {where}" if where else ""
    some = f" ({_MOST_TOLD} of {len(groups)} groups)" if len(groups) > _MOST_TOLD else ""
    lead = f"By {by}{some}, {what}{among} is {listing(parts, len(parts))}."
    if rank and told:
        label, fact = told[0]
        ties = [name for name, other in groups if other.value == fact.value]
        if len(ties) > 1:
            lead = f"{listing(ties)} share the {rank} place. {lead}"
        else:
            lead = f"{label} has the {rank}: {_short(fact)}. {lead}"
        lead += _overlap(told)
    return claim(ANSWER, lead, [fact for _, fact in told])


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
