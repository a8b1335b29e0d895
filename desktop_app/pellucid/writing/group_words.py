"""What the built-in writer says of groups of rows: in the plain data, and where the model errs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pellucid.core.numbers import listing, number
from pellucid.facts.comparisons import IN_SAMPLE
from pellucid.facts.types import Fact
from pellucid.writing.select import Shelf, brief, claim, detail, value_of
from pellucid.writing.types import Claim

_MOST_COMPARED = 3
_LEAD = "In the plain data, before any model, "
_SAMPLE_LEAD = "Before any model, in a sample of "
_MOST_TRENDS = 2
_MOST_SLICES = 3
_LEAST_INTEREST = 0.3


def group_claims(shelf: Shelf, section: str, strong: Sequence[Fact]) -> Iterator[Claim]:
    """Yield how the target differs in the plain data: by the columns that matter, and over time.

    Without a column that matters, by those with the clearest difference. Where the model turns a
    difference round, that is told too.
    """
    compared = shelf.of("comparison", "data")
    names = [fact.subject[0] for fact in strong]
    compared.sort(key=lambda f: (_place(f, names), -f.interest, f.id))
    chosen = _apart(f for f in compared if f.interest >= _LEAST_INTEREST)[:_MOST_COMPARED]
    for outcome in dict.fromkeys(detail(fact, "outcome") for fact in chosen):
        same = [fact for fact in chosen if detail(fact, "outcome") == outcome]
        lead = _LEAD if same[0] is chosen[0] else ""
        text = f"{lead}{_compared(same)}"
        yield claim(section, text.replace(f"{_LEAD}{IN_SAMPLE}", _SAMPLE_LEAD), same)
    trends = [f for f in shelf.of("trend", "data") if f.interest >= _LEAST_INTEREST]
    for same in _alike(trends)[:_MOST_TRENDS]:
        yield claim(section, _trend_text(same), same)
    turned = [f for f in shelf.of("comparison", "explanation") if detail(f, "reversed")]
    if turned:
        yield claim(section, _turned_text(turned), turned)


def _alike(trends: Sequence[Fact]) -> list[list[Fact]]:
    """Set together the dates by which the target moves alike: they are often of one event."""
    found: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in trends:
        key = detail(fact, "move"), detail(fact, "here"), detail(fact, "there")
        found.setdefault(key, []).append(fact)
    return list(found.values())


def _trend_text(same: Sequence[Fact]) -> str:
    others = [fact.subject[0] for fact in same[1:]]
    return f"{same[0].text} So it does by {listing(others)}." if others else same[0].text


def _turned_text(turned: Sequence[Fact]) -> str:
    """Tell the first column whose difference the model turns round in full, others by figures."""
    parts = []
    for fact in turned[1:]:
        first, second = detail(fact, "first"), detail(fact, "second")
        plain = f"{detail(fact, 'here')} for {second} against {detail(fact, 'there')} for {first}"
        size = brief(detail(fact, "size")).replace(" (", ", ").replace(")", ",")
        parts.append(f"{fact.subject[0]} ({plain}, yet {size} for {first})")
    return f"{turned[0].text} So it is with {listing(parts)}." if parts else turned[0].text


def _place(fact: Fact, names: Sequence[str]) -> int:
    return names.index(fact.subject[0]) if fact.subject[0] in names else len(names)


def _apart(facts: Iterator[Fact]) -> list[Fact]:
    """Leave out facts whose second group has the figure of one told before: it is the same rows."""
    kept: list[Fact] = []
    seen: set[str] = set()
    for fact in facts:
        group = f"{detail(fact, 'there')} {detail(fact, 'second_rows')}"
        if group not in seen:
            seen.add(group)
            kept.append(fact)
    return kept


def _compared(facts: Sequence[Fact]) -> str:
    """Tell the first in full, with its interval, and the others by their figures."""
    parts = [
        f"by {fact.subject[0]} ({detail(fact, 'here')} for {detail(fact, 'first')} against "
        f"{detail(fact, 'there')} for {detail(fact, 'second')})"
        for fact in facts[1:]
    ]
    return f"{facts[0].text} Likewise {listing(parts)}." if parts else facts[0].text


def judging_claims(shelf: Shelf, section: str) -> Iterator[Claim]:
    """Yield whether predictions are right on average, and where the model does badly."""
    calibration = shelf.of("metric", "fit", "calibration")
    if calibration:
        calibration.sort(key=lambda fact: fact.origin.cell)
        yield claim(section, " ".join(fact.text for fact in calibration), calibration)
    slices = shelf.of("slice", "fit")[:_MOST_SLICES]
    if slices:
        yield claim(section, _badly(slices), slices)


def _badly(slices: Sequence[Fact]) -> str:
    text = slices[0].text
    parts = [
        f"where {detail(fact, 'where')} ({detail(fact, 'here')} against {detail(fact, 'there')}, "
        f"over {number(float(fact.n or 0))} test rows)"
        for fact in slices[1:]
        if value_of(fact)
    ]
    return text if not parts else f"{text} It also does worse {listing(parts)}."
