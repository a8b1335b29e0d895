"""How answers read: figures of a column together, what moves a prediction, terms that are idle."""

import numpy as np

from pellucid.explain.figures_of_rows import Figure
from pellucid.explain.model import explain_model
from pellucid.explain.row import explain_row
from pellucid.facts.answers import range_fact, statistic_fact
from pellucid.facts.effects import effect_facts
from pellucid.facts.rows import facts_of_row
from pellucid.writing.answer_words import importance_claims, moves_claim, spread_claims
from toy_models import curve_term, level_term, make_fit, make_model, pair_term

AGE = curve_term("age", lambda x: x / 50)
WORK = level_term("work", {"a": 1.0, "b": -1.0}, {"a": 500, "b": 500})


def figure(value: float, low: float, high: float) -> Figure:
    return Figure(value, 90, low, high, "Student's t interval")


def test_range_median_and_mean_are_one_sentence() -> None:
    facts = [
        statistic_fact("age", "number", "mean", figure(29.71, 28.63, 30.79), ""),
        statistic_fact("age", "number", "median", figure(28, 27, 30), ""),
        range_fact("age", "number", 1, 80, 90, ""),
    ]
    (told,) = spread_claims(facts)
    assert told.text == (
        "age runs from 1 to 80 (90 rows); its median is 28 (95% interval 27 to 30) and its mean "
        "29.7 (95% interval 28.6 to 30.8)."
    )
    assert set(told.facts) == {fact.id for fact in facts}
    assert [claim.text for claim in spread_claims(facts[:2])] == [f.text for f in facts[:2]]


def test_a_largest_value_that_several_rows_hold_is_told_as_it_stands() -> None:
    rows = np.array([259, 680, 738])
    figures = Figure(512.3292, 891)
    fact = statistic_fact("Fare", "number", "maximum", figures, "", rows)
    assert fact.text == (
        "The largest value of Fare is 512.329, in 3 rows, the first of them row 259 (891 rows)."
    )


def test_what_moves_a_prediction_is_told_by_its_direction() -> None:
    terms = (AGE, WORK, level_term("pay", {"x": 0.4, "y": -0.4}, {"x": 500, "y": 500}))
    fit = make_fit(make_model(terms))
    columns = {
        "age": np.array([90.0]),
        "work": np.array(["b"], dtype=object),
        "pay": np.array(["x"], dtype=object),
    }
    local = explain_row(fit.model, columns, 0, number=7)
    moves = [f for f in facts_of_row(local, explain_model(fit)) if f.kind == "contribution"]
    moves.sort(key=lambda fact: float(fact.details["rank"]))
    text = moves_claim(moves).text
    first, second = text.split(" The other way, ")
    assert first.startswith(f"In row 7, {moves[0].details['holds']}, which ")
    assert text.count("In row 7") == 1
    assert text.count("the odds of Income >50K") == 2
    assert ("; likewise " in first) != ("; likewise " in second)


def test_pairs_that_make_no_difference_are_told_together() -> None:
    idle = pair_term("age", "pay"), pair_term("age", "tax")
    fit = make_fit(make_model((AGE, *idle)), idle=tuple(term.name for term in idle))
    ranks = [f for f in effect_facts(explain_model(fit)) if f.kind == "importance"]
    ranks = [fact for fact in ranks if fact.origin.part != "terms"]
    own, pairs = importance_claims(ranks)
    assert own.text.startswith("age makes a measurable difference: ")
    assert pairs.text.startswith("No difference that can be told from chance is made by the pairs")
    assert len(pairs.facts) == 2
