"""Servers on this machine are found by their ports, and asked for nothing but their models."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import pytest

import misbehaving_server as bad
from misbehaving_server import serving
from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.writing.providers.addresses import address_of
from pellucid.writing.providers.finding import choose_model, find_servers, list_models


def test_a_server_is_found_with_its_models() -> None:
    with (
        serving(models=("small", "large")) as found,
        socket.create_server(("127.0.0.1", 0)) as mute,
    ):
        port = urlsplit(found.url).port or 0
        taken = mute.getsockname()[1]
        mute.close()
        servers = find_servers(Run(), {port: "Ollama", taken: "vLLM"})

    assert [(s.program, s.url, s.models) for s in servers] == [
        ("Ollama", found.url, ("small", "large"))
    ]
    assert [seen.path for seen in found.seen] == ["/v1/models"]


def test_something_else_on_the_port_is_passed_over() -> None:
    with serving(models=()) as found:
        port = urlsplit(found.url).port or 0
        address = address_of(found.url.replace("/v1", "/elsewhere"))
        assert list_models(address, Run()) == ()
        assert find_servers(Run(), {port: "Ollama"})[0].models == ()


def test_the_only_model_need_not_be_named() -> None:
    with serving(models=("tiny",)) as found:
        assert choose_model(address_of(found.url), None, Run()) == "tiny"
        assert choose_model(address_of(found.url), "other", Run()) == "other"


def test_one_of_several_has_to_be_named() -> None:
    with (
        serving(models=("small", "large")) as found,
        pytest.raises(UserError, match="has 2 models") as raised,
    ):
        choose_model(address_of(found.url), None, Run())

    assert "--llm" in raised.value.hint


def test_a_list_that_is_none_is_told() -> None:
    with serving(bad.says("")) as found:
        address = address_of(found.url)
    with pytest.raises(UserError):
        list_models(address, Run())
