"""Representer values and the influence of leaving a text out, against true refits."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy.stats import spearmanr
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, Ridge

from pellucid.core.errors import StoppedError
from pellucid.core.run import Run
from pellucid.core.values import from_json, to_json
from pellucid.explain.corpus.influence import (
    Head,
    left_out_influence,
    logistic_head,
    most_influential,
    representer_values,
    softmax_head,
    squared_head,
)
from pellucid.explain.corpus.types import InfluentialText

RUN = Run(workers=1)
TEXTS = (
    "a warm and funny film with a great cast",
    "great fun from start to finish",
    "the best film of the year, warm and clever",
    "clever, funny and never dull",
    "a great story told with a warm heart",
    "funny in a quiet way, and I loved the cast",
    "I loved the music and the story",
    "dull from start to finish",
    "the worst film of the year",
    "a dull story with a bad cast",
    "bad jokes, bad music, never funny",
    "I hated the story and the jokes",
    "never clever, and far too long",
    "too long, too loud and quite dull",
    "the film runs for two hours and has a cast of nine",
    "it was made in the year 2002 with music by the cast",
    "the story is set in a quiet town",
    "a film of two parts told in two hours",
    "the jokes are in the second part of the film",
    "it is set in the town and told from the start",
)
QUERIES = (
    "a funny film with a warm story",
    "dull and far too long",
    "the film is set in a quiet town",
    "great music, bad jokes",
    "the cast of the year",
)
CLASSES = np.array([2] * 7 + [0] * 7 + [1] * 6)


def features() -> tuple[np.ndarray, np.ndarray]:
    words = TfidfVectorizer().fit(TEXTS)
    return words.transform(TEXTS).toarray(), words.transform(QUERIES).toarray()


def fitted(inputs: np.ndarray, target: np.ndarray, c: float) -> LogisticRegression:
    return LogisticRegression(C=c, tol=1e-10, max_iter=20_000).fit(inputs, target)


def margins(model: LogisticRegression, queries: np.ndarray) -> np.ndarray:
    return np.asarray(model.decision_function(queries).reshape(len(queries), -1))


def refits(margin_without: Callable[[np.ndarray], np.ndarray], whole: np.ndarray) -> np.ndarray:
    """Return the margin with each text minus that of a true refit without it, (m, n, C)."""
    rows = np.arange(len(TEXTS))
    return np.stack([whole - margin_without(rows[rows != i]) for i in rows], axis=1)


def case(classes: int, c: float) -> tuple[Head, np.ndarray, np.ndarray, LogisticRegression]:
    inputs, queries = features()
    target = CLASSES if classes == 3 else (CLASSES == 2).astype(int)
    model = fitted(inputs, target, c)
    penalty, probability = 1 / (2 * c * len(inputs)), model.predict_proba(inputs)
    if classes == 3:
        head = softmax_head(inputs, target, probability, penalty)
    else:
        head = logistic_head(inputs, target, probability[:, 1], penalty)
    true = refits(
        lambda kept: margins(fitted(inputs[kept], target[kept], c), queries),
        margins(model, queries),
    )
    return head, queries, true, model


@pytest.mark.parametrize("c", [0.3, 1.0, 10.0])
@pytest.mark.parametrize("classes", [2, 3])
def test_influence_ranks_twenty_texts_as_true_refits_do(classes: int, c: float) -> None:
    head, queries, true, _ = case(classes, c)
    found = left_out_influence(head, queries, RUN)
    assert found.shape == true.shape
    for query in range(len(queries)):
        for output in range(true.shape[2]):
            rank = spearmanr(found[query, :, output], true[query, :, output]).statistic
            assert rank >= 0.9
    assert np.abs(found - true).max() < 0.25 * np.abs(true).max()


@pytest.mark.parametrize("classes", [2, 3])
def test_representer_values_add_up_to_the_margin(classes: int) -> None:
    head, queries, _, model = case(classes, 1.0)
    values = representer_values(head.features, head.residuals, head.penalty, queries)
    assert values.shape == (5, 20, 1 if classes == 2 else 3)
    assert values.sum(axis=1) + model.intercept_ == pytest.approx(margins(model, queries), abs=1e-4)


def test_representer_values_have_the_sign_of_the_text_for_a_like_query() -> None:
    head, _, _, _ = case(2, 1.0)
    values = representer_values(head.features, head.residuals, head.penalty, head.features)[:, :, 0]
    assert np.all(np.diag(values)[CLASSES == 2] > 0)
    assert np.all(np.diag(values)[CLASSES != 2] < 0)


def test_influence_is_exact_for_squared_loss() -> None:
    inputs, queries = features()
    target = np.random.default_rng(0).normal(size=len(inputs)) + CLASSES

    def ridge(kept: np.ndarray) -> Any:
        return Ridge(alpha=0.8).fit(inputs[kept], target[kept])

    whole = ridge(np.arange(len(inputs)))
    penalty = 0.8 / (2 * len(inputs))
    head = squared_head(inputs, target, whole.predict(inputs), penalty)
    true = refits(
        lambda kept: ridge(kept).predict(queries)[:, None], whole.predict(queries)[:, None]
    )
    assert left_out_influence(head, queries, RUN) == pytest.approx(true, abs=1e-9)
    values = representer_values(inputs, head.residuals, penalty, queries)[:, :, 0]
    assert values.sum(axis=1) + whole.intercept_ == pytest.approx(whole.predict(queries))


def test_influence_is_exact_for_squared_loss_without_an_intercept() -> None:
    inputs, queries = features()
    target = CLASSES.astype(float)
    whole = Ridge(alpha=0.5, fit_intercept=False).fit(inputs, target)
    residual = (whole.predict(inputs) - target)[:, None]
    head = Head(inputs, residual, np.ones((20, 1, 1)), 0.5 / 40, has_intercept=False)
    without = Ridge(alpha=0.5, fit_intercept=False).fit(inputs[1:], target[1:])
    true = whole.predict(queries) - without.predict(queries)
    assert left_out_influence(head, queries, RUN)[:, 0, 0] == pytest.approx(true, abs=1e-9)


def test_the_most_influential_texts_come_first_with_both_numbers() -> None:
    head, queries, true, _ = case(3, 1.0)
    found = most_influential(head, queries[0], 2, RUN, most=5)
    influence = left_out_influence(head, queries[:1], RUN)[0, :, 2]
    values = representer_values(head.features, head.residuals, head.penalty, queries[:1])[0, :, 2]
    assert [text.row for text in found] == np.argsort(-np.abs(influence))[:5].tolist()
    assert [text.influence for text in found] == pytest.approx([influence[t.row] for t in found])
    assert [text.representer for text in found] == pytest.approx([values[t.row] for t in found])
    assert np.abs(true[0, found[0].row, 2]) >= np.sort(np.abs(true[0, :, 2]))[-3]
    again = from_json(tuple[InfluentialText, ...], json.loads(json.dumps(to_json(found))))
    assert again == found


def test_a_large_corpus_is_weighed_where_it_matters() -> None:
    random = np.random.default_rng(0)
    inputs = random.normal(size=(1500, 6))
    target = (inputs[:, 0] + random.normal(size=1500) > 0).astype(int)
    probability = fitted(inputs, target, 1.0).predict_proba(inputs)[:, 1]
    head = logistic_head(inputs, target, probability, 1 / 3000)
    found = most_influential(head, inputs[0], 0, RUN, most=20)
    influence = left_out_influence(head, inputs[:1], RUN)[0, :, 0]
    assert [text.row for text in found] == np.argsort(-np.abs(influence))[:20].tolist()


def test_it_stops_when_asked() -> None:
    head, queries, _, _ = case(2, 1.0)
    with pytest.raises(StoppedError):
        most_influential(head, queries[0], 0, Run(should_stop=lambda: True))
