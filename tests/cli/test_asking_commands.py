"""`ask`: questions about a file."""

from __future__ import annotations

import json
from pathlib import Path

from cli_harness import Cli, Work

import pellucid


def test_an_answer_is_claims_with_facts_and_the_plan(cli: Cli, work: Work) -> None:
    document = cli.json("ask", work.table, "mean rent by city")

    assert (document["writer"], document["sent"]) == ("builtin", {"bytes": 0, "destination": ""})
    assert document["plan"]["steps"] == ["mean of rent by city"]
    assert document["plan"]["actions"][0]["action"] == "describe"
    claim = document["claims"][0]
    assert claim["checked"] is True
    assert set(claim["facts"]) <= set(document["facts"])
    assert {fact["unit"] for fact in document["facts"].values()} == {"rent"}


def test_several_questions_are_a_conversation(cli: Cli, work: Work) -> None:
    document = cli.json("ask", work.table, "mean rent in Bonn", "and in Köln?")

    assert document["plan"]["steps"] == ["where city is Köln", "mean of rent"]
    assert [item["plan"]["steps"][0] for item in document["earlier"]] == ["where city is Bonn"]


def test_a_model_answers_what_is_asked_of_one(cli: Cli, work: Work) -> None:
    words = ["ask", work.table, "--model", work.number, "Which columns matter?"]
    document = cli.json(*words)

    assert "area" in " ".join(claim["text"] for claim in document["claims"])
    assert "chart:importance" in document["charts"]


def test_a_target_is_fitted_when_a_question_needs_it(cli: Cli, work: Work) -> None:
    words = ["ask", work.table, "--target", "rent", "what does the model predict for row 2?"]
    document = cli.json(*words)

    assert document["claims"][0]["text"].startswith("For row 2 the model predicts ")


def test_what_the_file_cannot_answer_says_what_it_can(cli: Cli, work: Work) -> None:
    outcome = cli("ask", work.table, "Why are flats in Köln dearer?")

    assert outcome.code == 0
    assert "not what causes what" in " ".join(outcome.out.split())
    assert "What could be asked:" in outcome.out


def test_an_edited_plan_takes_the_place_of_the_question(
    cli: Cli, work: Work, tmp_path: Path
) -> None:
    document = cli.json("ask", work.table, "mean rent")
    document["plan"]["actions"][0]["statistic"] = "median"
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(document), encoding="utf-8")

    edited = cli.json("ask", work.table, "--plan", plan, "mean rent")

    assert edited["plan"]["steps"] == ["median of rent"]


def test_a_plan_with_a_strange_column_is_refused(cli: Cli, work: Work, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text('[{"action": "describe", "column": "rnt"}]', encoding="utf-8")

    outcome = cli("ask", work.table, "--plan", plan, "x").failed_plainly()

    assert "There is no column rnt" in outcome.err
    assert "Did you mean rent?" in outcome.err


def test_python_asks_as_the_command_does(cli: Cli, work: Work) -> None:
    first = pellucid.ask(work.table, "mean rent in Bonn")
    found = pellucid.ask(work.table, "and in Köln?", before=first)
    document = cli.json("ask", work.table, "mean rent in Bonn", "and in Köln?")

    texts = [claim.text for claim in found.words.claims]
    assert texts == [claim["text"] for claim in document["claims"]]


def test_answers_are_shown_though_a_later_question_fails(cli: Cli, work: Work) -> None:
    outcome = cli("ask", work.table, "mean rent in Bonn", "which columns matter?")

    assert outcome.code == 1
    assert "The mean of rent where city is Bonn is" in " ".join(outcome.out.split())
    assert "“which columns matter?”: The question is about a model" in outcome.err


def test_answers_are_written_as_a_document(cli: Cli, work: Work, tmp_path: Path) -> None:
    out = tmp_path / "answers.html"

    assert cli("ask", work.table, "mean rent by city", "and the median?", "-o", out).code == 0

    page = out.read_text("utf-8")
    assert "Questions about" in page
    assert "The median of rent is highest for" in page
    wrong = cli("ask", work.table, "mean rent", "-o", tmp_path / "a.docx").failed_plainly()
    assert ".html or .md" in wrong.err
