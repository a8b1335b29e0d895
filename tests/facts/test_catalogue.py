"""The catalogue: everything that can be said, ranked, each with an id that stays."""

import dataclasses

import numpy as np
import pytest

from pellucid.core.numbers import number
from pellucid.data.types import Alert, Association, ColumnProfile, Profile, TopValue
from pellucid.explain.model import explain_model
from pellucid.facts.catalogue import facts_of, ranked
from pellucid.facts.fits import verdict_of
from pellucid.facts.types import Fact
from pellucid.models.types import Estimate, Scores
from toy_models import curve_term, level_term, make_fit, make_model, make_profile, make_source

AGE = curve_term("age", lambda x: -np.abs(x - 60) / 25)
GAIN = curve_term("gain", lambda x: x / 40)
WORK = level_term("work", {"a": 0.0, "b": 1.0, "c": 2.0}, {"a": 900, "b": 300, "c": 9})
FIT = make_fit(make_model((AGE, GAIN, WORK)))


def catalogue(profile: Profile | None = None) -> tuple[Fact, ...]:
    return facts_of(make_source(), profile or make_profile(), FIT.summary, explain_model(FIT))


def texts(facts: tuple[Fact, ...]) -> str:
    return "\n".join(fact.text for fact in facts)


def test_ids_are_reproducible_and_unique() -> None:
    first, second = catalogue(), catalogue()
    assert [fact.id for fact in first] == [fact.id for fact in second]
    assert len({fact.id for fact in first}) == len(first)


def test_an_id_follows_from_what_the_fact_is_about_not_from_its_value() -> None:
    before = {fact.id for fact in facts_of(make_source(), make_profile())}
    larger = dataclasses.replace(make_profile(), rows=5000)
    assert {fact.id for fact in facts_of(make_source(), larger)} == before


def test_facts_come_by_falling_interest() -> None:
    interests = [fact.interest for fact in catalogue()]
    assert interests == sorted(interests, reverse=True)


def test_a_fact_told_twice_is_kept_once() -> None:
    facts = catalogue()
    assert ranked([*facts, *facts]) == facts


def test_the_table_is_described_in_figures() -> None:
    told = texts(facts_of(make_source(), make_profile()))
    assert "people.csv has 2,000 rows." in told
    assert "24 rows repeat an earlier one in every cell (1.2%)." in told
    assert "work is missing in 100 rows (5%)." in told
    assert "work says “?” in 112 rows" in told
    assert "gain is 0 in 91.7% of rows." in told
    assert "At least 1 row in 100 holds exactly the largest value of gain, 99,999" in told
    assert "gain falls closely as age rises (Spearman's rank correlation −0.83" in told


def test_weak_associations_are_not_told() -> None:
    found = [fact for fact in facts_of(make_source(), make_profile()) if fact.kind == "association"]
    assert [fact.subject for fact in found] == [("age", "gain")]


def test_a_table_without_gaps_says_so() -> None:
    whole = Profile(10, (ColumnProfile("a", "number", 10, 0, 9, 0),), (), ())
    assert "No cell is empty." in texts(facts_of(make_source(), whole))


def test_columns_that_lack_equally_many_values_are_told_together() -> None:
    columns = tuple(ColumnProfile(name, "number", 100, 2, 9, 0) for name in ("bill", "wing"))
    told = texts(facts_of(make_source(), Profile(100, columns, (), ())))
    assert "bill and wing are each missing in 2 rows (2%)." in told


def test_dates_are_told_as_dates() -> None:
    day = ColumnProfile("day", "datetime", 10, 0, 9, 0, min=0.0, max=86_400.0 * 365)
    told = texts(facts_of(make_source(), Profile(10, (day,), (), ())))
    assert "day runs from 1970-01-01 to 1971-01-01." in told


