"""What stands in brackets, and words that point back at what another fact was about."""

from __future__ import annotations

from collections.abc import Iterator

from pellucid.writing.checking.grammar import SAYING, View
from pellucid.writing.checking.owners import LEAVING
from pellucid.writing.checking.topics import Topic

_IN_BRACKETS = SAYING | {"at", "other"}


def bracketed(view: View) -> Iterator[str]:
    """Let brackets hold slots, and words that only join them."""
    is_inside = False
    for place, token in enumerate(view.tokens):
        if token.text in "()" and token.sort == "mark":
            is_inside = token.text == "("
            continue
        if is_inside and token.roles and view.role(place) not in _IN_BRACKETS:
            yield "brackets may hold figures alone"
        joins = view.kinds(place) & {"preposition", "determiner", "connective", "approximation"}
        if view.rules.other_is_figure:
            joins |= view.kinds(place) & {"reference"}
        announces = any(token.text in entries for entries in view.rules.binds)
        is_own = view.is_predicate(place) or (announces and view.rules.is_adverbial)
        is_basis = token.text in ("based on", "computed on", "out of", "column", "the")
        if is_inside and token.sort == "word" and not (joins or is_own or is_basis):
            yield "brackets may hold slots alone"


def astray(view: View, topic: Topic) -> Iterator[str]:
    """Let `its columns` be those of the table, and of nothing else that was spoken of."""
    if not topic.names or ":table" in topic.names:
        return
    for place in range(1, len(view.tokens)):
        if view.tokens[place - 1].text in ("its", "their") and "columns" in view.kinds(place):
            yield f"“{view.tokens[place - 1].text}” does not stand for the table"


_SPLICES = frozenset({"them", "therein", "thereof", "thereby", "herein"})
_POINTING = frozenset({"these", "those", "this", "that", "such", "said"})


def spliced(view: View) -> Iterator[str]:
    """Let a clause about another fact than the last not go on about the rows of the last."""
    for place, token in enumerate(view.tokens):
        after = place + 1
        following = view.kinds(after) if after < len(view.tokens) else frozenset()
        points = token.text in _POINTING and following & {"row", "cell", "table", "measure"}
        is_there = token.text == "there" and "be" not in following
        if token.text == "them" and place and view.tokens[place - 1].text in LEAVING:
            continue
        if token.text in _SPLICES or points or is_there:
            yield f"“{token.text}” puts what another fact says on the rows of the one before"
