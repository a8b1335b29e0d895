"""Numbers for the facts that a report cites, in the order a reader meets them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pellucid.core.numbers import count
from pellucid.facts.types import Fact
from pellucid.report.document import Paragraph, Report
from pellucid.report.tables import ORIGINS, fact_bounds, fact_value


@dataclass(frozen=True, slots=True)
class Reference:
    """A fact as it stands in the appendix; `marks` are the places in the text that cite it.

    A mark is the key of the citing block and how often the fact was cited up to there.
    """

    number: int
    fact: Fact
    marks: tuple[tuple[str, int], ...]

    @property
    def details(self) -> tuple[tuple[str, str], ...]:
        """What the fact's sentence rests on, as names and values; empty ones left out."""
        fact = self.fact
        origin = ORIGINS.get(fact.origin.result, fact.origin.result)
        place = ", ".join(part for part in (fact.origin.part, fact.origin.cell) if part)
        entries = (
            ("value", fact_value(fact.value, fact.unit)),
            ("95% interval", fact_bounds(fact.low, fact.high, fact.unit)),
            ("n", count(fact.n) if fact.n is not None else ""),
            ("from", f"{origin}: {place}" if place else origin),
            ("id", fact.id),
        )
        return tuple((name, value) for name, value in entries if value)


def references_of(report: Report) -> Mapping[str, Reference]:
    """Return the cited facts by id, numbered from 1 in the order of first citation."""
    marks: dict[str, list[tuple[str, int]]] = {}
    for block in report.blocks:
        if isinstance(block, Paragraph):
            for name in block.facts:
                if name in report.facts:
                    found = marks.setdefault(name, [])
                    found.append((block.key, len(found) + 1))
    return {
        name: Reference(number, report.facts[name], tuple(found))
        for number, (name, found) in enumerate(marks.items(), start=1)
    }
