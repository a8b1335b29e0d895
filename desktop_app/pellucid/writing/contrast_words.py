"""What the built-in writer says of two groups of rows."""

from __future__ import annotations

from collections.abc import Iterable

from pellucid.facts.contrasts import GroupNames
from pellucid.facts.types import Fact
from pellucid.writing.select import Shelf, claim
from pellucid.writing.types import WRITER, Claim, Words

METHOD = "How this was found"


def contrast_words(facts: Iterable[Fact], names: GroupNames) -> Words:
    """Write up a comparison: the groups, one claim for each confirmed difference, the method."""
    shelf = Shelf(tuple(facts))
    title = f"What tells {names.title}"
    claims: list[Claim] = [claim(title, fact.text, [fact]) for fact in shelf.of("count")]
    contrasts = shelf.of("group_contrast")
    claims += [claim(title, fact.text, [fact]) for fact in contrasts]
    if not contrasts:
        claims += [
            claim(title, f"Nothing was confirmed that tells {names.title}.",
                  [fact])
            for fact in shelf.of("caveat", part=names.column, cell="method")
        ]  # fmt: skip
    claims += [claim(METHOD, fact.text, [fact]) for fact in shelf.of("caveat")]
    claims += [claim(METHOD, fact.text, [fact]) for fact in shelf.of("definition")]
    return Words(WRITER, "", title, tuple(claims), {fact.id: fact for fact in shelf.facts})
