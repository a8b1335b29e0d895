"""Explanations that outlive what the model has learned are found out."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pellucid.explain.tokens.sanity import compare_attributions, rank_agreement


def some(seed: int, texts: int = 30, outputs: int = 1) -> list[np.ndarray]:
    random = np.random.default_rng(seed)
    return [random.normal(size=(random.integers(8, 20), outputs)) for _ in range(texts)]


def test_agreement_is_the_rank_correlation_of_sizes() -> None:
    stats = pytest.importorskip("scipy.stats")
    a, b = some(0)[0][:, 0], np.random.default_rng(1).integers(-3, 4, len(some(0)[0])) * 1.0
    expected = stats.spearmanr(np.abs(a), np.abs(b)).statistic
    assert rank_agreement(a, b) == pytest.approx(expected)
    assert rank_agreement(a, -2 * a) == pytest.approx(1)
    assert rank_agreement(np.array([1.0, 2, 3]), np.array([3.0, 2, 1])) == pytest.approx(-1)


def test_agreement_over_several_outputs_is_their_mean() -> None:
    a = np.array([[1.0, 1], [2, 2], [3, 3]])
    b = np.array([[1.0, 3], [2, 2], [3, 1]])
    assert rank_agreement(a, b) == pytest.approx(0)


def test_what_ranks_nothing_agrees_with_nothing() -> None:
    ordered, flat = np.array([1.0, 2, 3]), np.zeros(3)
    assert rank_agreement(ordered, flat) == 0
    assert math.isnan(rank_agreement(flat, flat))
    assert math.isnan(rank_agreement(ordered[:2], ordered[:2]))
    with pytest.raises(ValueError, match="shapes"):
        rank_agreement(ordered, ordered[:2])


@pytest.mark.parametrize("outputs", [1, 3])
def test_maps_that_change_with_the_model_pass(outputs: int) -> None:
    first = some(0, outputs=outputs)
    other = [np.random.default_rng([9, i]).normal(size=a.shape) for i, a in enumerate(first)]
    found = compare_attributions(first, other, "weights randomised")
    assert found.passed
    assert -0.5 < found.low < found.agreement < found.high < 0.5
    assert found.texts == 30
    assert "weights were replaced by random numbers and 30 texts were" in found.sentence
    assert found.sentence.endswith("The explanations depend on what the model has learned.")


def test_maps_that_stay_as_they_were_fail() -> None:
    first = some(0)
    found = compare_attributions(first, [a * 1.1 for a in first], "labels shuffled")
    assert not found.passed
    assert found.agreement == pytest.approx(1)
    assert "trained anew on shuffled labels" in found.sentence
    assert "do not rely on them" in found.sentence


def test_in_between_nothing_is_claimed() -> None:
    first = some(0, texts=20)
    half = [a if i % 2 else a[::-1] for i, a in enumerate(first)]
    found = compare_attributions(first, half, "labels shuffled")
    assert not found.passed
    assert found.low < 0.5 < found.high
    assert "not clear" in found.sentence


def test_few_texts_prove_nothing() -> None:
    a, b = np.array([1.0, 2, 3]), np.array([3.0, 2, 1])
    found = compare_attributions([a, a], [b, b], "labels shuffled")
    assert not found.passed
    assert "2 texts were explained" in found.sentence
    assert "5 texts or more" in found.sentence
    nothing = compare_attributions([a[:1]], [b[:1]], "labels shuffled")
    assert nothing.texts == 0
    assert not nothing.passed
    assert math.isnan(nothing.agreement)
