"""Claims, and what else comes of writing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from pellucid.facts.types import Fact

WRITER: Final = "builtin"
"""The built-in writer, which needs no language model."""


@dataclass(frozen=True, slots=True)
class Written:
    """Where a claim stands in what a model of this process answered.

    `prompt` numbers the prompts of the `Words` from 0; `start` and `end` bound the sentence in that
    prompt's answer, as characters, with its slots and as JSON escapes it.
    """

    prompt: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence or short paragraph and the ids of the facts that carry it.

    `section` groups claims under a heading ("What the data are"). `checked` is True where every
    statement in it was made from its facts, `by_model` where a language model wrote it. `written`
    is None where no model of this process wrote it word by word.
    """

    text: str
    facts: tuple[str, ...]
    section: str
    checked: bool = True
    by_model: bool = False
    written: Written | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as a prompt tells it: its alias there, its id, its sentence, its line in the task."""

    alias: str
    fact: str
    text: str
    line: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model of this process was asked, the facts in it, and its answer.

    `most_tokens` is how long the answer might have been: so much of the model's context was kept
    free of the prompt.
    """

    system: str
    task: str
    facts: tuple[Told, ...]
    answer: str
    most_tokens: int


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
    """What was written, by whom, on which facts.

    `prompts` are those from which a model of this process wrote claims; what was asked of a server
    is in the ledger instead.
    """

    writer: str
    model: str
    title: str
    claims: tuple[Claim, ...]
    facts: Mapping[str, Fact]
    rejected: tuple[Rejection, ...] = ()
    interpretation: tuple[Claim, ...] = ()
    sent: Sent = field(default_factory=Sent)
    prompts: tuple[Prompt, ...] = ()

    @property
    def filled_in(self) -> int:
        """How many claims the built-in writer gave where a language model was asked."""
        return 0 if self.writer == WRITER else sum(not claim.by_model for claim in self.claims)
