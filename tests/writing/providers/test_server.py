"""A server is asked over real HTTP; whatever it does, the answer is whole or the reason is told."""

from __future__ import annotations

import itertools
import json
import logging
import socket
import threading
import time
from collections.abc import Iterator
from email.utils import formatdate

import pytest

import misbehaving_server as bad
from misbehaving_server import Behaviour, Server, Talk, serving
from pellucid.core.errors import StoppedError, UserError
from pellucid.core.run import Run
from pellucid.writing.providers.limits import Limits
from pellucid.writing.providers.server import ServerProvider, server
from pellucid.writing.providers.types import Message, Request

QUICK = Limits(total_s=20.0, connect_s=5.0, attempts=3, first_wait_s=0.01, longest_wait_s=0.05)
ASKED = Request((Message("system", "Be brief."), Message("user", "Héllo")), timeout_s=10.0)
WITH_SCHEMA = Request(ASKED.messages, schema={"type": "object"}, timeout_s=10.0)
KEY = "sk-CANARY-0123456789"


def ask(found: Server, request: Request = ASKED, limits: Limits = QUICK, key: str = "") -> str:
    return "".join(provider(found, limits, key).stream(request, Run()))


def provider(found: Server, limits: Limits = QUICK, key: str = "") -> ServerProvider:
    return server(found.url, "tiny", limits=limits, key=lambda: key)


def test_an_answer_comes_piece_by_piece_and_is_counted() -> None:
    with serving(bad.says("four words of text", 4)) as found:
        asked = provider(found)
        pieces = list(asked.stream(ASKED, Run()))

    assert "".join(pieces) == "four words of text"
    assert len(pieces) >= 4
    assert (asked.usage.asked, asked.usage.answered, asked.usage.is_estimated) == (11, 7, False)
    sent = found.seen[0]
    assert sent.path == "/v1/chat/completions"
    assert sent.json["messages"][1] == {"role": "user", "content": "Héllo"}
    assert "authorization" not in sent.headers
    assert not [name for name in sent.headers if name.startswith(("x-stainless", "openai"))]


def test_what_is_shown_beforehand_is_what_is_sent_and_what_is_told() -> None:
    told: list[bytes] = []
    with serving(bad.says("yes")) as found:
        asked = server(found.url, "tiny", limits=QUICK, on_send=told.append)
        shown = asked.payload(WITH_SCHEMA)
        assert found.seen == []
        list(asked.stream(WITH_SCHEMA, Run()))

    assert found.seen[0].body == shown
    assert told == [shown]


def test_nothing_goes_out_that_the_gate_refuses() -> None:
    def refuse(body: bytes) -> None:
        del body
        raise UserError("not agreed to")

    with serving(bad.says("yes")) as found:
        asked = server(found.url, "tiny", limits=QUICK, on_send=refuse)
        with pytest.raises(UserError, match="not agreed to"):
            list(asked.stream(ASKED, Run()))

    assert found.seen == []


def test_a_server_that_refuses_a_schema_is_asked_for_less() -> None:
    refuses = bad.fails(400, '{"error": {"message": "response_format is not supported"}}')
    with serving(refuses, refuses, bad.says("{}")) as found:
        asked = provider(found)
        assert "".join(asked.stream(WITH_SCHEMA, Run())) == "{}"
        list(asked.stream(WITH_SCHEMA, Run()))

    kinds = [seen.json.get("response_format", {}).get("type") for seen in found.seen]
    assert kinds == ["json_schema", "json_object", None, None]


@pytest.mark.parametrize(
    ("said", "gone", "come"),
    [
        (
            "Use 'max_completion_tokens' instead of max_tokens",
            "max_tokens",
            "max_completion_tokens",
        ),
        ("'temperature' does not support 0.0 with this model", "temperature", ""),
        ("extra fields not permitted: stream_options", "stream_options", ""),
    ],
)
def test_a_field_that_a_server_does_not_take_is_left_away(said: str, gone: str, come: str) -> None:
    with serving(bad.fails(422, json.dumps({"detail": said})), bad.says("ok")) as found:
        assert ask(found) == "ok"

    assert gone in found.seen[0].json
    assert gone not in found.seen[1].json
    assert not come or come in found.seen[1].json


@pytest.mark.parametrize(
    "behaviour",
    [
        bad.fails(429),
        bad.fails(429, Retry_After="0.01"),
        bad.fails(503, Retry_After=formatdate(time.time() - 60, usegmt=True)),
        bad.fails(500, "<html>oops</html>", "text/html"),
        bad.hangs_up,
        bad.breaks_off(),
        bad.sends(b"data: {broken\n\n"),
        bad.sends(b""),
    ],
)
def test_what_may_pass_is_tried_again(behaviour: Behaviour) -> None:
    with serving(behaviour, bad.says("at last")) as found:
        assert ask(found) == "at last"

    assert len(found.seen) == 2


