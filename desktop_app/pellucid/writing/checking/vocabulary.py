"""The published words: what may stand outside slots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pellucid.facts.types import Fact
from pellucid.writing.checking.catalogue import words_of
from pellucid.writing.checking.lexicon import lexicon_of


def plain_vocabulary(
    facts: Iterable[Fact] = (), language: str = "en"
) -> Mapping[str, tuple[str, ...]]:
    """Return the plain words by class, and those that go with the kinds of `facts`, sorted.

    Empty for languages in which only whole sentences of facts can be checked.
    """
    found = {name: tuple(sorted(words)) for name, words in lexicon_of(language).plain.items()}
    if not found:
        return {}
    plain = {word for words in found.values() for word in words}
    for fact in facts:
        own = words_of([fact]) - plain
        if own:
            found[fact.kind] = tuple(sorted({*found.get(fact.kind, ()), *own}))
    return found
