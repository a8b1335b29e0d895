"""What the readable model is measured against, from scikit-learn, on the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.models.additive import Floats
from pellucid.models.types import TaskKind

LINEAR = "linear"
BOOSTED = "boosted trees"
TFIDF = "TF-IDF"
BASELINES = (LINEAR, BOOSTED)
"""What columns that are no texts are also predicted from."""
_MOST_CATEGORIES = 250
_NO_BLANKS = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORDS = rf"[{_NO_BLANKS}]|[^\W{_NO_BLANKS}]{{2,}}"
"""scikit-learn's own words, of two characters or more; but where words are not set apart by blanks,
as in Chinese, each character is one, since whole sentences would be words otherwise."""


def predict_baseline(
    name: str,
    kind: TaskKind,
    classes: int,
    numbers: tuple[Floats, Floats],
    levels: tuple[NDArray[Any], NDArray[Any]],
    target: NDArray[np.generic],
) -> Floats:
    """Fit a baseline on training rows and return its means for the test rows.

    `numbers` and `levels` hold training and test rows, each (rows, columns): values with NaN where
    missing, and cells with 0 where missing. Returns (rows,), or probabilities (rows, classes).
    """
    make = _linear if name == LINEAR else _boosted
    sizes = [int(size) for size in levels[0].max(axis=0, initial=0)]
    model = make(kind, numbers[0].shape[1], sizes)
    training, test = (
        np.hstack([np.where(np.isfinite(n), n, np.nan), c])
        for n, c in zip(numbers, levels, strict=True)
    )
    if kind == "multilabel":
        return _one_by_one(model, training, test, target)
    model.fit(training, target)
    return _means(model, test, len(test), kind, classes)


def predict_from_words(
    kind: TaskKind,
    classes: int,
    texts: Sequence[str],
    test: Sequence[str],
    target: NDArray[np.generic],
) -> Floats:
    """Fit TF-IDF and a linear model on training texts and return its means for the test texts.

    Raises `ValueError` where the texts hold no word.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression, Ridge

    model = Ridge() if kind == "regression" else LogisticRegression(max_iter=500)
    vectors = TfidfVectorizer(token_pattern=_WORDS)
    try:
        training, held_out = vectors.fit_transform(texts), vectors.transform(test)
    except ValueError as error:
        raise ValueError("the texts hold no word") from error
    if kind == "multilabel":
        return _one_by_one(model, training, held_out, target)
    model.fit(training, target)
    return _means(model, held_out, len(test), kind, classes)


def _one_by_one(model: Any, training: Any, test: Any, target: NDArray[np.generic]) -> Floats:
    """Fit each label against the rest and return probabilities, shape (rows, labels).

    `target` (rows, labels) is 0 and 1; of a label that all rows have, or none, nothing is learned.
    """
    means = np.empty((test.shape[0], target.shape[1]))
    for label, has in enumerate(target.T):
        if len(np.unique(has)) < 2:
            means[:, label] = has[0]
            continue
        model.fit(training, has)
        means[:, label] = model.predict_proba(test)[:, 1]
    return means


def _means(model: Any, rows: Any, count: int, kind: TaskKind, classes: int) -> Floats:
    if kind == "regression":
        return np.asarray(model.predict(rows), dtype=np.float64)
    means = np.zeros((count, classes))
    means[:, np.asarray(model.classes_, dtype=np.intp)] = model.predict_proba(rows)
    return means


def _linear(kind: TaskKind, numbers: int, sizes: list[int]) -> Any:
    """Return ridge or logistic regression behind imputation, scaling and one-hot coding."""
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    imputer = SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True)
    coder = OneHotEncoder(handle_unknown="ignore")
    prepare = ColumnTransformer(
        [
            ("numbers", make_pipeline(imputer, StandardScaler()), list(range(numbers))),
            ("levels", coder, list(range(numbers, numbers + len(sizes)))),
        ]
    )
    model = Ridge() if kind == "regression" else LogisticRegression(max_iter=500)
    return make_pipeline(prepare, model)


def _boosted(kind: TaskKind, numbers: int, sizes: list[int]) -> Any:
    """Return histogram gradient boosting; levels beyond what it takes as categories are ranks."""
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

    is_category = [False] * numbers + [size < _MOST_CATEGORIES for size in sizes]
    make = HistGradientBoostingRegressor if kind == "regression" else HistGradientBoostingClassifier
    return make(categorical_features=is_category, random_state=0)
