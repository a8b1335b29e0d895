"""What held-out rows choose, and the tasks that workers run, run here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from ngram_texts import GOOD, PLAIN, Reviews, WordEncoder

from pellucid.core.run import Run
from pellucid.data.tokens import words_of
from pellucid.models.ngrams.choosing import (
    FOLDS,
    STRENGTHS,
    NgramPlan,
    Tried,
    best_of,
    choose_orders,
    fold_numbers,
    folds_to_try,
)
from pellucid.models.ngrams.design import Setting
from pellucid.models.ngrams.inputs import TextFiles, save_texts, text_column
from pellucid.models.ngrams.tasks import fit_part, judge, try_setting
from pellucid.models.ngrams.vocabulary import Vocabulary, choose_ngrams

SETTING = Setting(1, 0.1)


def ignore(*_values: object) -> None:
    """Hear nothing."""


def save(folder: Path, reviews: Reviews, codes: np.ndarray) -> tuple[Vocabulary, TextFiles]:  # type: ignore[type-arg]
    words = [words_of(text) for text in reviews.texts]
    vocabulary = choose_ngrams(words, 1, 1_000)
    vectors = WordEncoder().encode(vocabulary.ngrams, Run())
    column, _ = text_column(words, vocabulary, vectors)
    return vocabulary, save_texts(folder, "made", [column], codes, "binary", 2)


def test_folds_are_of_one_size_and_hold_each_class_in_proportion() -> None:
    target = np.array([0] * 90 + [1] * 10)
    folds = fold_numbers(target, "binary", 3)
    assert np.bincount(folds).tolist() == [20] * FOLDS
    assert np.bincount(folds[90:]).tolist() == [2] * FOLDS
    assert not np.array_equal(folds, fold_numbers(target, "binary", 4))
    numbers = fold_numbers(np.arange(7.0), "regression", 3)
    assert sorted(np.bincount(numbers).tolist()) == [1, 1, 1, 2, 2]


def test_few_rows_are_judged_by_all_folds() -> None:
    assert [folds_to_try(rows) for rows in (100, 5_000, 50_000)] == [5, 2, 1]


def test_noise_is_given_a_stronger_penalty_than_a_planted_truth(
    tmp_path: Path, reviews: Reviews
) -> None:
    noise = np.random.default_rng(2).integers(0, 2, len(reviews.codes))
    strengths = []
    for codes in (reviews.codes, noise):
        _, files = save(tmp_path, reviews, codes)
        tried = try_setting({}, ignore, files, SETTING, 0)
        assert [one.strength for one in tried] == sorted({one.strength for one in tried})
        assert {one.strength for one in tried} <= set(STRENGTHS)
        strengths.append(best_of(tried).strength)
    truth, chance = strengths
    assert chance <= truth / 10


def test_longer_ngrams_are_chosen_only_where_they_save_loss() -> None:
    def tried(*losses: float) -> list[Tried]:
        return [Tried(Setting(orders, 0.0), 3.0, loss) for orders, loss in enumerate(losses, 1)]

    assert choose_orders(tried(0.5, 0.499, 0.5)).setting.orders == 1
    assert choose_orders(tried(0.5, 0.4, 0.399)).setting.orders == 2
    assert choose_orders(tried(0.5, 0.499, 0.4)).setting.orders == 3


def test_a_plan_tells_its_setting() -> None:
    plan = NgramPlan(SETTING, 3.0)
    assert (plan.orders, plan.head_scale) == (1, 0.1)


def test_bags_and_folds_start_from_the_fit_to_all_rows(tmp_path: Path, reviews: Reviews) -> None:
    vocabulary, files = save(tmp_path, reviews, reviews.codes)
    kept: dict[str, object] = {}
    whole = fit_part(kept, ignore, files, SETTING, 3.0, "all", 0, 7)
    design = kept["design"]
    bag = fit_part(kept, ignore, files, SETTING, 3.0, "bag", 1, 7)
    assert kept["design"] is design
    assert bag.scores[0].shape == whole.scores[0].shape == (len(vocabulary.ngrams) + 1, 1)
    assert not np.array_equal(bag.scores[0], whole.scores[0])
    assert bag.heads[0].shape == (8, 1)
    for fitted in (whole, bag):
        good = np.mean([fitted.scores[0][vocabulary.index[word]] for word in GOOD])
        plain = np.mean([fitted.scores[0][vocabulary.index[word]] for word in PLAIN])
        assert good > plain + 1
    fold = fit_part(kept, ignore, files, SETTING, 3.0, "fold", 2, 7)
    held_out = fold_numbers(reviews.codes, "binary", 7) == 2
    assert fold.margins is not None
    assert np.corrcoef(fold.margins[:, 0], reviews.margins[held_out])[0, 1] > 0.9


def test_what_a_task_gives_does_not_depend_on_those_before(
    tmp_path: Path, reviews: Reviews
) -> None:
    _, files = save(tmp_path, reviews, reviews.codes)
    fit_part({}, ignore, files, SETTING, 3.0, "all", 0, 7)
    fresh = fit_part({}, ignore, files, SETTING, 3.0, "bag", 1, 7)
    kept: dict[str, object] = {}
    try_setting(kept, ignore, files, Setting(1, 0.02), 7)
    fit_part(kept, ignore, files, SETTING, 3.0, "bag", 0, 7)
    later = fit_part(kept, ignore, files, SETTING, 3.0, "bag", 1, 7)
    assert np.array_equal(fresh.scores[0], later.scores[0])
    assert fresh.intercept == pytest.approx(later.intercept, abs=0)


def test_rows_that_judge_are_not_learned_from(tmp_path: Path, reviews: Reviews) -> None:
    judges = np.arange(len(reviews.codes)) % 4 == 0
    _, files = save(tmp_path, reviews, reviews.codes)
    losses = judge({}, ignore, files, SETTING, 3.0, judges)
    turned = np.where(judges, 1 - reviews.codes, reviews.codes)
    _, files = save(tmp_path, reviews, turned)
    others = judge({}, ignore, files, SETTING, 3.0, judges)
    assert losses.shape == (int(judges.sum()),)
    assert losses.mean() < np.log(2) < others.mean()
    # Of two classes, the chances that a row's losses come from sum to 1: the margins are the same.
    np.testing.assert_allclose(np.exp(-losses) + np.exp(-others), 1.0, atol=1e-9)
    tried = try_setting({}, ignore, files, SETTING, 0, judges)
    assert min(one.loss for one in tried) > np.log(2) / 2