@pytest.mark.parametrize(
    ("behaviour", "words", "tries"),
    [
        (bad.fails(500, '{"error": {"message": "GPU on fire"}}'), "it says “GPU on fire”", 3),
        (bad.fails(429, Retry_After="3600"), "asks to wait 3600 seconds", 1),
        (bad.fails(429, '{"error": {"code": "insufficient_quota"}}'), "is used up", 1),
        (bad.fails(401), "refused the key", 1),
        (bad.fails(404), "has no model 'tiny'", 1),
        (bad.fails(307, Location="http://192.0.2.7/v1/chat/completions"), "not followed", 1),
        (bad.fails(301, Location="/v2/chat/completions"), "not followed", 1),
        (bad.fails_without_end, "failed", 3),
        (bad.sends(b"<html>hi</html>", "text/html"), "is of the type 'text/html'", 1),
        (bad.sends(b'{"hello": 1}', "application/json"), "not an answer", 3),
        (bad.sends(b"[1, 2]", "application/json"), "not the JSON", 3),
        (bad.sends(b'data: {"error": {"message": "no memory"}}\n\n'), "no memory", 3),
        (bad.sends(b"data: " + b"[" * 100_000 + b"\n\n"), "beyond|not the JSON", None),
        (bad.sends(b"\x1f\x8b", Content_Encoding="gzip"), "is compressed", 1),
        (bad.hangs_up, "broke the connection off", 3),
        (bad.never_ends, "went on beyond", 1),
        (bad.sends_an_endless_line, "went on beyond", 1),
        (bad.says_one_huge_token, "went on beyond", 1),
    ],
)
def test_what_does_not_pass_is_told(behaviour: Behaviour, words: str, tries: int | None) -> None:
    with serving(behaviour) as found, pytest.raises(UserError, match=words) as raised:
        ask(found)

    assert raised.value.hint
    assert tries is None or len(found.seen) == tries


def test_what_came_before_a_connection_broke_is_kept_and_not_asked_for_again() -> None:
    with serving(bad.breaks_off("so far ")) as found:
        pieces = provider(found).stream(ASKED, Run())
        assert next(pieces) == "so far "
        with pytest.raises(UserError, match="what it had said is kept"):
            next(pieces)

    assert len(found.seen) == 1


@pytest.mark.parametrize("behaviour", [bad.stays_silent, bad.keeps_alive])
def test_silence_ends_after_the_time_that_a_request_gives(behaviour: Behaviour) -> None:
    with serving(behaviour) as found:
        with pytest.raises(UserError, match=r"said nothing for 0\.1 seconds"):
            ask(found, Request(ASKED.messages, timeout_s=0.1))
        assert found.hung_up.wait(5)


def test_a_slow_drip_ends_after_the_time_that_a_provider_has() -> None:
    limits = Limits(total_s=0.3, attempts=1)
    with serving(bad.drips("a long story " * 100, 0.02)) as found:
        pieces = provider(found, limits).stream(ASKED, Run())
        with pytest.raises(UserError, match=r"was not done after 0\.3 seconds"):
            list(pieces)
        assert not found.seen or found.hung_up.wait(5)


def test_all_answers_together_end_after_the_time_that_a_provider_has() -> None:
    limits = Limits(all_s=0.5, attempts=1)
    with serving(bad.drips("a long story " * 100, 0.02)) as found:
        slow = provider(found, limits)
        with pytest.raises(UserError, match=r"was not done after 0\.5 seconds"):
            list(slow.stream(ASKED, Run()))
        with pytest.raises(UserError, match="was asked nothing more"):
            list(slow.stream(ASKED, Run()))
    assert len(found.seen) == 1


@pytest.mark.parametrize("behaviour", [bad.stays_silent, bad.drips("x" * 9_999, 0.01)])
def test_stopping_closes_the_connection_at_once(behaviour: Behaviour) -> None:
    asked = threading.Event()

    def stops() -> bool:
        return asked.is_set() or bool(found.seen and asked.set())

    with serving(behaviour) as found:
        with pytest.raises(StoppedError):
            list(provider(found).stream(ASKED, Run(should_stop=stops)))
        assert found.hung_up.wait(5)


def test_leaving_an_answer_half_read_closes_the_connection() -> None:
    with serving(bad.drips("x" * 9_999, 0.001)) as found:
        pieces: Iterator[str] = provider(found).stream(ASKED, Run())
        assert list(itertools.islice(pieces, 2)) == ["x", "x"]
        pieces.close()  # type: ignore[attr-defined]  # a generator
        assert found.hung_up.wait(5)
    assert "provider" not in [thread.name for thread in threading.enumerate()]


