"""How much a reader learns from a fact: effect and support, and less from the fifth about one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from pellucid.facts.types import Fact

_FADING = frozenset(
    {"effect_at", "turning_point", "jump", "monotone", "group_difference", "pair_effect", "group",
     "comparison", "trend", "share", "distribution"}
)  # fmt: skip
"""Kinds that tell one thing after another of a column. Of words, each fact is about another word;
ranks, links and cautions are looked up rather than read."""
_FULL = 3
_FADE = 0.88
_FEW_ROWS = 40.0


def interest_of(
    effect: float, n: int, *, least: float = 0.1, most: float = 0.7, surprise: float = 0.0
) -> float:
    """Return an interest from `least` to `most`, and up to 0.2 more for a full surprise.

    `effect` is in standard deviations, or on another scale on which 1 is large; `n` are the rows
    behind it, of which fewer than some dozens count for less.
    """
    support = n / (n + _FEW_ROWS)
    return least + (most - least) * min(1.0, max(0.0, effect)) * support + 0.2 * surprise


def without_repeats(facts: Iterable[Fact], target: str = "") -> tuple[Fact, ...]:
    """Return the facts with falling interest for the fourth and further ones about one subject.

    A reader who was told three things about a column learns less from the next. The target, which
    is in nearly all subjects, does not count; nor do facts about the whole table or model.
    """
    told: Counter[tuple[str, ...]] = Counter()
    found = []
    for fact in sorted(facts, key=lambda fact: (-fact.interest, fact.id)):
        subject = tuple(sorted(name for name in fact.subject if name != target))
        if subject and fact.kind in _FADING:
            told[subject] += 1
            beyond = told[subject] - _FULL
            if beyond > 0:
                fact = replace(fact, interest=round(fact.interest * _FADE**beyond, 4))
        found.append(fact)
    return tuple(found)
