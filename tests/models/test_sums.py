"""Columns that together add up to the target."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.models.sums import find_sum

NAMES = ("total", "fare", "tolls", "miles")


def rides(rows: int = 2000, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return columns by `NAMES`, the tips, and a charge that no column holds."""
    random = np.random.default_rng(seed)
    fare = np.round(random.gamma(3, 5, rows), 2)
    tip = np.round(fare * random.uniform(0, 0.3, rows), 2)
    tolls = np.where(random.random(rows) < 0.1, 5.76, 0.0)
    charge = random.choice([0.3, 0.8, 3.3], rows)
    miles = np.round(fare / 3 + random.random(rows), 1)
    return np.asarray([fare + tip + tolls, fare, tolls, miles]), tip, charge


def test_a_target_that_is_a_sum_of_columns_is_named() -> None:
    columns, tip, _ = rides()
    (alert,) = find_sum("tip", NAMES, columns, tip, 0)
    assert (alert.kind, alert.columns) == ("leakage", ("total", "fare", "tolls"))
    assert alert.message.startswith("tip is total − fare − tolls in every row looked at")


def test_a_weighted_sum_is_named_without_its_weights() -> None:
    columns, _, _ = rides()
    (alert,) = find_sum("t", NAMES, columns, 2.5 * columns[0] - 0.3 * columns[3] + 7, 0)
    assert alert.columns == ("total", "miles")
    assert alert.message.startswith("t is a weighted sum of total and miles in every row")


def test_a_sum_up_to_one_of_a_few_charges_is_named() -> None:
    columns, tip, charge = rides()
    columns[0] += charge
    (alert,) = find_sum("tip", NAMES, columns, tip, 0)
    assert alert.columns == ("total", "fare", "tolls")
    assert "total − fare − tolls is tip plus one of a few fixed amounts in 100%" in alert.message


def test_of_two_copies_of_a_part_one_is_enough() -> None:
    columns, tip, _ = rides()
    doubled = np.vstack([columns, columns[1] * 2])
    (alert,) = find_sum("tip", (*NAMES, "double"), doubled, tip, 0)
    assert len(alert.columns) == 3


def test_a_large_number_that_never_changes_takes_no_part() -> None:
    columns, tip, _ = rides()
    stamped = np.vstack([columns, np.full(len(tip), 20230319041143.0)])
    assert len(find_sum("tip", (*NAMES, "stamp"), stamped, tip, 0)) == 1


def test_rows_with_gaps_are_passed_over() -> None:
    columns, tip, _ = rides()
    columns[1, ::9] = np.nan
    assert find_sum("tip", NAMES, columns, tip, 0)


@pytest.mark.parametrize("spoiled", ["noise", "part away", "few rows", "constant", "one column"])
def test_what_is_no_sum_raises_no_alarm(spoiled: str) -> None:
    columns, tip, _ = rides()
    names = NAMES
    if spoiled == "noise":
        columns[0] += np.random.default_rng(1).normal(0, 0.5, len(tip))
    elif spoiled == "part away":
        columns[1] = 1.0
    elif spoiled == "few rows":
        columns, tip = columns[:, :25], tip[:25]
    elif spoiled == "constant":
        tip = np.ones_like(tip)
    else:
        columns, names = tip[None] * 2, ("twice",)
    assert find_sum("tip", names, columns, tip, 0) == ()


def test_small_whole_numbers_close_to_another_column_are_no_sum() -> None:
    """A grade beside the grade before it: a few differences cover all rows, as do few values."""
    random = np.random.default_rng(0)
    before = random.integers(0, 12, 1000).astype(float)
    grade = np.clip(before + random.integers(-1, 2, 1000), 0, 12)
    other = random.normal(0, 1, 1000)
    assert find_sum("grade", ("before", "other"), np.asarray([before, other]), grade, 0) == ()


def test_no_rows_and_no_numbers_are_no_trouble() -> None:
    assert find_sum("t", (), np.empty((0, 50)), np.arange(50.0), 0) == ()
    assert find_sum("t", ("a", "b"), np.empty((2, 0)), np.empty(0), 0) == ()
