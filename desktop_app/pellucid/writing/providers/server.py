"""A language model behind any server that speaks OpenAI's protocol."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.writing.providers.addresses import Address, address_of
from pellucid.writing.providers.background import Put, pieces_of
from pellucid.writing.providers.events import BrokenAnswerError
from pellucid.writing.providers.exchange import Line, answer_parts, body_of, load_client
from pellucid.writing.providers.faults import BUILTIN, Fault, StatusError, fault_of
from pellucid.writing.providers.forms import Form, form_of, next_form
from pellucid.writing.providers.limits import Limits, Usage
from pellucid.writing.providers.replacing import Replacer
from pellucid.writing.providers.types import Request

KEY_IN_TEXT = "[key]"
_TOKEN_BYTES = 64
_LEAST_BYTES = 16_000
"""A server that keeps to `max_tokens` stays far below both together."""


def _nothing(body: bytes) -> None:
    del body


def _do_nothing() -> None:
    pass


def _no_key() -> str:
    return ""


@dataclass(slots=True)
class ServerProvider:
    """Asks a server and yields what it says.

    `on_send` is given the exact body of every request right before it goes out, each retry too; if
    it raises, nothing is sent. `key` is asked for at each request and kept nowhere.
    """

    address: Address
    model: str
    on_send: Callable[[bytes], None] = field(default=_nothing, repr=False)
    key: Callable[[], str] = field(default=_no_key, repr=False)
    limits: Limits = field(default_factory=Limits)
    usage: Usage = field(init=False)
    _form: Form = field(default_factory=Form, init=False)
    _failed: list[UserError] = field(default_factory=list, init=False)
    _taken_s: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        self.usage = Usage(self.limits)

    @property
    def name(self) -> str:
        return self.address.url

    @property
    def destination(self) -> str:
        return self.address.destination

    def payload(self, request: Request) -> bytes:
        """Return the exact bytes that `stream` would send first; nothing is sent."""
        return body_of(self._line(), form_of(request, self.model, self._form))

    def stream(self, request: Request, run: Run) -> Iterator[str]:
        """Yield the answer piece by piece.

        Raises `UserError` where the server cannot be reached or refuses, says nothing for the
        request's `timeout_s`, goes beyond a limit, or ends before it is done; what came before is
        then all there will be.
        """
        self._check_patience()
        self.usage.check(sum(len(message.content.encode()) for message in request.messages))
        key = self.key()
        hide = Replacer({key: KEY_IN_TEXT} if key else {})
        load_client()
        pieces = pieces_of(
            lambda put: self._converse(request, key, put),
            run,
            request.timeout_s,
            min(self.limits.total_s, max(0.0, self.limits.all_s - self._taken_s)),
            f"The server at {self.destination}",
        )
        start = time.monotonic()
        try:
            yield from hide.stream(pieces)
            self._failed = []
        except UserError as error:
            told = UserError(hide.whole(error.message), error.hint)
            self._failed.append(told)
            raise told from None
        finally:
            self._taken_s += time.monotonic() - start

    def _check_patience(self) -> None:
        """Raise at once what was raised before, where asking again would only take more time."""
        if len(self._failed) >= self.limits.failures:
            raise self._failed[-1]
        if self._taken_s >= self.limits.all_s:
            raise UserError(
                f"The server at {self.destination} took {self._taken_s:.0f} seconds in all, so it "
                "was asked nothing more; what it had said is kept",
                f"Allow it more time with --most-seconds, or: {BUILTIN}",
            )

    async def _converse(self, request: Request, key: str, put: Put) -> None:
        """Try until there is an answer; once part of one was handed on, there is no second."""
        import asyncio

        wait_s = self.limits.first_wait_s
        attempts = self.limits.attempts
        while True:
            told = _Told(put)
            try:
                await self._ask(request, key, told)
                return
            except StatusError as error:
                adapted = next_form(self._form, error.status, error.said, request)
                if adapted is not None:
                    self._form = adapted
                    continue
                fault = self._fault(error)
            except BrokenAnswerError as error:
                fault = self._broken(error, told)
            except Exception as error:  # noqa: BLE001 - what is not known is raised again
                fault = self._fault(error)
            attempts -= 1
            if told.bytes or not fault.may_retry or attempts <= 0:
                raise fault.error
            pause_s = wait_s * random.uniform(0.8, 1.2) if fault.wait_s is None else fault.wait_s
            await asyncio.sleep(min(pause_s, self.limits.longest_wait_s))
            wait_s *= 2
            put("")

    async def _ask(self, request: Request, key: str, told: _Told) -> None:
        fields = form_of(request, self.model, self._form)
        most = min(self.limits.answer_bytes, _LEAST_BYTES + _TOKEN_BYTES * request.max_tokens)
        asked = answered = None
        line = self._line(key, told.is_sent)
        try:
            async for part in answer_parts(line, fields, most):
                told.put(part.text, part.thought)
                asked = part.asked if part.asked is not None else asked
                answered = part.answered if part.answered is not None else answered
                self.usage.check(line.sent_bytes, told.bytes)
        finally:
            if line.sent_bytes:
                self.usage.add(line.sent_bytes, told.bytes, asked, answered)

    def _line(self, key: str = "", is_sent: Callable[[], None] = _do_nothing) -> Line:
        def on_send(body: bytes) -> None:
            self.on_send(body)
            is_sent()

        return Line(self.address, key, on_send, self.limits.connect_s, self.limits.total_s)

    def _fault(self, error: Exception) -> Fault:
        return fault_of(error, self.address, self.model, self.limits.longest_wait_s)

    def _broken(self, error: BrokenAnswerError, told: _Told) -> Fault:
        kept = "what it had said is kept" if told.bytes else "nothing of it was used"
        message = f"The answer of the server at {self.destination} {error}; {kept}"
        return Fault(UserError(message, BUILTIN), may_retry=not error.is_final)


@dataclass(slots=True)
class _Told:
    """Hands pieces on and counts them; thought is not shown, but it is a sign of life."""

    hand_on: Put
    bytes: int = 0

    def is_sent(self) -> None:
        self.hand_on("")

    def put(self, text: str, thought: str) -> None:
        self.bytes += len(text.encode("utf-8", "replace")) + len(thought.encode("utf-8", "replace"))
        self.hand_on(text)


def server(url: str, model: str, **more: Any) -> ServerProvider:
    """Return the provider for a model at a URL; raises `UserError` for an unsafe one."""
    return ServerProvider(address_of(url), model, **more)
