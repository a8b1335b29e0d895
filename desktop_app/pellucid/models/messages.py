"""What a fit and its worker processes say to each other, and how it crosses a pipe."""

from __future__ import annotations

import pickle
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO, Any

from pellucid.core.errors import UserError

Report = Callable[..., None]
TaskFunction = Callable[..., Any]

_LENGTH = struct.Struct("!Q")


@dataclass(frozen=True, slots=True)
class Call:
    """A task: `function(kept, report, *arguments)`, a module-level function.

    `kept` is the worker's own dictionary, for what later tasks can use again; `report` sends
    numbers to the parent while the task runs.
    """

    id: int
    function: TaskFunction
    arguments: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Reported:
    """What a running task passed to `report`."""

    id: int
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """A task is done, and this is what it returned."""

    id: int
    value: Any = field(repr=False)


@dataclass(frozen=True, slots=True)
class Raised:
    """A task failed; `error` is a `UserError`, or the text of any other exception."""

    id: int
    error: UserError | str


def send(stream: IO[bytes], message: object) -> None:
    """Write a message as its length and its pickle: both ends are our own processes."""
    content = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one message; raises `EOFError` at the end of the stream.

    The length comes first because `pickle.load` reads ahead, and on a pipe waits for what may never
    come.
    """
    header = stream.read(_LENGTH.size)
    if len(header) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(header)
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return pickle.loads(content)
