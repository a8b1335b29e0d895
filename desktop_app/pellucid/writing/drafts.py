"""What a writer hands in, and what the checker says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["checked", "interpretation", "rejected"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim as it was written: a template with slots, and the aliases of the facts it cites."""

    text: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a draft may be shown as.

    "checked": its facts carry every part of it. "interpretation": nothing in it can be refuted, but
    its words go beyond its facts. "rejected": it says something checkable outside slots, or puts
    facts together in a way that they do not bear. `reasons` say why, in words for whoever wrote it.
    """

    status: Status
    reasons: tuple[str, ...] = ()
