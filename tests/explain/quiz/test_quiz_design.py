"""A quiz is balanced, seeded, counterbalanced, and no row of it is used twice."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.core.errors import UserError
from pellucid.explain.model import explain_additive
from pellucid.explain.quiz.choices import class_choices, range_choices
from pellucid.explain.quiz.dealing import Deal, deal
from pellucid.explain.quiz.guide import guide_of, nearest_steps
from pellucid.explain.quiz.types import Design
from toy_models import curve_term, level_term, make_model, pair_term

CODES = np.array([0] * 50 + [1] * 30 + [2] * 40 + [-1] * 10)
STRENGTH = np.random.default_rng(5).random(len(CODES))


def dealt(**more: object) -> Deal:
    return deal(CODES, STRENGTH, 3, Design(**more))  # type: ignore[arg-type]


def test_each_part_and_the_examples_are_balanced_over_the_outputs() -> None:
    found = dealt(questions=24, examples=9)
    for rows, each in ((found.without, 4), (found.with_, 4), (found.examples, 3)):
        assert np.bincount(CODES[rows], minlength=3).tolist() == [each] * 3


def test_no_row_is_dealt_twice_and_none_without_a_choice() -> None:
    found = dealt(questions=30, examples=12)
    rows = np.concatenate([found.examples, found.without, found.with_])
    assert len(set(rows.tolist())) == len(rows) == 42
    assert (CODES[rows] >= 0).all()


def test_the_seed_deals_the_same_again_and_another_seed_differently() -> None:
    first, again, other = dealt(seed=3), dealt(seed=3), dealt(seed=4)
    assert first.without.tolist() == again.without.tolist()
    assert first.examples.tolist() == again.examples.tolist()
    assert first.without.tolist() != other.without.tolist()


def test_swapping_exchanges_the_questions_of_the_parts_and_leaves_the_examples() -> None:
    plain, swapped = dealt(seed=3), dealt(seed=3, swapped=True)
    assert plain.without.tolist() == swapped.with_.tolist()
    assert plain.with_.tolist() == swapped.without.tolist()
    assert plain.examples.tolist() == swapped.examples.tolist()


def test_the_rows_of_the_parts_are_matched_in_strength() -> None:
    found = deal(np.zeros(400, dtype=int) + (np.arange(400) % 2), np.arange(400.0), 2,
                 Design(questions=100, examples=2))  # fmt: skip
    for code in (0, 1):
        parts = [np.sort(rows[rows % 2 == code]) for rows in (found.without, found.with_)]
        pairs = np.sort(np.stack(parts, axis=1), axis=1)
        assert (pairs[1:, 0] > pairs[:-1, 1]).all()  # each pair lies beside the next
        surer = (parts[0] > parts[1]).mean()
        assert 0.4 <= surer <= 0.6


def test_rows_that_the_model_cannot_tell_apart_are_dealt_last() -> None:
    strength = np.arange(80) // 4  # four rows of each, of one output
    found = deal(strength % 2, strength.astype(float), 2, Design(questions=16, examples=4))
    rows = np.concatenate([found.examples, found.without, found.with_])
    assert len(set(strength[rows].tolist())) == 20


def test_few_rows_of_an_output_are_made_up_for_by_the_others() -> None:
    codes = np.array([0] * 40 + [1] * 5)
    found = deal(codes, np.zeros(45), 2, Design(questions=16, examples=4))
    for rows in (found.without, found.with_):
        assert np.bincount(codes[rows]).tolist() == [6, 2]
    assert np.bincount(codes[found.examples]).tolist() == [3, 1]


@pytest.mark.parametrize("counts", [(40, 2), (40, 0), (2, 2)])
def test_too_few_rows_are_refused(counts: tuple[int, int]) -> None:
    codes = np.repeat([0, 1], counts)
    with pytest.raises(UserError, match="too few rows"):
        deal(codes, np.zeros(len(codes)), 2, Design())


def test_classes_are_choices_as_far_as_the_model_gives_them() -> None:
    found = class_choices(np.array(["b", "a", "b", "d"]), ("a", "b", "c", "d"))
    assert found.labels == ("a", "b", "d")
    assert found.codes.tolist() == [1, 0, 1, 2]
    many = np.repeat([f"k{i}" for i in range(8)], np.arange(8) + 1)
    limited = class_choices(many, tuple(f"k{i}" for i in range(8)))
    assert limited.labels == tuple(f"k{i}" for i in range(2, 8))
    assert limited.left_out == 2
    assert (limited.codes == -1).sum() == 3
    with pytest.raises(UserError, match="says a of every row"):
        class_choices(np.array(["a", "a"]), ("a", "b"))


def test_numbers_are_asked_in_quarters_whose_bounds_are_told_exactly() -> None:
    values = np.linspace(1000.0, 2000.0, 101)
    found = range_choices(values)
    assert found.labels == (
        "under 1,250", "1,250 to under 1,500", "1,500 to under 1,750", "1,750 or more",
    )  # fmt: skip
    assert np.bincount(found.codes).tolist() == [25, 25, 25, 26]
    assert found.code_of(1250.0) == 1
    assert found.code_of(1249.9) == 0
    narrow = range_choices(np.linspace(1000.001, 1000.009, 100))
    assert len(set(narrow.labels)) == 4
    assert range_choices(np.array([1.0] * 90 + [2.0] * 10)).labels == ("under 2", "2 or more")
    with pytest.raises(UserError, match="the same for every row"):
        range_choices(np.full(10, 3.0))


def test_a_curve_becomes_the_nearest_level_steps() -> None:
    scores = np.array([1.0, 1.0, 1.1, 5.0, 5.0, -2.0])[:, None]
    assert nearest_steps(scores, np.ones(6), 3) == [0, 3, 5, 6]
    assert nearest_steps(scores, np.ones(6), 1) == [0, 6]
    assert nearest_steps(scores[:1], np.ones(1), 6) == [0, 1]
    rare = nearest_steps(scores, np.array([1.0, 1, 1, 1, 1, 1e-9]), 2)
    assert rare == [0, 3, 6]  # a cell without rows costs nothing


def test_the_model_as_a_whole_is_told_in_few_steps_with_their_mean_scores() -> None:
    age = curve_term("age", lambda x: np.where(x < 50, -1.0, 1.0))
    work = level_term("work", {"Private": 0.9, "State": -0.9}, {"Private": 900, "State": 900})
    model = make_model((age, work, pair_term("a", "b", 0.3)))
    guide = guide_of(explain_additive(model), ("age", "work"))
    assert [term.name for term in guide.terms] == ["age", "work"]
    assert guide.terms[1].steps[0].label == "Private"
    steps = guide.terms[0].steps
    assert len(steps) <= 6
    assert steps[0].scores[0] == pytest.approx(-1.0)
    assert steps[-1].scores[0] == pytest.approx(1.0)
    assert len(guide_of(explain_additive(model), ("age", "work", "a", "b")).terms) == 3
