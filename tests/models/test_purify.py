"""Centred terms, pure pairs, and not a prediction changed."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.models.purify import centre, purify, zero_sum


def test_a_centred_term_averages_to_zero() -> None:
    scores, weights = np.array([[9.0], [1.0], [3.0], [7.0]]), np.array([0.0, 2.0, 6.0, 0.0])
    centred, mean = centre(scores, weights)
    assert mean.tolist() == [2.5]
    assert centred.ravel().tolist() == [0.0, -1.5, 0.5, 0.0], "cells without rows are average"


@pytest.mark.parametrize("shape", [(5, 8), (8, 5), (6, 6)])
def test_a_pure_pair_averages_to_zero_along_both_axes(shape: tuple[int, int]) -> None:
    random = np.random.default_rng(1)
    scores = random.normal(size=(*shape, 2))
    weights = random.integers(0, 4, shape).astype(float)
    weights[-1] = 0.0
    weights[:, 0] = 0.0
    pure, first, second = purify(scores, weights)
    np.testing.assert_allclose(pure + first[:, None] + second[None], scores, atol=1e-12)
    for axis in (0, 1):
        assert np.abs((pure * weights[..., None]).sum(axis=axis)).max() < 1e-10
    assert not first[-1].any()
    assert not second[0].any()


def test_an_additive_pair_is_all_mains() -> None:
    scores = (np.arange(4.0)[:, None] + np.arange(3.0) ** 2)[..., None]
    pure, *_ = purify(scores, np.ones((4, 3)))
    assert np.abs(pure).max() < 1e-12


def test_parts_that_share_no_row_are_split_all_the_same() -> None:
    weights = np.array([[1.0, 0.0], [0.0, 1.0]])
    scores = np.array([[[1.0], [5.0]], [[6.0], [3.0]]])
    pure, first, second = purify(scores, weights)
    np.testing.assert_allclose(pure + first[:, None] + second[None], scores)
    assert np.abs(pure[weights > 0]).max() < 1e-12


def test_classes_sum_to_zero_and_one_output_stays() -> None:
    assert zero_sum(np.array([[1.0, 2.0, 6.0]])).tolist() == [[-2.0, -1.0, 3.0]]
    assert zero_sum(np.array([[5.0]])).tolist() == [[5.0]]
