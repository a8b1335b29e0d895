"""Questions with a language model behind a server: its plans and its words are checked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import misbehaving_server as bad
from misbehaving_server import Behaviour, Server, Talk, serving
from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.data.reading import open_table
from pellucid.data.table import Table
from pellucid.engine.asking import Asking
from pellucid.engine.asking_with import answer_with
from pellucid.engine.masks import MaskChoice
from pellucid.writing.orders import Writing
from pellucid.writing.providers.limits import Limits
from pellucid.writing.questions.types import Answer

IMPATIENT = Limits(total_s=3.0, attempts=2, first_wait_s=0.01, longest_wait_s=0.02)
CANARY = "Canaryville"
PLAN = json.dumps(
    {"actions": [{"action": "describe", "column": "rent", "statistic": "mean", "by": "city"}]}
)
LIE = json.dumps({"claims": [{"text": "Rent doubled because of the war.", "facts": ["F1"]}]})


@pytest.fixture
def flats(tmp_path: Path) -> Iterator[Table]:
    path = tmp_path / "flats.csv"
    rows = [f"{(CANARY, 'Bonn')[i % 2]},{300 + i % 17}" for i in range(80)]
    path.write_text("city,rent\n" + "\n".join(rows) + "\n")
    with open_table(path) as table:
        yield table


def talking(plan: str, claims: str) -> Behaviour:
    """Answer with a plan where one is asked for, and with claims otherwise."""

    def behave(talk: Talk) -> None:
        is_about_plan = b"You turn a question about a table into a plan" in talk.seen.body
        bad.says(plan if is_about_plan else claims)(talk)

    return behave


def asked(table: Table, server: Server, question: str, masks: MaskChoice | None = None) -> Answer:
    writing = Writing(server.url, llm="tiny", masks=masks or MaskChoice(), limits=IMPATIENT)
    return answer_with(Asking(table), writing, question, Run())


def test_the_models_plan_is_run_and_its_lies_are_left_out(flats: Table) -> None:
    with serving(talking(PLAN, LIE)) as server:
        found = asked(flats, server, "How dear are the towns?")

    assert found.steps == ("mean of rent by city",)
    texts = " ".join(claim.text for claim in found.words.claims)
    assert "the mean of rent is 308 for Bonn" in texts
    assert "war" not in texts
    assert found.words.rejected
    assert found.words.sent.bytes > 0


def test_a_plan_with_a_column_that_is_not_there_is_not_run(flats: Table) -> None:
    strange = PLAN.replace("rent", "salary")
    with serving(talking(strange, LIE)) as server:
        found = asked(flats, server, "mean rent by city")

    assert found.steps == ("mean of rent by city",)
    assert "was refused" in found.plan.notes[-1]


def test_a_plan_that_cannot_be_run_gives_way_to_the_words_of_the_question(flats: Table) -> None:
    means = json.dumps({"actions": [{"action": "describe", "column": "city", "statistic": "mean"}]})
    with serving(talking(means, LIE)) as server:
        found = asked(flats, server, "Which columns have missing values?")
        with pytest.raises(UserError, match="holds no numbers"):
            asked(flats, server, "What of the towns?")

    assert found.steps == ("missing values",)
    assert "could not be run" in found.plan.notes[-1]


@pytest.mark.parametrize(
    "behaviour",
    [bad.fails(500), bad.breaks_off(), bad.never_ends, bad.hangs_up, bad.says("no json at all"),
     bad.sends(b"<html>", "text/html")],
    ids=["fails", "breaks off", "never ends", "hangs up", "prose", "page"],
)  # fmt: skip
def test_whatever_the_server_does_the_answer_is_there_and_true(
    flats: Table, behaviour: Behaviour
) -> None:
    with serving(behaviour) as server:
        found = asked(flats, server, "mean rent by city")

    assert found.steps == ("mean of rent by city",)
    assert all(claim.checked for claim in found.words.claims)
    assert "308" in " ".join(claim.text for claim in found.words.claims)


def test_what_is_masked_never_leaves_though_the_question_may_name_its_column(
    flats: Table,
) -> None:
    with serving(talking('{"actions": []}', LIE)) as server:
        found = asked(flats, server, "mean rent by city", MaskChoice(hide=("city",)))
        sent = b" ".join(one.body for one in server.seen)

    assert CANARY.encode() not in sent
    assert b"Bonn" not in sent
    assert found.steps == ("mean of rent by city",)
    assert CANARY in " ".join(claim.text for claim in found.words.claims)


def test_a_condition_on_a_masked_column_does_not_leave(flats: Table) -> None:
    with serving(talking('{"actions": []}', LIE)) as server:
        asked(flats, server, f"how many rows in {CANARY}", MaskChoice(hide=("city",)))
        asked(flats, server, f"mean rent in {CANARY}", MaskChoice(hide=("city",)))
        sent = b" ".join(one.body for one in server.seen)

    assert CANARY.encode() not in sent
