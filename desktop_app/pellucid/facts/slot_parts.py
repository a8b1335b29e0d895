"""What the makers of slots share: cells in quotation marks, figures, and a fact's details."""

from __future__ import annotations

from collections.abc import Mapping

from pellucid.core.numbers import interval, percent, place, year
from pellucid.facts.scales import ratio_span
from pellucid.facts.types import Fact

Slots = Mapping[str, str]
SHARES = frozenset({"share", "accuracy", "probability"})
_MOST_CELL_CHARACTERS = 60


def quoted(cell: str) -> str:
    """Set a cell in quotation marks, in one line and shortened."""
    text = one_line(cell)
    if len(text) > _MOST_CELL_CHARACTERS:
        text = text[: _MOST_CELL_CHARACTERS - 1].rstrip() + "…"
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def one_line(text: str) -> str:
    """Leave out line breaks and characters that do not print."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def bounds_text(fact: Fact) -> str:
    """Format the interval as the fact's own sentence does."""
    low, high = fact.low or 0.0, fact.high or 0.0
    if "ratio" in fact.unit:
        return ratio_span(low, high)
    if fact.kind == "effect_at" and figure(fact) < 0:
        low, high = -high, -low  # Told as how far below the average.
    if fact.unit in SHARES:
        return f"{percent(low)} to {percent(high)}"
    return interval(low, high)


def detail(fact: Fact, name: str) -> str:
    """Return a detail in one line; empty where the fact has none of that name."""
    return one_line(str(fact.details.get(name, "")))


def figure(fact: Fact, name: str = "") -> float:
    """Return a detail, or the value itself, as a number; 0 where it is none."""
    found = fact.details.get(name, 0.0) if name else fact.value
    return float(found) if isinstance(found, int | float) else 0.0


def told_place(fact: Fact, name: str = "") -> str:
    """Write a place in a column's range as its own sentence does: years without a comma."""
    value = figure(fact, name)
    if detail(fact, "years"):
        return year(value)
    return place(value, figure(fact, "high") - figure(fact, "low"))


def ordinal(rank: int) -> str:
    """Name a rank: `first`, `second`, `third`, then `4th`."""
    tail = "th" if 10 <= rank % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return {1: "first", 2: "second", 3: "third"}.get(rank, f"{rank}{tail}")