def test_alerts_are_passed_on_once() -> None:
    alert = Alert("far values", ("gain",), "gain has values far from the rest")
    column = ColumnProfile("gain", "number", 10, 0, 9, 0, alerts=(alert,))
    facts = facts_of(make_source(), Profile(10, (column,), (alert,), ()))
    assert [fact.text for fact in facts if fact.kind == "caveat"] == [
        "gain has values far from the rest."
    ]


def test_the_model_is_judged_beside_its_baselines() -> None:
    facts = catalogue()
    metrics = [fact for fact in facts if fact.kind == "metric"]
    assert {fact.subject[1] for fact in metrics} == {"auc", "accuracy"}
    assert all(fact.low is not None and fact.high is not None for fact in metrics)
    verdicts = {
        (fact.subject[1], fact.subject[2]): fact.details["verdict"]
        for fact in facts
        if fact.kind == "baseline"
    }
    assert verdicts["linear", "auc"] == "better"
    assert verdicts["boosted", "auc"] == "not shown to be better than it"


@pytest.mark.parametrize(
    ("lead", "verdict"),
    [
        (Estimate(0.02, 0.01, 0.03), "better"),
        (Estimate(0.02, -0.01, 0.05), "not shown to be better than it"),
        (Estimate(-0.02, -0.05, 0.01), "not shown to be better than it"),
        (Estimate(0.004, -0.002, 0.009), "level with it"),
        (Estimate(0.004, -0.002, 0.011), "not shown to be better than it"),
        (Estimate(0.0, 0.0, 0.0), "level with it"),
    ],
)
def test_a_verdict_rests_on_the_paired_difference_where_there_is_one(
    lead: Estimate, verdict: str
) -> None:
    test = Scores("additive", {"accuracy": Estimate(0.80, 0.70, 0.90)}, "bootstrap")
    other = Scores(
        "linear", {"accuracy": Estimate(0.78, 0.68, 0.88)}, "bootstrap", {"accuracy": lead},
        "paired bootstrap over rows, 1,000 resamples",
    )  # fmt: skip
    summary = dataclasses.replace(FIT.summary, test=test, baselines=(other,))
    (fact,) = (f for f in facts_of(make_source(), make_profile(), summary) if f.kind == "baseline")
    assert fact.details["verdict"] == verdict
    assert fact.details["method"] == "paired bootstrap over rows, 1,000 resamples"
    assert f"{verdict} (difference {number(100 * lead.value)} percentage points" in fact.text
    assert "percentage points, paired 95% interval" in fact.text


def test_a_lower_error_is_better_also_in_pairs() -> None:
    ours, other = Estimate(1.0, 0.5, 1.5), Estimate(1.2, 0.7, 1.7)
    lead = {"rmse": Estimate(-0.2, -0.3, -0.1)}
    assert verdict_of("rmse", ours, Scores("linear", {"rmse": other}, "b", lead, "p")) == "better"
    unpaired = verdict_of("rmse", ours, Scores("linear", {"rmse": other}, "b"))
    assert unpaired == "not shown to be better than it"


@pytest.mark.parametrize(
    ("high", "verdict"), [(3.9, "level with it"), (4.1, "not shown to be better than it")]
)
def test_errors_are_level_within_two_percent_of_the_baseline(high: float, verdict: str) -> None:
    ours, other = Estimate(201, 150, 250), Estimate(200, 150, 250)
    lead = {"mae": Estimate(1, -2, high)}
    assert verdict_of("mae", ours, Scores("linear", {"mae": other}, "b", lead, "p")) == verdict


def test_few_rows_do_not_make_far_apart_models_level() -> None:
    """R² 0.69 against 0.51, on so few rows that the difference may still be zero."""
    ours, other = Estimate(0.69, 0.50, 0.80), Estimate(0.51, 0.30, 0.70)
    lead = {"r2": Estimate(0.18, -0.02, 0.38)}
    found = verdict_of("r2", ours, Scores("linear", {"r2": other}, "b", lead, "p"))
    assert found == "not shown to be better than it"


