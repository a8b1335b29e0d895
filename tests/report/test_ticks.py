"""Ticks stand at round places, few of them, and read as a person would write them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pellucid.report.ticks import axis_ticks, date_ticks, log_ticks, ticks


def texts(low: float, high: float, **options: object) -> list[str]:
    wanted = {"scale": "linear", "is_date": False, **options}
    return [tick.text for tick in axis_ticks(low, high, **wanted)]  # type: ignore[arg-type]


@given(st.floats(-1e9, 1e9), st.floats(1e-3, 1e9), st.integers(2, 8))
def test_there_are_never_more_than_asked_and_all_lie_within(
    low: float, span: float, most: int
) -> None:
    found = ticks(low, low + span, most)
    assert len(found) <= most
    slack = span * 1e-6
    assert all(low - slack <= tick.value <= low + span + slack for tick in found)


def test_values_are_round() -> None:
    assert texts(17, 90) == ["20", "40", "60", "80"]


def test_decimals_are_those_of_the_step() -> None:
    assert texts(-0.52, 0.52) == ["−0.4", "−0.2", "0", "0.2", "0.4"]


def test_large_numbers_are_shortened() -> None:
    assert texts(0, 2.1e6) == ["0", "500,000", "1.0 m", "1.5 m", "2.0 m"]


def test_counts_have_no_halves() -> None:
    assert [tick.text for tick in ticks(0, 2, 6, whole=True)] == ["0", "1", "2"]
    assert [tick.text for tick in ticks(1, 16, 6, whole=True)] == ["5", "10", "15"]


def test_a_range_without_extent_still_names_its_place() -> None:
    assert [tick.text for tick in ticks(3, 3)] == ["3"]


def test_a_logarithmic_axis_steps_by_powers_of_ten() -> None:
    assert [tick.text for tick in log_ticks(3, 36_000)] == ["10", "100", "1,000", "10,000"]


def test_a_short_logarithmic_axis_falls_back_to_even_steps() -> None:
    assert len(log_ticks(3.1, 3.9)) >= 2


@given(st.integers(-20_000, 40_000), st.integers(1, 60_000))
def test_dates_are_few_and_within(low: int, span: int) -> None:
    found = date_ticks(float(low), float(low + span))
    assert len(found) <= 6
    assert all(low <= tick.value <= low + span for tick in found)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2001-01-01", "2011-01-01", ["2002", "2004", "2006", "2008", "2010"]),
        ("2020-01-01", "2020-06-15", ["Jan 2020", "Feb 2020", "Mar 2020", "Apr 2020",
                                      "May 2020", "Jun 2020"]),
        ("2020-03-01", "2020-03-05", ["1 Mar", "2 Mar", "3 Mar", "4 Mar", "5 Mar"]),
    ],
)  # fmt: skip
def test_dates_stand_at_starts_of_years_months_or_days(
    first: str, last: str, expected: list[str]
) -> None:
    zero = datetime.date(1970, 1, 1)
    low, high = ((datetime.date.fromisoformat(d) - zero).days for d in (first, last))
    assert texts(low, high, is_date=True) == expected
