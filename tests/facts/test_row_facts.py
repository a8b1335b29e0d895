"""One prediction as facts: what is predicted, what moves it, what would turn it, its words."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pellucid.explain.counterfactual import find_turns
from pellucid.explain.model import explain_model
from pellucid.explain.row import explain_row
from pellucid.explain.tokens.types import TokenExplanation, TokenScore
from pellucid.facts.rows import facts_of_row, token_facts
from pellucid.facts.scales import scale_of
from pellucid.facts.slots import slots_of
from pellucid.facts.types import Fact
from toy_models import curve_term, level_term, make_fit, make_model, pair_term, text_term

AGE = curve_term("age", lambda x: x / 20, is_integer=True)
WORK = level_term("work", {"Private": 1.0, "State": -1.0}, {"Private": 500, "State": 500})
REVIEW = text_term("review", {"lovely": 2.0, "broken": -2.0, "box": 0.1},
                   {"lovely": 40, "broken": 30, "box": 9})  # fmt: skip


def told(kind: str = "binary", *, actual: str | None = ">50K", row: int | None = 12,
         **cells: object) -> tuple[Fact, ...]:  # fmt: skip
    intercept = (0.0, 0.0, 0.0) if kind == "multiclass" else (-1.0,)
    model = make_model((AGE, WORK), kind, intercept)
    values = {"age": 30.0, "work": "Private"} | cells
    columns = {"age": np.array([values["age"]], dtype=float),
               "work": np.array([values["work"]], dtype=object)}  # fmt: skip
    local = explain_row(model, columns, number=row, actual=actual)
    turns = find_turns(model, columns, output=local.output)
    return facts_of_row(local, explain_model(make_fit(model)), turns)


def of(facts: tuple[Fact, ...], kind: str) -> list[Fact]:
    return [fact for fact in facts if fact.kind == kind]


def test_the_prediction_has_its_interval_its_start_and_the_truth() -> None:
    (fact,) = of(told(), "prediction")
    assert fact.text.startswith("For row 12 the model gives Income >50K a probability of ")
    assert "where an average row starts from 26.9%" in fact.text
    assert fact.text.endswith("The table says >50K.")
    assert fact.low is not None
    assert fact.high is not None
    assert fact.low < float(fact.value or 0) < fact.high
    assert "jackknife" in str(fact.details["method"])


def test_a_number_is_told_in_its_units() -> None:
    (fact,) = of(told("regression", actual=None), "prediction")
    assert fact.unit == "price"
    assert fact.text.startswith("For row 12 the model predicts ")
    assert "where an average row starts from −1." in fact.text


def test_contributions_come_by_size_with_value_score_and_interval() -> None:
    first, second = of(told(), "contribution")
    assert first.text.startswith("In row 12, work is Private, which multiplies the odds of Income")
    assert second.text.startswith("In row 12, age is 30, which divides the odds of Income >50K by ")
    assert first.value == pytest.approx(math.exp(float(first.details["score"])))
    assert slots_of(first)["rank"] == "strongest"
    assert slots_of(second)["rank"] == "second strongest"


def test_a_value_never_seen_adds_nothing() -> None:
    facts = of(told(work="Astronaut"), "contribution")
    unseen = next(fact for fact in facts if fact.details["unseen"] == "yes")
    assert "work is Astronaut, which the model never saw, so it adds nothing" in unseen.text
    assert slots_of(unseen)["verdict"] == "adds nothing"


def test_what_would_turn_it_names_one_column_and_both_values() -> None:
    (fact,) = of(told(), "counterfactual")
    assert fact.text.startswith("If age were ")
    assert " in row 12 rather than 30, and all else the same, the model would predict >50K" in (
        fact.text
    )
    assert slots_of(fact)["where"].startswith("age is “")


def test_that_nothing_turns_it_is_a_fact_too() -> None:
    model = make_model((WORK,), "binary", (-9.0,))
    columns = {"work": np.array(["State"], dtype=object)}
    local = explain_row(model, columns)
    facts = facts_of_row(local, explain_model(make_fit(model)), find_turns(model, columns))
    (fact,) = of(facts, "counterfactual")
    assert fact.text.startswith("For this row, no change of a single number or category turns")
    assert slots_of(fact)["count"] == "1 column"


def test_ids_belong_to_the_row() -> None:
    assert [fact.id for fact in told()] == [fact.id for fact in told()]
    assert not {fact.id for fact in told()} & {fact.id for fact in told(row=13)}


def test_pairs_name_both_values() -> None:
    model = make_model((pair_term("u", "v", 3.0),), "binary", (0.0,))
    columns = {"u": np.array([0.9]), "v": np.array([0.1])}
    local = explain_row(model, columns)
    (fact,) = of(facts_of_row(local, explain_model(make_fit(model))), "contribution")
    assert "In this row, u is 0.9 and v is 0.1, which divides the odds" in fact.text


def test_each_word_of_a_text_is_told_and_repeats_are_counted() -> None:
    model = make_model((), "binary", (0.0,), (REVIEW,))
    columns = {"review": np.array(["lovely lovely box, broken"], dtype=object)}
    local = explain_row(model, columns)
    facts = of(facts_of_row(local, explain_model(make_fit(model))), "token")
    words = [fact.details["token"] for fact in facts]
    assert sorted(words) == ["box", "broken", "lovely", "lovely"]
    second = next(fact for fact in facts if "its second mention" in fact.text)
    assert slots_of(second)["count"] == "2 mentions"
    assert "multiplies the odds of Income >50K by " in second.text


def test_scores_of_other_methods_are_said_to_be_attributions() -> None:
    token = TokenScore("fine", 0, 4, (0.5,))
    explained = TokenExplanation(
        "shap", "fine", "token", (">50K",), 0, (token,), (0.0,), (0.5,), None
    )
    model = make_model((WORK,), "binary", (0.0,))
    scale = scale_of(explain_model(make_fit(model)))
    (fact,) = token_facts(explained, "review", scale)
    assert (
        "Shapley values, sampled credits “fine” with a score that multiplies the odds" in fact.text
    )
