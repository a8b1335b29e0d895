"""Clauses turned round: what a fact says of one thing, said of another with the same words."""

from __future__ import annotations

from collections.abc import Iterator

from pellucid.writing.checking.clauses import SEPARATORS
from pellucid.writing.checking.grammar import SAYING, View
from pellucid.writing.checking.owners import is_given_to

_LEVELS = frozenset({"at", "group"})
_SOURCES = frozenset({"by", "from", "through", "of"})
_AGENTS = frozenset({"by", "from", "through", "with"})
_POINTING = frozenset({"it", "them", "itself", "themselves", "this", "these", "that", "those"})
_HOLDING = frozenset({"part", "portion", "share", "proportion", "fraction", "place", "amount"})
_WAYS = frozenset({"preposition", "determiner", "approximation"})
_HOLDS = frozenset({"hold", "holds", "held", "contain", "contains"})
_JOINTS = frozenset({"preposition", "determiner", "be", "have", "approximation", "adverb"})


def turned_round(view: View) -> Iterator[str]:
    """Yield what a clause says the wrong way round, in words for whoever wrote it."""
    for place, token in enumerate(view.tokens):
        if view.role(place) in _LEVELS and _is_told_of_rows(view, place):
            yield f"{token.label or token.text} may only say which rows are meant"
        if view.role(place) == "subject" and _is_turning(view, place):
            yield f"{token.label or token.text} is not what turns"
        if view.rules.other_is_figure and view.role(place) == "other" and _is_foreign(view, place):
            yield f"{token.label or token.text} is a figure of something else than the subject"
        if token.sort == "word" and token.text in _SOURCES and _points(view, place + 1):
            yield f"“{token.text} {view.tokens[place + 1].text}” names a cause"
        if view.rules.other_is_figure and view.role(place) == "value" and _is_models(view, place):
            yield f"{token.label or token.text} is no figure of the model"
        if view.role(place) == "subject" and _is_held(view, place):
            yield f"{token.label or token.text} is a column; say which of its values rows hold"
        if token.text in _AGENTS and "outcome" in view.rules.roles and _is_agent(view, place):
            yield f"“{token.text}” behind a figure names a cause"
        if token.sort == "word" and token.text in _HOLDING and _has_hand(view, place):
            yield f"“{token.text} in” says that one thing makes another"


def _is_told_of_rows(view: View, place: int) -> bool:
    """Say whether a level is what the subject is said to be, instead of a condition."""
    if "outcome" not in view.rules.roles or "where" in view.rules.roles:
        return False
    verb = place - 1
    while verb > 0 and view.kinds(verb) & _WAYS and not view.is_verb(verb):
        verb -= 1
    is_own = verb > 0 and view.is_predicate(verb)
    if verb < 1 or not (view.is_verb(verb) or is_own):
        return False
    named = view.left(verb, over=_JOINTS)
    has = any("have" in view.kinds(i) for i in range(max(named, 0), verb))
    is_free = named >= 0 and view.phrase_start(named) < 0 and not (is_own and has)
    if not is_free or view.role(named) != "subject":
        return False
    stretch = view.in_stretch(place)
    return not any(
        view.kinds(i) & {"condition", "reference"} or view.tokens[i].text in ("which", "that")
        for i in range(stretch.start, named)
    )


def _is_held(view: View, place: int) -> bool:
    """Say whether a clause ends with rows that hold the subject itself, not a value of it."""
    before = view.left(place)
    holds = before >= 0 and ("have" in view.kinds(before) or view.tokens[before].text in _HOLDS)
    is_last = all(token.sort == "mark" for token in view.tokens[place + 1 : place + 2])
    return holds and is_last and "outcome" not in view.rules.roles


def _is_turning(view: View, place: int) -> bool:
    """Say whether the verb that is true of an outcome is said of the subject."""
    after = place + 1
    if "outcome" not in view.rules.roles or after >= len(view.tokens):
        return False
    is_free = view.phrase_start(place) < 0
    return is_free and view.is_predicate(after) and " " not in view.tokens[after].text


def _is_foreign(view: View, place: int) -> bool:
    """Say whether only joints stand between the subject and the figure of something else."""
    if is_given_to(view, place, frozenset({":model"})):
        return False
    for found in range(place - 1, -1, -1):
        if view.tokens[found].text in SEPARATORS - {";"}:
            continue
        if view.role(found) == "subject":
            return "model" not in view.tokens[found].text
        if "reference" in view.kinds(found) or not view.kinds(found) & _JOINTS:
            return False
    return False


def _is_models(view: View, place: int) -> bool:
    """Say whether the figure of the subject is told of the model, or first behind a verdict."""
    if "~verdict" not in view.rules.roles["other"].after:
        return False
    after = place + 2
    is_first = after < len(view.tokens) and view.role(after) == "other"
    before = place - 1
    is_led = before > 0 and view.tokens[before].text in (":", "(")
    if is_first and is_led and view.role(before - 1) == "verdict":
        return True
    while before >= 0 and view.kinds(before) & _WAYS:
        before -= 1
    return 0 <= before < place - 1 and "model" in view.kinds(before) and view.is_referenced(before)


def _points(view: View, place: int) -> bool:
    """Say whether a pronoun that stands for a thing is at a place, and no noun behind it."""
    if place >= len(view.tokens) or view.tokens[place].text not in _POINTING:
        return False
    if view.tokens[place - 1].text == "of":
        return False
    after = place + 1
    return after >= len(view.tokens) or (
        view.tokens[after].text in (*SEPARATORS, ".") or view.role(after) in SAYING
    )


def _is_agent(view: View, place: int) -> bool:
    """Say whether the subject, or its column, follows a figure as what brought it about."""
    if not any(view.role(i) in SAYING - {"n", "interval"} for i in range(place)):
        return False
    after = place + 1
    while after < len(view.tokens) and view.kinds(after) & {"determiner"}:
        after += 1
    is_column = after < len(view.tokens) and bool(view.kinds(after) & {"column", "columns"})
    after += is_column
    if after >= len(view.tokens) or view.tokens[after].text in (*SEPARATORS, "."):
        return is_column
    is_level = after + 1 < len(view.tokens) and bool(
        view.role(after + 1) in _LEVELS or view.kinds(after + 1) & {"be", "preposition"}
    )
    return view.role(after) == "subject" and not is_level


def _has_hand(view: View, place: int) -> bool:
    """Say whether a noun reads as a hand in something: `has a part in`."""
    after = place + 1
    if after >= len(view.tokens) or view.tokens[after].text not in ("in", "of", "on"):
        return False
    before = view.left(place)
    has = before >= 0 and view.kinds(before) & {"have", "link"}
    met = view.role(after + 1) if after + 1 < len(view.tokens) else ""
    return bool(has) and (met not in SAYING or view.tokens[after].text == "in")
