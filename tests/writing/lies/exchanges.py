"""Two slots of a true claim exchanged: most make it false, and some say the same as before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

from lies.attacks import Attack, facts_of
from lies.claims import BenchClaim

from pellucid.facts.types import Fact
from pellucid.writing.drafts import Draft
from pellucid.writing.templates import TemplateError, fill

Exchange = tuple[str, str, str]
"""Whether both slots are of one fact (`own` or `apart`), and each as `kind.slot`, in order."""
_HARMLESS = Path(__file__).with_name("harmless_exchanges.txt")
_SLOT = re.compile(r"\{\{(\w+)\.(\w+)\}\}")


def harmless() -> dict[tuple[Exchange, str], str]:
    """Return the exchanges that leave a claim true, and the words it has to hold: the reason.

    A line that starts with `#` gives the reason of those below it. Words behind an exchange are
    those of the claims in which alone it is harmless.
    """
    found: dict[tuple[Exchange, str], str] = {}
    reason = ""
    for line in _HARMLESS.read_text("utf-8").splitlines():
        if line.startswith("#"):
            reason = line.lstrip("# ")
        elif line.strip():
            whose, one, two, *words = line.split()
            found[(whose, one, two), " ".join(words)] = reason
    return found


def pattern_of(claim: BenchClaim) -> tuple[str, ...]:
    """Return what claims share that say the same of other facts of the same kinds."""
    names = {alias: f"F{place}" for place, alias in enumerate(claim.facts)}
    text = _SLOT.sub(lambda slot: f"{{{{{names[slot[1]]}.{slot[2]}}}}}", claim.text)
    return (text, *(key.rpartition("/")[2].partition("-")[0] for key in claim.facts.values()))


def exchanged(claim: BenchClaim, facts: Mapping[str, Fact]) -> Iterator[tuple[Exchange, Attack]]:
    """Yield a claim with each pair of its slots exchanged, where that changes what it says."""
    own = facts_of(claim, facts)
    said = fill(claim.text, own)
    slots = dict.fromkeys(found.groups() for found in _SLOT.finditer(claim.text))
    for one, two in combinations(slots, 2):
        turned = _turned(claim.text, one, two)
        try:
            is_changed = fill(turned, own) != said
        except TemplateError:
            continue
        if is_changed:
            first, second = sorted(f"{own[alias].kind}.{name}" for alias, name in (one, two))
            whose = "own" if one[0] == two[0] else "apart"
            yield (whose, first, second), Attack(Draft(turned, claim.cites), own)


def _turned(text: str, one: tuple[str, ...], two: tuple[str, ...]) -> str:
    """Return a template with each of two slots in the place of the other."""

    def other(slot: re.Match[str]) -> str:
        alias, name = {one: two, two: one}.get(slot.groups(), slot.groups())
        return f"{{{{{alias}.{name}}}}}"

    return _SLOT.sub(other, text)
