"""Texts in clusters, each with its words, its members and its target."""

from __future__ import annotations

import json

import numpy as np
import pytest

from pellucid.core.errors import StoppedError
from pellucid.core.run import Run
from pellucid.core.values import from_json, to_json
from pellucid.explain.corpus.clusters import CLEAR_SILHOUETTE, NUMBERS, cluster_texts
from pellucid.explain.corpus.types import Clusters
from pellucid.explain.proportions import wilson_interval

RUN = Run(workers=1)
TOPICS = (
    "delivery late parcel",
    "tasty noodle soup",
    "battery screen phone",
    "flight delayed gate",
)


def corpus(each: int = 40, noise: float = 0.1) -> tuple[list[str | None], np.ndarray, np.ndarray]:
    """Return texts on four topics, vectors near four directions, and the topics."""
    random = np.random.default_rng(0)
    topics = np.repeat(np.arange(4), each)
    texts: list[str | None] = [
        f"the {' '.join(random.permutation(TOPICS[topic].split())[:2])} and w{row % 17}"
        for row, topic in enumerate(topics)
    ]
    vectors = np.eye(4, 16)[topics] + noise * random.normal(size=(len(topics), 16))
    return texts, vectors.astype(np.float32), topics


def test_four_topics_are_four_clusters_with_their_words() -> None:
    texts, vectors, topics = corpus()
    found = cluster_texts(texts, vectors, RUN)
    assert len(found.clusters) == 4
    assert max(found.tried, key=lambda t: t[1])[0] == 4
    assert found.silhouette == dict(found.tried)[4] > 0.5
    for cluster in found.clusters:
        inside = np.flatnonzero(found.assignment == cluster.number)
        (topic,) = set(topics[inside])
        assert set(cluster.keywords[:2]) & {*TOPICS[topic].split()}
        assert (cluster.size, cluster.share) == (40, 0.25)
        assert set(cluster.typical) <= set(inside)
        assert len(cluster.typical) == 4
        assert cluster.label == ", ".join(cluster.keywords)


def test_where_nothing_lies_apart_the_corpus_is_cut_into_five_or_more() -> None:
    vectors = np.random.default_rng(1).normal(size=(160, 20)).astype(np.float32)
    found = cluster_texts(corpus()[0], vectors, RUN)
    assert found.silhouette < CLEAR_SILHOUETTE
    assert len(found.clusters) >= 5
    assert found.silhouette == max(value for number, value in found.tried if number >= 5)


def test_clusters_that_a_second_seed_finds_again_are_kept() -> None:
    texts, vectors, _ = corpus()
    clear = cluster_texts(texts, vectors, RUN)
    assert clear.kept == 1.0
    assert [cluster.kept for cluster in clear.clusters] == [1.0] * 4
    assert clear.kept_by_chance == pytest.approx(4 * 40 * 39 / (160 * 159))
    noise = np.random.default_rng(1).normal(size=(160, 16)).astype(np.float32)
    blurred = cluster_texts(texts, noise, RUN, number=8)
    assert blurred.kept < 0.8
    assert blurred.silhouette < 0.25


def test_the_typical_members_are_those_nearest_the_centre() -> None:
    texts, vectors, topics = corpus()
    vectors[7] = np.eye(4, 16)[0]
    found = cluster_texts(texts, vectors, RUN, number=4, members=3)
    cluster = found.clusters[found.assignment[7]]
    inside = vectors[topics == 0] / np.linalg.norm(vectors[topics == 0], axis=1, keepdims=True)
    near = np.argsort(-(inside @ inside.mean(axis=0)))[:3]
    assert cluster.typical == tuple(int(row) for row in near)
    assert found.tried == ()


def test_texts_without_a_token_or_a_vector_are_counted_and_in_no_cluster() -> None:
    texts, vectors, _ = corpus(10)
    texts[0], texts[1], texts[2] = None, "", " … "
    vectors[3] = 0
    vectors[4] = np.nan
    found = cluster_texts(texts, vectors, RUN, number=4)
    assert found.left_out == 5
    assert found.assignment[:5].tolist() == [-1] * 5
    assert sum(cluster.size for cluster in found.clusters) == 35
    assert sum(cluster.share for cluster in found.clusters) == pytest.approx(1)


