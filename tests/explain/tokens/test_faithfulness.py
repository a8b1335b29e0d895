"""Rankings are tested by what the model does when their tokens go, and by chance."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from word_scorers import WEIGHTS, WordScorer, additive, three_classes, value

from pellucid.core.errors import StoppedError
from pellucid.core.run import Run
from pellucid.explain.tokens.faithfulness import Ranking, Scale, faithfulness, ranking_of
from pellucid.explain.tokens.method_tests import compare_methods, mean_with_interval
from pellucid.explain.tokens.orders import normalised_aopc, ranking
from pellucid.explain.tokens.segments import segments_of
from pellucid.explain.tokens.types import Faithfulness, TokenExplanation, TokenScore

RUN = Run(seed=0)
TEXT = "a great film with good and fine parts that some may well call long"
TEXTS = [
    "a great film with some good parts in it and fine people too",
    "an awful film that is dull and long and so very slow to start",
    "the good one of the two that we have seen so far this year",
    "nothing here but a dull and rather long story of a small town",
    "great from the first to the last of its many minutes they say",
    "we saw it twice and it was fine both times in the old house",
]


def true_scores(text: str, sign: float = 1.0) -> Ranking:
    segments = segments_of(text, "token")
    scores = np.array([sign * WEIGHTS.get(segment.text, 0.0) for segment in segments])
    return Ranking(segments, scores, 0)


def judged(scorer: WordScorer, text: str, ranked: Ranking, **options: object) -> Faithfulness:
    return faithfulness(
        scorer, text, ranked.segments, ranked.scores, ranked.output, RUN, 0, **options
    )  # type: ignore[arg-type]


def sigmoid(margin: float) -> float:
    return 1 / (1 + math.exp(-margin))


def test_comprehensiveness_and_sufficiency_are_falls_of_the_probability() -> None:
    segments = segments_of("great good fine film", "token")
    ranked = Ranking(segments, np.array([4.0, 3, 2, 1]), 0)
    found = judged(additive(), "great good fine film", ranked, shares=(0.25, 0.5))
    full = sigmoid(3.9)
    falls = [full - sigmoid(1.9), full - sigmoid(0.9)]
    stays = [full - sigmoid(2.3), full - sigmoid(3.3)]
    assert found.comprehensiveness == pytest.approx(np.mean(falls))
    assert found.sufficiency == pytest.approx(np.mean(stays))
    assert found.rankings == 20


def test_the_true_order_beats_chance_and_the_reverse_does_not() -> None:
    good = judged(additive(), TEXT, true_scores(TEXT))
    bad = judged(additive(), TEXT, true_scores(TEXT, -1.0))
    assert good.beats_random
    assert not bad.beats_random
    assert good.normalised > 0.95 > 0.05 > bad.normalised
    assert good.random_comprehensiveness == bad.random_comprehensiveness
    assert good.random_low <= good.random_comprehensiveness <= good.random_high
    assert good.sufficiency < good.random_sufficiency


def test_low_scores_support_a_predicted_negative_class() -> None:
    text = "an awful and dull film with some good parts in it all told"
    found = judged(additive(), text, true_scores(text))
    assert found.comprehensiveness > 0
    assert found.beats_random
    assert found.normalised > 0.95


def test_any_class_of_several_can_be_tested() -> None:
    ranked = true_scores(TEXT)
    up = judged(three_classes(), TEXT, ranked)
    down = judged(three_classes(), TEXT, Ranking(ranked.segments, -ranked.scores, 1))
    assert up.beats_random
    assert down.comprehensiveness > down.random_comprehensiveness


def test_the_output_is_picked_from_the_scores_of_all() -> None:
    ranked = true_scores(TEXT)
    every = np.stack([ranked.scores, -ranked.scores, ranked.scores * 0], axis=1)
    for output in range(3):
        whole = judged(three_classes(), TEXT, Ranking(ranked.segments, every, output))
        alone = Ranking(ranked.segments, every[:, output], output)
        assert whole == judged(three_classes(), TEXT, alone)


def test_a_regression_is_judged_in_deviations_and_by_the_side_of_the_average() -> None:
    ranked = true_scores("great film")
    found = judged(value(), "great film", ranked, shares=(0.5,), scale=Scale(4.0))
    assert found.comprehensiveness == pytest.approx(2 / 4)
    assert found.sufficiency == pytest.approx(0.1 / 4)
    below = judged(value(), "great film", ranked, shares=(0.5,), scale=Scale(4.0, average=20))
    assert below.comprehensiveness == pytest.approx(-0.1 / 4)


def test_few_tokens_and_none_are_no_trouble() -> None:
    one = judged(additive(), "great", true_scores("great"))
    assert one.comprehensiveness == pytest.approx(sigmoid(2.3) - sigmoid(0.3))
    assert one.sufficiency == 0
    assert one.normalised == 0.5
    assert not one.beats_random
    nothing = judged(additive(), "...", true_scores("..."))
    assert (nothing.comprehensiveness, nothing.rankings, nothing.beats_random) == (0, 0, False)
    assert judged(additive(), TEXT, true_scores(TEXT), random_rankings=0).random_high == 0


def test_equal_scores_are_ranked_at_random_not_by_their_place() -> None:
    text = "great " + "word " * 40
    segments = segments_of(text, "token")
    tied = [
        faithfulness(additive(), text, segments, np.zeros(41), 0, RUN, seed).comprehensiveness
        for seed in range(8)
    ]
    assert len(set(tied)) > 1
    assert len({tuple(ranking(np.zeros(5), np.random.default_rng(s))) for s in range(9)}) > 1
    assert ranking(np.array([1.0, 3, 2]), np.random.default_rng(0)).tolist() == [1, 2, 0]


def test_a_long_text_costs_no_more_than_a_short_one() -> None:
    scorer = additive()
    text = " ".join(f"w{place}" for place in range(5_000)) + " great"
    found = judged(scorer, text, true_scores(text))
    assert found.comprehensiveness > 0
    assert len(scorer.seen) < 700


def test_the_bounds_are_those_of_all_orders_on_a_short_text() -> None:
    random = np.random.default_rng(0)
    game = random.normal(size=2**5)

    def worth(kept: np.ndarray) -> np.ndarray:
        return np.asarray(game[kept @ (1 << np.arange(5))])

    areas = {}
    for order in itertools.permutations(range(5)):
        kept, total = np.ones(5, dtype=bool), 0.0
        for place in order:
            kept[place] = False
            total += float(worth(kept[None, :])[0])
        areas[order] = -total
    worst, best = min(areas.values()), max(areas.values())
    for order in [min(areas, key=areas.__getitem__), max(areas, key=areas.__getitem__), *areas][:9]:
        expected = (areas[order] - worst) / (best - worst)
        assert normalised_aopc(worth, np.array(order)) == pytest.approx(expected)


def test_an_order_is_neither_good_nor_bad_for_a_model_that_reads_nothing() -> None:
    constant = WordScorer(lambda _: [1.0])
    found = judged(constant, TEXT, true_scores(TEXT))
    assert (found.comprehensiveness, found.normalised, found.beats_random) == (0, 0.5, False)


def test_over_many_texts_means_have_intervals_and_chance_beside_them() -> None:
    texts = [*TEXTS, "", "..."]
    compared = compare_methods(additive(), texts, {"true": true_scores}, RUN)
    found = compared.methods["true"]
    assert found.texts == len(TEXTS)
    assert found.is_better_than_random
    assert found.gain.low < found.gain.value < found.gain.high
    assert found.gain.value == pytest.approx(
        found.comprehensiveness.value - found.random_comprehensiveness.value
    )
    assert 0 < found.beats_random <= 1
    assert compared == compare_methods(additive(), texts, {"true": true_scores}, RUN)


def test_methods_are_compared_on_the_same_texts() -> None:
    found = compare_methods(
        additive(),
        TEXTS,
        {
            "true": true_scores,
            "reversed": lambda text: true_scores(text, -1.0),
            "flat": lambda text: true_scores(text, 0.0),
        },
        RUN,
    )
    assert list(found.methods) == ["true", "reversed", "flat"]
    assert [(d.first, d.second) for d in found.differences] == [
        ("true", "reversed"), ("true", "flat"), ("reversed", "flat"),
    ]  # fmt: skip
    best = found.differences[0]
    assert best.comprehensiveness.low > 0
    assert best.normalised.low > 0
    assert best.sufficiency.high < 0
    assert not found.methods["reversed"].is_better_than_random


def test_methods_share_what_was_scored() -> None:
    scorer = additive()
    methods = {"one": true_scores, "two": lambda text: true_scores(text, -1.0)}
    compare_methods(scorer, TEXTS[:1], methods, RUN)
    assert len(scorer.seen) == len(set(scorer.seen))


def test_no_texts_make_no_estimate_and_no_claim() -> None:
    found = compare_methods(additive(), [], {"true": true_scores}, RUN).methods["true"]
    assert found.texts == 0
    assert math.isnan(found.comprehensiveness.value)
    assert not found.is_better_than_random
    alone = mean_with_interval([0.5], 0)
    assert (alone.value, alone.low, alone.high) == (0.5, -math.inf, math.inf)


def test_testing_can_be_stopped() -> None:
    with pytest.raises(StoppedError):
        compare_methods(additive(), TEXTS, {"true": true_scores}, Run(should_stop=lambda: True))


def test_an_explanation_is_ranked_by_the_output_it_explains() -> None:
    tokens = (TokenScore("good", 0, 4, (1.0, -1.0)), TokenScore("film", 5, 9, (2.0, 3.0)))
    explanation = TokenExplanation(
        "lime", "good film", "token", ("a", "b"), 1, tokens, (0.0, 0.0), (3.0, 2.0), None
    )
    found = ranking_of(explanation)
    assert found.scores.tolist() == [-1, 3]
    assert [segment.text for segment in found.segments] == ["good", "film"]
    assert found.output == 1
