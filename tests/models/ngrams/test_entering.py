"""Texts beside other terms, and words that were never seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from ngram_texts import Reviews, WordEncoder

from pellucid.core.run import Run
from pellucid.models.ngrams.entering import score_unseen, slope
from pellucid.models.ngrams.stage import fit_texts
from pellucid.models.texts import TextTerm
from pellucid.models.workers import Workers

RANDOM = np.random.default_rng(1)


@pytest.fixture(scope="module")
def term(tmp_path_factory: pytest.TempPathFactory, workers: Workers, reviews: Reviews) -> TextTerm:
    folder: Path = tmp_path_factory.mktemp("texts")
    stage = fit_texts(
        {"review": reviews.texts}, reviews.codes, "binary", 2, WordEncoder(), "preview", folder,
        workers, Run(), 0,
    )  # fmt: skip
    return stage.terms[0]


def test_the_slope_of_scores_that_are_right_is_1() -> None:
    scores = RANDOM.normal(0, 2, (20_000, 1))
    codes = (RANDOM.random(20_000) < 1 / (1 + np.exp(-scores[:, 0] - 1))).astype(int)
    assert slope(scores, codes, "binary") == pytest.approx(1, abs=0.05)
    assert slope(2 * scores, codes, "binary") == pytest.approx(0.5, abs=0.025)


def test_the_slope_of_a_regression_is_that_of_least_squares() -> None:
    scores = RANDOM.normal(0, 3, (500, 1))
    values = 100 + 0.7 * scores[:, 0] + RANDOM.normal(0, 1, 500)
    wanted = np.polyfit(scores[:, 0], values, 1)[0]
    assert slope(scores, values, "regression") == pytest.approx(wanted, rel=1e-4)


def test_one_slope_serves_all_classes() -> None:
    scores = RANDOM.normal(0, 1, (6_000, 3))
    scores -= scores.mean(axis=1, keepdims=True)
    drawn = scores + RANDOM.gumbel(size=scores.shape)
    assert slope(scores, drawn.argmax(axis=1), "multiclass") == pytest.approx(1, abs=0.1)


def test_scores_that_mislead_or_say_nothing_have_the_slope_0() -> None:
    scores = RANDOM.normal(size=(400, 1))
    assert slope(scores, (scores[:, 0] < 0).astype(int), "binary") == 0
    assert slope(np.zeros((4, 1)), np.array([0, 1, 0, 1]), "binary") == 0
    assert np.isfinite(slope(scores, (scores[:, 0] > 0).astype(int), "binary"))


def test_a_scaled_term_adds_as_many_times_more(term: TextTerm, reviews: Reviews) -> None:
    half = term.scaled(0.5)
    found = term.occurrences_in(reviews.texts)
    assert half.contribution_of(found) == pytest.approx(0.5 * term.contribution_of(found))
    assert half.importance == pytest.approx(0.5 * term.importance)
    assert half.bag_heads is not None
    assert term.bag_heads is not None
    assert half.bag_heads == pytest.approx(0.5 * term.bag_heads)
    assert half.scores == pytest.approx(half.bag_scores.mean(axis=0))


def test_a_word_that_was_never_seen_is_scored_by_what_it_means(term: TextTerm) -> None:
    class Thesaurus(WordEncoder):
        """Knows that marvellous is superb."""

        def encode(self, texts: object, run: Run) -> object:  # type: ignore[override]
            plain = [text.replace("marvellous", "superb") for text in texts]  # type: ignore[attr-defined]
            return super().encode(plain, run)

    texts = ["Marvellous!", None, "", "a superb marvellous film"]
    longer = score_unseen(term, texts, Thesaurus(), Run())
    added = longer.ngrams[len(term.ngrams) :]
    assert added == ("marvellous", "!", "a", "film")
    assert term.bag_heads is not None
    assert term.centre is not None
    vector = WordEncoder().encode(["superb"], Run()).astype(np.float16)[0] - term.centre
    cell = longer.cell("marvellous")
    assert longer.bag_scores[:, cell, 0] == pytest.approx((vector @ term.bag_heads)[:, 0])
    assert longer.scores[cell, 0] > 0
    assert longer.weights[cell] == 0
    assert not longer.scores[longer.unseen_cell].any()
    for ngram in term.ngrams:
        assert np.array_equal(
            longer.bag_scores[:, longer.cell(ngram)], term.bag_scores[:, term.cell(ngram)]
        )
    assert longer.scores == pytest.approx(longer.bag_scores.mean(axis=0))
    assert score_unseen(longer, texts, Thesaurus(), Run()) is longer
    pairs = score_unseen(replace(term, orders=2), texts, Thesaurus(), Run())
    assert pairs.ngrams == longer.ngrams


def test_a_term_without_meaning_stays_as_it_is(term: TextTerm) -> None:
    bare = replace(term, bag_heads=None, centre=None)
    assert score_unseen(bare, ["Marvellous!"], WordEncoder(), Run()) is bare
    assert bare.scaled(2).bag_heads is None
