"""The yardstick of `self-test`: interpret's own estimator, and its model as one of ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.data.types import Columns
from pellucid.models.additive import AdditiveModel, Axis, Term, TermKind
from pellucid.models.types import Task

_SEED = 7


def fit_reference(columns: Columns, task: Task, target: NDArray[np.generic]) -> Any:
    """Return interpret's classifier fitted to the columns: one bag, few rounds, two pairs."""
    from interpret.glassbox import ExplainableBoostingClassifier

    estimator = ExplainableBoostingClassifier(
        feature_names=[name for name, _ in task.features],
        feature_types=[_feature_type(kind) for _, kind in task.features],
        outer_bags=1,
        interactions=2,
        max_rounds=60,
        random_state=_SEED,
        n_jobs=1,
    )
    return estimator.fit(frame_of(columns, task), target.astype(str))


def frame_of(columns: Columns, task: Task) -> Any:
    """Return the features as the frame that interpret takes."""
    import pandas as pd

    return pd.DataFrame({name: columns[name] for name, _ in task.features})


def as_additive(estimator: Any, task: Task) -> AdditiveModel:
    """Return a two-class interpret model as an `AdditiveModel`: the same cells and scores."""
    names = [name for name, _ in task.features]
    terms = []
    for features, scores in zip(estimator.term_features_, estimator.term_scores_, strict=True):
        axes = tuple(
            _axis(names[i], estimator.bins_[i][min(len(estimator.bins_[i]), len(features)) - 1])
            for i in features
        )
        table = np.asarray(scores, dtype=np.float64)[..., None]
        name = " & ".join(axis.name for axis in axes)
        kind: TermKind = (
            "pair" if len(axes) == 2 else "bins" if axes[0].edges is not None else "levels"
        )
        terms.append(Term(name, kind, axes, table, table[None], np.zeros(table.shape[:-1])))
    intercept = np.asarray(estimator.intercept_, dtype=np.float64)
    return AdditiveModel(task, "logit", intercept, intercept[None], tuple(terms))


def _axis(name: str, bins: NDArray[np.float64] | Mapping[str, int]) -> Axis:
    if isinstance(bins, Mapping):
        return Axis(name, name, levels=tuple(sorted(bins, key=lambda level: bins[level])))
    return Axis(name, name, edges=np.asarray(bins, dtype=np.float64))


def _feature_type(kind: str) -> str:
    return "continuous" if kind == "number" else "nominal"
