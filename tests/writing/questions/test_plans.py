"""Plans as JSON: shown, edited, and read again; what does not belong is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from asked_questions import BICYCLES, HELPDESK, PENGUINS
from sample_lexicons import lexicon

from pellucid.core.errors import UserError
from pellucid.writing.questions.matching import match
from pellucid.writing.questions.plans import plan_document, plan_from_json, plan_text
from pellucid.writing.questions.types import ACTIONS, Describe


@pytest.mark.parametrize(
    ("name", "table"), [("penguins", PENGUINS), ("bicycles", BICYCLES), ("helpdesk", HELPDESK)]
)
def test_every_plan_comes_back_from_its_json(name: str, table: tuple[tuple[str, str], ...]) -> None:
    words = lexicon(name)
    used = set()
    for question, _ in table:
        plan = match(question, words)
        if plan.actions:
            data = json.loads(json.dumps(plan_document(plan)))
            assert plan_from_json(data, words).actions == plan.actions, question
            used |= {action.action for action in plan.actions}
    assert len(used) >= 9


def test_the_samples_ask_for_every_action() -> None:
    tables = {"penguins": PENGUINS, "bicycles": BICYCLES, "helpdesk": HELPDESK}
    used = {
        action.action for name, table in tables.items() for question, _ in table
        for action in match(question, lexicon(name)).actions
    }  # fmt: skip
    assert used == set(ACTIONS)


def test_an_edited_plan_may_be_a_bare_list_of_actions() -> None:
    data = [{"action": "describe", "column": "year", "statistic": "median"}]

    plan = plan_from_json(data, lexicon("penguins"))

    assert plan.actions == (Describe("year", "median"),)
    assert plan_text(plan) == "median of year"


def test_rows_alone_are_counted() -> None:
    rows = {"column": "year", "test": "is", "values": ["2007"]}

    plan = plan_from_json([{"action": "filter", "conditions": [rows]}], lexicon("penguins"))

    assert plan_text(plan) == "where year is 2007; number of rows"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("mean of mass", "an object with a list"),
        ({"actions": []}, "1 to 8 actions"),
        ([{"action": "describe"}] * 9, "1 to 8 actions"),
        ([{"action": "run", "code": "import os"}], "no action run"),
        ([{"action": "describe", "column": "mass"}], "no column mass"),
        ([{"action": "describe", "by": "regio"}], "no column regio"),
        ([{"action": "describe", "sql": "select 1"}], "no field sql"),
        ([{"action": "describe", "statistic": "exec"}], "no statistic exec"),
        ([{"action": "describe", "column": 3}], "not of its kind"),
        ([{"action": "effect"}], "not whole"),
        ([{"action": "predict", "row": 0}], "not of its kind"),
        ([{"action": "predict", "row": True}], "not of its kind"),
        ([{"action": "predict", "values": [["no_such", "1"]]}], "no column no_such"),
        ([{"action": "what_if", "changes": "island"}], "not of its kind"),
        ([{"action": "filter", "conditions": [{"column": "x", "test": "is"}]}], "no column x"),
        ([{"action": "filter", "conditions": [{"column": "year", "test": "eval",
                                               "values": ["1"]}]}], "no test eval"),
        ([{"action": "filter", "conditions": [{"column": "year", "test": "between",
                                               "values": ["1"]}]}], "takes 2 values"),
        ([{"action": "definition", "term": "phlogiston"}], "neither a column nor a term"),
        ({"actions": [{"action": "quality"}], "target": "mass"}, "no column mass"),
        ([None], "names no action"),
        ([{"action": ["describe"]}], "no action"),
    ],
)  # fmt: skip
def test_what_does_not_belong_into_a_plan_is_refused(data: Any, message: str) -> None:
    with pytest.raises(UserError) as refused:
        plan_from_json(data, lexicon("penguins"))

    assert message in refused.value.message
    assert refused.value.hint
