"""Metrics agree with scikit-learn's, and their intervals with theory."""

from __future__ import annotations

import numpy as np
import pytest
import sklearn.metrics as reference

from pellucid.models.metrics import beside, losses, resample, score
from pellucid.models.types import Task

BINARY = Task("t", "binary", ("a", "b"), "b")
THREE = Task("t", "multiclass", ("a", "b", "c"))
NUMBER = Task("t", "regression")


def test_two_classes() -> None:
    random = np.random.default_rng(0)
    truth = random.integers(0, 2, 300)
    chance = np.clip(0.3 + 0.4 * truth + random.normal(0, 0.2, 300), 0.01, 0.99).round(2)
    found = score(BINARY, np.column_stack([1 - chance, chance]), truth, 0, "m")
    values = {key: estimate.value for key, estimate in found.metrics.items()}
    assert values == pytest.approx(
        {
            "auc": reference.roc_auc_score(truth, chance),
            "accuracy": reference.accuracy_score(truth, chance > 0.5),
            "log_loss": reference.log_loss(truth, chance),
            "brier": reference.brier_score_loss(truth, chance),
        }
    )
    for estimate in found.metrics.values():
        assert estimate.low < estimate.value < estimate.high


def test_models_are_compared_on_the_same_resamples_of_rows() -> None:
    random = np.random.default_rng(0)
    truth = random.normal(0, 10, 400)
    noise = random.normal(0, 5, 400)
    close, wide, equal = (truth + factor * noise for factor in (1.0, 1.1, 1.0))
    own, other, same = (resample(NUMBER, mean, truth, 0, "m") for mean in (close, wide, equal))
    scores = beside(own, other)
    lead = scores.lead["rmse"]
    assert lead.value == pytest.approx(own.scores.metrics["rmse"].value * -0.1)
    assert lead.low < lead.value < lead.high < 0
    assert own.scores.metrics["rmse"].high > other.scores.metrics["rmse"].low, "unpaired, they mix"
    assert scores.lead_interval == "paired bootstrap over rows, 1,000 resamples"
    assert scores.metrics == other.scores.metrics
    level = beside(own, same).lead["rmse"]
    assert (level.low, level.value, level.high) == (0, 0, 0)


def test_a_metric_that_one_of_two_lacks_is_not_compared() -> None:
    mean = np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4]])
    one_class = resample(BINARY, mean, np.zeros(3, np.int64), 0, "m")
    both = resample(BINARY, mean, np.array([0, 1, 0]), 0, "m")
    assert "auc" not in beside(one_class, both).lead
    assert beside(resample(BINARY, mean[:0], np.zeros(0), 0, "m"), both).lead == {}


def test_an_auc_refers_to_the_positive_class() -> None:
    truth, mean = np.array([0, 0, 1, 1]), np.array([[0.9, 0.1], [0.6, 0.4], [0.7, 0.3], [0.2, 0.8]])
    second, first = (
        score(Task("t", "binary", ("a", "b"), positive), mean, truth, 0, "m").metrics["auc"].value
        for positive in ("b", "a")
    )
    assert second == first == 0.75


def test_three_classes() -> None:
    random = np.random.default_rng(1)
    truth = random.integers(0, 3, 200)
    mean = random.dirichlet([1, 1, 1], 200)
    mean[np.arange(200), truth] += 0.5
    mean /= mean.sum(axis=1, keepdims=True)
    found = score(THREE, mean, truth, 0, "m").metrics
    assert found["auc"].value == pytest.approx(
        reference.roc_auc_score(truth, mean, multi_class="ovr")
    )
    assert found["macro_f1"].value == pytest.approx(
        reference.f1_score(truth, mean.argmax(axis=1), average="macro")
    )
    assert found["log_loss"].value == pytest.approx(reference.log_loss(truth, mean))
    assert set(found) == {"auc", "accuracy", "log_loss", "brier", "macro_f1"}


