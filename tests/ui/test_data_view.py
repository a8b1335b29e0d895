"""The Data page's values: headers, cells, filters in words, figures."""

from __future__ import annotations

import pytest

from pellucid.data.search import Filter, Sort
from pellucid.data.types import Alert, Column, ColumnProfile, Histogram, TopValue
from pellucid.ui.pages.data_view import (
    Choice,
    HeaderCell,
    bars_of,
    cell_text,
    column_facts,
    count_text,
    date_text,
    filter_text,
    header_cells,
    histogram_chart,
    next_sort,
    preview_headers,
    range_filters,
)

AGE = ColumnProfile(
    "age", "number", 200, 10, 50, 2, min=17.0, max=90.0, mean=38.58, std=13.6,
    quantiles={"0.25": 28.0, "0.5": 37.0, "0.75": 48.0}, zeros=19,
    histogram=Histogram((0.0, 30.0, 60.0, 90.0), (50, 100, 40)),
    alerts=(Alert("misfits", ("age",), "2 of 190 values of age are not numbers"),),
)  # fmt: skip
CITY = ColumnProfile(
    "city", "category", 200, 0, 3, 0,
    top=(TopValue("Köln", 150), TopValue("Bern", 40), TopValue("Oslo", 10)),
)  # fmt: skip
BORN = ColumnProfile(
    "born", "datetime", 100, 0, 90, 0, min=0.0, max=86_400.0 * 365,
    quantiles={"0.5": 86_400.0 * 10}, histogram=Histogram((0.0, 86_400.0, 172_800.0), (1, 3)),
)  # fmt: skip


def test_a_header_says_name_kind_gaps_and_misfits() -> None:
    columns = [Column("age", "number", 10, 50, misfits=2), Column("city", "category", 0, 3)]
    age, city = header_cells(columns, {"age": AGE}, 200)
    assert age.sentence == "age, number, 5% missing, 2 do not fit"
    assert age.bars == (0.5, 1.0, 0.4)
    assert city.sentence == "city, category"
    assert city.bars == ()


def test_first_rows_stand_as_their_cells_look() -> None:
    rows = [("1,200.5", "Bern", None), ("-3e4", "4711", ""), ("n/a", "Oslo", None), ("7", "", None)]
    headers = preview_headers(("a", "b", "c"), rows)
    assert [header.is_right for header in headers] == [True, False, False]
    assert HeaderCell("a", "category", looks_numeric=True).is_right is False


def test_levels_are_bars_set_apart_and_identifiers_have_none() -> None:
    assert bars_of(CITY) == ((1.0, 40 / 150, 10 / 150), True)
    name = ColumnProfile("id", "identifier", 9, 0, 9, 0, top=(TopValue("a", 1),))
    assert bars_of(name)[0] == ()


def test_many_bins_are_joined_to_what_a_header_can_show() -> None:
    many = ColumnProfile(
        "x", "number", 999, 0, 9, 0, histogram=Histogram(tuple(map(float, range(101))), (1,) * 100)
    )
    assert len(bars_of(many)[0]) <= 48


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (None, ""),
        (" Private", "Private"),
        ("two\nlines", "two lines"),
        ("x" * 999, "x" * 300 + "…"),
    ],
)
def test_a_cell_shows_one_line(text: str | None, shown: str) -> None:
    assert cell_text(text) == shown


def test_a_header_sorts_up_then_down_then_as_in_the_file() -> None:
    up = next_sort(None, "age")
    down = next_sort(up, "age")
    assert (up, down) == (Sort("age"), Sort("age", descending=True))
    assert next_sort(down, "age") is None
    assert next_sort(down, "city") == Sort("city")


def test_filters_read_as_sentences() -> None:
    assert filter_text(Filter("age", "missing")) == "age is missing"
    assert filter_text(Filter("age", "misfit")) == "age does not fit its kind"
    assert filter_text(Filter("city", "is", ("Köln", "Bern"))) == "city is Köln and Bern"
    assert filter_text(Filter("age", "at least", ("38.5",))) == "age at least 38.5"
    assert filter_text(Filter("", "contains", ("x",))) == "any column contains “x”"


def test_the_count_says_what_is_in_view() -> None:
    assert count_text(32_560, None) == "32,560 rows"
    assert count_text(32_560, 12) == "12 of 32,560 rows"
    assert count_text(200, None, is_preview=True).startswith("First 200 rows")
    assert Choice().is_all
    assert not Choice(find="x").is_all


def test_a_number_is_told_by_its_median_and_range() -> None:
    facts = column_facts(AGE, Column("age", "number", 10, 50, 2, ("old", "n.a.")))
    assert facts.headline == ("37", "median")
    told = dict(facts.figures)
    assert (told["From"], told["To"], told["Mean"]) == ("17", "90", "38.6")
    assert told["Missing"] == "5% · 10"
    assert told["Zeros"] == "10%"
    assert facts.misfit_examples == "“old” and “n.a.”"
    assert facts.alerts


def test_a_category_is_told_by_its_commonest_value() -> None:
    facts = column_facts(CITY)
    assert facts.headline == ("75%", "are Köln")
    assert [(t.value, t.count) for t in facts.top][:2] == [("Köln", "150"), ("Bern", "40")]
    assert dict(facts.figures)["Missing"] == "none"


def test_dates_are_written_out() -> None:
    assert date_text(0) == "1 January 1970"
    assert date_text(3_661) == "1 January 1970, 01:01"
    assert date_text(1e30)
    told = dict(column_facts(BORN).figures)
    assert told["From"] == "1 January 1970"
    assert "Standard deviation" not in told


def test_the_chart_of_dates_is_in_days_and_says_where_most_values_lie() -> None:
    chart = histogram_chart(BORN)
    assert chart is not None
    assert chart.is_date
    assert chart.edges == (0.0, 1.0, 2.0)
    assert "3 rows" in chart.caption.alt
    assert histogram_chart(CITY) is None


def test_a_bar_becomes_filters_on_its_range() -> None:
    low, high = range_filters(AGE, 1)
    assert (low.test, low.values, high.test, high.values) == (
        "at least", ("30",), "at most", ("60",),
    )  # fmt: skip
    assert range_filters(BORN, 1)[0].values == ("1970-01-02",)
    assert range_filters(CITY, 0) == ()
