"""Effects of two groups, their intervals and their tests."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pellucid.explain.contrast.measuring import (
    holm,
    mean_difference,
    rank_difference,
    share_difference,
)


def test_a_difference_of_shares_has_newcombes_interval() -> None:
    """The example of Newcombe (1998), table II: 56 of 70 against 48 of 80."""
    found = share_difference(np.repeat([1.0, 0.0], [56, 14]), np.repeat([1.0, 0.0], [48, 32]))

    assert found.effect == pytest.approx(0.2)
    assert (found.low, found.high) == (pytest.approx(0.0524, abs=1e-4),
                                       pytest.approx(0.3339, abs=1e-4))  # fmt: skip
    assert 0.005 < found.p_value < 0.02


def test_intervals_of_means_and_ranks_cover_as_often_as_they_say() -> None:
    random = np.random.default_rng(0)
    shift, tries = 0.5, 400
    delta = math.erf(shift / 2)
    means = ranks = 0
    for _ in range(tries):
        first, second = random.normal(shift, 1, 40), random.normal(0, 1, 60)
        found = mean_difference(first, second)
        means += found.low <= shift <= found.high
        found = rank_difference(first, second)
        ranks += found.low <= delta <= found.high

    assert means / tries == pytest.approx(0.95, abs=0.03)
    assert ranks / tries == pytest.approx(0.95, abs=0.03)


def test_complete_separation_keeps_an_interval() -> None:
    found = rank_difference(np.arange(10.0, 30.0), np.arange(0.0, 10.0))

    assert (found.effect, found.high) == (1.0, 1.0)
    assert 0.3 < found.low < 1.0


def test_strength_puts_all_measures_on_one_scale() -> None:
    random = np.random.default_rng(1)
    first, second = random.normal(1, 1, 4000), random.normal(0, 1, 4000)

    assert mean_difference(first, second).strength == pytest.approx(
        rank_difference(first, second).strength, abs=0.03
    )
    assert mean_difference(second, second).strength == 0


def test_holm_corrects_step_by_step_and_never_turns_back() -> None:
    corrected = holm(np.array([0.04, 0.01, 0.03, 0.9]))

    assert corrected.tolist() == pytest.approx([0.09, 0.04, 0.09, 0.9])
