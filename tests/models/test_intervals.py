"""The interval that the spread over bags stands for."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t

from pellucid.models.intervals import bag_half_width, student_t_975


@pytest.mark.parametrize("degrees", [1, 2, 7, 30, 31, 50, 1000])
def test_students_t(degrees: int) -> None:
    assert student_t_975(degrees) == pytest.approx(t.ppf(0.975, degrees), abs=2e-4)


def test_one_bag_says_nothing() -> None:
    assert np.isnan(bag_half_width(np.ones(3), 1)).all()


def test_the_jackknife_interval_covers_a_mean() -> None:
    random = np.random.default_rng(0)
    covered = 0
    for _ in range(400):
        sample = random.normal(size=200)
        bags = [random.permutation(sample)[:170].mean() for _ in range(8)]
        half = bag_half_width(np.asarray(np.std(bags, ddof=1)), 8)
        covered += abs(np.mean(bags)) < half
    assert 0.9 < covered / 400 <= 1.0
