"""The built-in writer: no language model, sentences made from facts and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from pellucid.core.numbers import listing
from pellucid.facts.types import Fact
from pellucid.writing.data_words import data_claims
from pellucid.writing.effect_words import effect_claims
from pellucid.writing.model_words import caution_claims, quality_claims, ranking_claims
from pellucid.writing.row_words import describe_row
from pellucid.writing.select import Shelf, detail, figure
from pellucid.writing.types import WRITER, Claim, Words

__all__ = ["describe_row", "write"]

_MOST_IN_TITLE = 3


def write(facts: Iterable[Fact], *, title: str = "") -> Words:
    """Write up `facts`; an empty `title` is replaced by the main finding.

    Every claim names the facts that carry it, and every number in it is one of theirs.
    """
    shelf = Shelf(tuple(facts))
    claims: list[Claim] = list(data_claims(shelf))
    task = shelf.task
    if task is not None:
        claims.extend(ranking_claims(shelf, task))
        claims.extend(effect_claims(shelf))
        claims.extend(quality_claims(shelf, task))
        claims.extend(caution_claims(shelf, task))
    cited = {name for item in claims for name in item.facts}
    return Words(
        writer=WRITER,
        model="",
        title=title or _title(shelf),
        claims=tuple(claims),
        facts={fact.id: fact for fact in shelf.facts if fact.id in cited},
    )


def _title(shelf: Shelf) -> str:
    if shelf.task is None:
        rows = shelf.first("count", "profile", "rows")
        return f"What is in {detail(rows, 'file')}" if rows else "What is in the table"
    strong = [
        fact
        for fact in shelf.of("importance")
        if detail(fact, "matters") == "yes" and detail(fact, "shape") != "pair"
    ]
    strong.sort(key=lambda fact: figure(fact, "rank"))
    names = [fact.origin.part for fact in strong[:_MOST_IN_TITLE]]
    target = shelf.task.subject[0]
    return f"What goes with {target}: {listing(names)}" if names else f"What goes with {target}"
