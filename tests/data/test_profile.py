"""A table in figures, and what to beware of."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from made_tables import OpenText, column

from pellucid.core.errors import StoppedError
from pellucid.core.run import Run
from pellucid.core.values import from_json, to_json
from pellucid.data.profile import profile
from pellucid.data.types import Profile, TopValue


def test_figures_agree_with_numpy(open_text: OpenText) -> None:
    random = np.random.default_rng(3)
    values = np.round(random.normal(50, 9, 400), 3)
    found = profile(open_text(column(values.tolist()))).columns[0]
    assert found.min == values.min()
    assert found.max == values.max()
    assert found.mean == pytest.approx(values.mean())
    assert found.std == pytest.approx(values.std(ddof=1))
    for key, value in found.quantiles.items():
        assert value == pytest.approx(np.quantile(values, float(key)))
    assert found.histogram is not None
    counts, _ = np.histogram(values, bins=np.array(found.histogram.edges))
    assert sum(found.histogram.counts) == 400
    assert np.abs(counts - found.histogram.counts).sum() <= 2


def test_whole_numbers_have_a_bar_each_and_long_tails_a_log_scale(open_text: OpenText) -> None:
    dice = profile(open_text(column([1, 2, 2, 6] * 5))).columns[0]
    assert dice.histogram is not None
    assert dice.histogram.edges == (0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5)
    assert dice.histogram.counts == (5, 10, 0, 0, 0, 5)
    assert dice.top[0] == TopValue("2", 10)
    random = np.random.default_rng(1)
    tail = np.exp(random.normal(0, 3, 500))
    incomes = profile(open_text(column(tail.tolist()), name="tail.csv")).columns[0]
    assert incomes.histogram is not None
    assert incomes.histogram.scale == "log"
    assert sum(incomes.histogram.counts) == 500
    assert incomes.histogram.edges[0] == pytest.approx(tail.min())


def test_words_have_top_values_and_text_has_lengths(open_text: OpenText) -> None:
    lines = [f"a sentence that has number {i} in it" for i in range(30)]
    rows = "".join(f"{line},{'xyy'[i % 3]}\n" for i, line in enumerate(lines))
    text, letter = profile(open_text(f"says,letter\n{rows}")).columns
    assert letter.top == (TopValue("y", 20), TopValue("x", 10))
    assert text.kind == "text"
    assert text.lengths is not None
    assert sum(text.lengths.counts) == 30


def test_dates_are_in_seconds(open_text: OpenText) -> None:
    found = profile(open_text(column(["1970-01-01", "1970-01-03", "1970-01-02"]))).columns[0]
    assert (found.min, found.max, found.mean) == (0.0, 172_800.0, 86_400.0)


ALERTS = [
    ("constant", ["a"] * 9, "x is “a” in every row"),
    ("constant", [""] * 9, "x is empty in every row"),
    ("missing", ["", 1, 2, 3, 5], "20% of x is missing (1 row)"),
    ("misfits", [*range(100, 160), "many"], "1 of 61 values of x is not a number, and count"),
    ("sentinel", [*range(20), -999, -999], "−999 stands 2 times in x"),
    ("sentinel", [*range(20), 9999, 9999], "9,999 stands 2 times in x"),
    ("high cardinality", [f"k{i % 60}" for i in range(90)], "x has 60 different values"),
    ("imbalance", ["yes"] * 99 + ["no"], "99% of x is yes"),
    ("zeros", [0] * 9 + [3, 8, 5], "75% of x is 0"),
    (
        "outliers",
        [*range(10), 500],
        "1 value of x lies far from the rest, above 22.5, while half of the values lie ",
    ),
    ("skew", [1.5] * 5 + [*range(30), 900], "x has a long tail of high values"),
    ("spaces", [" a", "b", "b"], "Values of x have blanks"),
]


@pytest.mark.parametrize(("kind", "values", "message"), ALERTS)
def test_an_alert_is_raised(
    open_text: OpenText, kind: str, values: list[object], message: str
) -> None:
    alerts = {a.kind: a for a in profile(open_text(column(values))).alerts if "x" in a.columns}
    assert alerts[kind].message.startswith(message)


def test_plain_columns_raise_no_alert(open_text: OpenText) -> None:
    random = np.random.default_rng(5)
    rows = zip(random.normal(0, 1, 200), random.choice(["a", "b", "c"], 200), strict=True)
    table = open_text("x,y\n" + "".join(f"{x:.4f},{y}\n" for x, y in rows))
    assert profile(table).alerts == ()


def test_the_same_alert_of_many_columns_is_one(open_text: OpenText) -> None:
    table = open_text("a,b,c,d,e\n" + "".join(f"1,2,3,4,{i * i}\n" for i in range(30)))
    constant = [a for a in profile(table).alerts if a.kind == "constant"]
    assert [a.columns for a in constant] == [("a", "b", "c", "d")]


def test_repeated_rows_are_counted(open_text: OpenText) -> None:
    found = profile(open_text("a,b\n1,x\n2,y\n1,x\n1,x\n"))
    assert found.duplicate_rows == 2
    assert "2 rows repeat an earlier row exactly" in [a.message for a in found.alerts]


def test_figures_are_the_same_each_time_and_cross_processes(open_text: OpenText) -> None:
    random = np.random.default_rng(8)
    table = open_text(column(random.normal(0, 1e6, 3000).tolist()))
    first = profile(table)
    assert profile(table) == first
    assert from_json(Profile, json.loads(json.dumps(to_json(first)))) == first
    assert not any(math.isnan(x) for x in first.columns[0].quantiles.values())


def test_profiling_stops_when_asked(open_text: OpenText) -> None:
    with pytest.raises(StoppedError):
        profile(open_text("a,b\n1,2\n3,4\n"), Run(should_stop=lambda: True))


def test_identifiers_whose_last_digits_are_gone_are_told(open_text: OpenText) -> None:
    values = [f"5.{70301 + i % 9}E+17" for i in range(60)]
    (alert,) = profile(open_text(column(values, "tweet_id"))).columns[0].alerts
    assert alert.kind == "repeated identifier"
    assert "only 9 of 60 differ: their last digits may be lost" in alert.message
