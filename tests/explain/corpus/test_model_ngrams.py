"""The table of a text term's n-grams, on terms made by hand."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from scipy import stats

from pellucid.core.run import Run
from pellucid.core.values import from_json, to_json
from pellucid.explain.corpus.language_types import NgramOverview, NgramRow
from pellucid.explain.corpus.model_ngrams import ngram_table, overall
from pellucid.models.intervals import bag_half_width
from pellucid.models.texts import TextTerm

NGRAMS = ("good", "bad", "new", "york", "new york", "很", "好", "很好", "the")
SCORES = np.asarray([[3.0, -2.0, 0.5, 0.4, 0.6, 0.1, 0.5, -0.8, 0.05]])
TEXTS = [100.0, 50.0, 30.0, 10.0, 10.0, 4.0, 4.0, 4.0, 1000.0]


def make_term(noise: float = 0.02, bags: int = 8, outputs: int = 1) -> TextTerm:
    scores = np.concatenate([[0.0], SCORES[0], [0.0]])
    table = np.stack([scores * (-1) ** c for c in range(outputs)], axis=1)
    wobble = np.random.default_rng(0).normal(scale=noise, size=(bags, *table.shape))
    bag_scores = table + wobble - wobble.mean(axis=0)
    return TextTerm(
        "review", "review", NGRAMS, 2, table, bag_scores, np.asarray([0.0, *TEXTS, 0.0]),
        np.zeros(outputs), np.zeros((bags, outputs)), 1.0, typical_normaliser=5.0,
        bag_heads=np.ones((bags, 3, outputs)), centre=np.asarray([1.0, 0.0, 0.0]),
    )  # fmt: skip


def test_rows_come_by_their_scores() -> None:
    rows = ngram_table(make_term(), most=3)
    assert [row.ngram for row in rows] == ["good", "bad", "很好"]
    first = rows[0]
    assert (first.order, first.texts, first.score.value) == (1, 100, 3.0)
    assert first.adds == pytest.approx(0.6)
    assert first.folded == ()
    assert first.together == first.score
    assert first.embedding is None


def test_importance_ranks_by_texts_as_well() -> None:
    rows = ngram_table(make_term(), order_by="importance")
    assert [row.ngram for row in rows[:3]] == ["good", "bad", "the"]
    total = float((np.abs(SCORES[0]) * TEXTS).sum())
    assert rows[2].share == pytest.approx(50 / total)


def test_raising_and_lowering_are_told_apart() -> None:
    raising = ngram_table(make_term(), effect="raising")
    lowering = ngram_table(make_term(), effect="lowering")
    assert [row.ngram for row in raising] == ["good", "new york", "new", "the"]
    assert [row.ngram for row in lowering] == ["bad", "很好"]


def test_ngrams_of_the_same_texts_are_one_row() -> None:
    rows = {row.ngram: row for row in ngram_table(make_term())}
    assert "york" not in rows
    assert rows["new york"].folded == ("york",)
    assert rows["new york"].together.value == pytest.approx(1.0)
    assert rows["new york"].score.value == pytest.approx(0.6)
    assert "new" in rows
    assert set(rows["很好"].folded) == {"很", "好"}
    assert (rows["很好"].order, rows["很好"].score.value) == (2, -0.8)
    assert rows["很好"].together.value == pytest.approx(-0.2)


def test_rare_ngrams_can_be_left_out() -> None:
    assert [row.ngram for row in ngram_table(make_term(), min_texts=50)] == ["good", "bad", "the"]


def test_intervals_are_the_jackknifes() -> None:
    term = make_term()
    row = ngram_table(term, most=1)[0]
    variation = term.variation[1, 0]
    half = float(bag_half_width(np.asarray(variation), 8))
    assert row.variation == pytest.approx(variation)
    assert (row.score.low, row.score.high) == pytest.approx((3.0 - half, 3.0 + half))
    york = next(row for row in ngram_table(term) if row.ngram == "new york")
    together = term.bag_scores[:, [4, 5], 0].sum(axis=1).std(ddof=1)
    assert york.together.high - york.together.value == pytest.approx(
        float(bag_half_width(np.asarray(together), 8))
    )


def test_one_bag_knows_no_interval() -> None:
    row = ngram_table(make_term(bags=1), most=1)[0]
    assert math.isnan(row.score.low)
    assert math.isnan(row.variation)
    found = overall(make_term(bags=1))
    assert (found.clear, found.sure, found.clear_by_chance) == (0, 0, 0.0)


def test_the_part_of_the_vectors_is_told_where_they_are_given() -> None:
    vectors = np.zeros((len(NGRAMS), 3), dtype=np.float32)
    vectors[0] = [1.5, 0.5, 0.0]
    rows = ngram_table(make_term(), most=1, embeddings=vectors)
    assert rows[0].embedding == pytest.approx(1.0)


def test_examples_show_the_ngrams_in_context() -> None:
    texts = ["a good film", None, "in new  york city", "真的很好看"]
    rows = {row.ngram: row for row in ngram_table(make_term(), texts=texts)}
    example = rows["new york"].examples[0]
    assert example.row == 2
    assert example.snippet[example.start : example.end].split() == ["new", "york"]
    assert rows["很好"].examples[0].row == 3
    assert rows["bad"].examples == ()


def test_outputs_have_tables_of_their_own() -> None:
    term = make_term(outputs=2)
    assert ngram_table(term, output=1, most=1)[0].score.value == -3.0
    assert overall(term, output=1).raising == 2


def test_the_overview_counts_what_carries_and_what_is_sure() -> None:
    term = make_term(noise=0.02)
    found = overall(term)
    movement = np.sort(np.abs(SCORES[0]) * TEXTS)[::-1]
    shares = np.cumsum(movement) / movement.sum()
    assert found.carrying == int((shares < 0.8).sum()) + 1
    assert (found.ngrams, found.raising, found.lowering) == (9, 7, 2)
    assert found.by_order == (7, 2)
    assert sum(found.movement_by_order) == pytest.approx(1.0)
    scale = math.sqrt(0.85 / 0.15)
    p_values = 2 * stats.t.sf(np.abs(SCORES[0]) / (scale * term.variation[1:-1, 0]), 7)
    assert found.clear == int((p_values < 0.05).sum())
    corrected = stats.false_discovery_control(p_values)
    assert found.sure == int((corrected <= 0.05).sum())
    assert 0 < found.sure <= found.clear < 9


def test_scores_that_are_all_nothing_carry_nothing() -> None:
    found = overall(make_term().scaled(0.0))
    assert (found.carrying, found.clear, found.sure) == (0, 0, 0)
    assert ngram_table(make_term().scaled(0.0)) == ()


def test_the_values_survive_being_saved() -> None:
    rows = ngram_table(make_term(), texts=["good"], run=Run())
    data = json.loads(json.dumps(to_json(rows)))
    assert tuple(from_json(NgramRow, row) for row in data) == rows
    assert from_json(NgramOverview, to_json(overall(make_term()))) == overall(make_term())
