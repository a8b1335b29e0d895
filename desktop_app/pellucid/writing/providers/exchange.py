"""One request to a server through the `openai` client, and its answer part by part."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from pellucid.core.errors import UserError
from pellucid.core.offline import is_offline, refusal
from pellucid.writing.providers.addresses import Address
from pellucid.writing.providers.events import BrokenAnswerError, EventReader, Part, whole_answer
from pellucid.writing.providers.faults import StatusError

if TYPE_CHECKING:
    from openai import AsyncOpenAI

_MOST_OF_A_FAULT = 4_096
_FRAME_BYTES = 600
"""Each token comes in a frame of JSON of some hundred bytes."""
_MOST_OF_A_LIST = 1_000_000
_FIRST_BYTES = "http11.send_request_headers.started"
"""What the connection calls the moment before anything of a request is written to it."""
_NO_HEADERS = ("openai-", "x-stainless-")
"""Whose account it is with OpenAI, and which machine this is: no business of any server's."""


@dataclass(slots=True)
class Line:
    """Whom to ask, as whom, and who is told of each body before it goes out."""

    address: Address
    key: str = field(repr=False)
    on_send: Callable[[bytes], None] = field(repr=False)
    connect_s: float = 10.0
    total_s: float = 600.0
    sent_bytes: int = 0


class _KeptBackError(Exception):
    """The request was made only to be looked at."""


def load_client() -> None:
    """Import the client, which takes seconds the first time, before any time is measured."""
    import_module("openai")


def body_of(line: Line, fields: Mapping[str, Any]) -> bytes:
    """Return the exact body that these fields would be sent as; nothing is sent."""
    bodies: list[bytes] = []

    def keep(body: bytes) -> None:
        bodies.append(body)
        raise _KeptBackError

    async def make() -> None:
        look = Line(line.address, "", keep)
        async with _client(look, checks_network=False) as client:
            try:
                await client.chat.completions.with_raw_response.create(**fields)
            except Exception:
                if not bodies:
                    raise

    _run_apart(make)
    return bodies[0]


async def answer_parts(
    line: Line, fields: Mapping[str, Any], most_bytes: int
) -> AsyncIterator[Part]:
    """Send a request and yield the parts of the answer.

    Raises `BrokenAnswerError`, `StatusError`, or what the client raises of the connection.
    """
    most = most_bytes * _FRAME_BYTES
    text_bytes = 0
    async with (
        _client(line) as client,
        await client.chat.completions.create(**fields) as stream,
    ):
        response = stream.response
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        async for part in _parts(response.aiter_bytes(), kind, most, most_bytes):
            text_bytes += len(part.text) + len(part.thought)
            if text_bytes > most_bytes:
                raise _endless(most_bytes)
            yield part


async def model_names(line: Line) -> tuple[str, ...]:
    """Return the models that a server says it has, in its order."""
    import json

    headers = {"Accept-Encoding": "identity"}
    if line.key:
        headers["Authorization"] = f"Bearer {_checked(line.key)}"
    async with (
        _http(line, checks_network=True) as http,
        http.stream("GET", f"{line.address.url}/models", headers=headers) as response,
    ):
        body = await _whole(response.aiter_bytes(), _MOST_OF_A_LIST)
    try:
        entries = json.loads(body)["data"]
        names = [entry["id"] for entry in entries]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BrokenAnswerError("is no list of models") from error
    return tuple(name for name in names if isinstance(name, str) and name.isprintable())


async def _parts(
    chunks: AsyncIterator[bytes], kind: str, most: int, most_in_one: int
) -> AsyncIterator[Part]:
    if kind == "application/json":
        yield whole_answer(await _whole(chunks, most_in_one))
        return
    if kind not in ("text/event-stream", ""):
        how = f"is of the type {kind[:40]!r}, not that of a language model"
        raise BrokenAnswerError(how, is_final=True)
    reader, is_whole = EventReader(most, most_in_one), False
    async for chunk in chunks:
        for part in reader.feed(chunk):
            is_whole = is_whole or part.is_last
            yield part
        if reader.is_done:
            return
    for part in reader.end():
        is_whole = is_whole or part.is_last
        yield part
    if not (is_whole or reader.is_done):
        raise BrokenAnswerError("ended before it was whole")


