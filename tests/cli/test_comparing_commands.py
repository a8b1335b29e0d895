"""`compare`: two groups of a file."""

from __future__ import annotations

from pathlib import Path

from cli_harness import Cli, Work

import misbehaving_server as bad
import pellucid
from misbehaving_server import serving


def test_compare_gives_the_confirmed_differences_with_their_facts(cli: Cli, work: Work) -> None:
    document = cli.json("compare", work.table, "--groups", "sold=yes,no")

    assert document["groups"] == ["yes", "no"]
    assert sum(document["rows"].values()) == 240
    assert 1 <= len(document["claims"]) <= document["tried"] <= 20
    first = document["claims"][0]
    assert first["text"].startswith(
        "area is on average higher where sold is yes than where it is no"
    )
    assert first["p_value"] < 0.05
    assert 0 < first["low"] < first["effect"] < first["high"]
    assert set(first["facts"]) <= set(document["facts"])
    assert document["facts"][first["facts"][0]]["kind"] == "group_contrast"


def test_compare_reads_like_a_page(cli: Cli, work: Work) -> None:
    outcome = cli("compare", work.table, "--groups", "sold=yes")

    assert outcome.code == 0
    assert outcome.out.startswith("What tells rows where sold is yes from the other rows")
    assert max(map(len, outcome.out.splitlines())) <= 80


def test_groups_that_are_not_there_end_in_a_plain_error(cli: Cli, work: Work) -> None:
    outcome = cli("compare", work.table, "--groups", "city=Bohn,Köln").failed_plainly()

    assert "Did you mean Bonn?" in outcome.err


def test_python_compares_as_the_command_does(cli: Cli, work: Work) -> None:
    view = pellucid.compare(work.table, "sold", "yes", "no")
    document = cli.json("compare", Path(work.table), "--groups", "sold=yes,no")

    texts = [claim["text"] for claim in document["claims"] + document["notes"]]
    assert sorted(texts) == sorted(claim.text for claim in view.words.claims)


def test_a_language_model_elsewhere_is_shown_no_rows(cli: Cli, work: Work) -> None:
    words = ["compare", work.table, "--groups", "sold=yes,no"]

    outcome = cli(*words, "--writer", "https://llm.example.org/v1", "--llm", "x").failed_plainly()

    assert "is not on this machine; nothing was sent" in outcome.err


def test_a_language_model_on_this_machine_states_and_is_measured(cli: Cli, work: Work) -> None:
    words = ["compare", work.table, "--groups", "sold=yes,no"]
    with serving(bad.says('{"statements": ["The flat is large"]}')) as server:
        document = cli.json(*words, "--writer", server.url, "--llm", "tiny")

    plain = cli.json(*words)
    assert [c["text"] for c in document["claims"]] == [c["text"] for c in plain["claims"]]
    notes = " ".join(note["text"] for note in document["notes"])
    assert "judged by the language model tiny. How often it is wrong could not be" in notes
