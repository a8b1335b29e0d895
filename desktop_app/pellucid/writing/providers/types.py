"""What is asked of a language model, and the one method that every provider has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from pellucid.core.offline import is_loopback
from pellucid.core.run import Run

_PATIENCE_S, _PATIENCE_HERE_S = 60.0, 300.0


def patience(destination: str) -> float:
    """Return for how many seconds a host may say nothing.

    A server on this machine may have to load its model first, and reads slowly where it has no
    graphics card.
    """
    return _PATIENCE_HERE_S if is_loopback(destination) else _PATIENCE_S


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: the conversation, the form of the answer, and how long it may be.

    `schema` is the JSON schema of the answer, for servers that can hold a model to one. `grammar`
    is the same and more in llguidance's Lark-like notation, for models whose every token is chosen
    here; a provider that cannot use it leaves it. `max_tokens` bound the answer, `timeout_s` the
    time without a further token.
    """

    messages: tuple[Message, ...]
    schema: Mapping[str, Any] | None = field(default=None, repr=False)
    grammar: str | None = field(default=None, repr=False)
    max_tokens: int = 2_000
    temperature: float = 0.0
    timeout_s: float = _PATIENCE_S


class Provider(Protocol):
    """Yields text for a request. `name` is what `--writer` was given: a URL or a folder."""

    @property
    def name(self) -> str: ...

    @property
    def model(self) -> str:
        """The model's own name."""

    @property
    def destination(self) -> str:
        """The host that requests go to; empty where they stay in this process."""

    def stream(self, request: Request, run: Run) -> Iterator[str]:
        """Yield the answer piece by piece.

        Checks `run` between pieces. Raises `UserError` for what cannot be reached, read or paid.
        """


@dataclass(slots=True)
class PassingOn:
    """A provider that is `inner` to whoever asks who it is, for those that change what passes."""

    inner: Provider

    @property
    def name(self) -> str:
        return self.inner.name

    @property
    def model(self) -> str:
        return self.inner.model

    @property
    def destination(self) -> str:
        return self.inner.destination


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sentence to be weighed: the prompt that it was written from, and the answer before it.

    `most_tokens` is how long that answer might have been, which says how much of the prompt a model
    of short context read.
    """

    prompt: tuple[Message, ...]
    before: str
    sentence: str
    most_tokens: int


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How likely a model finds a sentence: the sum of its tokens' log-probabilities, in nats.

    `is_same` where the prompt, as far as the model's context lets it be read, is no other than the
    one that the sentence was written from.
    """

    nats: float
    tokens: int
    is_same: bool = False


class Weigher(Protocol):
    """A model that tells how likely it finds a sentence that it is given.

    Models of this process can; servers do not tell the likelihood of a text that they are sent.
    """

    def weigh(
        self, text: Weighed, prompts: Sequence[tuple[Message, ...]], run: Run
    ) -> Iterator[tuple[int, Likelihood]]:
        """Yield for each of `prompts`, in any order, its place and the sentence's likelihood."""