async def _whole(chunks: AsyncIterator[bytes], most: int) -> bytes:
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > most:
            raise _endless(most)
    return bytes(body)


def _endless(most: int) -> BrokenAnswerError:
    return BrokenAnswerError(f"went on beyond {most:,} bytes", is_final=True)


@asynccontextmanager
async def _client(line: Line, *, checks_network: bool = True) -> AsyncIterator[AsyncOpenAI]:
    """Give a client that retries nothing and speaks over `_http`."""
    from openai import AsyncOpenAI

    http = _http(line, checks_network=checks_network)
    async with AsyncOpenAI(
        api_key=_checked(line.key) or "none", base_url=line.address.url, max_retries=0,
        timeout=line.total_s, http_client=http, default_headers={"Accept-Encoding": "identity"},
    ) as client:  # fmt: skip
        yield client


def _http(line: Line, *, checks_network: bool) -> Any:
    """Return a connection that follows no redirect and tells `line` what it sends, before it does.

    Settings that the environment has for OpenAI's own service go to no other server, and a proxy
    never carries what is meant for this machine.
    """
    from openai import DefaultAsyncHttpxClient, Timeout

    async def on_request(request: Any) -> None:
        if checks_network and not line.address.is_here and is_offline():
            raise refusal(line.address.destination)
        for name in list(request.headers):
            if name.startswith(_NO_HEADERS) or (name == "authorization" and not line.key):
                del request.headers[name]
        if not checks_network:
            line.on_send(request.content)

        async def on_step(step: str, details: object) -> None:
            del details
            if step == _FIRST_BYTES:
                request.extensions.pop("trace")
                _go(line, request)

        request.extensions["trace"] = on_step

    async def on_response(response: Any) -> None:
        if "trace" in response.request.extensions:
            _go(line, response.request)
        await _check_response(response)

    return DefaultAsyncHttpxClient(
        trust_env=not line.address.is_here, follow_redirects=False,
        timeout=Timeout(line.total_s, connect=line.connect_s),
        event_hooks={"request": [on_request], "response": [on_response]},
    )  # fmt: skip


def _go(line: Line, request: Any) -> None:
    """Tell that a body goes out now that there is a connection, and count it."""
    line.on_send(request.content)
    line.sent_bytes += len(request.content)


async def _check_response(response: Any) -> None:
    """Stop at anything but success, having read only the beginning of what it says."""
    if response.status_code != 200:
        said = bytearray()
        try:
            async with asyncio.timeout(2.0):
                async for chunk in response.aiter_raw():
                    said += chunk
                    if len(said) >= _MOST_OF_A_FAULT:
                        break
        except Exception:  # noqa: BLE001 - the status alone says enough
            pass
        text = bytes(said[:_MOST_OF_A_FAULT]).decode("utf-8", "replace")
        raise StatusError(response.status_code, dict(response.headers), text)
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise BrokenAnswerError("is compressed, which was not asked for", is_final=True)


def _checked(key: str) -> str:
    """Return a key that can stand in a header; it is never part of what is told."""
    if not key.isascii() or not key.isprintable() or " " in key:
        raise UserError(
            "The key for the server holds characters that no key has",
            "Copy it again, without blanks and line breaks.",
        )
    return key


def _run_apart(make: Callable[[], Any]) -> None:
    """Run a coroutine to its end in a thread of its own, since this one may run a loop already."""
    import threading

    raised: list[BaseException] = []

    def work() -> None:
        try:
            asyncio.run(make())
        except Exception as error:  # noqa: BLE001 - it is raised again below
            raised.append(error)

    thread = threading.Thread(target=work, name="provider")
    thread.start()
    thread.join()
    if raised:
        raise raised[0]
