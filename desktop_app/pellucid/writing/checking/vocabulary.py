"""The published words: what may stand outside slots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pellucid.facts.types import Fact
from pellucid.writing.checking.catalogue import rules_of
from pellucid.writing.checking.lexicon import Words, lexicon_of


def plain_vocabulary(
    facts: Iterable[Fact] = (), language: str = "en"
) -> Mapping[str, tuple[str, ...]]:
    """Return the plain words by class, and those that go with the kinds of `facts`, sorted.

    Empty for languages in which only whole sentences of facts can be checked.
    """
    found = {name: tuple(sorted(words)) for name, words in lexicon_of(language).plain.items()}
    if not found:
        return {}
    for fact in facts:
        own = words_of(fact)
        if own:
            found[fact.kind] = tuple(sorted({*found.get(fact.kind, ()), *own}))
    return found


def words_of(fact: Fact) -> Words:
    """Return the words that go with a fact alone, beyond the plain ones."""
    rules = rules_of(fact)
    return rules.own_words if rules is not None else frozenset()
