"""Servers of language models on this machine, and the models that a server has."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.writing.providers.addresses import Address, address_of
from pellucid.writing.providers.background import Put, pieces_of
from pellucid.writing.providers.events import BrokenAnswerError
from pellucid.writing.providers.exchange import Line, load_client, model_names
from pellucid.writing.providers.faults import BUILTIN, fault_of

PORTS: Final[Mapping[int, str]] = {
    11434: "Ollama",
    1234: "LM Studio",
    8080: "llama.cpp",
    8000: "vLLM",
}
"""The ports that these listen on unless told otherwise."""
_KNOCK_S = 0.25
_LIST_S = 3.0


@dataclass(frozen=True, slots=True)
class FoundServer:
    """A server on this machine; `program` is what usually listens on its port."""

    program: str
    url: str
    models: tuple[str, ...]


def find_servers(run: Run, ports: Mapping[int, str] = PORTS) -> tuple[FoundServer, ...]:
    """Return the servers that answer on this machine, with their models; asks nobody else."""
    found: list[FoundServer] = []
    for port, program in ports.items():
        run.check()
        run.progress("Looking for servers on this machine", len(found), len(ports))
        if not _listens(port):
            continue
        address = address_of(f"http://127.0.0.1:{port}")
        try:
            found.append(FoundServer(program, address.url, list_models(address, run)))
        except UserError:
            continue  # Something else listens there.
    return tuple(found)


def list_models(
    address: Address, run: Run, key: str = "", timeout_s: float = _LIST_S
) -> tuple[str, ...]:
    """Return the models that a server says it has. Raises `UserError` where it does not say."""

    async def produce(put: Put) -> None:
        try:
            for name in await model_names(Line(address, key, _nothing, timeout_s)):
                put(name)
        except BrokenAnswerError as error:
            message = f"The answer of the server at {address.destination} {error}"
            raise UserError(message, "Check the URL: most end in /v1.") from error
        except Exception as error:
            raise fault_of(error, address, "", 0.0).error from error

    load_client()
    whom = f"The server at {address.destination}"
    return tuple(pieces_of(produce, run, timeout_s, timeout_s, whom))


def choose_model(address: Address, wanted: str | None, run: Run, key: str = "") -> str:
    """Return the model to ask: the one that is wanted, or the only one that the server has."""
    if wanted:
        return wanted
    names = list_models(address, run, key)
    if len(names) == 1:
        return names[0]
    listed = ", ".join(names[:8]) or "none"
    raise UserError(
        f"The server at {address.url} has {len(names)} models ({listed})",
        "Name the one to ask with --llm." if names else BUILTIN,
    )


def _nothing(body: bytes) -> None:
    """Let a request for the list through: it holds nothing of any table."""
    del body


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), _KNOCK_S).close()
    except OSError:
        return False
    return True
