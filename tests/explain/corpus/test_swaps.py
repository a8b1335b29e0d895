"""What swapped words do to a model whose preference is known."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from numpy.typing import NDArray

from pellucid.core.errors import StoppedError
from pellucid.core.run import Progress, Run
from pellucid.core.values import from_json, to_json
from pellucid.data.tokens import words_of
from pellucid.explain.corpus.language_types import Move, SwapEffect
from pellucid.explain.corpus.swaps import swap_effect

Floats = NDArray[np.float64]
WEIGHTS = {"he": 0.4, "good": 1.0, "bad": -1.0, "tim": 0.3, "tom": 0.3}


@dataclass
class WordScorer:
    """Adds up the weights of words: as a binary model, or as a regression without classes."""

    classes: tuple[str, ...] = ("no", "yes")
    outputs: tuple[str, ...] = ("yes",)
    calls: list[int] = field(default_factory=list)

    def margins(self, texts: Sequence[str]) -> Floats:
        self.calls.append(len(texts))
        return np.asarray([[sum(WEIGHTS.get(w, 0.0) for w in words_of(t))] for t in texts])

    def mean(self, margins: Floats) -> Floats:
        if not self.classes:
            return margins[:, 0]
        yes = 1 / (1 + np.exp(-margins[:, 0]))
        return np.column_stack([1 - yes, yes])


def corpus(rows: int = 60) -> list[str | None]:
    rng = np.random.default_rng(5)
    words = ["good", "bad", "film", "seen", "he", "she"]
    return [" ".join(rng.choice(words, 4)) for _ in range(rows)] + [None, "", "nothing here"]


def test_a_model_that_prefers_he_is_found_out_in_both_directions() -> None:
    texts = ["he is good"] * 12 + ["she is good"] * 8 + ["nobody"] * 5
    effect = swap_effect(WordScorer(), texts, [("he", "she")], Run())
    assert (effect.searched, effect.holding, effect.texts) == (25, 20, 20)
    assert (effect.forward_texts, effect.backward_texts) == (12, 8)
    assert effect.change.value == pytest.approx(-0.4)
    assert effect.forward.value == pytest.approx(-0.4)
    assert effect.backward.value == pytest.approx(0.4)
    assert effect.size.value == pytest.approx(0.4)
    assert effect.note == ""
    assert effect.mean_change.value == pytest.approx(1 / (1 + math.e**-1) - 1 / (1 + math.e**-1.4))
    (pair,) = effect.pairs
    assert (pair.first, pair.second, pair.texts, pair.mixed) == ("he", "she", 20, 0)
    assert pair.is_clear


def test_a_text_with_both_words_is_read_with_each_side() -> None:
    effect = swap_effect(WordScorer(), ["he and she"], [("he", "she")], Run())
    assert effect.change.value == pytest.approx(-0.8)
    assert effect.size.value == pytest.approx(0.0)
    assert effect.pairs[0].mixed == 1
    assert math.isnan(effect.pairs[0].p_value)
    assert "Only 1 text holds" in effect.note


def test_flips_are_counted_and_the_largest_changes_told() -> None:
    texts = ["he bad good", "x he bad", "she bad bad good good", "he good"]
    effect = swap_effect(WordScorer(), texts, [("he", "she")], Run(), largest=2)
    assert effect.flips is not None
    assert effect.flips.share.value == pytest.approx(2 / 4)
    assert effect.flips.texts == 2
    assert effect.flips.chosen == (3, 1)
    assert effect.flips.change.value == pytest.approx(-2 / 4)
    assert effect.flips.moves == (Move("yes", "no", 2),)
    assert len(effect.largest) == 2
    told = effect.largest[0]
    assert (told.row, told.swapped, told.places[0].after) == (0, "she bad good", "she")
    assert (told.label_before, told.label_after) == ("yes", "no")
    assert told.has_flipped
    assert told.margin_after - told.margin_before == pytest.approx(-0.4)


@dataclass
class ManyScorer:
    """Scores three classes, or labels, by words."""

    outputs: tuple[str, ...] = ("glad", "angry", "odd")
    has_labels: bool = False

    @property
    def classes(self) -> tuple[str, ...]:
        return self.outputs

    def margins(self, texts: Sequence[str]) -> Floats:
        found = [words_of(text) for text in texts]
        return np.asarray([[w.count("good") - 0.5, 2.0 * w.count("he") - 1.5, 0.2] for w in found])

    def mean(self, margins: Floats) -> Floats:
        if self.has_labels:
            return 1 / (1 + np.exp(-margins))
        shares = np.exp(margins)
        return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def test_of_several_classes_every_move_is_counted() -> None:
    texts = ["he good", "she good", "he went", "she went", "he good good"]
    effect = swap_effect(ManyScorer(), texts, [("he", "she")], Run(), output=1)
    flips = effect.flips
    assert flips is not None
    assert flips.chosen == (2, 0)
    assert flips.moves == (Move("angry", "odd", 2),)
    assert flips.share.value == pytest.approx(2 / 5)
    told = next(one for one in effect.largest if one.row == 2)
    assert (told.label_before, told.label_after) == ("angry", "odd")


def test_of_labels_the_whole_set_is_compared() -> None:
    texts = ["he good", "she good", "he went", "she went"]
    scorer = ManyScorer(has_labels=True)
    effect = swap_effect(scorer, texts, [("he", "she")], Run(), output=0, has_labels=True)
    flips = effect.flips
    assert flips is not None
    assert flips.chosen == (2, 2)
    assert flips.change.value == 0
    assert flips.moves == (
        Move("angry + odd", "odd", 2),
        Move("glad + angry + odd", "glad + odd", 2),
    )
    assert flips.share.value == 1
    none = swap_effect(
        ManyScorer(outputs=("glad", "angry", "odd"), has_labels=True), ["nothing"],
        [("he", "she")], Run(), has_labels=True,
    )  # fmt: skip
    assert none.flips is not None
    assert none.flips.texts == 0


def test_a_number_is_predicted_without_flips() -> None:
    effect = swap_effect(WordScorer(classes=()), corpus(), [("he", "she")], Run())
    assert effect.flips is None
    assert effect.mean_change.value == pytest.approx(effect.change.value)
    assert effect.change.low < effect.change.value < effect.change.high < 0


def test_each_pair_is_judged_alone_and_corrected_for_all() -> None:
    texts = ["he saw a dog"] * 6 + ["he saw a film"] * 6 + ["a cat"] * 6 + ["no"] * 6
    pairs = [("dog", "cat"), ("he", "she"), ("absent", "missing")]
    effect = swap_effect(WordScorer(), texts, pairs, Run())
    dog, he = effect.pairs
    assert dog.tried == he.tried == 2
    assert (dog.texts, dog.forward, dog.backward) == (12, 6, 6)
    assert dog.change.value == 0.0
    assert not dog.is_clear
    assert he.change.value == pytest.approx(-0.4)
    assert he.is_clear


def test_names_are_swapped_between_groups() -> None:
    texts = [f"{name} is here" for name in ["Tim", "Tom", "Ann", "Eve"] * 6]
    groups = {"men": ["Tim", "Tom"], "women": ["Ann", "Eve"]}
    effect = swap_effect(WordScorer(), texts, groups, Run(seed=1))
    assert effect.sides == ("men", "women")
    assert effect.change.value == pytest.approx(-0.3)
    names = [(pair.first, pair.second) for pair in effect.pairs]
    assert names[0] == ("Tim", "any of women")
    assert names[-1] == ("any of men", "Eve")
    assert all(pair.change.value == pytest.approx(-0.3) for pair in effect.pairs)


def test_a_sample_is_drawn_by_the_seed_and_said() -> None:
    texts = [f"he is {i}" for i in range(50)]
    first = swap_effect(WordScorer(), texts, [("he", "she")], Run(), most=30)
    again = swap_effect(WordScorer(), texts, [("he", "she")], Run(), most=30)
    assert to_json(first) == to_json(again)
    assert (first.holding, first.texts) == (50, 30)
    assert "30 of the 50 texts" in first.note


def test_nothing_to_swap_is_said() -> None:
    effect = swap_effect(WordScorer(), corpus(), [("king", "queen")], Run())
    assert effect.texts == 0
    assert math.isnan(effect.change.value)
    assert effect.pairs == effect.largest == ()
    assert effect.note == "No text holds a word of the list."


def test_a_word_of_two_pairs_is_said() -> None:
    effect = swap_effect(WordScorer(), ["her"] * 30, [("his", "her"), ("him", "her")], Run())
    assert "her stands in more than one pair" in effect.note


def test_the_effect_survives_being_saved() -> None:
    effect = swap_effect(WordScorer(), corpus(), [("he", "she")], Run())
    data = json.loads(json.dumps(to_json(effect)))
    assert to_json(from_json(SwapEffect, data)) == to_json(effect)
    assert from_json(SwapEffect, data).largest == effect.largest


def test_batches_are_reported_and_can_be_stopped() -> None:
    stages: list[Progress] = []
    texts = [f"he is {i}" for i in range(200)]
    scorer = WordScorer()
    run = Run(on_progress=stages.append, should_stop=lambda: len(scorer.calls) == 2)
    with pytest.raises(StoppedError):
        swap_effect(scorer, texts, [("he", "she")], run)
    assert stages[-1].total == 400
