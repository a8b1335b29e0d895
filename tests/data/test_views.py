"""The rule in SQL and the rule in Python are one rule."""

from __future__ import annotations

import math

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pellucid.data.parse import parse_values
from pellucid.data.views import MISSING_NUMBERS, View, value_sql

NUMBER_VIEWS = [
    View("number", MISSING_NUMBERS),
    View("number", MISSING_NUMBERS, ","),
    View("number", MISSING_NUMBERS, ".", ","),
    View("number", MISSING_NUMBERS, ",", "."),
    View("number", MISSING_NUMBERS, ",", "\u00a0"),
    View("number", MISSING_NUMBERS, unit="$"),
]
DATES = ["2020-02-29", "2021-02-29", "1999-1-5", "29/02/2020", "2/3/2020", "31/12/1969", "1/1/70",
         "2020-01-02 03:04", "2020-01-02T03:04:05Z", "2020-01-02T03:04:05+0130", "3 May 2020",
         "Sep 9, 2021", "", "x", "20200102", "02.03.2020 04:05:06.25",
         "1/2/2020 3:04 PM"]  # fmt: skip
FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%SZ",
           "%Y-%m-%dT%H:%M:%S%z", "%d %B %Y", "%b %d, %Y", "%Y%m%d", "%d.%m.%Y %H:%M:%S.%f",
           "%m/%d/%Y %I:%M %p"]  # fmt: skip


def in_sql(text: str, view: View) -> float:
    with duckdb.connect() as connection:
        sql = f"SELECT {value_sql('c', view)} FROM (SELECT ? AS c)"
        found = connection.execute(sql, [text]).fetchall()[0][0]
    return math.nan if found is None else float(found)


@settings(max_examples=100, deadline=None)
@given(st.text("0123456789.,-+eE$ _\u00a0NAinf", max_size=9), st.sampled_from(NUMBER_VIEWS))
def test_numbers_agree(text: str, view: View) -> None:
    assert in_sql(text, view) == pytest.approx(parse_values([text], view)[0], nan_ok=True)


@pytest.mark.parametrize("format_", FORMATS)
def test_dates_agree(format_: str) -> None:
    view = View("datetime", format=format_)
    known = parse_values(DATES, view).tolist()
    assert any(not math.isnan(seconds) for seconds in known)
    for text, seconds in zip(DATES, known, strict=True):
        assert in_sql(text, view) == pytest.approx(seconds, nan_ok=True), (text, format_)
