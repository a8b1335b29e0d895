"""Ways to turn a true claim into a false one by rule, so that its falsehood needs no judging.

Each takes a claim of the bench and returns a draft with the facts it may draw on, by alias.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lies.claims import BenchClaim

from pellucid.facts.slots import slots_of
from pellucid.facts.types import Fact
from pellucid.writing.drafts import Draft
from pellucid.writing.templates import Slot, parse

TURNING_WORDS = (
    "not", "never", "no", "nowhere", "hardly", "barely", "neither", "without", "seventeen", "dozen",
    "twice", "thirdly", "because", "therefore", "causing", "due", "thanks", "certainly", "surely",
    "proven", "undoubtedly", "solely", "merely", "unless", "falsely", "un-", "isn't", "cannot",
    "nicht", "ninguno", "jamais", "siebzehn",
)  # fmt: skip
"""Words that turn what is true, or say what its facts do not; none is a word of theirs."""
BORROWED = ("value", "count", "interval", "rank", "at", "range", "half", "n", "verdict")
"""Slots that say something of their fact's subject and are false of another's."""
MIRRORED = {
    "group_difference": ("group", "other"), "monotone": ("group", "other"),
    "baseline": ("value", "other"), "distinctive": ("value", "other"),
}  # fmt: skip
"""Slots whose exchange says the opposite, by kind of fact."""
NAMELESS = ("Against the baseline", "Beside")
"""How comparisons start that set two figures side by side without saying whose each is."""


@dataclass(frozen=True, slots=True)
class Attack:
    """A draft that must not be checked, and the facts by alias."""

    draft: Draft
    facts: Mapping[str, Fact]


def facts_of(claim: BenchClaim, facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Return the claim's facts by alias, out of all by key."""
    return {alias: facts[key] for alias, key in claim.facts.items()}


def literal_places(text: str) -> list[int]:
    """Return where a word may be put into a template: between words, outside slots."""
    spans = [found.span() for found in re.finditer(r"\{\{.*?\}\}", text)]
    gaps = [0, *(found.end() for found in re.finditer(r" ", text)), len(text)]
    return [gap for gap in gaps if not any(start < gap < end for start, end in spans)]


def with_word(claim: BenchClaim, facts: Mapping[str, Fact], word: str, place: int) -> Attack:
    """Put a word in, at one of the places that there are."""
    places = literal_places(claim.text)
    at = places[place % len(places)]
    text = f"{claim.text[:at].rstrip(' ')} {word} {claim.text[at:]}".strip()
    return Attack(Draft(text, claim.cites), facts_of(claim, facts))


def with_borrowed_slot(
    claim: BenchClaim, facts: Mapping[str, Fact], other: Fact, pick: int
) -> Attack | None:
    """Give the subject of the claim's one fact a figure of another fact of its kind."""
    own = facts_of(claim, facts)
    if len(own) != 1:
        return None
    ((alias, fact),) = own.items()
    mine, theirs = slots_of(fact), slots_of(other)
    used = [piece.name for piece in parse(claim.text) if isinstance(piece, Slot)]
    able = [
        name for name in used
        if name in BORROWED and theirs.get(name) and theirs[name] not in mine.values()
    ]  # fmt: skip
    file = fact.details.get("file", " ")
    is_of_table = file in (other.details.get("table"), other.details.get("file"))
    if "subject" not in used or mine.get("subject") == theirs.get("subject") or not able:
        return None
    if is_of_table:  # What the table has, its file has.
        return None
    name = able[pick % len(able)]
    text = claim.text.replace(f"{{{{{alias}.{name}}}}}", f"{{{{F99.{name}}}}}")
    return Attack(Draft(text, (*claim.cites, "F99")), {**own, "F99": other})


def mirrored(claim: BenchClaim, facts: Mapping[str, Fact]) -> Attack | None:
    """Exchange the two sides of a comparison."""
    own = facts_of(claim, facts)
    sides = MIRRORED.get(claim.kind_of_fact)
    if len(own) != 1 or sides is None or claim.text.startswith(NAMELESS):
        return None
    ((alias, fact),) = own.items()
    slots = slots_of(fact)
    used = {piece.name for piece in parse(claim.text) if isinstance(piece, Slot)}
    if not {*sides, "value"} <= used or slots[sides[0]] == slots[sides[1]]:
        return None
    one, two = (f"{{{{{alias}.{side}}}}}" for side in sides)
    text = claim.text.replace(one, "\0").replace(two, one).replace("\0", two)
    return Attack(Draft(text, claim.cites), own)


def joined(
    true: BenchClaim, lie: BenchClaim, facts: Mapping[str, Fact], joint: str, *, lie_first: bool
) -> Attack:
    """Set a true claim beside a lie."""
    text, cites = lie.text, []
    known = facts_of(true, facts)
    for number, (alias, key) in enumerate(lie.facts.items(), start=60):
        text = text.replace(f"{{{{{alias}.", f"{{{{F{number}.")
        known[f"F{number}"] = facts[key]
        if alias in lie.cites:
            cites.append(f"F{number}")
    parts = (text, true.text) if lie_first else (true.text, text)
    return Attack(Draft(joint.join(part.rstrip(".") for part in parts) + ".",
                        (*true.cites, *cites)), known)  # fmt: skip


def uncited(claim: BenchClaim, facts: Mapping[str, Fact], which: int) -> Attack:
    """Leave out one of the facts that the claim rests on from what it cites."""
    gone = claim.cites[which % len(claim.cites)]
    cites = tuple(alias for alias in claim.cites if alias != gone)
    return Attack(Draft(claim.text, cites), facts_of(claim, facts))
