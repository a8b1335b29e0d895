"""Intervals and tests of paired measurements."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from pellucid.explain.corpus.paired import (
    holm_intervals,
    mcnemar,
    mean_interval,
    share,
)


def test_a_share_has_wilsons_interval() -> None:
    found = share(3, 20)
    exact = stats.binomtest(3, 20).proportion_ci(method="wilson")
    assert (found.low, found.high) == pytest.approx((exact.low, exact.high), abs=1e-6)
    assert math.isnan(share(0, 0).value)


def test_mcnemar_is_the_exact_binomial_test() -> None:
    assert mcnemar(1, 9) == pytest.approx(2 * 11 / 1024)
    assert mcnemar(4, 4) == 1.0
    assert math.isnan(mcnemar(0, 0))


def test_the_bootstrap_of_a_mean_agrees_with_theory() -> None:
    values = np.random.default_rng(0).normal(1.0, 2.0, 5000)
    found = mean_interval(values, np.random.default_rng(1))
    half = 1.96 * values.std() / math.sqrt(len(values))
    assert found.value == pytest.approx(values.mean())
    assert found.high - found.low == pytest.approx(2 * half, rel=0.1)
    assert math.isnan(mean_interval(values[:1], np.random.default_rng(1)).low)
    assert math.isnan(mean_interval(values[:0], np.random.default_rng(1)).value)


def test_holm_gives_the_strongest_the_strictest_level() -> None:
    rng = np.random.default_rng(2)
    samples = [rng.normal(shift, 1.0, 30) for shift in (0.0, 1.5, 0.45)] + [np.ones(3)]
    found = holm_intervals(samples)
    raw = [stats.ttest_1samp(values, 0.0).pvalue for values in samples[:3]]
    order = np.argsort(raw)
    corrected = np.maximum.accumulate(np.minimum(1, np.asarray(raw)[order] * [3, 2, 1]))
    assert [found[i][1] for i in order] == pytest.approx(corrected.tolist())
    strongest, p_value = found[order[0]]
    low, high = stats.t.interval(
        1 - 0.05 / 3, 29, samples[order[0]].mean(), stats.sem(samples[order[0]])
    )
    assert (strongest.low, strongest.high) == pytest.approx((low, high))
    assert p_value < 0.05
    assert math.isnan(found[3][1])
    assert math.isnan(found[3][0].low)


def test_differences_that_are_all_alike_are_certain() -> None:
    (shifted, p_shifted), (still, p_still) = holm_intervals([np.full(6, 0.5), np.zeros(6)])
    assert (shifted.low, shifted.high, p_shifted) == (0.5, 0.5, 0.0)
    assert (still.low, still.high, p_still) == (0.0, 0.0, 1.0)
