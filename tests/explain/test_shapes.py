"""Curves are described by what they do beyond noise, and by nothing else."""

import numpy as np
import pytest

from pellucid.explain.model import explain_term
from pellucid.explain.shapes import describe_shape
from pellucid.explain.types import Shape
from pellucid.models.additive import Axis, Term
from toy_models import curve_term, level_term, make_term, pair_term


def shape_of(term: Term) -> Shape:
    return describe_shape(explain_term(term))


def test_a_roof_turns_once_at_its_top() -> None:
    shape = shape_of(curve_term("age", lambda x: -np.abs(x - 60) / 25))
    (turn,) = shape.turns
    assert turn.kind == "peak"
    assert turn.at == pytest.approx(60, abs=2)
    assert turn.low <= 60 <= turn.high
    assert shape.direction == "turns"


def test_a_valley_turns_once_at_its_bottom() -> None:
    (turn,) = shape_of(curve_term("age", lambda x: (x - 40) ** 2 / 900)).turns
    assert turn.kind == "trough"
    assert turn.at == pytest.approx(40, abs=3)


def test_the_interval_of_a_turn_widens_with_noise() -> None:
    quiet = shape_of(curve_term("age", lambda x: -np.abs(x - 60) / 25, noise=0.005)).turns[0]
    noisy = shape_of(curve_term("age", lambda x: -np.abs(x - 60) / 25, noise=0.03)).turns[0]
    assert noisy.high - noisy.low > quiet.high - quiet.low


def test_wiggles_within_noise_are_not_turns() -> None:
    wiggle = np.random.default_rng(3).normal(scale=0.05, size=50)
    shape = shape_of(curve_term("age", lambda x: x / 50 + wiggle, noise=0.05))
    assert shape.turns == ()
    assert shape.direction == "rises"


def test_noise_alone_is_flat() -> None:
    wiggle = np.random.default_rng(4).normal(scale=0.05, size=50)
    assert shape_of(curve_term("age", lambda x: 0 * x + wiggle, noise=0.05)).flat


def test_waves_turn_as_often_as_they_turn() -> None:
    shape = shape_of(curve_term("age", lambda x: np.sin(x / 100 * 4 * np.pi)))
    assert [turn.kind for turn in shape.turns] == ["peak", "trough", "peak", "trough"]
    assert [turn.at for turn in shape.turns] == pytest.approx([12.5, 37.5, 62.5, 87.5], abs=3)


def test_a_step_is_one_jump_at_its_place() -> None:
    shape = shape_of(curve_term("age", lambda x: np.where(x < 40, 0.0, 1.0)))
    (jump,) = shape.jumps
    assert jump.at == pytest.approx(40, abs=2)
    assert jump.change.score == pytest.approx(1.0, abs=0.1)


def test_a_slope_however_steep_at_the_ends_is_no_jump() -> None:
    assert shape_of(curve_term("age", lambda x: x / 20)).jumps == ()
    assert shape_of(curve_term("age", lambda x: np.exp((x - 100) / 10))).jumps == ()


def test_few_values_jump_where_one_step_stands_out() -> None:
    edges = np.arange(1, 9) + 0.5
    axis = Axis("rooms", "rooms", edges=edges, low=1, high=9, is_integer=True)
    steps = np.array([0, 0, 0.1, 0.2, 0.25, 1.5, 1.55, 1.6, 1.6, 1.65, 0])[:, None]
    weights = np.array([0, *[200.0] * 9, 0])
    (jump,) = shape_of(make_term("rooms", "bins", (axis,), steps, weights)).jumps
    assert jump.at == 4.5


def test_level_parts_are_set_apart() -> None:
    shape = shape_of(curve_term("age", lambda x: np.minimum(x, 50) / 50))
    assert [stretch.direction for stretch in shape.stretches] == ["rises", "level"]
    assert shape.stretches[0].end == pytest.approx(47, abs=6)
    assert shape.direction == "rises"


def test_the_missing_cell_is_told_against_the_rest() -> None:
    shape = shape_of(curve_term("age", lambda x: x / 100, missing=(2.5, 500.0)))
    assert shape.missing is not None
    assert shape.missing.effect.score == pytest.approx(2.0, abs=0.05)
    assert shape.missing.effect.rows == 500


def test_a_handful_of_missing_rows_is_not_told() -> None:
    assert shape_of(curve_term("age", lambda x: x / 100, missing=(2.5, 5.0))).missing is None


def test_levels_come_highest_first_and_thin_ones_are_left_out() -> None:
    scores = {"a": 0.0, "b": 1.0, "c": -1.0, "thin": 5.0}
    shape = shape_of(level_term("work", scores, {"a": 500, "b": 300, "c": 200, "thin": 3}))
    assert [cell.label for cell in shape.cells] == ["b", "a", "c"]
    assert shape.swing.score == pytest.approx(2.0, abs=0.05)
    assert not shape.flat


def test_levels_within_noise_are_flat() -> None:
    scores = {"a": 0.0, "b": 0.01}
    assert shape_of(level_term("work", scores, {"a": 500, "b": 300}, noise=0.1)).flat


def test_one_level_has_nothing_to_compare() -> None:
    assert shape_of(level_term("work", {"a": 0.0}, {"a": 500})).flat


def test_a_pair_is_told_in_blocks_that_hold_enough_rows() -> None:
    shape = shape_of(pair_term("left", "right"))
    assert shape.cells[0].effect.score == pytest.approx(1.0, abs=0.05)
    assert shape.cells[-1].effect.score == pytest.approx(-1.0, abs=0.05)
    assert shape.cells[0].label in (
        "left under 0.333 with right under 0.333",
        "left 0.667 or more with right 0.667 or more",
    )


def test_with_one_bag_only_small_changes_are_taken_out() -> None:
    term = curve_term("age", lambda x: -np.abs(x - 60) / 25)
    one = Term(term.name, term.kind, term.axes, term.scores, term.scores[None], term.weights)
    (turn,) = shape_of(one).turns
    assert turn.at == pytest.approx(60, abs=2)


def test_a_column_that_is_always_missing_is_flat() -> None:
    axis = Axis("gone", "gone", edges=np.empty(0))
    term = make_term("gone", "bins", (axis,), np.zeros((3, 1)), np.array([100.0, 0.0, 0.0]))
    assert shape_of(term).flat


def test_a_pair_on_whose_place_the_bags_disagree_is_flat() -> None:
    assert shape_of(pair_term("left", "right", strength=0.05, noise=1.0)).flat


def test_a_pair_whose_strength_alone_is_unsure_is_told() -> None:
    sure = pair_term("left", "right", noise=0.0)
    strengths = np.array([0.4, 1.6, 0.5, 1.5, 0.7, 1.3, 0.8, 1.2])[:, None, None, None]
    term = Term(sure.name, "pair", sure.axes, sure.scores, strengths * sure.scores, sure.weights)
    shape = shape_of(term)
    assert shape.swing.low < 0
    assert not shape.flat
