"""Where two models part, who is right, and what marks those texts."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.core.values import from_json, to_json
from pellucid.explain.corpus.disagreement import disagreements
from pellucid.explain.corpus.language_types import Disagreement


def one_hot(codes: np.ndarray, classes: int = 2, sure: float = 0.9) -> np.ndarray:
    rest = (1 - sure) / (classes - 1)
    return np.where(np.eye(classes)[codes] > 0, sure, rest)


def negation_case() -> tuple[np.ndarray, np.ndarray, np.ndarray, list[str]]:
    """Model a misses every negation, model b gets all right but two texts."""
    texts = ["not good at all"] * 20 + ["good and fine"] * 60 + ["plain bad thing"] * 20
    truth = np.asarray([0] * 20 + [1] * 60 + [0] * 20)
    of_a, of_b = truth.copy(), truth.copy()
    of_a[:20] = 1
    of_b[40:42] = 0
    return one_hot(of_a), one_hot(of_b), truth, texts


def test_shares_counts_and_the_test() -> None:
    found = disagreements(*negation_case(), Run(), classes=("bad", "good"))
    assert found.differing == 22
    assert found.differ is not None
    assert found.differ.value == pytest.approx(0.22)
    assert found.differ.low < 0.22 < found.differ.high
    assert (found.a_right, found.b_right, found.both_wrong) == (2, 20, 0)
    assert found.p_value < 0.001
    assert found.loss_change.low > 0
    assert found.mean_distance == pytest.approx(0.22 * 0.8)


def test_the_strongest_texts_go_both_ways() -> None:
    found = disagreements(*negation_case(), Run(), classes=("bad", "good"), most=5)
    assert [text.row for text in found.a_over_b] == [40, 41]
    assert [text.row for text in found.b_over_a] == [0, 1, 2, 3, 4]
    first = found.b_over_a[0]
    assert (first.truth, first.label_a, first.label_b) == ("bad", "good", "bad")
    assert first.difference == pytest.approx(-0.8)


def test_the_words_of_the_disagreement_are_found() -> None:
    found = disagreements(*negation_case(), Run())
    assert "not" in {word for item in found.words for word in item.ngram.split()}
    assert found.a_over_b[0].truth == "1"


def test_unknown_truths_count_towards_the_share_alone() -> None:
    mean_a, mean_b, truth, texts = negation_case()
    truth = np.where(np.arange(100) < 20, -1, truth)
    found = disagreements(mean_a, mean_b, truth, texts, Run())
    assert (found.differing, found.known) == (22, 80)
    assert (found.a_right, found.b_right, found.both_wrong) == (2, 0, 0)
    assert found.b_over_a == ()


def test_both_can_be_wrong_with_three_classes() -> None:
    truth = np.asarray([2, 2, 0])
    mean_a, mean_b = one_hot(np.asarray([0, 2, 0]), 3), one_hot(np.asarray([1, 2, 0]), 3)
    found = disagreements(mean_a, mean_b, truth, ["x", None, "z"], Run())
    assert (found.differing, found.both_wrong) == (1, 1)
    assert math.isnan(found.p_value)


def test_numbers_are_compared_by_their_errors() -> None:
    rng = np.random.default_rng(0)
    truth = rng.normal(size=200)
    mean_a, mean_b = truth + rng.normal(scale=1.0, size=200), truth + 0.1
    truth[:3] = np.nan
    texts = [f"text {i}" for i in range(200)]
    found = disagreements(mean_a, mean_b, truth, texts, Run(seed=2))
    assert found.differ is None
    assert found.differing == 40
    assert found.known == 197
    assert found.loss_change.low > 0
    assert math.isnan(found.p_value)
    assert found.a_over_b[0].mean_a > found.a_over_b[0].mean_b
    assert found.b_over_a[0].difference < 0
    assert json.dumps(to_json(found)) == json.dumps(
        to_json(disagreements(mean_a, mean_b, truth, texts, Run(seed=2)))
    )


def test_models_that_agree_have_no_words() -> None:
    mean = one_hot(np.asarray([0, 1, 1]))
    found = disagreements(mean, mean, np.asarray([0, 1, 0]), ["a", "b", "c"], Run())
    assert found.differing == 0
    assert found.words == found.a_over_b == found.b_over_a == ()


def test_the_result_survives_being_saved() -> None:
    found = disagreements(*negation_case(), Run())
    back = from_json(Disagreement, json.loads(json.dumps(to_json(found))))
    assert back == found


def test_other_rows_are_refused() -> None:
    mean = one_hot(np.asarray([0, 1]))
    with pytest.raises(UserError, match="same texts"):
        disagreements(mean, mean[:1], np.asarray([0, 1]), ["a", "b"], Run())
    with pytest.raises(UserError, match="no text"):
        disagreements(mean[:0], mean[:0], np.asarray([], dtype=int), [], Run())
