"""The slots of a table as it stands: sizes, shares, what is missing, how columns are spread."""

from __future__ import annotations

from pellucid.core.numbers import correlation, count, percent, plural
from pellucid.facts.slot_parts import Slots, detail, figure, one_line, quoted, told_place
from pellucid.facts.types import Fact


def count_slots(fact: Fact) -> Slots:
    """Return the parts of a count of rows or columns."""
    found = {"value": plural(round(figure(fact)), fact.unit.removesuffix("s"))}
    if "file" in fact.details:
        found["subject"] = quoted(detail(fact, "file"))
    if "kinds" in fact.details:
        found["list"] = detail(fact, "kinds")
    if "learnt" in fact.details:
        found["subject"] = "the model"
        found["value"] = f"{count(round(figure(fact)))} test rows"
        found["count"] = f"{count(round(figure(fact, 'learnt')))} training rows"
    return found


def share_slots(fact: Fact) -> Slots:
    """Return the parts of the share of one level."""
    found = {"subject": one_line(fact.subject[0]), "group": quoted(detail(fact, "level")),
             "value": f"{percent(figure(fact))} of {_rows(fact)}"}  # fmt: skip
    if "distinct" in fact.details:
        found["count"] = plural(round(figure(fact, "distinct")), "different value")
    return found


def _rows(fact: Fact) -> str:
    """Name the rows that a share is of: all, or those where the column is known."""
    return "the rows where it is known" if "is known" in fact.text else "rows"


def missingness_slots(fact: Fact) -> Slots:
    """Return the parts of what is missing."""
    if not fact.subject:
        if not figure(fact):
            return {}
        columns = plural(round(figure(fact, "columns")), "column")
        return {"value": f"{percent(figure(fact))} of all cells", "count": columns}
    found = {"value": f"{percent(figure(fact))} of rows"}
    if "rows" in fact.details:
        found["count"] = plural(round(figure(fact, "rows")), "row")
    if "word" in fact.details:
        found["group"] = quoted(detail(fact, "word"))
    if fact.details.get("where"):
        found["where"] = detail(fact, "where")
    return found


def distribution_slots(fact: Fact) -> Slots:
    """Return the parts of how a column is spread."""
    details = fact.details
    if "first" in details:
        return {"range": f"from {detail(fact, 'first')} to {detail(fact, 'last')}"}
    if "least" in details:
        least, most, low, high = (told_place(fact, at) for at in ("least", "most", "low", "high"))
        return {
            "value": f"a median of {told_place(fact)}", "range": f"from {least} to {most}",
            "half": f"from {low} to {high}",
        }  # fmt: skip
    if fact.unit == "share":
        return {"group": quoted("0"), "value": f"{percent(figure(fact))} of {_rows(fact)}"}
    return {}


def association_slots(fact: Fact) -> Slots:
    """Return the parts of how two columns go together."""
    strength = abs(figure(fact))
    closely = "closely" if strength >= 0.8 else "clearly"
    direction = f"go {closely} {'together' if figure(fact) > 0 else 'opposite ways'}"
    if "say almost the same" in fact.text:
        direction = "say almost the same"
    return {
        "subject": one_line(fact.subject[0]), "other": one_line(fact.subject[1]),
        "value": f"{_MEASURES.get(fact.unit, fact.unit)} {correlation(figure(fact))}",
        "direction": direction,
    }  # fmt: skip


_MEASURES = {"spearman": "Spearman's rank correlation", "cramers v": "Cramér's V"}
