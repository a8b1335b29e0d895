"""Staying on this machine: while it holds, no connection leaves, whoever asks for one.

Asked for by `--offline` for one command, or by a switch that is kept in the settings and wins over
everything else.
"""

from __future__ import annotations

import ipaddress
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pellucid.core.errors import UserError
from pellucid.core.paths import config_dir, whole_file

_FILE = "network.json"
_HINT = "Leave --offline away, or turn “Stay offline” off in the settings."


class _Guard:
    """An audit hook that refuses connections while it is armed; hooks cannot be taken out again."""

    def __init__(self) -> None:
        self.is_armed = False
        self.is_installed = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.is_armed:
            return
        if event in ("socket.connect", "socket.sendto") and _leaves(arguments[1]):
            raise refusal(str(arguments[1][0]))
        if event == "socket.getaddrinfo" and not is_loopback(arguments[0]):
            host = arguments[0]
            raise refusal(host.decode("idna") if isinstance(host, bytes) else str(host))

    def arm(self, is_wanted: bool) -> None:
        if is_wanted and not self.is_installed:
            sys.addaudithook(self)
            self.is_installed = True
        self.is_armed = is_wanted


_GUARD = _Guard()


def refusal(host: str) -> UserError:
    """Return the error for a connection to `host` that was not made."""
    return UserError(f"Pellucid is set to stay offline, so nothing was sent to {host}", _HINT)


@contextmanager
def offline(wanted: bool) -> Iterator[None]:
    """Refuse every connection beyond this machine within the block, if `wanted` or switched on."""
    before = _GUARD.is_armed
    _GUARD.arm(wanted or before or is_switched_offline())
    try:
        yield
    finally:
        _GUARD.arm(before)


def stay_offline() -> None:
    """Hold this process to the switch in the settings from now on."""
    _GUARD.arm(is_switched_offline())


def is_offline() -> bool:
    """Return whether connections beyond this machine are refused now."""
    return _GUARD.is_armed or is_switched_offline()


def is_switched_offline() -> bool:
    """Return whether the switch in the settings is on; it is where its file cannot be read."""
    path = config_dir() / _FILE
    try:
        return json.loads(path.read_text(encoding="utf-8"))["offline"] is not False
    except FileNotFoundError:
        return False
    except (OSError, ValueError, KeyError, TypeError):
        return True


def switch_offline(is_on: bool) -> None:
    """Keep the switch in the settings, and hold this process to it at once."""
    with whole_file(config_dir() / _FILE) as temporary:
        temporary.write_text(json.dumps({"offline": is_on}), encoding="utf-8")
    _GUARD.arm(is_on)


def is_loopback(host: object) -> bool:
    """Return whether a host, by name or address, is this machine itself."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(name).partition("%")[0]).is_loopback
    except ValueError:
        return False


def _leaves(address: object) -> bool:
    return isinstance(address, tuple) and not is_loopback(address[0])
