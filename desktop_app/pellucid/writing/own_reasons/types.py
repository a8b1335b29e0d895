"""The reasons of a language model as values: what it said, and what of that can be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pellucid.facts.types import Fact
from pellucid.writing.fidelity import Fidelity, Way
from pellucid.writing.types import Rejection, Sent


@dataclass(frozen=True, slots=True)
class Said:
    """A reason as a model wrote it: what it cites, the direction it gives that, its sentence."""

    fact: str
    way: str
    text: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason that can be shown: the contribution it cites, what moves which way, the sentence.

    `way` is what the model says of the fact with the id `fact`, `evidence` what was computed.
    `facts` are all that the sentence speaks of; it is interpretation where not `checked`.
    """

    fact: str
    about: str
    way: Way
    evidence: Way
    text: str
    facts: tuple[str, ...]
    checked: bool

    @property
    def agrees(self) -> bool:
        return self.way == self.evidence


@dataclass(frozen=True, slots=True)
class Reasons:
    """What a language model gave as reasons for `row`, and whether they follow the evidence.

    `outcome` is what contributions raise or lower. `notes` say what kept the test from being whole.
    """

    writer: str
    model: str
    row: str
    outcome: str
    reasons: tuple[Reason, ...]
    rejected: tuple[Rejection, ...]
    facts: Mapping[str, Fact]
    fidelity: Fidelity
    notes: tuple[str, ...] = ()
    sent: Sent = field(default_factory=Sent)
