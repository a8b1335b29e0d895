"""Effects become facts where they matter, on the scale a reader knows."""

import math

import numpy as np
import pytest

from pellucid.explain.model import explain_model
from pellucid.explain.types import ModelExplanation
from pellucid.facts.effects import effect_facts
from pellucid.facts.sentences import term_sentence
from pellucid.facts.types import Fact
from pellucid.models.additive import Axis, Term
from toy_models import curve_term, level_term, make_fit, make_model, pair_term

ROOF = curve_term("age", lambda x: -np.abs(x - 60) / 25, is_integer=True)
STEP = curve_term("gain", lambda x: np.where(x < 40, 0.0, 1.2))
RAMP = curve_term("hours", lambda x: x / 50, missing=(3.0, 300.0))
WORK = level_term("work", {"a": 0.0, "b": 1.0, "c": -1.0}, {"a": 900, "b": 300, "c": 800})
PAIR = pair_term("left", "right")
NOISE = curve_term("noise", lambda x: np.sin(x))


def explained(kind: str = "binary", intercept: float = -1.0) -> ModelExplanation:
    model = make_model((ROOF, STEP, RAMP, WORK, PAIR, NOISE), kind, (intercept,))
    return explain_model(make_fit(model, idle=("noise",)))


def of(facts: list[Fact], kind: str, column: str) -> list[Fact]:
    return [fact for fact in facts if fact.kind == kind and column in fact.subject]


@pytest.fixture(scope="module")
def facts() -> list[Fact]:
    return list(effect_facts(explained()))


def test_a_turning_point_has_its_place_its_interval_and_its_effect(facts: list[Fact]) -> None:
    (fact,) = of(facts, "turning_point", "age")
    assert isinstance(fact.value, float)
    assert fact.value == pytest.approx(60, abs=2)
    assert fact.low is not None
    assert fact.high is not None
    assert fact.low <= 60 <= fact.high
    assert fact.unit == "age"
    assert "the odds of Income >50K" in fact.text.replace("The", "the")


def test_a_jump_is_told_as_a_factor_of_the_odds(facts: list[Fact]) -> None:
    (fact,) = of(facts, "jump", "gain")
    assert fact.value == pytest.approx(40, abs=2)
    assert fact.details["change"] == pytest.approx(math.exp(1.2), rel=0.1)
    assert "multiplied by" in fact.text


def test_a_drop_is_told_as_a_division() -> None:
    drop = curve_term("gain", lambda x: np.where(x < 40, 1.2, 0.0))
    (fact,) = of(list(effect_facts(explain_model(make_fit(make_model((drop,)))))), "jump", "gain")
    assert "divided by 3.3" in fact.text


def test_a_rise_is_told_from_end_to_end(facts: list[Fact]) -> None:
    (fact,) = of(facts, "monotone", "hours")
    assert fact.details["direction"] == "rises"
    assert fact.value == pytest.approx(math.exp(1.9), rel=0.1)
    assert "times as high" in fact.text


def test_a_missing_cell_that_differs_is_told(facts: list[Fact]) -> None:
    missing = [fact for fact in of(facts, "effect_at", "hours") if fact.origin.cell == "missing"]
    assert "Where hours is missing (300 training rows)" in missing[0].text


def test_levels_are_told_as_a_difference_between_the_outermost(facts: list[Fact]) -> None:
    (fact,) = of(facts, "group_difference", "work")
    assert fact.value == pytest.approx(math.exp(2), rel=0.05)
    assert "where work is b as where it is c" in fact.text
    assert "average in all else" in fact.text


def test_a_pair_is_told_beyond_what_each_does(facts: list[Fact]) -> None:
    (fact,) = of(facts, "pair_effect", "left")
    assert fact.subject == ("left", "right", "Income")
    assert "beyond what each does on its own" in fact.text


def test_a_term_that_does_not_matter_has_no_effect(facts: list[Fact]) -> None:
    about = [fact for fact in facts if "noise" in fact.subject]
    assert [fact.kind for fact in about] == ["importance"]
    assert "no difference of its own that can be told from chance" in about[0].text


