"""What must hold of token scores on every text: that they add up, quickly; and of influence."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run
from pellucid.data.tokens import ngram_spans, tokens_of
from pellucid.explain.tokens.exact import explain_exact
from pellucid.explain.tokens.types import TokenExplanation
from pellucid.models.additive import AdditiveModel

Floats = NDArray[np.float64]
WORDS_TYPED = 60
EDITS = 200
LEFT_OUT_TEXTS = 20


def as_columns(texts: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Return texts as the typed column of a model that reads nothing else."""
    return {"text": np.array(texts, dtype=object)}


def additivity(model: AdditiveModel, texts: Sequence[str]) -> dict[str, float]:
    """Return the largest deviations over texts.

    `sum`: of the intercept and token scores of every output from the margin. `occurrence`: of the
    change in the margin from its score, when an n-gram at random is taken out of the bag and the
    text's normaliser is held fixed.
    """
    columns = as_columns(texts)
    margins = model.margin(columns)
    random = np.random.default_rng([0, len(texts)])
    worst = {"sum": 0.0, "occurrence": 0.0}
    for row in range(len(texts)):
        told = explain_exact(model, columns, row)
        total = np.array(told.intercept) + sum(np.array(token.score) for token in told.tokens)
        worst["sum"] = max(worst["sum"], float(np.abs(total - margins[row]).max()))
        if told.ngrams:
            gone = _without_one(model, texts[row], told, margins[row], random)
            worst["occurrence"] = max(worst["occurrence"], gone)
    return {"texts": len(texts), **worst}


def _without_one(
    model: AdditiveModel,
    text: str,
    told: TokenExplanation,
    margin: Floats,
    random: np.random.Generator,
) -> float:
    """Return how far one occurrence's score is from what its absence changes."""
    term = model.texts[0]
    found = term.occurrences_in([text])
    place = int(random.integers(len(found.cells)))
    counts = np.bincount(found.cells, minlength=term.size).astype(np.float64)
    counts[found.cells[place]] -= 1
    rest = model.intercept + sum(other.offset for other in model.texts)
    without = rest + counts @ term.scores / np.sqrt(len(found.cells))
    tokens = tokens_of(text)
    first, end = ngram_spans([token.text for token in tokens], term.orders)[place]
    where = tokens[first].start, tokens[end - 1].end
    score = next(one.score for one in told.ngrams if (one.start, one.end) == where)
    return float(np.abs(margin - without - np.array(score)).max())


def typing_seconds(model: AdditiveModel, texts: Sequence[str]) -> list[float]:
    """Return how long each of many edits of a text of 60 words takes to explain."""
    words = " ".join(texts).split()
    text = words[:WORDS_TYPED]
    columns = as_columns([" ".join(text)])
    found = []
    for edit in range(EDITS + 1):
        text[edit % WORDS_TYPED] = words[(WORDS_TYPED + edit) % len(words)]
        typed = " ".join(text)
        start = time.perf_counter()
        explain_exact(model, columns, text=typed)
        found.append(time.perf_counter() - start)
    return found[1:]


def influence_ranks(
    features: Floats, labels: NDArray[Any], queries: Floats, strength: float = 1.0
) -> list[float]:
    """Return, for each margin of each query, how alike two orders of 20 training texts are.

    Spearman's rank correlation of the estimated influence of leaving a text out with what a refit
    without it changes. `strength` is scikit-learn's C.
    """
    from scipy.stats import spearmanr
    from sklearn.linear_model import LogisticRegression

    from pellucid.explain.corpus.influence import left_out_influence, logistic_head, softmax_head

    def margins(kept: NDArray[np.intp]) -> tuple[Any, Floats]:
        model = LogisticRegression(C=strength, tol=1e-9, max_iter=10_000)
        model.fit(features[kept], labels[kept])
        return model, np.asarray(model.decision_function(queries).reshape(len(queries), -1))

    rows = np.arange(len(features))
    model, whole = margins(rows)
    penalty, chances = 1 / (2 * strength * len(rows)), model.predict_proba(features)
    codes = np.searchsorted(model.classes_, labels)
    if whole.shape[1] == 1:
        head = logistic_head(features, codes, chances[:, 1], penalty)
    else:
        head = softmax_head(features, codes, chances, penalty)
    asked = np.random.default_rng(0).choice(rows, LEFT_OUT_TEXTS, replace=False)
    found = left_out_influence(head, queries, Run(workers=1))[:, asked]
    true = np.stack([whole - margins(rows[rows != row])[1] for row in asked], axis=1)
    return [
        float(spearmanr(found[query, :, output], true[query, :, output]).statistic)
        for query in range(len(queries))
        for output in range(whole.shape[1])
    ]
