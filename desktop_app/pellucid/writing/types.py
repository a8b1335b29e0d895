"""Claims, and what else comes of writing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from pellucid.facts.types import Fact

WRITER: Final = "builtin"
"""The built-in writer, which needs no language model."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence or short paragraph and the ids of the facts that carry it.

    `section` groups claims under a heading ("What the data are"). `checked` is True where every
    statement in it was made from its facts, `by_model` where a language model wrote it.
    """

    text: str
    facts: tuple[str, ...]
    section: str
    checked: bool = True
    by_model: bool = False


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

    @property
    def filled_in(self) -> int:
        """How many claims the built-in writer gave where a language model was asked."""
        return 0 if self.writer == WRITER else sum(not claim.by_model for claim in self.claims)
