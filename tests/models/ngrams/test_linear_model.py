"""The inputs and the solver, against the same model written out and fitted by scikit-learn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from ngram_texts import WordEncoder, make_reviews
from numpy.typing import NDArray

from pellucid.core.run import Run
from pellucid.data.tokens import ngrams_of, words_of
from pellucid.models.ngrams.design import (
    FEWEST_FOR_RESIDUAL,
    Design,
    Setting,
    make_design,
    mean_vector,
)
from pellucid.models.ngrams.inputs import TextColumn, occurrences_in, text_column
from pellucid.models.ngrams.solve import Solution, losses_and_slopes, solve
from pellucid.models.ngrams.vocabulary import Vocabulary, choose_ngrams

TEXTS = make_reviews(150, 3).texts
WORDS = [words_of(text) for text in (*TEXTS, "", "nowhere else", *[""] * 3)]
CODES = make_reviews(155, 4).codes
ROWS = len(WORDS)


def read(orders: int) -> tuple[Vocabulary, TextColumn]:
    vocabulary = choose_ngrams(WORDS, orders, 2_000)
    vectors = WordEncoder().encode(vocabulary.ngrams, Run())
    return vocabulary, text_column(WORDS, vocabulary, vectors)[0]


def explicit(design: Design) -> NDArray[np.float64]:
    """Return the inputs as one dense array, a column for each unit weight."""
    return np.column_stack([design.margins(unit[:, None])[:, 0] for unit in np.eye(design.size)])


@pytest.mark.parametrize("orders", [1, 2])
def test_a_margin_is_the_sum_of_scores_over_the_square_root_of_the_length(orders: int) -> None:
    vocabulary, column = read(2)
    design = make_design([column], Setting(orders, 0.1))
    block = design.blocks[0]
    weights = np.random.default_rng(0).normal(size=(design.size, 2))
    scores = block.scores(weights)
    index = vocabulary.index
    for row, words in enumerate(WORDS):
        grams = ngrams_of(words, orders)
        total = sum((scores[index[gram]] for gram in grams if gram in index), np.zeros(2))
        wanted = total / np.sqrt(len(grams)) if grams else scores[0]
        assert design.margins(weights)[row] == pytest.approx(wanted, abs=1e-5)


def test_a_score_is_its_meaning_and_a_residual_where_three_texts_hold_it() -> None:
    vocabulary, column = read(1)
    block = make_design([column], Setting(1, 0.1)).blocks[0]
    weights = np.random.default_rng(0).normal(size=(block.size, 1))
    head, residuals = block.split(weights)
    wanted = np.zeros((len(vocabulary.ngrams) + 1, 1))
    wanted[1:] = (column.vectors - mean_vector(column, 1)) @ head
    wanted[block.residuals] += residuals
    assert block.scores(weights) == pytest.approx(wanted, abs=1e-6)
    seldom = np.flatnonzero(vocabulary.texts < FEWEST_FOR_RESIDUAL) + 1
    assert not set(seldom.tolist()) & set(block.residuals.tolist())
    assert 0 in block.residuals, "the texts without words are four"


def test_the_two_parts_have_the_spread_that_was_asked_for() -> None:
    _, column = read(1)
    block = make_design([column], Setting(1, 0.1)).blocks[0]
    inputs = explicit(Design((block,)))
    assert inputs[:, :8].std() == pytest.approx(0.1, rel=1e-3)
    assert (inputs[:, 8:] ** 2).sum(axis=1).mean() == pytest.approx(1)


def test_more_rows_than_ngrams_give_the_same_inputs() -> None:
    """Sums of vectors by text and scores by n-gram are two ways to the same margins."""
    _, column = read(1)
    block = make_design([column], Setting(1, 0.1)).blocks[0]
    assert block.dense is None
    dense = replace(block, dense=(block.normalised[:, 1:] @ block.vectors).astype(np.float32))
    weights = np.random.default_rng(1).normal(size=(block.size, 1))
    slopes = np.random.default_rng(2).normal(size=(ROWS, 1))
    assert dense.margins(weights) == pytest.approx(block.margins(weights), abs=1e-5)
    assert dense.gradient(slopes) == pytest.approx(block.gradient(slopes), abs=1e-4)


@pytest.mark.parametrize("kind", ["binary", "multiclass", "regression"])
def test_the_slopes_are_the_derivatives_of_the_losses(kind: str) -> None:
    random = np.random.default_rng(5)
    margins = random.normal(size=(6, 3 if kind == "multiclass" else 1))
    target = random.normal(size=6) if kind == "regression" else random.integers(0, 2, 6)
    losses, slopes = losses_and_slopes(margins, target, kind)  # type: ignore[arg-type]
    for output in range(margins.shape[1]):
        step = np.zeros_like(margins)
        step[:, output] = 1e-6
        moved, _ = losses_and_slopes(margins + step, target, kind)  # type: ignore[arg-type]
        assert (moved - losses) / 1e-6 == pytest.approx(slopes[:, output], abs=1e-5)


@pytest.mark.parametrize("classes", [2, 4])
def test_the_solver_agrees_with_logistic_regression(classes: int) -> None:
    from sklearn.linear_model import LogisticRegression

    _, column = read(2)
    design = make_design([column], Setting(2, 0.1))
    target = CODES if classes == 2 else (CODES + 2 * (np.arange(ROWS) % 2)).astype(np.intp)
    inputs = explicit(design)
    rival = LogisticRegression(C=2.0, tol=1e-10, max_iter=5_000).fit(inputs, target)
    kind, outputs = ("binary", 1) if classes == 2 else ("multiclass", classes)
    found = solve(design, target, kind, outputs, np.ones(ROWS), 2.0, tolerance=1e-7)  # type: ignore[arg-type]
    intercept = rival.intercept_ - rival.intercept_.mean() * (classes > 2)
    assert found.weights == pytest.approx(rival.coef_.T, abs=2e-3)
    assert found.intercept == pytest.approx(intercept, abs=2e-3)
    if classes > 2:
        assert np.abs(found.weights.sum(axis=1)).max() < 1e-12


def test_the_solver_agrees_with_ridge_regression_on_the_rows_that_take_part() -> None:
    from sklearn.linear_model import Ridge

    _, column = read(1)
    design = make_design([column], Setting(1, 0.05))
    target = np.random.default_rng(8).normal(size=ROWS)
    members = (np.arange(ROWS) % 4 > 0).astype(float)
    rival = Ridge(alpha=0.5).fit(explicit(design)[members > 0], target[members > 0])
    found = solve(design, target, "regression", 1, members, 2.0, tolerance=1e-7)
    assert found.weights[:, 0] == pytest.approx(rival.coef_, abs=1e-3)
    assert found.intercept[0] == pytest.approx(rival.intercept_, abs=1e-3)


def test_a_start_near_the_end_saves_rounds_and_changes_nothing() -> None:
    _, column = read(1)
    design = make_design([column], Setting(1, 0.1))
    arguments = design, CODES, "binary", 1, np.ones(ROWS), 3.0
    cold = solve(*arguments, tolerance=1e-6)  # type: ignore[arg-type]
    warm = solve(*arguments, start=cold, tolerance=1e-6)  # type: ignore[arg-type]
    assert warm.rounds < cold.rounds / 2
    assert warm.weights == pytest.approx(cold.weights, abs=1e-3)


def test_the_intercept_of_an_absent_class_stays_finite() -> None:
    _, column = read(1)
    design = make_design([column], Setting(1, 0.1))
    found = solve(design, CODES, "multiclass", 3, np.ones(ROWS), 3.0)
    assert found.intercept[2] > -30


def test_occurrences_count_all_orders_and_at_least_one() -> None:
    words = np.array([0, 1, 2, 5])
    assert occurrences_in(words, 3).tolist() == [1, 1, 3, 12]


def test_one_output_is_left_as_it_is() -> None:
    solution = Solution(np.array([1.0]), np.ones((2, 1)))
    assert solution.zero_sum() is solution


def test_labels_do_not_share_their_scores() -> None:
    random = np.random.default_rng(2)
    margins = random.normal(size=(6, 3))
    target = (random.random((6, 3)) < 0.5).astype(np.int8)
    losses, slopes = losses_and_slopes(margins, target, "multilabel")
    for label in range(3):
        alone, slope = losses_and_slopes(margins[:, [label]], target[:, label], "binary")
        np.testing.assert_allclose(slopes[:, [label]], slope)
        losses = losses - alone
    np.testing.assert_allclose(losses, 0.0, atol=1e-12)
