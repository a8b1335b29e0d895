"""Groups of rows set against each other: in the plain data, over time, and against the model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from pellucid.data.types import Columns, Kind
from pellucid.explain.comparisons import compare_groups
from pellucid.explain.cuts import cut_columns
from pellucid.explain.group_types import Comparison
from pellucid.explain.model import explain_model
from pellucid.facts.comparisons import comparison_facts, rank_facts, reversal_facts
from pellucid.facts.slots import slots_of
from pellucid.facts.types import Fact
from pellucid.facts.wheres import where_text
from pellucid.models.types import Task
from toy_models import curve_term, level_term, make_fit, make_model

INCOME = Task("Income", "binary", ("<=50K", ">50K"), ">50K")
PRICE = Task("price", "regression")
ROWS = 4_000


def compared(
    task: Task, columns: Columns, kinds: Sequence[tuple[str, Kind]], truth: np.ndarray
) -> tuple[Comparison, ...]:
    return compare_groups(task, cut_columns(columns, kinds), truth)


def of(facts: Sequence[Fact], kind: str) -> list[Fact]:
    return [fact for fact in facts if fact.kind == kind]


@pytest.fixture(scope="module")
def people() -> tuple[Columns, np.ndarray]:
    """Half of the men and a fifth of the women earn much; age and weekday say nothing."""
    random = np.random.default_rng(0)
    sex = np.where(random.random(ROWS) < 0.5, "Male", "Female").astype(object)
    rich = random.random(ROWS) < np.where(sex == "Male", 0.5, 0.2)
    weekday = random.choice(np.array(["Mon", "Tue", "Wed"], dtype=object), ROWS)
    age = random.integers(18, 90, ROWS).astype(float)
    return {"sex": sex, "age": age, "weekday": weekday}, rich.astype(np.int64)


KINDS: list[tuple[str, Kind]] = [("sex", "category"), ("age", "number"), ("weekday", "category")]


def test_a_share_that_differs_is_told_with_both_figures_and_the_correction(
    people: tuple[Columns, np.ndarray],
) -> None:
    found = compared(INCOME, people[0], KINDS, people[1])
    assert [one.column for one in found] == ["sex"]
    (fact,) = of(list(comparison_facts(INCOME, found)), "comparison")
    assert fact.text.startswith(
        "Income is >50K more often where sex is Male than where it is Female: in "
    )
    # 1 pair of sexes, 6 of quarters of age, 3 of weekdays
    assert "corrected for 10 comparisons" in fact.text
    assert fact.low is not None
    assert fact.high is not None
    assert fact.low < 30 < fact.high
    assert "Newcombe" in str(fact.details["method"])


def test_noise_is_not_told(people: tuple[Columns, np.ndarray]) -> None:
    columns, truth = people
    shuffled = np.random.default_rng(5).permutation(truth)
    assert compared(INCOME, columns, KINDS, shuffled) == ()


def test_each_group_has_its_own_share_and_interval(people: tuple[Columns, np.ndarray]) -> None:
    facts = of(
        list(comparison_facts(INCOME, compared(INCOME, people[0], KINDS, people[1]))), "group"
    )
    assert {fact.details["level"] for fact in facts} == {"Male", "Female"}
    for fact in facts:
        rows = people[0]["sex"] == fact.details["level"]
        assert fact.n == rows.sum()
        assert fact.value == pytest.approx(people[1][rows].mean())
        assert fact.low is not None
        assert fact.low < float(fact.value or 0) < float(fact.high or 0)


def test_means_are_compared_in_the_targets_own_units() -> None:
    random = np.random.default_rng(1)
    size = random.integers(1, 200, ROWS).astype(float)
    price = 3 * size + random.normal(scale=20, size=ROWS)
    found = compared(PRICE, {"size": size}, [("size", "number")], price)
    (fact,) = of(list(comparison_facts(PRICE, found)), "comparison")
    assert fact.text.startswith("price is higher on average where size is 1")
    assert " or more than where it is " in fact.text
    assert fact.unit == "price"
    assert "Welch" in str(fact.details["method"])
    slots = slots_of(fact)
    assert slots["outcome"] == "the mean of price"
    assert slots["direction"].startswith("is higher where size is ")


def test_time_is_told_from_the_first_period_to_the_last() -> None:
    random = np.random.default_rng(2)
    days = np.sort(random.integers(0, 3 * 365, ROWS)) * 86_400.0
    price = days / 86_400 / 10 + random.normal(scale=5, size=ROWS)
    found = compared(PRICE, {"sold": days}, [("sold", "datetime")], price)
    (fact,) = of(list(comparison_facts(PRICE, found)), "trend")
    assert fact.text.startswith("By sold, the mean of price rises at every step from ")
    assert " in 1970 to " in fact.text
    assert " in 1972, by " in fact.text
    falling = compared(PRICE, {"sold": days}, [("sold", "datetime")], -price)
    (fact,) = of(list(comparison_facts(PRICE, falling)), "trend")
    slots = slots_of(fact)
    assert slots["direction"].startswith("falls at every step from ")
    assert slots["value"].endswith(" lower")
    assert "−" not in slots["interval"]


def months(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return 200 rows of each of 24 months, whose means are `values`."""
    start = np.datetime64("2020-01") + np.repeat(np.arange(24), 200)
    noise = np.random.default_rng(6).normal(size=24 * 200)
    return start.astype("datetime64[s]").astype(np.float64), np.repeat(values, 200) + noise


