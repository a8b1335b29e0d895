"""Texts as points in the unit square."""

from __future__ import annotations

import json

import numpy as np
import pytest

from pellucid.core.errors import StoppedError
from pellucid.core.run import Run
from pellucid.core.values import from_json, to_json
from pellucid.explain.corpus.text_map import map_texts
from pellucid.explain.corpus.types import TextMap

RUN = Run(workers=1)


def vectors_of(each: int = 30, noise: float = 0.15) -> tuple[np.ndarray, np.ndarray]:
    topics = np.repeat(np.arange(4), each)
    random = np.random.default_rng(0)
    vectors = np.eye(4, 60)[topics] + noise * random.normal(size=(len(topics), 60))
    return vectors.astype(np.float32), topics.astype(np.int32)


def test_texts_of_a_topic_lie_together() -> None:
    vectors, topics = vectors_of()
    found = map_texts(vectors, RUN, topics)
    assert found.method == "t-SNE"
    assert found.positions.min() >= 0
    assert found.positions.max() <= 1
    assert np.ptp(found.positions, axis=0).max() == pytest.approx(1)
    distance = np.linalg.norm(found.positions[:, None] - found.positions[None], axis=2)
    np.fill_diagonal(distance, np.inf)
    assert (topics[distance.argmin(axis=1)] == topics).mean() > 0.95
    assert np.array_equal(found.clusters, topics)
    assert 0.7 < found.trustworthiness <= 1
    assert found.neighbours == 12


def test_a_sample_is_drawn_and_what_is_left_out_is_counted() -> None:
    vectors, topics = vectors_of()
    vectors[0] = 0
    topics[1] = -1
    found = map_texts(vectors, RUN, topics, most=50)
    assert len(found.rows) == len(found.positions) == 50
    assert (found.left_out, found.not_drawn) == (2, 68)
    assert not {0, 1} & set(found.rows.tolist())
    assert np.array_equal(found.clusters, topics[found.rows])
    assert np.all(np.diff(found.rows) > 0)


def test_the_same_seed_draws_the_same_map_and_it_comes_back_from_json() -> None:
    vectors, _ = vectors_of(15)
    first, second = map_texts(vectors, RUN, most=40), map_texts(vectors, RUN, most=40)
    assert np.array_equal(first.positions, second.positions)
    assert set(first.clusters) == {-1}
    again = from_json(TextMap, json.loads(json.dumps(to_json(first))))
    assert np.allclose(again.positions, first.positions)
    assert again.rows.dtype == np.int64


@pytest.mark.parametrize("count", [0, 1, 2, 3, 9])
def test_few_texts_are_placed_by_their_main_directions(count: int) -> None:
    vectors, _ = vectors_of()
    found = map_texts(vectors[:count], RUN)
    assert found.method == "principal components"
    assert found.positions.shape == (count, 2)
    assert np.isfinite(found.positions).all()
    assert np.isnan(found.trustworthiness) == (count < 3)


def test_equal_texts_lie_in_the_middle() -> None:
    found = map_texts(np.ones((20, 8), dtype=np.float32), RUN)
    assert np.allclose(found.positions, 0.5)
    assert np.isnan(found.trustworthiness)


def test_vectors_of_one_dimension_are_placed() -> None:
    found = map_texts(np.array([[1.0], [-2.0], [3.0]], dtype=np.float32), RUN)
    assert found.positions[:, 0].tolist().count(0.0) in (1, 2)


def test_it_stops_when_asked() -> None:
    with pytest.raises(StoppedError):
        map_texts(vectors_of(5)[0], Run(should_stop=lambda: True))
