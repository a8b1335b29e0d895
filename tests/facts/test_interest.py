"""What ranks high: effect, support and surprise; and less of what was told already."""

from __future__ import annotations

import dataclasses

from pellucid.facts.catalogue import ranked
from pellucid.facts.interest import interest_of, without_repeats
from pellucid.facts.making import make
from pellucid.facts.types import Fact, Origin


def about(*subject: str, interest: float = 0.5, what: str = "", **more: object) -> Fact:
    fact = make("share", subject, f"{subject} {what}", Origin("data"), what=what, interest=interest)
    return dataclasses.replace(fact, **more)  # type: ignore[arg-type]


def test_effect_support_and_surprise_raise_interest() -> None:
    assert interest_of(0.8, 1000) > interest_of(0.2, 1000)
    assert interest_of(0.8, 1000) > interest_of(0.8, 20)
    assert interest_of(0.8, 1000, surprise=1.0) > interest_of(0.8, 1000)
    assert interest_of(9.0, 10**9, least=0.2, most=0.7) <= 0.7


def test_the_fourth_fact_about_a_subject_counts_for_less_and_the_fifth_for_still_less() -> None:
    facts = [about("age", "Income", what=str(i)) for i in range(5)]
    found = [fact.interest for fact in without_repeats(facts, "Income")]
    assert found[:3] == [0.5, 0.5, 0.5]
    assert 0.5 > found[3] > found[4]


def test_the_target_and_the_table_itself_are_no_subject() -> None:
    facts = [about("Income", what=str(i)) for i in range(6)] + [
        about(what=str(i)) for i in range(6)
    ]
    assert {fact.interest for fact in without_repeats(facts, "Income")} == {0.5}


def test_of_two_columns_that_cut_the_rows_alike_one_is_told() -> None:
    one = make("group", ("tv", "Churn"), "a", Origin("data"), value=0.074, n=1526, interest=0.3)
    other = make("group", ("net", "Churn"), "b", Origin("data"), value=0.074, n=1526, interest=0.2)
    assert [fact.text for fact in ranked([other, one])] == ["a"]


def test_a_share_told_twice_keeps_its_more_telling_sentence() -> None:
    one = make("share", ("Income",), "a", Origin("profile"), value=0.76, n=100, interest=0.2)
    other = make("share", ("Income", "x"), "b", Origin("profile"), value=0.76, n=100, interest=0.7)
    assert [fact.text for fact in ranked([one, other])] == ["b"]


def test_of_words_and_links_no_fact_counts_for_less() -> None:
    words = [
        make("ngram", ("review", "Income"), f"{i}", Origin("data"), what=str(i), interest=0.5)
        for i in range(6)
    ]
    assert {fact.interest for fact in without_repeats(words, "Income")} == {0.5}
