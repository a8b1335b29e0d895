"""Why a sentence was left out, for a reader: the checker's reasons without its own words."""

from __future__ import annotations

import re

_OF_ITS_OWN = re.compile(r"“([^”]+)” says (an? [\w ]+)")
_UNKNOWN_FACT = re.compile(r"there is no fact (\S+)")
_UNKNOWN_SLOT = re.compile(r"\S+ has no (\w+)")
_SLOTS_THERE = re.compile(r"it has [\w, ]+")
_SLOT = re.compile(r"\{\{[^}]*\}\}")
_A_SLOT = re.compile(r"\{\{(\w+)\.(\w+)\}\}")
_ECHO = "only a slot may"
_FOR_THE_WRITER = ("say ", "use one of ", "say which ")
_PLAIN = {
    "subject": "what it is about", "value": "figure", "interval": "interval", "n": "number of rows",
    "direction": "direction", "verdict": "judgement", "group": "group", "other": "other group",
    "rank": "rank", "where": "condition", "sentence": "sentence", "list": "figures",
}  # fmt: skip


def plain_reason(reason: str) -> str:
    """Set the checker's reasons in sentences.

    Words of the writer's own that say one sort of thing go together; what tells a language model
    how to mend its template is told as what is wrong with it.
    """
    said: dict[str, list[str]] = {}
    others: list[str] = []
    for part in (part.strip() for part in reason.split(";")):
        found = _OF_ITS_OWN.fullmatch(part)
        if found:
            said.setdefault(found[2], []).append(f"“{found[1]}”")
        elif part and part != _ECHO and not _SLOTS_THERE.fullmatch(part):
            others.append(_plain(part))
    told = [f"{part[:1].upper()}{part[1:]}." for part in dict.fromkeys(others)]
    if said:
        sorts = [f"{sort} ({', '.join(dict.fromkeys(words))})" for sort, words in said.items()]
        first, last = ", ".join(sorts[:-1]), sorts[-1]
        own = f"{first} and {last}" if first else last
        told.insert(0, f"It says on its own what only a computed fact may say: {own}.")
    return " ".join(told)


def _plain(part: str) -> str:
    unknown = _UNKNOWN_FACT.fullmatch(part)
    if unknown:
        return f"it cites a fact that does not exist ({unknown[1]})"
    lacking = _UNKNOWN_SLOT.fullmatch(part)
    if lacking:
        return f"it asks a fact for a part that it does not have ({lacking[1]})"
    part = part.rstrip(".")
    named = _A_SLOT.sub(lambda found: f"the {_PLAIN.get(found[2], found[2])}", part)
    if named.startswith(_FOR_THE_WRITER):
        return f"it does not {named}"
    return named


def shown_text(text: str) -> str:
    """Return a sentence that was left out for quoting: what was to be filled in and could not be
    is "…", and quotation marks within it are single ones."""
    return _SLOT.sub("…", text).replace("“", "‘").replace("”", "’")
