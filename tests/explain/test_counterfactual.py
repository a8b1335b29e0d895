"""The smallest change of one column that turns a prediction, exact from the tables."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pellucid.explain.counterfactual import find_turns
from pellucid.models.additive import AdditiveModel
from toy_models import curve_term, level_term, make_model, pair_term

AGE = curve_term("age", lambda x: x / 20, is_integer=True)
DOSE = curve_term("dose", lambda x: x - 0.5, low=0.0, high=1.0)
WORK = level_term("work", {"Private": 1.0, "State": -1.0, "None": -2.0},
                  {"Private": 500, "State": 500, "None": 500})  # fmt: skip


def row(**cells: object) -> dict[str, np.ndarray]:
    return {
        name: np.array([value], dtype=float if isinstance(value, float) else object)
        for name, value in cells.items()
    }


def chance(model: AdditiveModel, columns: dict[str, np.ndarray]) -> float:
    return float(model.mean(model.margin(columns))[0, 1])


def test_a_change_turns_the_class_and_the_next_smaller_one_does_not() -> None:
    model = make_model((AGE, WORK), "binary", (-1.0,))
    before = row(age=30.0, work="Private")
    assert chance(model, before) < 0.5
    (turn, *_) = find_turns(model, before).found
    assert (turn.column, turn.before, turn.label) == ("age", "30", ">50K")
    after = float(turn.after)
    assert chance(model, row(age=after, work="Private")) == pytest.approx(turn.probability)
    assert chance(model, row(age=after, work="Private")) > 0.5
    assert chance(model, row(age=after - 1, work="Private")) <= 0.5


def test_a_change_goes_down_as_well_as_up() -> None:
    model = make_model((AGE, WORK), "binary", (-1.0,))
    before = row(age=80.0, work="Private")
    turns = {turn.column: turn for turn in find_turns(model, before).found}
    after = float(turns["age"].after)
    assert after < 80
    assert chance(model, row(age=after, work="Private")) < 0.5
    assert chance(model, row(age=after + 1, work="Private")) >= 0.5


def test_a_decimal_is_a_short_number_inside_its_bin() -> None:
    model = make_model((DOSE,), "binary", (0.0,))
    (turn,) = find_turns(model, row(dose=0.9)).found
    assert turn.after == "0.49"
    assert chance(model, row(dose=0.49)) < 0.5


def test_of_several_levels_the_one_that_goes_furthest_is_told() -> None:
    model = make_model((WORK,), "binary", (0.0,))
    (turn,) = find_turns(model, row(work="Private")).found
    assert turn.after == "None"
    assert math.isnan(turn.share)


def test_a_number_turns_where_it_passes_an_average_row() -> None:
    model = make_model((AGE, WORK), "regression", (10.0,))
    found = find_turns(model, row(age=60.0, work="State")).found
    assert found
    for turn in found:
        assert turn.label is None
        assert turn.value is not None
        assert (turn.value > 10.0) != (float(model.margin(row(age=60.0, work="State"))[0, 0]) > 10)


def test_columns_that_cannot_turn_it_are_counted_but_not_told() -> None:
    weak = level_term("work", {"a": 0.01, "b": -0.01}, {"a": 500, "b": 500})
    turns = find_turns(make_model((weak,), "binary", (-5.0,)), row(work="a"))
    assert turns.found == ()
    assert turns.tried == ("work",)


def test_pairs_take_part_and_missing_numbers_are_left() -> None:
    model = make_model((pair_term("u", "v", 3.0),), "binary", (0.0,))
    turns = find_turns(model, row(u=0.9, v=0.9))
    assert {turn.column for turn in turns.found} == {"u", "v"}
    missing = find_turns(model, row(u=math.nan, v=0.9))
    assert "u" not in {turn.column for turn in missing.found}
