"""What the built-in writer says of two groups of rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pellucid.core.numbers import listing
from pellucid.facts.contrasts import GroupNames
from pellucid.facts.types import Fact
from pellucid.writing.select import Shelf, claim, detail
from pellucid.writing.types import WRITER, Claim, Words

METHOD = "How this was found"
_MOST_TOGETHER = 6


def contrast_words(facts: Iterable[Fact], names: GroupNames) -> Words:
    """Write up a comparison: the groups, the confirmed differences, the method.

    Differences of one sort and one direction are told together: the first in full, the others by
    their figures.
    """
    shelf = Shelf(tuple(facts))
    title = f"What tells {names.title}"
    claims: list[Claim] = [claim(title, fact.text, [fact]) for fact in shelf.of("count")]
    contrasts = shelf.of("group_contrast")
    claims += [claim(title, _together(same), same) for same in _of_one_sort(contrasts)]
    if not contrasts:
        claims += [
            claim(title, f"Nothing was confirmed that tells {names.title}.",
                  [fact])
            for fact in shelf.of("caveat", part=names.column, cell="method")
        ]  # fmt: skip
    claims += [claim(METHOD, fact.text, [fact]) for fact in shelf.of("caveat")]
    claims += [claim(METHOD, fact.text, [fact]) for fact in shelf.of("definition")]
    return Words(WRITER, "", title, tuple(claims), {fact.id: fact for fact in shelf.facts})


def _of_one_sort(contrasts: Sequence[Fact]) -> Iterator[list[Fact]]:
    """Yield the differences that one sentence can tell, those with the largest one first."""
    found: dict[tuple[str, ...], list[Fact]] = {}
    for fact in contrasts:
        found.setdefault(_sort_of(fact), []).append(fact)
    for same in found.values():
        yield from (same[i : i + _MOST_TOGETHER] for i in range(0, len(same), _MOST_TOGETHER))


def _sort_of(fact: Fact) -> tuple[str, ...]:
    sort, way = detail(fact, "sort"), detail(fact, "direction")
    if sort in ("phrase", "length", "statement"):  # Texts are told by column.
        return sort, way, fact.subject[0]
    return ("shares", way) if detail(fact, "held") else (fact.unit, way)


def _together(same: Sequence[Fact]) -> str:
    first, rest = same[0], same[1:]
    if not rest:
        return first.text
    parts = [f"{_name(fact)} ({_figures(fact, first)})" for fact in rest]
    sort = detail(first, "sort")
    if sort in ("phrase", "statement"):
        verb = "So do" if len(rest) > 1 else "So does"
    elif detail(first, "held"):
        verb = f"Likewise {detail(first, 'direction')} often,"
    else:
        verb = "So are" if len(rest) > 1 else "So is"
        if first.unit == "Cliff's delta":
            verb = "So do" if len(rest) > 1 else "So does"
    return f"{first.text} {verb} {listing(parts, _MOST_TOGETHER)}."


def _name(fact: Fact) -> str:
    """Name what a difference is in: a phrase, what holds of a row, or a column."""
    if detail(fact, "sort") in ("phrase", "statement"):
        return f"“{fact.origin.cell}”"
    return detail(fact, "held") or fact.subject[0]


def _figures(fact: Fact, first: Fact) -> str:
    """Tell a difference by its figures, with its p-value where it is another than the first's."""
    chance = detail(fact, "chance")
    return detail(fact, "brief") + (f"; {chance}" if chance != detail(first, "chance") else "")
