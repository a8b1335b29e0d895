"""Alerts of one kind are told in one line where many columns have it."""

from __future__ import annotations

from pellucid.data.alike import grouped
from pellucid.data.types import Alert


def rare(name: str) -> Alert:
    return Alert("rare levels", (name,), f"{name} has 184 different values; 114 rare ones")


def test_a_few_alerts_keep_their_figures() -> None:
    few = [rare(name) for name in "abc"]
    assert grouped(few) == tuple(few)


def test_many_of_one_kind_are_one_line_that_names_the_columns() -> None:
    leak = Alert("leakage", ("z",), "z alone explains 99% of the variance")
    (first, second) = grouped([*(rare(name) for name in "abcdefg"), leak])
    assert first.columns == tuple("abcdefg")
    assert first.message.startswith("7 columns have a great many different values")
    assert first.message.endswith("never seen: a, b, c, d, e, f and g")
    assert second == leak


def test_what_names_more_than_a_trait_is_never_merged() -> None:
    leaks = [Alert("leakage", (name,), f"{name} alone explains 99%") for name in "abcdefg"]
    assert grouped(leaks) == tuple(leaks)


def test_past_eight_names_the_rest_is_counted() -> None:
    (one,) = grouped([rare(f"c{i}") for i in range(12)])
    assert one.message.endswith("c6 and 5 more")
    assert len(one.columns) == 12
