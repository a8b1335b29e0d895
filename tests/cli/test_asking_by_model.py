"""`ask` with a language model that is told facts alone."""

from __future__ import annotations

import json
from pathlib import Path

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


def test_what_would_be_sent_for_a_question_is_the_question_and_its_facts(
    cli: Cli, work: Work
) -> None:
    with serving(bad.says("{}")) as server:
        words = ["ask", work.table, "mean rent by city", "--writer", server.url, "--llm", "tiny"]
        shown = cli.json(*words, "--show-payload")
        assert not [seen for seen in server.seen if seen.body]
        cli.json(*words)

    sent = [seen.body.decode() for seen in server.seen if seen.body]
    assert sent[0] == shown["payloads"][0]
    assert "mean rent by city" in shown["payloads"][0]
    assert "The mean of rent where city is Bonn" in shown["payloads"][1]
    assert shown["payloads"][1] in sent


def test_an_edited_plan_sends_its_facts_alone(cli: Cli, work: Work, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text('[{"action": "describe", "column": "rent", "statistic": "median"}]', "utf-8")
    with serving() as server:
        words = ["ask", work.table, "how dear?", "--writer", server.url, "--llm", "tiny"]
        shown = cli.json(*words, "--plan", plan, "--show-payload")

    assert len(shown["payloads"]) == 1
    assert "The median of rent is" in shown["payloads"][0]