def test_invalid_characters_do_no_harm() -> None:
    broken = b'data: {"choices": [{"delta": {"content": "a\xff\xfe\\ud800b"}}]}\n\ndata: [DONE]\n\n'
    with serving(bad.sends(broken)) as found:
        answer = ask(found)

    assert answer.encode("utf-8").decode() == answer
    assert answer.startswith("a") and answer.endswith("b")  # noqa: PT018


def test_a_server_that_does_not_stream_is_understood() -> None:
    whole = {"choices": [{"message": {"content": "all at once"}, "finish_reason": "stop"}]}
    with serving(bad.sends(json.dumps(whole).encode(), "application/json")) as found:
        asked = provider(found)
        assert "".join(asked.stream(ASKED, Run())) == "all at once"

    assert asked.usage.is_estimated


def test_thinking_aloud_is_no_part_of_the_answer() -> None:
    def thinks(talk: Talk) -> None:
        talk.head()
        talk.event({"choices": [{"delta": {"reasoning_content": "hm, hm"}}]})
        talk.token("yes")
        talk.done()

    with serving(thinks) as found:
        assert ask(found) == "yes"


def test_a_model_is_asked_nothing_beyond_its_tokens_or_its_cost() -> None:
    dear = Limits(cost=0.0001, prices=(100.0, 100.0), attempts=1)
    with serving(bad.says("yes")) as found:
        with pytest.raises(UserError, match="used its 2 tokens"):
            ask(found, limits=Limits(tokens=2))
        with pytest.raises(UserError, match=r"more than the 0\.0001 allowed"):
            ask(found, limits=dear)

    assert found.seen == []


def test_an_answer_is_stopped_that_takes_more_than_was_allowed() -> None:
    with serving(bad.drips("x" * 9_999, 0.0)) as found:
        with pytest.raises(UserError, match="used its 200 tokens"):
            ask(found, limits=Limits(tokens=200))
        assert found.hung_up.wait(5)


def test_the_key_goes_into_the_header_and_nowhere_else(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def echoes(talk: Talk) -> None:
        talk.head()
        key = talk.seen.headers["authorization"].removeprefix("Bearer ")
        for half in (key[:5], key[5:]):
            talk.token(half)
        talk.done()

    told: list[bytes] = []
    leaks = bad.fails(400, json.dumps({"error": {"message": f"bad key {KEY}"}}))
    caplog.set_level(logging.DEBUG)
    with serving(echoes, leaks) as found:
        asked = server(found.url, "tiny", limits=QUICK, key=lambda: KEY, on_send=told.append)
        assert "".join(asked.stream(ASKED, Run())) == "[key]"
        with pytest.raises(UserError) as raised:
            list(asked.stream(ASKED, Run()))

    assert found.seen[0].headers["authorization"] == f"Bearer {KEY}"
    everything = [repr(asked), str(raised.value), caplog.text, *map(str, told)]
    assert not [text for text in everything if KEY in text]


def test_a_key_with_a_line_break_is_refused_without_being_shown() -> None:
    with serving(bad.says("yes")) as found, pytest.raises(UserError) as raised:
        ask(found, key=f"{KEY}\n")

    assert KEY not in f"{raised.value.message} {raised.value.hint}"


def test_a_proxy_of_the_environment_does_not_carry_what_is_meant_for_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://192.0.2.1:9")
    with serving(bad.says("direct")) as found:
        assert ask(found) == "direct"


def test_a_server_that_is_not_there_is_told_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(UserError, match="No server answers"):
        list(server(f"http://127.0.0.1:{port}", "tiny", limits=QUICK).stream(ASKED, Run()))


def test_answers_come_where_a_loop_runs_already() -> None:
    import asyncio

    async def in_a_notebook() -> str:
        return ask(found)

    with serving(bad.says("yes")) as found:
        assert asyncio.run(in_a_notebook()) == "yes"


def test_a_server_that_failed_twice_in_a_row_is_asked_no_more() -> None:
    refuses = bad.fails(401)
    with serving(refuses, bad.says("yes"), refuses) as found:
        asked = provider(found)
        outcomes: list[str] = []
        for _ in range(5):
            try:
                outcomes.append("".join(asked.stream(ASKED, Run())))
            except UserError as error:
                outcomes.append(error.message)

    refused = "The server at 127.0.0.1 refused the key, or wants one"
    assert outcomes == [refused, "yes", refused, refused, refused]
    assert len(found.seen) == 4
