"""The baselines learn what there is to learn, gaps and unseen levels included."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from pellucid.models.baselines import BASELINES, predict_baseline, predict_from_words


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Keep to one thread, as workers do."""
    with threadpool_limits(1):
        yield


RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(300, 2))
X[::10, 1] = np.nan
LEVELS = RANDOM.integers(1, 4, (300, 1))


@pytest.mark.parametrize("name", BASELINES)
def test_regression(name: str) -> None:
    target = 3 * X[:, 0] + LEVELS[:, 0]
    unseen = LEVELS[200:].copy()
    unseen[0] = 9
    mean = predict_baseline(
        name, "regression", 0, (X[:200], X[200:]), (LEVELS[:200], unseen), target[:200]
    )
    assert mean.shape == (100,)
    assert np.corrcoef(mean, target[200:])[0, 1] > 0.95


@pytest.mark.parametrize("name", BASELINES)
def test_classes_keep_their_places(name: str) -> None:
    target = np.where(X[:, 0] > 0, 2, 0)
    none = np.empty((300, 0))
    mean = predict_baseline(
        name, "multiclass", 3, (X[:200], X[200:]), (none[:200], none[200:]), target[:200]
    )
    assert mean.shape == (100, 3)
    assert not mean[:, 1].any(), "a class that the training rows lack"
    assert (mean.argmax(axis=1) == target[200:]).mean() > 0.9


@pytest.mark.parametrize("name", BASELINES)
def test_labels_are_predicted_one_by_one(name: str) -> None:
    random = np.random.default_rng(0)
    numbers = random.normal(size=(120, 2))
    levels = random.integers(1, 4, (120, 1))
    target = np.column_stack([numbers[:, 0] > 0, levels[:, 0] == 2, np.ones(120)]).astype(np.int8)
    means = predict_baseline(name, "multilabel", 3, (numbers, numbers), (levels, levels), target)
    assert means.shape == (120, 3)
    assert ((means[:, :2] > 0.5) == target[:, :2]).mean() > 0.9
    assert (means[:, 2] == 1).all()


def test_words_predict_labels() -> None:
    texts = ["goal and song", "goal", "song", "nothing"] * 10
    target = np.array([[1, 1], [1, 0], [0, 1], [0, 0]] * 10, dtype=np.int8)
    means = predict_from_words("multilabel", 2, texts, texts[:4], target)
    assert ((means > 0.5) == target[:4]).all()
    codes = target[:, 0].astype(np.int64)
    np.testing.assert_allclose(predict_from_words("binary", 2, texts, texts, codes).sum(axis=1), 1)


def test_chinese_is_read_by_its_characters() -> None:
    rng = np.random.default_rng(5)
    target = rng.integers(0, 2, 200)
    words = ["".join(rng.choice(list("天地人山水火木金土日月"), 8)) for _ in target]
    texts = [f"{word}{'差好'[code]}wifi" for word, code in zip(words, target, strict=True)]
    means = predict_from_words("binary", 2, texts[:150], texts[150:], target[:150])
    assert (means.argmax(axis=1) == target[150:]).all()


def test_texts_without_a_word_say_so() -> None:
    with pytest.raises(ValueError, match="the texts hold no word"):
        predict_from_words("binary", 2, ["...", "!"], ["?"], np.array([0, 1]))
