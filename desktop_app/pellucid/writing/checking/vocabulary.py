"""The published words: what may stand outside slots."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from pellucid.facts.types import Fact
from pellucid.writing.checking.catalogue import grammar_of
from pellucid.writing.checking.lexicon import Words, lexicon_of
from pellucid.writing.checking.library import grammar, names

_SHARED = ("common", "data", "model")
_WORD = re.compile(r"(?<![\w.@&])[a-z][a-z'-]*")


def plain_vocabulary(
    facts: Iterable[Fact] = (), language: str = "en"
) -> Mapping[str, tuple[str, ...]]:
    """Return the plain words by class, and those that go with the kinds of `facts`, sorted.

    Empty for languages in which only whole sentences of facts can be checked.
    """
    plain = lexicon_of(language).plain
    if not plain:
        return {}
    of_any = _words_of(tuple(names()))
    found = {
        name: tuple(sorted(word for word in words if of_any.issuperset(word.split())))
        for name, words in plain.items()
    }
    known = _words_of(_SHARED).union(*plain.values())
    for fact in facts:
        ways = grammar_of(fact)
        own = ways.words - known if ways else frozenset()
        if own:
            found[fact.kind] = tuple(sorted({*found.get(fact.kind, ()), *own}))
    return found


@cache
def _words_of(grammars: tuple[str, ...]) -> Words:
    """Return the words of all parts of some grammars."""
    texts = (text for name in grammars for text in grammar(name).texts.values())
    return frozenset(word for text in texts for word in _WORD.findall(text))
