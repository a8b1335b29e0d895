"""The slots of facts that answer questions: figures of some rows, and groups set side by side."""

from __future__ import annotations

from pellucid.core.numbers import plural
from pellucid.facts.slot_parts import Slots, detail, one_line, quoted
from pellucid.facts.types import Fact


def group_contrast_slots(fact: Fact) -> Slots:
    """Return the parts of a difference between two groups of rows."""
    return {
        "subject": one_line(fact.subject[0]), "group": quoted(detail(fact, "first")),
        "other": quoted(detail(fact, "second")), "value": detail(fact, "size"),
        "direction": detail(fact, "clause"), "verdict": detail(fact, "chance"),
        "interval": f"95% interval {detail(fact, 'span')}", "n": plural(fact.n or 0, "row"),
        "list": detail(fact, "figures"), "where": detail(fact, "where"),
    }  # fmt: skip


def statistic_slots(fact: Fact) -> Slots:
    """Return the parts of a figure of some rows."""
    bounds = detail(fact, "span")
    return {
        "value": detail(fact, "told"), "where": detail(fact, "where"),
        "interval": f"95% interval {bounds}" if bounds else "",
        "direction": detail(fact, "direction"), "rank": detail(fact, "rank"),
        "group": quoted(detail(fact, "level")) if "level" in fact.details else "",
    }  # fmt: skip
