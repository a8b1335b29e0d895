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
_MIDDLES = ("median", "mean")


def plain_claims(facts: Sequence[Fact]) -> list[Claim]:
    """Return one claim for each fact, in its own sentence."""
    return [claim(ANSWER, fact.text, [fact]) for fact in facts]


def spread_claims(facts: Sequence[Fact]) -> list[Claim]:
    """Return one claim that tells a column's range, median and mean, else one for each fact."""
    by_name = {detail(fact, "statistic") or "range": fact for fact in facts}
    whole = by_name.get("range")
    if len(facts) != 3 or whole is None or not {"mean", "median"} <= by_name.keys():
        return plain_claims(facts)
    median, mean = (
        f"{detail(by_name[name], 'short')}{_in_brackets(by_name[name])}" for name in _MIDDLES
    )
    text = f"{whole.text.removesuffix('.')}; its median is {median} and its mean {mean}."
    return [claim(ANSWER, text, facts)]


def _in_brackets(fact: Fact) -> str:
    return f" (95% interval {detail(fact, 'span')})" if detail(fact, "span") else ""


def importance_claims(facts: Sequence[Fact]) -> list[Claim]:
    """Return whether a column's terms matter: its own first, its idle pairs in one sentence."""
    ordered = sorted(facts, key=lambda f: (detail(f, "shape") == "pair", figure(f, "rank")))
    idle = [f for f in ordered if detail(f, "shape") == "pair" and detail(f, "matters") == "no"]
    idle = idle if len(idle) > 1 else []
    claims = plain_claims([fact for fact in ordered if fact not in idle])
    if idle:
        names = listing([fact.origin.part for fact in idle], len(idle))
        text = f"No difference that can be told from chance is made by the pairs {names}."
        claims.append(claim(ANSWER, text, idle))
    return claims


def moves_claim(facts: Sequence[Fact]) -> Claim:
    """Return what moves one prediction as one claim: all that goes the way of the strongest first.

    The first of each way is told in full, the others by what they hold and by how much.
    """
    parts: list[str] = []
    for way in dict.fromkeys(detail(fact, "way") for fact in facts):
        same = [f for f in facts if detail(f, "way") == way and detail(f, "unseen") != "yes"]
        if not same:
            continue
        text = same[0].text.removesuffix(".")
        if parts:
            text = f"The other way, {text.partition(', ')[2]}"
        more = [_move(fact) for fact in same[1:]]
        parts.append(f"{text}{f'; likewise {listing(more, len(more))}' if more else ''}.")
    parts += [fact.text for fact in facts if detail(fact, "unseen") == "yes"]
    return claim(ANSWER, " ".join(parts), facts)


def _move(fact: Fact) -> str:
    size = f"by {detail(fact, 'effect').rpartition(' by ')[2]}"
    sure = detail(fact, "sure").removeprefix("95% interval ")
    return f"{detail(fact, 'holds')} ({'; '.join(part for part in (size, sure) if part)})"


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
