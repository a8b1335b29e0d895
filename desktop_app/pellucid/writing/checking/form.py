"""Whether a clause reads as a sentence: words that cannot stand side by side or at its end."""

from __future__ import annotations

from collections.abc import Iterator

from pellucid.writing.checking.clauses import SEPARATORS
from pellucid.writing.checking.grammar import NOUNS, SAYING, View

_LEADING = frozenset({"preposition", "determiner", "connective", "reference", "condition", "basis"})
_STANDING = frozenset({"this", "that", "these", "those", "such", "said", "also", "too", "here"})
_ALONE = frozenset({"it", "they", "itself", "themselves"})
_PARTICIPLES = ("ed", "ing", "wn", "und", "ven", "een", "ken", "aid", "ept")
_NAMES = frozenset({"subject", "outcome", "group", "at"})


def unreadable(view: View, is_list: bool) -> Iterator[str]:
    """Yield what keeps a clause from being read as a sentence, or as part of a list."""
    yield from _repeated(view, is_list)
    yield from _run_together(view)
    if view.begins(0) and "be" in view.kinds(0) and view.tokens[0].text in ("is", "are", "was"):
        yield "it reads as a question"
    for place, token in enumerate(view.tokens):
        if token.sort != "word":
            continue
        after = place + 1
        while after < len(view.tokens) and view.kinds(after) == {"adverb"}:
            after += 1
        is_last = after >= len(view.tokens)
        if _hangs(view, place, after, is_last) or _is_crowded(view, place):
            yield f"“{token.text}” does not go with what stands next to it"


def _repeated(view: View, is_list: bool) -> Iterator[str]:
    """Let no slot stand twice in a clause."""
    figures = [view.tokens[i].text for i in range(len(view.tokens)) if view.role(i) in SAYING]
    twice = [name for name in figures if figures.count(name) > 1]
    for start, end in view.clause.stretches:
        names = [t.text for t in view.tokens[start:end] if t.roles]
        twice += [name for name in names if names.count(name) > 1]
    yield from (f"“{name}” is said twice" for name in dict.fromkeys(twice))
    own = view.rules.words | view.rules.predicate
    if not any(
        view.is_verb(i) or view.tokens[i].text in own or view.role(i) in ("direction", "verdict")
        for i in range(len(view.tokens))
    ) and not (
        view.rules.is_caption or is_list or any(token.text == ":" for token in view.tokens[1:])
    ):
        yield "it has no verb"


def _run_together(view: View) -> Iterator[str]:
    """Let two figures, two verbs or two brackets not stand side by side."""
    for place in range(1, len(view.tokens)):
        left, right = view.tokens[place - 1], view.tokens[place]
        figures = {view.role(place - 1), view.role(place)} <= SAYING
        verbs = view.is_verb(place - 1) and bool(view.kinds(place) & {"be", "have"})
        is_form = right.text in ("been", "being", "having") or left.text in _STANDING
        is_bare = view.kinds(place) == {"link"} and not right.text.endswith(_PARTICIPLES)
        if is_bare and "preposition" in view.kinds(place - 1):
            yield f"“{left.text} {right.text}” is read as a thing, not as a verb"
        if figures or (verbs and not is_form) or (left.text, right.text) == ("(", ")"):
            yield f"“{left.text}” and “{right.text}” run together"


def _hangs(view: View, place: int, after: int, is_last: bool) -> bool:
    """Say whether a word that leads on to something leads to nothing."""
    kinds, text = view.kinds(place), view.tokens[place].text
    if not kinds or not kinds <= _LEADING or text in _STANDING:
        return False
    if is_last:
        return True
    met = view.tokens[after]
    if met.sort == "mark":
        return met.text in (".", ",", ")", ";") and "connective" not in kinds
    following = view.kinds(after)
    if "be" in following or "have" in following:
        return not kinds & {"connective", "condition"}
    return "determiner" in kinds and following == {"preposition"}


def _is_crowded(view: View, place: int) -> bool:
    """Say whether a pronoun stands where a name stands already."""
    if view.tokens[place].text not in _ALONE:
        return False
    for near in (place - 1, place + 1):
        if not 0 <= near < len(view.tokens) or view.tokens[near].text in SEPARATORS:
            continue
        is_noun = bool(view.kinds(near) & NOUNS) and not view.is_verb(near)
        is_named = view.role(near) in _NAMES or is_noun
        if is_named and (near > place or view.phrase_start(near) < 0):
            return True
    return False
