"""The slots of one row: its prediction, what moves it, what would turn it, its words."""

from __future__ import annotations

from pellucid.core.numbers import plural
from pellucid.facts.slot_parts import Slots, detail, figure, one_line, ordinal, quoted
from pellucid.facts.types import Fact

WHAT_IF = "what if"
"""The cell of origin of a prediction for a row with some of its values changed."""


def prediction_slots(fact: Fact) -> Slots:
    """Return the parts of one prediction.

    One after a change was compared with the row as it was, not with an average row, so it has no
    part that says where it stands against that.
    """
    value, base = figure(fact), figure(fact, "base")
    is_number = fact.unit != "probability"
    found = {
        "subject": detail(fact, "row"), "value": detail(fact, "told"),
        "outcome": f"the predicted {one_line(fact.subject[0])}" if is_number
        else f"the probability of {detail(fact, 'outcome')}",
        "other": f"{detail(fact, 'start')} for an average row",
        "direction": f"is {'above' if value > base else 'below'} that of an average row",
    }  # fmt: skip
    if fact.origin.cell == WHAT_IF:
        del found["other"]
    if value == base or fact.origin.cell == WHAT_IF:
        del found["direction"]
    if detail(fact, "label"):
        found["group"] = quoted(detail(fact, "label"))
    if detail(fact, "right"):
        agrees = detail(fact, "right") == "yes"
        found["verdict"] = f"{'agrees with' if agrees else 'differs from'} what the table says"
    return found


def contribution_slots(fact: Fact) -> Slots:
    """Return the parts of what one term adds."""
    found = {"subject": _name(fact), "where": _held(fact), "outcome": detail(fact, "noun")}
    if "sure" in fact.details:
        found["interval"] = detail(fact, "sure")
    if detail(fact, "unseen") == "yes":
        return {**found, "group": quoted(detail(fact, "cell")), "verdict": "adds nothing",
                "interval": ""}  # fmt: skip
    if detail(fact, "sort") not in ("pair", "ngrams"):
        found["group"] = quoted(detail(fact, "cell"))
    place = round(figure(fact, "rank"))
    return {**found, "direction": detail(fact, "effect"), "value": _size(fact),
            "rank": "strongest" if place == 1 else f"{ordinal(place)} strongest"}  # fmt: skip


def _held(fact: Fact) -> str:
    """Say what the row holds, a single cell in quotation marks."""
    if detail(fact, "sort") in ("pair", "ngrams"):
        return detail(fact, "holds")
    return f"{_name(fact)} is {quoted(detail(fact, 'cell'))}"


def _name(fact: Fact) -> str:
    return detail(fact, "name") or detail(fact, "term")


def _size(fact: Fact) -> str:
    """Return what follows `by` in an effect: a factor, or an amount in the target's own units."""
    size = detail(fact, "effect").rpartition(" by ")[2]
    return f"a factor of {size}" if "ratio" in fact.unit else size


def counterfactual_slots(fact: Fact) -> Slots:
    """Return the parts of a change that turns a prediction, or of there being none."""
    if "after" not in fact.details:
        return {"subject": detail(fact, "row"), "count": detail(fact, "columns"),
                "verdict": "leaves the prediction on its side"}  # fmt: skip
    column = one_line(fact.subject[0])
    before, after = quoted(detail(fact, "before")), quoted(detail(fact, "after"))
    return {
        "subject": column, "group": after, "other": before,
        "where": f"{column} is {after} instead of {before}",
        "value": _then(fact), "verdict": _verdict(fact),
        "rank": "nearest" if round(figure(fact, "rank")) == 1
        else f"{ordinal(round(figure(fact, 'rank')))} nearest",
    }  # fmt: skip


def _then(fact: Fact) -> str:
    """Return what would be predicted after the change, as a figure."""
    kind = "probability" if fact.unit == "probability" else "prediction"
    return f"a {kind} of {detail(fact, 'figure')}"


def _verdict(fact: Fact) -> str:
    if "then" in fact.details:
        return f"would {detail(fact, 'then')}"
    if fact.unit != "probability":
        shown = f"{detail(fact, 'figure')}, no longer {detail(fact, 'side')} an average row"
        return f"would make the prediction {shown}"
    if detail(fact, "outcome"):
        return f"would give {detail(fact, 'outcome')} {_then(fact)}"
    return f"would turn the prediction to {quoted(detail(fact, 'label'))}, with {_then(fact)}"


def token_slots(fact: Fact) -> Slots:
    """Return the parts of what one word of one text does."""
    found = {
        "subject": one_line(fact.subject[0]), "group": quoted(detail(fact, "token")),
        "outcome": detail(fact, "noun"), "direction": detail(fact, "effect"), "value": _size(fact),
    }  # fmt: skip
    if figure(fact, "of") > 1:
        found["count"] = plural(round(figure(fact, "of")), "mention")
    return found
