"""The published words: what may stand outside slots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pellucid.facts.types import Fact
from pellucid.writing.checking.catalogue import rules_of
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
    for fact in facts:
        rules = rules_of(fact)
        if rules is not None and rules.own_words:
            words = set(found.get(fact.kind, ())) | rules.own_words
            found[fact.kind] = tuple(sorted(words))
    return found
