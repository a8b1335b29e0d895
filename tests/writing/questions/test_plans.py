"""Plans as JSON: shown, edited, and read again; what does not belong is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from asked_questions import BICYCLES, HELPDESK, PENGUINS
from sample_lexicons import lexicon

from pellucid.core.errors import UserError
from pellucid.writing.questions.lexicon import MOST_LEVELS, KnownColumn, Lexicon
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


def test_values_are_spelt_as_their_column_has_them() -> None:
    female = {"column": "sex", "test": "is", "values": ["Female"]}
    data = [
        {"action": "filter", "conditions": [female]},
        {"action": "describe", "column": "species", "statistic": "share", "value": "adelie "},
        {"action": "difference", "column": "year", "by": "island", "first": "DREAM",
         "second": "Biscoe"},
        {"action": "compare", "column": "species", "first": "gentoo"},
    ]  # fmt: skip
    assert plan_text(plan_from_json(data, lexicon("penguins"))) == (
        "where sex is female; share of species Adelie; difference of year between island Dream "
        "and Biscoe; what tells species Gentoo from the other rows"
    )


def test_a_value_that_its_column_has_nowhere_is_refused_with_one_that_it_has() -> None:
    data = [{"action": "describe", "column": "species", "statistic": "share", "value": "Adeli"}]
    with pytest.raises(UserError, match="species has no value Adeli") as told:
        plan_from_json(data, lexicon("penguins"))
    assert told.value.hint == "Did you mean Adelie?"
    data[0]["value"] = "body_mass_g"
    with pytest.raises(UserError) as told:
        plan_from_json(data, lexicon("penguins"))
    assert told.value.hint == "It has Adelie, Gentoo and Chinstrap."


def test_of_a_column_with_more_values_than_are_known_any_may_be_named() -> None:
    levels = tuple(f"town {number}" for number in range(MOST_LEVELS))
    words = Lexicon((KnownColumn("town", "category", levels), KnownColumn("size", "number")))
    data = [{"action": "describe", "column": "town", "statistic": "share", "value": "elsewhere"}]
    assert plan_text(plan_from_json(data, words)) == "share of town elsewhere"


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
