"""`explain --reasons`: a language model's own reasons and their test, on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_harness import Cli, Work

import reasoning_server as servers
from misbehaving_server import serving
from pellucid.writing.privacy.ledger import entries

FAR = "https://models.example.org/v1"


def words(work: Work, *more: object) -> tuple[object, ...]:
    return ("explain", work.binary, "--row", 3, "--data", work.table, "--reasons", *more)


def test_reasons_are_told_with_their_verdict(cli: Cli, work: Work) -> None:
    with serving(servers.reads) as found:
        told = cli(*words(work, "--writer", found.url))
    out = " ".join(told.out.split())

    assert told.code == 0
    assert "Reasons by the language model tiny" in out
    assert "Checked: For this row, " in out
    assert "Its reasons follow the evidence" in out
    assert "95% interval" in out
    assert "went to a server on this machine; nothing left it." in out
    assert max(map(len, told.out.splitlines())) <= 80


def test_what_does_not_hold_is_flagged_and_left_out(cli: Cli, work: Work) -> None:
    with serving(servers.repeats) as found:
        out = " ".join(cli(*words(work, "--writer", found.url)).out.split())

    assert "Its own words, not checked: A plain story of daily life." in out
    assert "!! It says that" in out
    assert "The evidence says the opposite." in out
    assert "Left out of what it answered" in out
    assert "Its reasons ignore the evidence" in out


def test_the_document_has_reasons_beside_the_explanation(cli: Cli, work: Work) -> None:
    plain = cli.json("explain", work.binary, "--row", 3, "--data", work.table)
    with serving(servers.repeats) as found:
        document = cli.json(*words(work, "--writer", found.url))

    own = document.pop("reasons")
    assert document == plain
    for one in own["reasons"]:
        assert one["agrees"] == (one["way"] == one["evidence"])
        assert {one["fact"], *one["facts"]} <= set(own["facts"])
    assert own["rejected"][0]["text"] == servers.FALSE
    test = own["test"]
    assert (test["verdict"], test["followed"], test["kept"]) == ("ignore", 0, test["asked"])
    assert 0 == test["low"] < test["high"] < 0.5
    assert own["sent"]["destination"] == "127.0.0.1"


def test_the_payload_is_shown_and_not_sent(cli: Cli, work: Work) -> None:
    shown = cli.json(*words(work, "--writer", FAR, "--llm", "any", "--show-payload"))
    assert len(shown["payloads"]) == 10
    assert "(contribution)" in shown["payloads"][0]
    assert entries() == ()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((), "no reasons of its own"),
        (("--writer", FAR, "--llm", "any"), "which you have not agreed to; nothing was sent"),
        (("--writer", FAR, "--llm", "any", "--send-to", "models.example.org", "--offline"),
         "set to stay offline"),
        (("--writer", FAR, "--term", "rooms"), "not for one of its terms"),
        (("--writer", FAR, "--text", "Lovely"), "not for a text"),
        (("--writer", "no-such-folder"), "no-such-folder"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told(
    cli: Cli, work: Work, more: tuple[str, ...], told: str
) -> None:
    outcome = cli(*words(work, *more)).failed_plainly()
    assert told in outcome.err
    assert entries() == ()


def test_options_of_a_language_model_want_reasons(cli: Cli, work: Work) -> None:
    outcome = cli("explain", work.binary, "--writer", FAR).failed_plainly()
    assert "Add --reasons" in outcome.err
    outcome = cli("explain", work.binary, "--reasons", "--writer", FAR).failed_plainly()
    assert "one row" in outcome.err


def test_a_model_in_a_folder_gives_reasons(cli: Cli, work: Work, story_model: Path) -> None:
    own = cli.json(*words(work, "--writer", story_model))["reasons"]
    assert own["reasons"]
    assert own["test"]["verdict"] == "unclear"  # it is too small for the prompt
    assert own["sent"]["bytes"] == 0
