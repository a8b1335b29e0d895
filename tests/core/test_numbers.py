from __future__ import annotations

import math

import pytest

from pellucid.core import numbers


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (32560, "32,560"),
        (-3.14159, "−3.14"),
        (0.012345, "0.0123"),
        (0.1 + 0.2, "0.300"),
        (1234.56, "1,230"),
        (999_999.6, "1,000,000"),
        (9.999, "10.0"),
        (-2.81e-5, "−0.0000281"),
        (2e-9, "2.00 × 10⁻⁹"),
        (-5e17, "−5.00 × 10¹⁷"),
        (math.nan, "unknown"),
        (math.inf, "infinity"),
        (-math.inf, "minus infinity"),
    ],
)
def test_three_significant_digits(value: float, text: str) -> None:
    assert numbers.number(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0%"),
        (1.0, "100%"),
        (0.0004, "under 0.1%"),
        (0.9999, "over 99.9%"),
        (0.24089, "24.1%"),
        (0.0712, "7.1%"),
        (math.nan, "unknown"),
    ],
)
def test_a_share_that_is_not_all_or_nothing_never_reads_so(share: float, text: str) -> None:
    assert numbers.percent(share) == text


def test_intervals_counts_and_lists_are_set_in_words() -> None:
    assert numbers.interval(0.412, 0.4699) == "0.412 to 0.470"
    assert numbers.interval(1.67, 10.63) == "1.7 to 10.6"
    assert numbers.interval(-0.0379, 0.912) == "−0.038 to 0.912"
    assert numbers.interval(957.2, 3304.0) == "957 to 3,304"
    assert numbers.interval(0.9993, 0.9996) == "0.999 to 1.000"


def test_an_end_of_an_interval_does_not_read_as_no_difference() -> None:
    assert numbers.interval(0.00229, 1.14) == "0.002 to 1.14"
    assert numbers.interval(1.003, 12.4, apart=1.0) == "1.00 to 12.4"
    assert numbers.interval(1.03, 12.4, apart=1.0) == "1.03 to 12.4"
    assert numbers.interval(0, 12.4) == "0 to 12.4"
    assert numbers.interval(0.9962, 1) == "0.996 to 1"
    assert numbers.interval(0.99996, 1) == "over 0.999 to 1"
    assert numbers.interval(0.93, 1) == "0.93 to 1"
    assert numbers.interval(1e-9, 2e-9) == "1.00 × 10⁻⁹ to 2.00 × 10⁻⁹"


def test_places_are_told_as_far_as_they_differ() -> None:
    assert numbers.place(5323.75) == "5,324"
    assert numbers.place(0.2) == "0.2"
    assert numbers.place(42.29712) == "42.3"
    assert numbers.place(42.29712, 0.04) == "42.297"
    assert numbers.place(-999.96) == "−1,000"
    assert numbers.place(2.5e-9) == "2.50 × 10⁻⁹"


def test_a_correlation_short_of_one_does_not_read_as_one() -> None:
    assert numbers.correlation(0.99971) == "over 0.999"
    assert numbers.correlation(-0.9999) == "under −0.999"
    assert numbers.correlation(1) == "1"
    assert numbers.correlation(0.84) == "0.840"
    assert numbers.count(1234567) == "1,234,567"
    assert numbers.signed(0.5) == "+0.500"
    assert numbers.signed(-0.5) == "−0.500"
    assert numbers.plural(1, "row") == "1 row"
    assert numbers.plural(2, "row") == "2 rows"
    assert numbers.plural(3, "entry", "entries") == "3 entries"


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (list("abcdefg"), "a, b, c, d and 3 more"),
    ],
)
def test_a_listing_names_some_and_counts_the_rest(items: list[str], text: str) -> None:
    assert numbers.listing(items) == text
