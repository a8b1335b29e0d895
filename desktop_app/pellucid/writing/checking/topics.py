"""What was spoken of last, which a clause may go on about without naming it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pellucid.writing.checking.grammar import SAYING, View
from pellucid.writing.checking.lexicon import Words


@dataclass(frozen=True, slots=True)
class Topic:
    """The names mentioned last, by role; `last` is the role of what the last clause was about."""

    names: Mapping[str, str] = field(default_factory=dict)
    last: str = ""

    @property
    def roles(self) -> Words:
        return frozenset(self.names)

    def after(self, view: View, slots: Mapping[str, str]) -> Topic:
        """Return the topic once a clause was read; a new subject drops the groups of the old."""
        named = {
            view.role(i): slots[view.role(i)]
            for i in range(len(view.tokens))
            if view.tokens[i].roles and view.role(i) not in SAYING and view.role(i) in slots
        }
        if any("table" in view.kinds(i) for i in range(len(view.tokens))) or view.rules.is_table:
            named[":table"] = ":table"
        if not named:
            return self
        if "subject" in slots:
            named.setdefault("subject", slots["subject"])
        kept = dict(self.names)
        if "subject" in named and named["subject"] != kept.get("subject"):
            kept = {role: name for role, name in kept.items() if role == "outcome"}
        first = [
            view.role(i)
            for i in range(len(view.tokens))
            if view.role(i) not in ("", *SAYING) and view.phrase_start(i) < 0
        ]
        last = first[0] if first else (self.last or next(iter(named)))
        return Topic({**kept, **named}, last)
