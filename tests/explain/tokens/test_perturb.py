"""Occlusion, Shapley values and LIME find what models of words are known to hold."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from word_scorers import (
    WEIGHTS,
    WordScorer,
    additive,
    all_three,
    exclusive,
    negation,
    three_classes,
    value,
)

from pellucid.core.errors import StoppedError
from pellucid.core.run import Progress, Run
from pellucid.explain.tokens.perturb import MOST_SPANS, Attribution, lime, occlusion, shapley
from pellucid.explain.tokens.segments import Segment, segments_of

RUN = Run(seed=0)
TEXT = "A great film, good and fine, but dull: awful. A good, good film"
LONG = " ".join(f"word{place}" for place in range(1_999)) + " great"
METHODS = [occlusion, shapley, lime]
Method = Callable[..., Attribution]


def words(text: str) -> tuple[Segment, ...]:
    return segments_of(text, "token")


def known(text: str) -> np.ndarray:
    return np.array([WEIGHTS.get(segment.text.lower(), 0.0) for segment in words(text)])


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("scorer", [additive(), value(), three_classes()])
def test_every_method_finds_the_weights_of_an_additive_model(
    method: Method, scorer: WordScorer
) -> None:
    found = method(scorer, TEXT, words(TEXT), RUN)
    expected = [known(TEXT)]
    if len(scorer.outputs) == 3:
        expected = [known(TEXT), -known(TEXT) / 2, np.full(len(known(TEXT)), 0.1)]
    tolerance = 0.02 if method is lime else 1e-12
    assert found.scores.shape == (13, len(scorer.outputs))
    assert np.abs(found.scores - np.array(expected).T).max() < tolerance
    assert found.full == pytest.approx(scorer.margins([TEXT])[0])
    assert found.base == pytest.approx(scorer.margins([""])[0], abs=tolerance * 13)


def test_what_cancels_out_has_no_shapley_value_and_yet_matters_when_taken_out() -> None:
    text = "left right here"
    fair = shapley(exclusive(), text, words(text), RUN)
    alone = occlusion(exclusive(), text, words(text), RUN)
    assert np.abs(fair.scores).max() < 1e-12
    assert alone.scores[:, 0].tolist() == [-1, -1, 0]
    assert shapley(exclusive(), "left here", words("left here"), RUN).scores[0] == pytest.approx(1)


def test_two_words_that_act_together_share_what_they_do() -> None:
    # Before "not", "good" is worth 2, after it -1: 0.5 on average; "not" is worth 0 or -3.
    text = "not a good one"
    found = shapley(negation(), text, words(text), RUN)
    assert found.scores[:, 0] == pytest.approx([-1.5, 0, 0.5, 0])
    assert found.errors is not None
    assert not found.errors.any()


def test_sampled_values_lie_within_their_errors_and_always_sum() -> None:
    text = "a b c " + " ".join(f"w{place}" for place in range(17))
    scorer = all_three()
    found = shapley(scorer, text, words(text), RUN, samples=800, seed=3)
    expected = np.zeros(20)
    expected[:3] = 2
    assert found.errors is not None
    assert found.gap is not None
    assert (np.abs(found.scores[:, 0] - expected) <= 4 * found.errors[:, 0]).all()
    assert (found.errors[:3] > 0).all()
    assert found.scores.sum() == pytest.approx(6, abs=1e-12)
    assert np.abs(found.gap).max() < 1e-12
    assert len(scorer.seen) < 900


def test_reversed_orders_make_pairs_of_words_exact() -> None:
    text = "not good " + " ".join(f"w{place}" for place in range(18))
    found = shapley(negation(), text, words(text), RUN, samples=200)
    assert found.scores[:2, 0] == pytest.approx([-1.5, 0.5])


def test_a_seed_decides_the_samples() -> None:
    text = "a b c " + " ".join(f"w{place}" for place in range(17))
    for method in (shapley, lime):
        one, same, *others = (
            method(all_three(), text, words(text), RUN, samples=400, seed=seed).scores
            for seed in (1, 1, 2, 3, 4)
        )
        assert np.array_equal(one, same)
        assert not all(np.array_equal(one, other) for other in others)


def test_limes_errors_tell_noise_from_effect() -> None:
    found = lime(negation(), "good film here", words("good film here"), RUN, samples=300)
    assert found.errors is not None
    assert found.gap is None
    assert found.scores[0, 0] == pytest.approx(2, abs=0.05)
    assert (found.errors < 0.05).all()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("text", ["", " ... ", ":("])
def test_a_text_without_pieces_has_no_scores(method: Method, text: str) -> None:
    found = method(three_classes(), text, words(text), RUN)
    assert found.scores.shape == (0, 3)
    assert found.base.shape == found.full.shape == (3,)


@pytest.mark.parametrize("method", METHODS)
def test_a_single_word_carries_all_there_is(method: Method) -> None:
    found = method(additive(), "great!", segments_of("great!", "sentence"), RUN)
    assert found.scores[0, 0] == pytest.approx(2, abs=0.01)


@pytest.mark.parametrize("method", METHODS)
def test_a_long_text_is_taken_apart_in_groups_and_says_so(method: Method) -> None:
    scorer = additive()
    found = method(scorer, LONG, words(LONG), RUN)
    assert found.scores.shape == (2_000, 1)
    assert found.scores.sum() == pytest.approx(2, abs=0.1)
    assert found.scores[-1] == found.scores[-2]
    assert "2,000 pieces" in found.note
    assert "groups of neighbours" in found.note
    assert len(scorer.seen) <= max(MOST_SPANS + 2, 1_150)


def test_texts_that_come_out_the_same_are_scored_once() -> None:
    scorer = additive()
    occlusion(scorer, "good good good film", words("good good good film"), RUN)
    assert sorted(scorer.seen) == sorted(
        {"", "good good good film", "good good film", "good good good"}
    )


def test_work_reports_and_can_be_stopped() -> None:
    stages: list[Progress] = []
    text = "a b c d e f g h i j"
    shapley(additive(), text, words(text), Run(on_progress=stages.append))
    assert stages[-1].done == stages[-1].total == 1_024
    with pytest.raises(StoppedError):
        lime(additive(), text, words(text), Run(should_stop=lambda: len(stages) > 0))