def test_the_share_of_the_commonest_class_is_told() -> None:
    told = texts(catalogue())
    assert "Income is <=50K in 75.9% of rows; always answering so would be right that often" in told
    assert "Income is >50K in 24.1% of rows." in told


def test_cautions_name_what_calls_for_them() -> None:
    told = texts(catalogue())
    assert "is an association in these rows" in told
    assert "age and gain are strongly associated" in told
    assert "1 value of work has fewer than 30 training rows: c (9)." in told
    assert "row_id took no part: it names the rows." in told


def test_a_column_that_says_what_the_target_says_is_warned_of() -> None:
    profile = make_profile()
    link = Association("gain", "Income", "correlation ratio", 0.99)
    facts = catalogue(dataclasses.replace(profile, associations=(link,)))
    assert "gain says almost the same as Income" in texts(facts)


def test_a_stopped_fit_and_its_warnings_are_told() -> None:
    alert = Alert("rare classes", ("Income",), "one class is rare")
    worse = Scores("linear", {"r2": Estimate(0.9, 0.9, 0.9)}, "bootstrap")
    summary = dataclasses.replace(
        FIT.summary, bags=3, bags_asked=8, warnings=(alert,), baselines=(worse,)
    )
    told = texts(facts_of(make_source(), make_profile(), summary))
    assert "stopped after 3 of 8 repetitions" in told
    assert "one class is rare." in told


@pytest.mark.parametrize("kind", ["logit", "softmax", "log", "identity"])
def test_every_scale_is_defined(kind: str) -> None:
    explanation = dataclasses.replace(explain_model(FIT), link=kind)
    facts = facts_of(make_source(), make_profile(), FIT.summary, explanation)
    assert any(f.kind == "definition" and f.origin.result == "explanation" for f in facts)


def test_a_dominant_value_is_of_interest() -> None:
    tops = (TopValue("US", 96), TopValue("MX", 4))
    country = ColumnProfile("country", "category", 100, 0, 2, 0, top=tops)
    (share,) = [
        f for f in facts_of(make_source(), Profile(100, (country,), (), ())) if f.kind == "share"
    ]
    assert share.value == pytest.approx(0.96)
    assert "country is US in 96% of rows" in share.text


def test_a_share_says_of_which_rows_it_is() -> None:
    told = texts(facts_of(make_source(), make_profile()))
    assert (
        "work is Private, the most frequent of its 3 values, in 73.7% of the rows where work is "
        "known." in told
    )
    assert "gain is 0 in 91.7% of rows." in told


def test_a_column_that_hardly_varies_is_told_by_its_usual_value() -> None:
    quantiles = dict.fromkeys(("0.25", "0.5", "0.75", "0.95", "0.99"), 0.0)
    loss = ColumnProfile("loss", "number", 100, 0, 9, 0, 0.0, 5.0, 0.1, 0.2, quantiles, zeros=40)
    told = texts(facts_of(make_source(), Profile(100, (loss,), (), ())))
    assert "loss runs from 0 to 5; at least half of its values are 0." in told


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.69, "The model explains 69% of the variation of Income in test rows (R² 0.690, 95%"),
        (-0.12, "The model explains none of the variation of Income in test rows (R² −0.120, 95%"),
    ],
)
def test_r_squared_is_a_number_beside_what_it_means(value: float, said: str) -> None:
    metrics = {"r2": Estimate(value, value - 0.1, value + 0.1)}
    test = Scores("additive", metrics, "bootstrap")
    other = Scores("linear", metrics, "bootstrap")
    summary = dataclasses.replace(FIT.summary, test=test, baselines=(other,))
    told = texts(facts_of(make_source(), make_profile(), summary)).splitlines()
    assert [text for text in told if text.startswith(said)]
    (beside,) = (text for text in told if "reaches R² " in text)
    assert "%" not in beside