def test_without_evidence_nothing_is_told_as_an_effect() -> None:
    explanation = explain_model(make_fit(make_model((ROOF,))))
    untested = ModelExplanation(
        explanation.task, explanation.link, explanation.intercept, explanation.outputs,
        tuple(type(t)(t.name, t.kind, t.columns, t.axes, t.importance, None, t.scores,
                      t.variation, t.low, t.high, t.counts) for t in explanation.terms),
    )  # fmt: skip
    facts = list(effect_facts(untested))
    assert {fact.kind for fact in facts} == {"importance"}
    assert "not tested" in facts[0].text


def test_a_number_is_told_in_its_own_units() -> None:
    facts = list(effect_facts(explained("regression", 200.0)))
    (rise,) = of(facts, "monotone", "hours")
    assert rise.unit == "price"
    assert rise.value == pytest.approx(1.9, abs=0.1)
    (jump,) = of(facts, "jump", "gain")
    assert "rises by 1.2" in jump.text
    (work,) = of(facts, "group_difference", "work")
    assert "2 higher" in work.text.replace("2.00", "2")


def test_past_two_classes_the_class_is_named() -> None:
    scores = np.array([[0, 0, 0], [2.0, -1.0, -1.0], [-1.0, 1.5, -0.5], [0, 0, 0]])
    axis = Axis("island", "island", levels=("Biscoe", "Dream"))
    bags = scores + np.random.default_rng(0).normal(scale=0.01, size=(8, 4, 3))
    term = Term("island", "levels", (axis,), scores, bags, np.array([0, 50.0, 50.0, 0]))
    model = make_model((term,), "multiclass", (0.0, 0.0, 0.0))
    facts = list(effect_facts(explain_model(make_fit(model))))
    (gap, other) = of(facts, "group_difference", "island")
    assert "species = Adelie" in gap.text
    assert "species = Chinstrap" in other.text


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("age", "Odds of Income >50K rise with age until about 60, then fall"),
        ("gain", "Odds of Income >50K take a jump at gain 40, and change little otherwise"),
        ("hours", "Odds of Income >50K rise with hours"),
        ("work", "Odds of Income >50K are highest for b, lowest for c"),
        ("noise", "noise makes no measurable difference of its own"),
    ],
)
def test_titles_say_what_the_chart_shows(name: str, expected: str) -> None:
    explanation = explained()
    assert term_sentence(explanation.term(name), explanation) == expected


def test_titles_of_flat_and_two_level_terms() -> None:
    flat = curve_term("flat", lambda x: 0 * x, noise=0.1)
    two = level_term("sex", {"Male": 0.3, "Female": -0.3}, {"Male": 600, "Female": 400})
    explanation = explain_model(make_fit(make_model((flat, two))))
    assert term_sentence(explanation.term("flat"), explanation) == (
        "Odds of Income >50K do not change clearly with flat"
    )
    assert term_sentence(explanation.term("sex"), explanation) == (
        "Odds of Income >50K are higher for Male than for Female"
    )


def test_titles_of_waves_and_pairs() -> None:
    wave = curve_term("wave", lambda x: np.sin(x / 100 * 6 * np.pi))
    explanation = explain_model(make_fit(make_model((wave, PAIR), "regression")))
    assert "goes up and down with wave" in term_sentence(explanation.term("wave"), explanation)
    assert term_sentence(explanation.term(PAIR.name), explanation).startswith(
        "left and right act together: most at "
    )


def test_ends_of_stretches_keep_the_digits_that_tell_them_apart() -> None:
    ramp = curve_term("latitude", lambda x: np.clip((x - 42.27) / 0.06, 0, 1), low=42.2, high=42.4)
    explanation = explain_model(make_fit(make_model((ramp,))))
    assert term_sentence(explanation.term("latitude"), explanation) == (
        "Odds of Income >50K stay level until latitude is about 42.275, "
        "then rise until about 42.325, then level off"
    )
