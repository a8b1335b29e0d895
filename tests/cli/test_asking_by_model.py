"""`ask` with a language model that is told facts alone."""

from __future__ import annotations

import json

from cli_harness import Cli, Work

import misbehaving_server as bad
from misbehaving_server import serving


def test_a_server_that_talks_nonsense_changes_no_answer(cli: Cli, work: Work) -> None:
    plain = cli.json("ask", work.table, "mean rent by city")
    with serving(bad.says("I would rather talk about the weather.")) as server:
        words = ["ask", work.table, "mean rent by city", "--writer", server.url, "--llm", "tiny"]
        found = cli.json(*words, "--most-tokens", 20_000)

    assert [claim["text"] for claim in found["claims"]] == [
        claim["text"] for claim in plain["claims"]
    ]
    assert found["sent"]["bytes"] > 0
    assert found["sent"]["destination"] == "127.0.0.1"


def test_a_host_beyond_this_machine_needs_consent(cli: Cli, work: Work) -> None:
    words = ["ask", work.table, "mean rent", "--writer", "https://llm.example.org/v1"]

    outcome = cli(*words, "--llm", "x").failed_plainly()

    assert "--send-to llm.example.org" in outcome.err


def test_a_plan_of_a_server_is_shown(cli: Cli, work: Work) -> None:
    plan = {"actions": [{"action": "describe", "column": "rent", "statistic": "median"}]}
    with serving(bad.says(json.dumps(plan))) as server:
        words = ["ask", work.table, "how dear?", "--writer", server.url, "--llm", "tiny"]
        found = cli.json(*words)

    assert found["plan"]["steps"] == ["median of rent"]
