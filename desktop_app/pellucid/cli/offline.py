"""`--offline`: while it holds, no connection leaves this machine, whoever asks for one."""

from __future__ import annotations

import ipaddress
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pellucid.core.errors import UserError


class _Guard:
    """An audit hook that refuses connections while it is armed; hooks cannot be taken out again."""

    def __init__(self) -> None:
        self.is_armed = False
        self.is_installed = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.is_armed:
            return
        if event in ("socket.connect", "socket.sendto") and _leaves(arguments[1]):
            raise UserError(f"--offline refused a connection to {arguments[1][0]}")
        if event == "socket.getaddrinfo" and not _is_local(arguments[0]):
            raise UserError(f"--offline refused to look up {arguments[0]}")


_GUARD = _Guard()


@contextmanager
def offline(wanted: bool) -> Iterator[None]:
    """Refuse every connection beyond this machine within the block, if `wanted`."""
    if wanted and not _GUARD.is_installed:
        sys.addaudithook(_GUARD)
        _GUARD.is_installed = True
    before, _GUARD.is_armed = _GUARD.is_armed, wanted
    try:
        yield
    finally:
        _GUARD.is_armed = before


def _leaves(address: object) -> bool:
    return isinstance(address, tuple) and not _is_local(address[0])


def _is_local(host: object) -> bool:
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False
