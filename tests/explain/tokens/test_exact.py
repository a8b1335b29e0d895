"""The n-gram model explained exactly."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.explain.row import explain_row
from pellucid.explain.tokens.exact import explain_exact
from pellucid.models.additive import AdditiveModel, Axis, Term
from pellucid.models.texts import TextTerm
from pellucid.models.types import Task

NGRAMS = ("good", "not", "not good", "很好", "👩‍👩‍👧")
TEXTS = [
    "Good?  NOT   good!", "", None, "...", "很好，不好 שלום 👩‍👩‍👧 e\u0301t\u00e9",
    "never seen words", "good " * 400,
]  # fmt: skip


def made_model(outputs: int) -> AdditiveModel:
    random = np.random.default_rng(3)

    def text(name: str) -> TextTerm:
        bags, offsets = random.normal(size=(4, 7, outputs)), random.normal(size=(4, outputs))
        bags[:, -1] = 0
        return TextTerm(
            name, name, NGRAMS, 2, bags.mean(axis=0), bags, np.arange(7.0), offsets.mean(axis=0),
            offsets, 0.5,
        )  # fmt: skip

    axis = Axis("age", "age", edges=np.array([30.0]))
    table = random.normal(size=(4, 4, outputs))
    term = Term("age", "bins", (axis,), table.mean(axis=0), table, np.ones(4))
    classes = ("no", "yes") if outputs == 1 else ("a", "b", "c")
    kind = "binary" if outputs == 1 else "multiclass"
    features = (("age", "number"), ("review", "text"), ("title", "text"))
    task = Task("liked", kind, classes, "yes" if outputs == 1 else "", features)  # type: ignore[arg-type] # literals
    start = random.normal(size=(4, outputs))
    link = "logit" if outputs == 1 else "softmax"
    texts = text("review"), text("title")
    return AdditiveModel(task, link, start.mean(axis=0), start, (term,), texts)  # type: ignore[arg-type] # literal


def columns() -> dict[str, np.ndarray]:
    return {
        "age": np.array([20.0, 40.0, np.nan, 20.0, 50.0, 1.0, 2.0]),
        "review": np.array(TEXTS, dtype=object),
        "title": np.array(list(reversed(TEXTS)), dtype=object),
    }


@pytest.mark.parametrize("outputs", [1, 3])
@pytest.mark.parametrize("row", range(len(TEXTS)))
def test_intercept_and_token_scores_make_the_margin(outputs: int, row: int) -> None:
    model, data = made_model(outputs), columns()
    margin = model.margin(data)[row]
    for column in ("review", "title"):
        told = explain_exact(model, data, row, column=column)
        scores = np.array([token.score for token in told.tokens]).reshape(-1, outputs)
        np.testing.assert_allclose(told.intercept + scores.sum(axis=0), margin, atol=1e-9)
        np.testing.assert_allclose(told.total, margin, atol=1e-9)
        assert told.gap == pytest.approx(0, abs=1e-9)
        assert all(told.text[t.start : t.end] == t.text for t in told.tokens)
        ngrams = np.array([n.score for n in told.ngrams]).reshape(-1, outputs)
        np.testing.assert_allclose(ngrams.sum(axis=0), scores.sum(axis=0), atol=1e-9)


def test_an_ngram_is_shared_equally_by_its_tokens() -> None:
    model = made_model(1)
    told = explain_exact(model, {k: v[:1] for k, v in columns().items()}, text="not good")
    review = model.text("review")
    share = review.scores[3, 0] / 2
    expected = [(review.scores[2, 0] + share), (review.scores[1, 0] + share)]
    found = [token.score[0] * np.sqrt(3) for token in told.tokens]
    np.testing.assert_allclose(found, expected, atol=1e-12)
    assert told.ngrams[0].texts == int(review.weights[review.cell(told.ngrams[0].ngram.lower())])


def test_what_was_never_seen_is_counted() -> None:
    told = explain_exact(made_model(3), columns(), 5)
    assert told.unseen == 5
    assert all(score == 0 for token in told.tokens for score in token.score)


@pytest.mark.parametrize("outputs", [1, 3])
def test_a_row_carries_its_texts_token_by_token(outputs: int) -> None:
    model, data = made_model(outputs), columns()
    local = explain_row(model, data, 0)
    total = np.array(local.intercept) + np.sum([c.score for c in local.contributions], axis=0)
    np.testing.assert_allclose(total, model.margin(data)[0], atol=1e-9)
    assert [told.text for told in local.tokens] == [TEXTS[0], TEXTS[-1]]
    for told, text in zip(local.tokens, model.texts, strict=True):
        np.testing.assert_allclose(told.total, local.total, atol=1e-9)
        own = next(c for c in local.contributions if c.term == text.name)
        words = np.sum([t.score for t in told.tokens], axis=0)
        np.testing.assert_allclose(words + text.offset, own.score, atol=1e-9)
    missing = explain_row(model, data, 2).contributions
    assert next(c for c in missing if c.term == "review").is_missing
