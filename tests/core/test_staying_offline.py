"""While it holds, nothing leaves this machine, whoever asks."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from pellucid.core.errors import UserError
from pellucid.core.offline import (
    is_loopback,
    is_offline,
    is_switched_offline,
    offline,
    stay_offline,
    switch_offline,
)


def looks_up(host: str) -> None:
    sys.audit("socket.getaddrinfo", host, 80, 0, 0, 0)


def test_offline_refuses_connections_beyond_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, offline(True):
        socket.create_connection(server.getsockname()).close()
        with socket.socket() as made, pytest.raises(UserError, match=r"sent to 192\.0\.2\.1"):
            made.connect(("192.0.2.1", 80))
        with pytest.raises(UserError, match=r"sent to example\.org"):
            socket.getaddrinfo("example.org", 80)


def test_offline_ends_with_its_block() -> None:
    with offline(True), pytest.raises(UserError):
        looks_up("example.org")

    looks_up("example.org")


def test_the_switch_wins_over_a_command_that_did_not_ask() -> None:
    switch_offline(True)
    try:
        with offline(False), pytest.raises(UserError):
            looks_up("example.org")
    finally:
        switch_offline(False)

    assert not is_offline()


def test_the_switch_holds_a_process_from_its_start_and_at_once() -> None:
    switch_offline(True)
    try:
        with pytest.raises(UserError):
            looks_up("example.org")
        stay_offline()
        assert is_offline()
    finally:
        switch_offline(False)
    looks_up("example.org")


def test_a_switch_that_cannot_be_read_is_on(home: Path) -> None:
    assert not is_switched_offline()
    (home / "config" / "network.json").write_text("{", encoding="utf-8")
    assert is_switched_offline()


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True), ("127.0.0.1", True), ("127.8.9.1", True), ("::1", True),
        (b"127.0.0.1", True), ("example.org", False), ("0.0.0.0", False), ("10.0.0.1", False),
        ("127.1", False), ("localhost.example.org", False),
    ],
)  # fmt: skip
def test_this_machine_is_known_by_its_addresses(host: object, here: bool) -> None:
    assert is_loopback(host) is here
