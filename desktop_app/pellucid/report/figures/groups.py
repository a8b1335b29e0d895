"""The groups that an answer sets side by side, with intervals where there are any."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence

from pellucid.core.numbers import listing, number, percent, plural
from pellucid.facts.types import Fact
from pellucid.report.charts import Bar, BarChart, Caption, DotChart

MOST_GROUPS = 24
_FEWEST = 2


def group_charts(facts: Iterable[Fact]) -> tuple[DotChart | BarChart, ...]:
    """Draw each figure of an answer that was told of two groups or more, and each contrast."""
    drawn = [fact for fact in facts if "figure" in fact.details]
    found: list[DotChart | BarChart] = [
        _pair(fact) for fact in drawn if "first_value" in fact.details
    ]
    kept = [fact for fact in drawn if "group" in fact.details]
    for _, run in itertools.groupby(kept, key=lambda fact: (_figure(fact), _by(fact))):
        groups = [fact for fact in run if isinstance(fact.value, int | float)]
        if len(groups) >= _FEWEST:
            found.append(_chart(groups))
    return tuple(found)


def _figure(fact: Fact) -> str:
    return str(fact.details["figure"])


def _by(fact: Fact) -> str:
    return str(fact.details["by"])


def _chart(groups: Sequence[Fact]) -> DotChart | BarChart:
    shown = groups[:MOST_GROUPS]
    scope = "" if shown[0].unit == "rows" else (
        f" over {plural(sum(fact.n or 0 for fact in shown), 'row')}"
    )  # fmt: skip
    if len(groups) > len(shown):
        scope += f"; {len(shown)} of {len(groups)} groups"
    bars = tuple(_bar(fact) for fact in shown)
    return _drawn(_figure(groups[0]), _by(groups[0]), bars, scope, shown[0].unit == "share")


def _pair(fact: Fact) -> DotChart | BarChart:
    """Draw the figures of two groups that were compared."""
    is_share = _figure(fact).startswith("share ")
    bars = tuple(_side(fact, side, is_share) for side in ("first", "second"))
    scope = f" over {plural(fact.n or 0, 'row')}"
    return _drawn(_figure(fact), _by(fact), bars, scope, is_share)


def _side(fact: Fact, side: str, is_share: bool) -> Bar:
    factor = 100.0 if is_share else 1.0
    value, low, high = (_number(fact, f"{side}_{name}") for name in ("value", "low", "high"))
    return Bar(
        label=str(fact.details[side]),
        value=(value or 0.0) * factor,
        low=None if low is None else low * factor,
        high=None if high is None else high * factor,
        note=str(fact.details["here" if side == "first" else "there"]),
    )


def _number(fact: Fact, name: str) -> float | None:
    found = fact.details.get(name)
    return float(found) if isinstance(found, int | float) and math.isfinite(found) else None


def _drawn(
    what: str, by: str, bars: tuple[Bar, ...], scope: str, is_share: bool
) -> DotChart | BarChart:
    title = _title(what, by, bars)
    has_bounds = any(bar.low is not None for bar in bars)
    name = f"{what[:1].upper()}{what[1:]}"
    told = [f"{bar.label} {bar.note}" for bar in bars]
    caption = Caption(
        title,
        f"{name} by {by}{scope}{', with 95% intervals' if has_bounds else ''}",
        f"{title}. {listing(told, MOST_GROUPS)}.",
    )
    axis = f"{name}{', %' if is_share else ''}"
    return DotChart(caption, axis, bars) if has_bounds else BarChart(caption, axis, bars)


def _title(what: str, by: str, bars: Sequence[Bar]) -> str:
    """Say which group is highest and which lowest, or that all have the same."""
    high, low = max(bar.value for bar in bars), min(bar.value for bar in bars)
    if high == low:
        return f"The {what} is {bars[0].note} in every group of {by}"
    return f"The {what} is highest for {_those(high, bars)}, lowest for {_those(low, bars)}"


def _those(value: float, bars: Sequence[Bar]) -> str:
    """Name the groups of a value, and the value: `11th and 12th (28)`."""
    same = [bar for bar in bars if bar.value == value]
    return f"{listing([bar.label for bar in same], 3)} ({same[0].note})"


def _bar(fact: Fact) -> Bar:
    factor = 100.0 if fact.unit == "share" else 1.0
    value = float(fact.value or 0)
    shown = percent(value) if fact.unit == "share" else str(fact.details.get("short") or "")
    return Bar(
        label=str(fact.details["group"]) or "(empty)",
        value=value * factor,
        tone="accent",
        low=None if fact.low is None else fact.low * factor,
        high=None if fact.high is None else fact.high * factor,
        note=shown or number(value),
    )
