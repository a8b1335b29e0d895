"""The texts nearest to a text."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.explain.corpus.neighbours import nearest_texts


def test_the_nearest_come_first_with_their_cosine() -> None:
    vectors = np.array([[1, 0], [0, 2], [3, 3], [-1, 0], [0, 0]], dtype=np.float32)
    found = nearest_texts(np.array([2, 0], dtype=np.float32), vectors, 10)
    assert [near.row for near in found] == [0, 2, 1, 3]
    assert [near.similarity for near in found] == pytest.approx([1, 0.5**0.5, 0, -1], abs=1e-6)


def test_ties_keep_the_order_of_the_rows() -> None:
    vectors = np.ones((40, 3), dtype=np.float32)
    assert [near.row for near in nearest_texts(vectors[0], vectors, 3)] == [0, 1, 2]


def test_what_has_no_direction_has_no_neighbours() -> None:
    vectors = np.ones((3, 2), dtype=np.float32)
    assert nearest_texts(np.zeros(2, dtype=np.float32), vectors, 2) == ()
    assert nearest_texts(np.full(2, np.nan, dtype=np.float32), vectors, 2) == ()
    assert nearest_texts(vectors[0], vectors[:0], 2) == ()


def test_many_texts_are_gone_through_in_blocks() -> None:
    random = np.random.default_rng(0)
    vectors = random.normal(size=(40_000, 6)).astype(np.float32)
    query = random.normal(size=6).astype(np.float32)
    cosine = vectors @ query / np.linalg.norm(vectors, axis=1) / np.linalg.norm(query)
    assert [near.row for near in nearest_texts(query, vectors, 5)] == np.argsort(-cosine)[
        :5
    ].tolist()
