"""The slots of facts about columns of texts."""

from __future__ import annotations

from pellucid.core.numbers import percent, plural
from pellucid.facts.slot_parts import Slots, detail, figure, one_line, quoted
from pellucid.facts.types import Fact


def text_slots(fact: Fact) -> Slots:
    if "middle" not in fact.details:
        return {"n": plural(fact.n or 0, "text")}
    return {"value": detail(fact, "middle"), "half": detail(fact, "half"),
            "n": plural(fact.n or 0, "text")}  # fmt: skip


def distinctive_slots(fact: Fact) -> Slots:
    return {
        "subject": one_line(fact.subject[0]), "group": quoted(detail(fact, "ngram")),
        "where": f"{one_line(fact.subject[1])} is {quoted(detail(fact, 'group'))}",
        "value": f"{detail(fact, 'here')} of those texts",
        "other": f"{detail(fact, 'there')} of the others", "interval": "",
        "n": plural(fact.n or 0, "text"),
    }  # fmt: skip


def cluster_slots(fact: Fact) -> Slots:
    found = {"subject": one_line(fact.subject[0]), "n": plural(fact.n or 0, "text")}
    if "label" not in fact.details:
        return {**found, "value": plural(round(figure(fact)), "group")}
    return {**found, "group": quoted(detail(fact, "label")), "interval": "",
            "value": f"{percent(figure(fact))} of the texts"}  # fmt: skip


def duplicate_slots(fact: Fact) -> Slots:
    return {"value": plural(round(figure(fact)), "text"), "n": plural(fact.n or 0, "text"),
            "group": quoted(detail(fact, "example"))}  # fmt: skip
