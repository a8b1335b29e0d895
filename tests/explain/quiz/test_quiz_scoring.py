"""Scores of a quiz, held against counts made by hand and a published interval."""

from __future__ import annotations

import math

import pytest

from pellucid.explain.quiz.scoring import difference_of, score_arms
from pellucid.explain.quiz.types import Answer, Arm, Marked


def asked(arm: Arm, right: int, choice: int | None, seconds: float | None = None) -> Marked:
    return Marked(arm, 0, (), right, Answer(choice, seconds))


def both(with_right: int, with_asked: int, right: int, of: int) -> list[Marked]:
    found = [asked("without", 1, int(place < right)) for place in range(of)]
    return found + [asked("with", 1, int(place < with_right)) for place in range(with_asked)]


def test_no_answer_counts_as_asked_and_not_right() -> None:
    found = score_arms([
        asked("without", 0, 0, 2.0), asked("without", 1, None), asked("without", 1, 0, 4.0),
        asked("without", 1, 1, 9.0),
    ])  # fmt: skip
    score = found["without"]
    assert (score.asked, score.answered, score.right, score.commonest) == (4, 3, 2, 3)
    assert score.share == 0.5
    assert score.seconds == 4.0
    assert (score.low, score.high) == pytest.approx((0.1500, 0.8500), abs=1e-4)  # Wilson
    empty = found["with"]
    assert empty.asked == 0
    assert math.isnan(empty.share)
    assert math.isnan(empty.low)


def test_the_difference_has_the_published_interval() -> None:
    # Newcombe (1998), table II, example (a): 56/70 less 48/80, method 10.
    found = difference_of(both(56, 70, 48, 80))
    assert found is not None
    assert found.effect == pytest.approx(0.2)
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=1e-4)
    few = difference_of(both(6, 8, 4, 8))
    assert few is not None
    assert few.low < 0 < few.high
    assert few.p_value == pytest.approx(0.6084, abs=1e-4)


def test_there_is_no_difference_before_both_parts_are_begun() -> None:
    assert difference_of(both(0, 0, 3, 4)) is None
    assert difference_of([]) is None
