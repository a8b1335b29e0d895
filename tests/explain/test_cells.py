"""Cells and places along an axis are named so that a reader can say them aloud."""

import math

import numpy as np
import pytest

from pellucid.explain.cells import (
    cell_labels,
    level_label,
    level_of,
    range_label,
    rounded,
    value_text,
)
from pellucid.explain.cuts import FEWEST_ROWS, cut_columns
from pellucid.facts.wheres import where_text
from pellucid.models.additive import Axis


def test_bins_run_from_missing_to_unseen() -> None:
    axis = Axis("weight", "weight", edges=np.array([1.5, 2.25]), low=0.1, high=9.0)
    assert cell_labels(axis) == ("missing", "under 1.5", "1.5 to 2.25", "2.25 or more", "unseen")


def test_whole_numbers_are_named_by_the_numbers_in_the_bin() -> None:
    axis = Axis("age", "age", edges=np.array([17.5, 38.5, 41.5, 42.5]), low=17, high=90,
                is_integer=True)  # fmt: skip
    assert cell_labels(axis)[1:-1] == ("17", "18 to 38", "39 to 41", "42", "43 or more")


def test_levels_keep_their_words_and_an_empty_one_can_be_seen() -> None:
    axis = Axis("work", "work", levels=("", "State"))
    assert cell_labels(axis) == ("missing", "(empty)", "State", "unseen")


def test_levels_too_rare_for_a_cell_are_named_together() -> None:
    axis = Axis("work", "work", levels=("State",), others=3)
    assert cell_labels(axis) == ("missing", "State", "other values")


def test_a_single_bin_takes_any_value() -> None:
    assert cell_labels(Axis("x", "x", edges=np.empty(0)))[1] == "any value"
    assert cell_labels(Axis("x", "x", edges=np.empty(0), is_integer=True))[1] == "any value"


def test_digits_are_added_until_neighbouring_edges_differ() -> None:
    axis = Axis("x", "x", edges=np.array([1000.1, 1000.2]), low=0, high=2000)
    assert cell_labels(axis)[2] == "1,000.1 to 1,000.2"


def test_years_dates_and_hours_read_as_such() -> None:
    year = Axis("year", "year", edges=np.array([1990.5]), low=1970, high=2020, is_integer=True)
    assert cell_labels(year)[1:-1] == ("1990 or less", "1991 or more")
    assert value_text(Axis("d", "d", "elapsed"), 19_000.0) == "2022-01-08"
    assert value_text(Axis("d", "d", "hour"), 6.5) == "06:30"


def test_a_range_may_be_open_at_either_end() -> None:
    axis = Axis("x", "x", edges=np.array([0.5]), low=0, high=1)
    assert range_label(axis, None, 0.5) == "under 0.5"
    assert range_label(axis, 0.5, None) == "0.5 or more"


@pytest.mark.parametrize(
    ("value", "width", "expected"),
    [(51.3, 11.0, 52.0), (51.3, 4.0, 51.0), (0.04871, 0.01, 0.048), (48_312.0, 9_000.0, 48_000.0)],
)
def test_a_place_is_rounded_to_a_quarter_of_where_it_could_lie(
    value: float, width: float, expected: float
) -> None:
    assert rounded(value, width) == pytest.approx(expected)


def test_without_a_width_nothing_is_rounded() -> None:
    assert rounded(1.2345, 0.0) == 1.2345
    assert math.isnan(rounded(math.nan, 1.0))


def test_a_level_named_missing_is_not_what_is_missing() -> None:
    axis = Axis("work", "work", levels=("None", "missing", "unseen"))
    assert cell_labels(axis) == ("missing", "None", "“missing”", "“unseen”", "unseen")
    for level in ("missing", "(empty)", "", "None", "“quoted”", "other values"):
        assert level_of(level_label(level)) == level


def test_groups_keep_empty_cells_and_the_word_missing_apart() -> None:
    rows = 2 * FEWEST_ROWS
    values = np.array(["missing"] * rows + [None] * rows + ["None"] * rows * 2, dtype=object)
    (cut,) = cut_columns({"work": values}, [("work", "category")], missing=True)
    assert cut.labels == ("None", "“missing”", "missing")
    assert np.bincount(cut.codes).tolist() == [2 * rows, rows, rows]
    said = [where_text("work", "levels", label) for label in cut.labels]
    assert said == ["work is None", "work is “missing”", "work is missing"]
