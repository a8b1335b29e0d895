"""A server on this machine that speaks OpenAI's protocol, well or badly, over real HTTP."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Seen:
    """A request as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Server:
    """What the test knows of a running server: where it is, what it saw, who is connected."""

    url: str
    seen: list[Seen] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)
    hung_up: threading.Event = field(default_factory=threading.Event)
    """Set once a client has closed a connection that an answer was still being written to."""


Behaviour = Callable[["Talk"], None]


class Talk:
    """One request, and the means to answer it in any way."""

    def __init__(self, handler: BaseHTTPRequestHandler, server: Server, seen: Seen) -> None:
        self._handler = handler
        self.server = server
        self.seen = seen

    def head(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        lines = [f"HTTP/1.1 {status} Status", f"Content-Type: {kind}", "Connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.raw("\r\n".join([*lines, "", ""]).encode())

    def raw(self, data: bytes) -> None:
        self._handler.wfile.write(data)
        self._handler.wfile.flush()

    def event(self, document: object) -> None:
        self.raw(b"data: " + json.dumps(document).encode() + b"\n\n")

    def token(self, text: str, finish: str | None = None) -> None:
        self.event({"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": finish}]})

    def done(self, asked: int = 11, answered: int = 7) -> None:
        self.token("", "stop")
        usage = {"prompt_tokens": asked, "completion_tokens": answered}
        self.event({"choices": [], "usage": usage})
        self.raw(b"data: [DONE]\n\n")

    def wait(self, seconds: float) -> bool:
        """Wait, and return whether to go on."""
        return not self.server.stopping.wait(seconds)


def says(text: str, pieces: int = 5) -> Behaviour:
    """Answer well: `text` in pieces, then the count of tokens."""

    def behave(talk: Talk) -> None:
        talk.head()
        size = max(1, -(-len(text) // pieces))
        for start in range(0, len(text), size):
            talk.token(text[start : start + size])
        talk.done()

    return behave


def fails(
    status: int, said: str = "{}", kind: str = "application/json", **headers: str
) -> Behaviour:
    def behave(talk: Talk) -> None:
        talk.head(status, kind, **headers)
        talk.raw(said.encode())

    return behave


def drips(text: str, seconds: float) -> Behaviour:
    """Answer in single characters, with a wait before each."""

    def behave(talk: Talk) -> None:
        talk.head()
        for character in text:
            if not talk.wait(seconds):
                return
            talk.token(character)
        talk.done()

    return behave


def stays_silent(talk: Talk) -> None:
    """Take the request and never say anything."""
    _wait_for_the_end(talk)


def keeps_alive(talk: Talk) -> None:
    """Send comments for ever, as a proxy does, and no token."""
    talk.head()
    while talk.wait(0.01):
        talk.raw(b": still here\n\n")


def never_ends(talk: Talk) -> None:
    talk.head()
    while talk.wait(0):
        talk.token("and then, and then, " * 50)


def sends_an_endless_line(talk: Talk) -> None:
    talk.head()
    talk.raw(b"data: ")
    while talk.wait(0):
        talk.raw(b"x" * 65_536)


def says_one_huge_token(talk: Talk) -> None:
    talk.head()
    talk.token("x" * 3_000_000)
    talk.done()


def fails_without_end(talk: Talk) -> None:
    talk.head(500)
    while talk.wait(0):
        talk.raw(b"x" * 65_536)


def breaks_off(after: str = "") -> Behaviour:
    """Close the connection after `after`, before the answer is whole."""

    def behave(talk: Talk) -> None:
        talk.head(Transfer_Encoding="chunked")
        if after:
            event = {"choices": [{"delta": {"content": after}}]}
            data = b"data: " + json.dumps(event).encode() + b"\n\n"
            talk.raw(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    return behave


def hangs_up(talk: Talk) -> None:
    """Close the connection without a word."""
    del talk


def sends(data: bytes, kind: str = "text/event-stream", **headers: str) -> Behaviour:
    def behave(talk: Talk) -> None:
        talk.head(200, kind, **headers)
        talk.raw(data)

    return behave


def _wait_for_the_end(talk: Talk) -> None:
    """Wait until the client hangs up or the test ends."""
    connection = talk._handler.connection
    connection.settimeout(0.02)
    while talk.wait(0):
        try:
            if not connection.recv(1):
                talk.server.hung_up.set()
                return
        except TimeoutError:
            continue


@contextlib.contextmanager
def serving(*behaviours: Behaviour, models: Sequence[str] = ("tiny",)) -> Iterator[Server]:
    """Run a server that answers the first question by the first behaviour and so on.

    The last behaviour is for all questions that follow. `GET .../models` lists `models`.
    """
    turns = list(behaviours) or [says("")]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            seen = Seen(self.path, {k.lower(): v for k, v in self.headers.items()}, b"")
            found.seen.append(seen)
            self._answer(_lists(models), seen)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            seen = Seen(self.path, {k.lower(): v for k, v in self.headers.items()}, body)
            found.seen.append(seen)
            self._answer(turns.pop(0) if len(turns) > 1 else turns[0], seen)

        def _answer(self, behave: Behaviour, seen: Seen) -> None:
            self.close_connection = True
            try:
                behave(Talk(self, found, seen))
            except OSError:
                found.hung_up.set()

        def log_message(self, *arguments: object) -> None:
            del arguments

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    http.block_on_close = False
    found = Server(f"http://127.0.0.1:{http.server_address[1]}/v1")
    thread = threading.Thread(target=http.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield found
    finally:
        found.stopping.set()
        http.shutdown()
        http.server_close()
        thread.join()


def _lists(models: Sequence[str]) -> Behaviour:
    return sends(json.dumps({"data": [{"id": name} for name in models]}).encode(),
                 "application/json")  # fmt: skip
