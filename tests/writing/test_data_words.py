"""What is said of a table before any model."""

import dataclasses

from pellucid.data.types import Alert, Association, ColumnProfile, Profile, TopValue
from pellucid.facts.catalogue import facts_of
from pellucid.writing.builtin import write
from toy_models import make_profile, make_source

QUANTILES = {"0.25": 2.0, "0.5": 3.0, "0.75": 4.0, "0.95": 5.0, "0.99": 6.0}


def told(profile: Profile) -> list[str]:
    return [claim.text for claim in write(facts_of(make_source(), profile)).claims]


def number_column(name: str, zeros: int = 0) -> ColumnProfile:
    return ColumnProfile(
        name, "number", 100, 0, 9, 0, 0.0, 9.0, 3.0, 1.0, QUANTILES, zeros=zeros
    )  # fmt: skip


def test_size_kinds_and_dates_come_first() -> None:
    day = ColumnProfile("day", "datetime", 100, 0, 90, 0, min=0.0, max=86_400.0 * 365)
    assert told(Profile(100, (day, number_column("a")), (), ()))[0] == (
        "people.csv holds 100 rows and 2 columns: 1 date and 1 number. "
        "day runs from 1970-01-01 to 1971-01-01."
    )


def test_numbers_are_told_by_their_range_and_middle() -> None:
    (text,) = [t for t in told(Profile(100, (number_column("a"),), (), ())) if "median" in t]
    assert text == "a runs from 0 to 9 (median 3, half of the rows from 2 to 4)."


def test_close_columns_are_named_closest_first() -> None:
    links = (Association("a", "b", "spearman", 0.99), Association("a", "c", "spearman", -0.7))
    columns = tuple(number_column(name) for name in "abc")
    assert (
        "a and b say almost the same (Spearman's rank correlation 0.990). "
        "Next comes a with c (−0.700)."
    ) in told(Profile(100, columns, (), links))


def test_columns_that_are_mostly_zero_are_told_together() -> None:
    columns = (number_column("a", 80), number_column("b", 70))
    assert "Most rows hold 0 in a (80%) and b (70%)." in told(Profile(100, columns, (), ()))


def test_missing_cells_are_told_where_they_are() -> None:
    columns = (
        ColumnProfile("a", "number", 100, 40, 9, 0),
        ColumnProfile("b", "number", 100, 10, 9, 0),
    )
    assert (
        "25% of all cells are empty, in 2 of 2 columns. They are in a (40% of rows) and b (10%)."
    ) in told(Profile(100, columns, (), ()))


def test_most_empty_cells_are_only_said_to_be_where_they_are() -> None:
    def lacking(*missing: int) -> list[str]:
        return told(Profile(100, tuple(
            ColumnProfile(f"c{i}", "number", 100, n, 9, 0) for i, n in enumerate(missing)
        ), (), ()))  # fmt: skip

    most = "Most are in c0 (40% of rows), c1 (10%) and c2 (9%)."
    assert any(text.endswith(most) for text in lacking(40, 10, 9, 1))
    even = [40 - i for i in range(9)]
    assert any("The most are in c0 (40% of rows), c1" in text for text in lacking(*even))


def test_columns_that_are_the_same_in_every_row_are_told_together() -> None:
    alerts = (
        Alert("constant", ("a",), "a is “x, y” in every row"),
        Alert("constant", ("b",), "b is empty in every row"),
    )
    assert "a is “x, y” and b is empty in every row." in told(Profile(100, (), alerts, ()))


def test_one_column_that_fixes_another_is_not_said_to_be_the_same() -> None:
    link = Association("a", "b", "cramers v", 0.999)
    columns = tuple(number_column(name) for name in "ab")
    texts = told(Profile(100, columns, (), (link,)))
    assert "a and b go almost perfectly together (Cramér's V 0.999)." in texts


def test_numbers_of_few_values_come_last() -> None:
    steps = dataclasses.replace(number_column("age"), distinct=3)
    many = dataclasses.replace(number_column("zone"), distinct=90)
    (text,) = [t for t in told(Profile(100, (steps, many), (), ())) if "Among" in t]
    assert text.startswith("Among the numbers, zone runs")


def test_a_word_for_missing_is_pointed_out() -> None:
    assert any("work says “?” in 112 rows" in text for text in told(make_profile()))


def test_at_most_five_oddities_are_told() -> None:
    alerts = tuple(Alert("misfits", (name,), f"{name} is odd") for name in "abcdefgh")
    odd = [text for text in told(Profile(100, (), alerts, ())) if text.endswith("is odd.")]
    assert len(odd) == len(set(odd)) == 5


def test_a_category_with_very_many_values_goes_with_nothing() -> None:
    ticket = ColumnProfile("ticket", "category", 100, 0, 90, 0, top=(TopValue("x", 2),))
    link = Association("ticket", "a", "correlation ratio", 0.95)
    profile = Profile(100, (ticket, number_column("a")), (), (link,))
    assert not any("correlation ratio" in text for text in told(profile))
    few = dataclasses.replace(ticket, distinct=3)
    assert any(
        "correlation ratio" in text
        for text in told(dataclasses.replace(profile, columns=(few, profile.columns[1])))
    )


def far_column(name: str, largest: float) -> ColumnProfile:
    return dataclasses.replace(number_column(name), max=largest)


def test_a_far_value_is_told_with_all_its_digits() -> None:
    (text,) = [t for t in told(Profile(100, (far_column("a", 2_147_483_647.0),), (), ()))
               if "largest" in t]  # fmt: skip
    assert text == (
        "The largest value of a is 2,147,483,647: 360 million times the 6 that 99% of rows stay "
        "within."
    )


def test_the_same_far_value_in_several_columns_is_told_once() -> None:
    columns = tuple(far_column(name, 99_999.0) for name in "abc")
    texts = told(Profile(100, columns, (), ()))
    assert "a, b and c each reach 99,999, though 99% of rows stay within 6." in texts
    assert not [text for text in texts if "largest" in text]


def test_another_measure_is_named_where_it_changes() -> None:
    links = (Association("a", "b", "spearman", 0.99), Association("a", "c", "cramers v", 0.7))
    columns = tuple(number_column(name) for name in "abc")
    assert "Next comes a with c (Cramér's V 0.700)." in " ".join(
        told(Profile(100, columns, (), links))
    )


def test_columns_of_one_value_are_told_together() -> None:
    columns = tuple(
        ColumnProfile(name, "category", 100, 0, 2, 0, top=(TopValue("t", 99), TopValue("f", 1)))
        for name in "ab"
    )
    assert "Most rows hold one and the same value in a (t, 99%) and b (t, 99%)." in told(
        Profile(100, columns, (), ())
    )


def test_quantities_come_before_other_numbers() -> None:
    columns = tuple(number_column(name) for name in ("zone", "code", "price_usd", "n", "age"))
    (text,) = [t for t in told(Profile(100, columns, (), ())) if "Among" in t]
    assert text.startswith("Among the numbers, price_usd runs from 0 to 9 ")
    assert ", age from 0 to 9 " in text
    assert " and zone from 0 to 9 " in text