def test_regression() -> None:
    random = np.random.default_rng(2)
    truth = random.normal(size=400)
    mean = truth + random.normal(0, 0.5, 400)
    found = score(NUMBER, mean, truth, 0, "m").metrics
    assert found["rmse"].value == pytest.approx(reference.root_mean_squared_error(truth, mean))
    assert found["mae"].value == pytest.approx(reference.mean_absolute_error(truth, mean))
    assert found["r2"].value == pytest.approx(reference.r2_score(truth, mean))
    width = found["mae"].high - found["mae"].low
    expected = 2 * 1.96 * np.abs(truth - mean).std() / 20
    assert width == pytest.approx(expected, rel=0.1)


def test_the_same_seed_gives_the_same_interval() -> None:
    truth = np.arange(50.0)
    first, again, other = (score(NUMBER, truth + 1, truth * 1.1, s, "m") for s in (1, 1, 2))
    assert first == again
    assert first != other


def test_many_rows_narrow_the_interval_as_all_would() -> None:
    random = np.random.default_rng(3)
    truth = random.normal(size=45_000)
    found = score(NUMBER, np.zeros(45_000), truth, 0, "m").metrics["mae"]
    expected = 2 * 1.96 * np.abs(truth).std() / np.sqrt(45_000)
    assert found.high - found.low == pytest.approx(expected, rel=0.15)
    assert found.low < found.value < found.high


def test_what_rows_do_not_determine_is_left_out() -> None:
    mean = np.array([[0.4, 0.6], [0.2, 0.8]])
    found = score(BINARY, mean, np.array([1, 1]), 0, "m").metrics
    assert set(found) == {"accuracy", "log_loss", "brier"}
    assert not score(NUMBER, np.empty(0), np.empty(0), 0, "m").metrics
    assert "r2" not in score(NUMBER, np.ones(3), np.ones(3), 0, "m").metrics


def test_losses_are_finite_even_for_certain_mistakes() -> None:
    assert np.isfinite(losses(BINARY, np.array([[1.0, 0.0]]), np.array([1]))).all()


def test_several_labels_a_row() -> None:
    random = np.random.default_rng(4)
    truth = (random.random((200, 3)) < (0.2, 0.5, 0.7)).astype(np.int8)
    chance = np.clip(0.3 + 0.4 * truth + random.normal(0, 0.2, truth.shape), 0.01, 0.99)
    task = Task("t", "multilabel", ("a", "b", "c"), separator=";")
    found = score(task, chance, truth, 0, "m")
    chosen = chance >= 0.5
    assert {key: estimate.value for key, estimate in found.metrics.items()} == pytest.approx(
        {
            "auc": reference.roc_auc_score(truth, chance, average="macro"),
            "macro_f1": reference.f1_score(truth, chosen, average="macro"),
            "micro_f1": reference.f1_score(truth, chosen, average="micro"),
            "exact_match": reference.accuracy_score(truth, chosen),
            "log_loss": np.mean([reference.log_loss(truth[:, k], chance[:, k]) for k in range(3)]),
            "brier": ((chance - truth) ** 2).mean(),
        }
    )
    for estimate in found.metrics.values():
        assert estimate.low < estimate.value < estimate.high
    assert losses(task, chance, truth).mean() == pytest.approx(found.metrics["log_loss"].value)


def test_labels_that_no_row_has_are_not_ranked() -> None:
    truth = np.zeros((40, 2), dtype=np.int8)
    truth[::2, 0] = 1
    chance = np.column_stack([0.2 + 0.6 * truth[:, 0], np.full(40, 0.1)])
    found = score(Task("t", "multilabel", ("a", "b"), separator=";"), chance, truth, 0, "m")
    assert found.metrics["auc"].value == 1.0
    nothing = score(
        Task("t", "multilabel", ("a", "b"), separator=";"), chance * 0, truth * 0, 0, "m"
    )
    assert set(nothing.metrics) == {"exact_match", "log_loss", "brier"}