def test_a_numeric_target_gives_each_cluster_its_mean() -> None:
    texts, vectors, topics = corpus()
    target = topics.astype(float)
    target[0] = np.nan
    target[1] += 3
    found = cluster_texts(texts, vectors, RUN, number=4, target=target)
    mean = found.clusters[found.assignment[0]].mean
    assert mean is not None
    assert mean.texts == 39
    assert mean.value == pytest.approx(3 / 39)
    half = 2.0244 * np.std([3.0] + [0.0] * 38, ddof=1) / 39**0.5
    assert mean.high - mean.value == pytest.approx(half, rel=1e-3)
    assert mean.low == pytest.approx(2 * mean.value - mean.high)


def test_a_mean_over_one_value_has_no_interval_and_over_none_is_absent() -> None:
    texts, vectors, topics = corpus()
    target = np.where(topics == 1, np.nan, 2.0)
    target[1:40] = np.nan
    found = cluster_texts(texts, vectors, RUN, number=4, target=target)
    mean = found.clusters[found.assignment[0]].mean
    assert mean is not None
    assert (mean.value, mean.texts) == (2.0, 1)
    assert np.isnan([mean.low, mean.high]).all()
    assert found.clusters[found.assignment[40]].mean is None


def test_a_target_of_classes_gives_each_cluster_their_shares() -> None:
    texts, vectors, topics = corpus()
    target = np.where(topics == 2, "bad", "good").astype(object)
    target[80] = "good"
    target[81] = None
    found = cluster_texts(texts, vectors, RUN, number=4, target=target)
    shares = found.clusters[found.assignment[82]].shares
    assert [(share.label, share.texts) for share in shares] == [("bad", 38), ("good", 1)]
    assert (shares[0].low, shares[0].high) == wilson_interval(38, 39)
    assert found.clusters[0].mean is None


def test_wilson_intervals_are_those_of_the_formula() -> None:
    assert wilson_interval(0, 0) == (0.0, 1.0)
    assert wilson_interval(10, 20) == pytest.approx((0.2993, 0.7007), abs=1e-4)
    low, high = wilson_interval(0, 10)
    assert low == pytest.approx(0, abs=1e-12)
    assert high == pytest.approx(0.2775, abs=1e-4)


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_few_texts_are_clustered_as_far_as_they_can_be(count: int) -> None:
    texts, vectors, _ = corpus(1)
    found = cluster_texts(texts[:count], vectors[:count], RUN)
    assert sum(cluster.size for cluster in found.clusters) == count
    assert len(found.assignment) == count


def test_equal_texts_are_one_cluster_named_by_their_words() -> None:
    vectors = np.ones((12, 5), dtype=np.float32)
    found = cluster_texts(["same words"] * 12, vectors, RUN, number=3)
    (cluster,) = found.clusters
    assert cluster.size == 12
    assert "same" in cluster.keywords
    assert np.isnan(found.silhouette)


def test_a_cluster_without_shared_words_is_named_by_its_number() -> None:
    found = cluster_texts(["one", "two"], np.eye(2, dtype=np.float32), RUN, number=2)
    assert [cluster.label for cluster in found.clusters] == ["cluster 1", "cluster 2"]
    assert [cluster.kept for cluster in found.clusters] == [1.0, 1.0]


def test_large_corpora_choose_their_number_on_a_sample() -> None:
    texts, vectors, _ = corpus(700)
    found = cluster_texts(texts, vectors, RUN)
    assert len(found.clusters) == 4
    assert [number for number, _ in found.tried] == list(NUMBERS)


def test_the_same_seed_gives_the_same_clusters_and_they_come_back_from_json() -> None:
    texts, vectors, topics = corpus(noise=0.6)
    first = cluster_texts(texts, vectors, RUN, target=topics.astype(float))
    second = cluster_texts(texts, vectors, RUN, target=topics.astype(float))
    assert first.clusters == second.clusters
    assert np.array_equal(first.assignment, second.assignment)
    again = from_json(Clusters, json.loads(json.dumps(to_json(first))))
    assert again.clusters == first.clusters
    assert np.array_equal(again.assignment, first.assignment)


def test_it_stops_when_asked() -> None:
    texts, vectors, _ = corpus(5)
    with pytest.raises(StoppedError):
        cluster_texts(texts, vectors, Run(should_stop=lambda: True))