def test_a_trend_rests_on_all_periods() -> None:
    days, price = months(10 + 0.5 * np.arange(24))
    found = compared(PRICE, {"sold": days}, [("sold", "datetime")], price)
    (fact,) = of(list(comparison_facts(PRICE, found)), "trend")
    (sampled,) = of(list(comparison_facts(PRICE, found, 50_000)), "trend")
    assert sampled.text == f"In a sample of 50,000 rows, b{fact.text[1:]}"
    assert fact.text.startswith("By sold, the mean of price rises on the whole, by 0.5")
    assert " a month over all 24 months (95% interval 0." in fact.text
    assert " in January 2020, " in fact.text
    assert fact.n == len(price)
    assert "Theil-Sen" in str(fact.details["method"])
    assert slots_of(fact)["direction"].endswith(" a month over all 24 months")


def test_a_trend_counts_the_periods_that_it_rests_on() -> None:
    days, price = months(10 + 0.5 * np.arange(24))
    kept = np.setdiff1d(np.arange(len(days)), np.arange(200, 395))  # 5 rows of the second month.
    found = compared(PRICE, {"sold": days[kept]}, [("sold", "datetime")], price[kept])
    (fact,) = of(list(comparison_facts(PRICE, found)), "trend")
    assert " a month over 23 of 24 months (95% interval" in fact.text
    assert fact.text.endswith("; months of under 30 rows are left out.")


def test_two_ends_that_differ_are_no_trend() -> None:
    wave = 10 + 3 * np.sin(np.arange(24) * 1.3)
    wave[0], wave[-1] = 5, 15
    days, price = months(wave)
    assert compared(PRICE, {"sold": days}, [("sold", "datetime")], price) == ()


def test_lengths_of_texts_are_groups_too() -> None:
    random = np.random.default_rng(3)
    words = random.integers(1, 40, ROWS)
    texts = np.array([" ".join(["word"] * n) for n in words], dtype=object)
    liked = (random.random(ROWS) < np.where(words > 20, 0.7, 0.3)).astype(np.int64)
    found = compared(INCOME, {"review": texts}, [("review", "text")], liked)
    (fact,) = of(list(comparison_facts(INCOME, found)), "comparison")
    assert "where review has " in fact.text
    assert " words or more than where it has " in fact.text or " words than where " in fact.text


def test_lengths_of_chinese_texts_are_counted_in_characters() -> None:
    texts = np.array(["好" * n for n in (2, 4, 6, 8)] * 40, dtype=object)
    (cut,) = cut_columns({"review": texts}, [("review", "text")])
    assert cut.unit == "character"
    assert where_text("review", "lengths", "6", cut.unit) == "review has 6 characters"


def test_names_of_rows_are_no_groups() -> None:
    names = np.array([f"user {i % 900}" for i in range(ROWS)], dtype=object)
    assert cut_columns({"user": names}, [("user", "category")]) == ()


def test_several_classes_are_each_tried_and_the_clearest_is_told() -> None:
    task = Task("species", "multiclass", ("a", "b", "c"))
    random = np.random.default_rng(4)
    island = random.choice(np.array(["X", "Y"], dtype=object), ROWS)
    truth = np.where(island == "X", random.integers(0, 2, ROWS), random.integers(1, 3, ROWS))
    found = compared(task, {"island": island}, [("island", "category")], truth)
    assert found[0].tried == 3
    assert found[0].outcome in ("a", "c")


def test_a_difference_that_the_model_turns_round_is_a_fact() -> None:
    """In the plain data State is higher, in the model Private is, all else held equal."""
    random = np.random.default_rng(6)
    work = np.where(random.random(ROWS) < 0.5, "State", "Private").astype(object)
    truth = (random.random(ROWS) < np.where(work == "State", 0.5, 0.3)).astype(np.int64)
    found = compared(INCOME, {"work": work}, [("work", "category")], truth)
    rows = {"Private": 2000.0, "State": 2000.0}
    term = level_term("work", {"Private": 1.0, "State": -1.0}, rows)
    explanation = explain_model(make_fit(make_model((term,))))
    (fact,) = reversal_facts(INCOME, found, explanation)
    assert "yet with all other columns held equal, the model turns this round" in fact.text
    assert "7.39 times as high" in fact.text
    assert slots_of(fact)["group"] == "“Private”"
    same = level_term("work", {"Private": -1.0, "State": 1.0}, rows)
    agreeing = explain_model(make_fit(make_model((same,))))
    assert list(reversal_facts(INCOME, found, agreeing)) == []


def test_terms_are_ranked_in_pairs() -> None:
    strong = curve_term("age", lambda x: x / 20)
    weak = level_term("work", {"a": 0.1, "b": -0.1}, {"a": 500, "b": 500})
    (fact,) = rank_facts(explain_model(make_fit(make_model((strong, weak)))))
    assert fact.text.startswith("age ranks above work: it carries ")
    assert slots_of(fact)["direction"] == "ranks above work"
