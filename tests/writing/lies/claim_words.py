"""What is put into a pattern to make it a claim: verbs that agree, false figures, disguises.

| in a pattern | becomes |
|---|---|
| `<A.value>` | the words of a slot, written out |
| `<be A>`, `<they A>`, `<s A>`, `<than A>` and others | what agrees with the outcome of A |
| `<n>`, `<n0>`, `<n0b>`, `<pct>`, `<word>`, `<roman>`, `<nth>` | a figure that no fact has |
| `<col>`, `<level>` | a column, or a group, that the facts do not name |
| `<alias A>` | the alias of a fact |
| `~h(..)`, `~z(..)`, `~f(..)` | letters that look alike; with zero-width spaces; full-width |
| `~b(..)`, `~s(..)` | mathematical bold; spaced out |
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from lies.patterns import Role

from pellucid.facts.types import Fact


class KnownFact(Protocol):
    """A fact with its set and its slots."""

    group: str
    fact: Fact
    tags: frozenset[str]
    slots: Mapping[str, str]


Chosen = Mapping[Role, KnownFact]
_FIGURES = {
    "n": ("41.7", "0.62", "13.9", "7.35", "288.4", "0.0871", "96.2", "5.58"),
    "n0": ("3,618", "47", "912", "271", "6,043", "88", "159", "23,406"),
    "n0b": ("71,204", "84,650", "93,377", "66,018"),
    "pct": ("38.4%", "71.6%", "3.9%", "57.7%", "88.3%", "19.2%"),
    "word": ("seventeen", "eleven", "forty", "twenty-three", "ninety"),
    "roman": ("XIV", "XXIII", "LXVII", "XIX"),
    "nth": ("11th", "14th", "21st", "16th"),
}
_VERBS = {
    "be": ("are", "is"), "do": ("do", "does"), "they": ("they", "it"), "them": ("them", "it"),
    "s": ("", "s"), "es": ("", "es"), "than": ("as for", "than for"),
    "thanwhere": ("as where", "than where"), "asat": ("as at", "than at"),
}  # fmt: skip
_LIKE = str.maketrans("aeopcihsxylnr", "аеорсіһѕхуӏոг")
_WIDE = str.maketrans({chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)})
_BOLD = str.maketrans({chr(97 + i): chr(0x1D41A + i) for i in range(26)})


def complete(
    text: str, picked: Chosen, aliases: Mapping[Role, str], known: Sequence[KnownFact],
    rng: random.Random,
) -> str:  # fmt: skip
    """Return the template: slots with aliases, and all else of the pattern filled in."""
    for name, figures in _FIGURES.items():
        text = text.replace(f"<{name}>", _unused(figures, picked, rng))
    for role, fact in picked.items():
        is_plural = "singular" not in fact.tags
        for name, (plural, singular) in _VERBS.items():
            text = text.replace(f"<{name} {role}>", plural if is_plural else singular)
        text = text.replace(f"<alias {role}>", aliases[role])
        for slot, words in fact.slots.items():
            text = text.replace(f"<{role}.{slot}>", words)
    if "<col>" in text:
        text = text.replace("<col>", _other_column(picked, known, rng))
    if "<level>" in text:
        text = text.replace("<level>", _other_group(picked, known, rng))
    for role, alias in aliases.items():
        text = text.replace(f"{{{role}.", f"{{{alias}.")
    return re.sub(r"~([hzfbs])\(([^)]*)\)", lambda found: _disguised(found[1], found[2]), text)


def _unused(figures: Sequence[str], picked: Chosen, rng: random.Random) -> str:
    told = " ".join(k.fact.text for k in picked.values())
    return rng.choice([figure for figure in figures if figure not in told])


def _other_column(picked: Chosen, known: Sequence[KnownFact], rng: random.Random) -> str:
    """Return a column of the same table that the facts do not name."""
    group = picked["A"].group
    told = {name for k in picked.values() for name in k.fact.subject}
    words = " ".join(k.fact.text for k in picked.values())
    names = sorted({
        k.fact.subject[0] for k in known
        if k.group == group and k.fact.kind in ("distribution", "missingness", "group_difference",
                                               "monotone") and k.fact.subject
    })  # fmt: skip
    able = [name for name in names if name not in told and name not in words]
    return rng.choice(able or ["wing_span"])


def _other_group(picked: Chosen, known: Sequence[KnownFact], rng: random.Random) -> str:
    """Return a group of the same table of which nothing that is told of the facts holds."""
    first = picked["A"]
    told = {words for k in picked.values() for words in k.slots.values()}
    able = sorted({
        k.slots["group"] for k in known
        if k.group == first.group and k.slots.get("group", "").startswith("“")
        and not {k.slots.get(n) for n in ("group", "other", "value", "direction")} & told
    })  # fmt: skip
    return rng.choice(able or ["“Patagonia”"])


def _disguised(how: str, words: str) -> str:
    if how == "h":
        return words.translate(_LIKE)
    if how == "z":
        return "\u200b".join(words)
    if how == "f":
        return words.translate(_WIDE)
    return words.translate(_BOLD) if how == "b" else " ".join(words)
