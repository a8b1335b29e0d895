"""The term over texts: look-ups, sums, and what one occurrence is worth."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.models.additive import AdditiveModel
from pellucid.models.texts import EMPTY_CELL, Occurrences, TextTerm, occurrences_of
from pellucid.models.types import Task

NGRAMS = ("good", "bad", "not good", "很好")
TEXTS = ["Good, not bad", "not good", "", None, "很好!", "unheard of"]


def made_term(outputs: int = 1, bags: int = 3) -> TextTerm:
    random = np.random.default_rng(7)
    bag_scores = random.normal(size=(bags, len(NGRAMS) + 2, outputs))
    bag_scores[:, -1] = 0.0
    bag_offsets = random.normal(size=(bags, outputs))
    return TextTerm(
        "review", "review", NGRAMS, 2, bag_scores.mean(axis=0), bag_scores, np.ones(6),
        bag_offsets.mean(axis=0), bag_offsets, 0.5,
    )  # fmt: skip


def test_a_text_looks_up_each_of_its_ngrams() -> None:
    found = made_term().occurrences_in(TEXTS)
    assert found.lengths.tolist() == [5, 3, 1, 1, 5, 3]
    assert found.take(np.array([1])).cells.tolist() == [5, 1, 3]
    assert found.take(np.array([3, 2])).cells.tolist() == [EMPTY_CELL, EMPTY_CELL]


@pytest.mark.parametrize("outputs", [1, 3])
def test_a_contribution_is_the_offset_and_the_normalised_sum(outputs: int) -> None:
    term = made_term(outputs)
    scores = term.scores
    expected = term.offset + (scores[5] + scores[1] + scores[3]) / np.sqrt(3)
    columns = {"review": np.array(TEXTS, dtype=object)}
    np.testing.assert_allclose(term.contribution(columns)[1], expected, atol=1e-12)
    np.testing.assert_allclose(term.contribution(columns)[2], term.offset + scores[EMPTY_CELL])


def test_one_occurrence_taken_out_of_the_bag_is_worth_its_score() -> None:
    term = made_term()
    found = term.occurrences_in(["good good bad"])
    kept = Occurrences(found.cells[1:], np.array([0, len(found.cells) - 1]))
    fixed = found.normalisers[0]
    before = found.sums(term.scores) * found.normalisers[:, None] / fixed
    after = kept.sums(term.scores) * kept.normalisers[:, None] / fixed
    np.testing.assert_allclose(before - after, [term.scores[1] / fixed], atol=1e-12)


def test_counts_as_a_matrix_hold_every_occurrence() -> None:
    index = {ngram: i for i, ngram in enumerate(NGRAMS, start=1)}
    found = occurrences_of([["good", "good"], []], index, 1)
    assert found.to_csr(6).toarray().tolist() == [[0, 2, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0]]
    assert found.sums(np.zeros((6, 2))).shape == (2, 2)
    assert occurrences_of([], index, 2).sums(np.zeros((6, 1))).shape == (0, 1)


def test_a_model_adds_texts_to_its_margin() -> None:
    term = made_term()
    task = Task("liked", "binary", ("no", "yes"), "yes", (("review", "text"),))
    model = AdditiveModel(task, "logit", np.array([0.3]), np.full((3, 1), 0.3), (), (term,))
    columns = {"review": np.array(TEXTS, dtype=object)}
    np.testing.assert_allclose(model.margin(columns), 0.3 + term.contribution(columns))
    assert model.columns == ("review",)
    assert model.text("review") is term
    with pytest.raises(KeyError):
        model.text("notes")
    assert list(model.predict({"review": ["good"]})) in (["yes"], ["no"])


def test_variation_needs_two_bags() -> None:
    assert np.isnan(made_term(bags=1).variation).all()
    assert made_term(bags=3).variation.shape == (6, 1)
    assert made_term().cell("很好") == 4
    assert made_term().cell("never seen") == made_term().unseen_cell
