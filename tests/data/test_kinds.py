"""Kinds are guessed from the values, and are views that can be changed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from made_tables import OpenText, column

from pellucid.core.errors import UserError


def days(start: date, how_many: int, format_: str) -> list[str]:
    return [(start + timedelta(days=i)).strftime(format_) for i in range(how_many)]


SENTENCE = "the quick brown fox {} jumps over the lazy dog"
GUESSES: list[tuple[str, Sequence[object], str]] = [
    ("x", [1, 2, 3.5, "-4e2", "NA"], "number"),
    ("x", [1, 2, 3] * 20, "number"),
    ("x", ["yes", "no", "no", ""], "boolean"),
    ("x", [0, 1, 1, 0], "boolean"),
    ("x", ["male", "female"] * 3, "category"),
    ("x", ["a"] * 5, "constant"),
    ("x", [""] * 5, "constant"),
    ("x", ["a", "", "a"], "category"),
    ("x", [SENTENCE.format(i) for i in range(30)], "text"),
    ("x", [SENTENCE] * 30 + ["no"], "category"),
    ("x", [f"{SENTENCE * 6} {i % 60}" for i in range(600)], "text"),
    ("x", [f"https://example.org/{'pictures/' * 6}{i % 39}.jpg" for i in range(40)], "category"),
    ("x", [f"K{i}" for i in range(30)], "identifier"),
    ("x", [f"K{i}" for i in range(5)], "category"),
    ("x", [f"K{i % 29}" for i in range(30)], "category"),
    ("customer_id", [7, 3, 9, 12], "identifier"),
    ("CustomerId", [7, 3, 9, 12], "identifier"),
    ("paid", [7, 3, 9, 12], "number"),
    ("x", range(1, 31), "identifier"),
    ("tweet_id", [570306133677760512 + 1000 * (i // 2) for i in range(60)], "identifier"),
    ("tweet_id", ["5.70306E+17", "5.70301E+17", "5.67655E+17"] * 9, "identifier"),
    ("case id", [7, 3, 9, 12, 7, *range(20, 50)], "identifier"),
    ("x", [570306133677760512 + 1000 * (i % 59) for i in range(60)], "identifier"),
    ("x", [570306133677760512 + 1000 * (i % 9) for i in range(60)], "number"),
    ("income", [48_000 + 10 * i for i in range(59)] + [48_000], "number"),
    ("Provider Id", [10_001 + i % 7 for i in range(60)], "category"),
    ("host_id", [0.5, 1.5, 2.5, 2.5], "number"),
    ("Bid", [7, 3, 9, 7], "number"),
    ("year", range(1880, 1920), "number"),
    ("x", [i + 0.5 for i in range(30)], "number"),
    ("x", days(date(2020, 1, 1), 10, "%Y-%m-%d"), "datetime"),
    ("x", ["12 %", "13 %", "14.5 %"], "number"),
    ("x", ["$1,200.50", "$900", "$13"], "number"),
    ("x", ["?", "1", "2", "-", "None", "3"], "number"),
]


@pytest.mark.parametrize(("name", "values", "kind"), GUESSES)
def test_a_kind_is_guessed(
    open_text: OpenText, name: str, values: Sequence[object], kind: str
) -> None:
    assert open_text(column(values, name)).column(name).kind == kind


TITLES = ["Not for the very petite {}", "Great dress {}", "My favorite buy {} !", "so {} pretty"]
NAMES = ["Maria {} Lopez Gomez", "John {} Smith", "Anna Maria {} Rossi", "Lee {} Wong"]


@pytest.mark.parametrize(
    ("forms", "different", "kind"),
    [(TITLES, 228, "text"), (TITLES, 60, "category"), (NAMES, 228, "category")],
)
def test_phrases_most_of_which_differ_are_read_as_texts(
    open_text: OpenText, forms: list[str], different: int, kind: str
) -> None:
    values = [forms[i % 4].format(f"K{i % different}") for i in range(240)]
    assert open_text(column(values, "Title")).column("Title").kind == kind


def test_a_few_phrases_are_levels_of_a_category(open_text: OpenText) -> None:
    values = [TITLES[i % 4].format(i % 88) for i in range(100)]
    assert open_text(column(values, "Title")).column("Title").kind == "category"


def test_missing_words_count_as_missing_and_blanks_are_stripped(open_text: OpenText) -> None:
    table = open_text("w,x\n a,1\n?, NA\n,null\nb ,2\nNone,-\n")
    assert table.values("w").tolist() == ["a", None, None, "b", "None"]
    assert table.column("w").missing == 2
    assert table.column("x").missing == 3
    assert table.text("w").tolist() == [" a", "?", "", "b ", "None"]


def test_na_among_two_letter_codes_is_a_value(open_text: OpenText) -> None:
    codes = ["NA", "DE", "FR", "IT", "ES", "PT", "NL", "BE", "LU", "AT", "CH", "SE"]
    table = open_text(column(codes * 2))
    assert table.column("x").missing == 0
    assert table.values("x").tolist()[0] == "NA"


def test_misfits_are_counted_shown_and_missing_in_the_typed_view(open_text: OpenText) -> None:
    table = open_text(column([*range(60), "many", "1_000", "inf"]))
    found = table.column("x")
    assert (found.kind, found.misfits, found.missing) == ("number", 3, 0)
    assert found.misfit_examples == ("many", "1_000", "inf")
    assert math.isnan(table.values("x")[60])
    assert table.text("x")[60] == "many"
    assert not table.fits("x", "many")
    assert table.fits("x", " 12 ")
    assert table.fits("x", None)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["1,5", "2,25", "-3"], [1.5, 2.25, -3.0]),
        (["1,234.5", "12", "1,000,000"], [1234.5, 12.0, 1_000_000.0]),
        (["1.234,5", "12", "1.000.000,25"], [1234.5, 12.0, 1_000_000.25]),
        (["454\u00a0000,00", "7,5"], [454_000.0, 7.5]),
        (["1'234", "5"], [1234.0, 5.0]),
        (["€ 3.50", "€ 4"], [3.5, 4.0]),
        (["+.5", "5.", "1e3"], [0.5, 5.0, 1000.0]),
    ],
)
def test_numbers_are_read_as_they_are_written(
    open_text: OpenText, values: list[str], expected: list[float]
) -> None:
    table = open_text(column(values))
    assert table.column("x").kind == "number"
    assert table.values("x").tolist() == expected


@pytest.mark.parametrize(
    ("values", "format_"),
    [
        (days(date(2020, 1, 20), 20, "%d/%m/%Y"), "%d/%m/%Y"),
        (days(date(2020, 1, 20), 20, "%m/%d/%Y"), "%m/%d/%Y"),
        (days(date(2020, 5, 1), 9, "%m/%d/%Y"), "%m/%d/%Y"),
        (days(date(2020, 5, 1), 9, "%d/%m/%Y"), "%d/%m/%Y"),
        (["01.02.2020", "05.03.2020", "02.01.2019"], "%d.%m.%Y"),
        (["20140102", "20121231"], "%Y%m%d"),
        (["2020-01-02T03:04:05Z", "2020-01-03T03:04:05Z"], "%Y-%m-%dT%H:%M:%SZ"),
        (["2020-01-02T03:04:05+02:00", "2020-01-03T03:04:05+02:00"], "%Y-%m-%dT%H:%M:%S%z"),
        (["2/24/2015 11:35", "12/1/2015 9:05"], "%m/%d/%Y %H:%M"),
        (["3 March 2020", "14 April 2021"], "%d %B %Y"),
        (["Mar 3, 2020", "Apr 14, 2021"], "%b %d, %Y"),
        (["1/31/20", "2/1/20"], "%m/%d/%y"),
    ],
)
def test_dates_are_read_as_the_column_writes_them(
    open_text: OpenText, values: list[str], format_: str
) -> None:
    table = open_text(column(values))
    assert (table.column("x").kind, table.column("x").format) == ("datetime", format_)
    assert not [v for v in table.values("x").tolist() if math.isnan(v)]


def test_dates_become_seconds_in_utc(open_text: OpenText) -> None:
    table = open_text(column(["1970-01-02", "1969-12-31", ""]))
    assert table.values("x").tolist()[:2] == [86_400.0, -86_400.0]


def test_a_kind_can_be_changed_and_stays_in_the_new_store(open_text: OpenText) -> None:
    table = open_text(column([1, 2, 2, "many"]))
    changed = table.with_kinds({"x": "number"})
    assert (changed.column("x").misfits, table.column("x").misfits) == (1, 0)
    with type(table).load(changed.store) as again:
        assert again.column("x") == changed.column("x")
        assert again.values("x").tolist()[:3] == [1.0, 2.0, 2.0]
    assert table.with_kinds({"x": table.column("x").kind}) is table
    changed.close()
    with pytest.raises(UserError, match="no column y"):
        table.with_kinds({"y": "text"})


def test_text_seen_as_dates_is_all_misfits(open_text: OpenText) -> None:
    with open_text(column(["a", "b", "a"])).with_kinds({"x": "datetime"}) as table:
        assert table.column("x").misfits == 3


def test_blanks_of_any_kind_around_values_are_stripped(open_text: OpenText) -> None:
    table = open_text("a;b;c\n" + "".join(f"{i}; w{i % 2} ;\u00a0{i * 2}\t\n" for i in range(20)))
    assert table.values("b")[:2].tolist() == ["w0", "w1"]
    assert table.values("c")[:3].tolist() == [0.0, 2.0, 4.0]
    assert table.text("c")[:1].tolist() == ["\u00a00\t"]
