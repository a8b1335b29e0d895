"""Claims, and what else comes of writing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pellucid.facts.types import Fact


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence or short paragraph and the ids of the facts that carry it.

    `section` groups claims under a heading ("What the data are"). `checked` is True where every
    statement in it was made from its facts.
    """

    text: str
    facts: tuple[str, ...]
    section: str
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Rejection:
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent to a server: how many bytes, and to which host; 0 and "" for nothing.

    A server on this machine counts too: its host is a loopback address.
    """

    bytes: int = 0
    destination: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What was written, by whom, on which facts."""

    writer: str
    model: str
    title: str
    claims: tuple[Claim, ...]
    facts: Mapping[str, Fact]
    rejected: tuple[Rejection, ...] = ()
    interpretation: tuple[Claim, ...] = ()
    sent: Sent = field(default_factory=Sent)
