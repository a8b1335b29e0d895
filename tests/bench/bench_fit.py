"""Our fit beside interpret's defaults, on the same rows: time to curves, time to model, quality."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from figures import REAL_DATA, Figure, seconds

from pellucid.core.run import Run
from pellucid.data.reading import open_table
from pellucid.data.table import Table
from pellucid.models.fit import Fit
from pellucid.models.fitting import fit
from pellucid.models.types import FitOptions


def figures() -> Iterator[Figure]:
    """Yield the figures of Adult (AUC) and California housing (RMSE)."""
    adult = REAL_DATA / "adult" / "census_income.csv"
    housing = REAL_DATA / "california_housing" / "housing.csv"
    yield from _compare("Adult", adult, "Income")
    yield from _compare("California housing", housing, "median_house_value")


def _compare(name: str, path: Path, target: str) -> Iterator[Figure]:
    table = open_table(path)
    first: list[float] = []
    start = time.perf_counter()

    def publish(part: str, _: object) -> None:
        if part == "curves" and not first:
            first.append(time.perf_counter() - start)

    ours = fit(table, FitOptions(target), Run(on_partial=publish))
    total = time.perf_counter() - start
    rival, rival_s = _fit_rival(table, ours)
    yield Figure(f"{name}: seconds to first curves, share of rival's fit", first[0], "s", rival_s,
                 0.05, is_ratio=True)  # fmt: skip
    yield Figure(f"{name}: seconds to everything, share of rival's fit", total, "s", rival_s,
                 0.20, is_ratio=True)  # fmt: skip
    ours_quality, rival_quality = _quality(table, ours, rival)
    if ours.model.task.kind == "regression":
        yield Figure(f"{name}: test RMSE, ratio", ours_quality, "", rival_quality, 1.01,
                     is_ratio=True)  # fmt: skip
    else:
        yield Figure(f"{name}: test AUC", ours_quality, "", rival_quality, rival_quality - 0.001,
                     at_least=True)  # fmt: skip


def _frame(table: Table, ours: Fit, rows: np.ndarray) -> Any:
    import pandas as pd

    names = [name for name, _ in ours.model.task.features]
    return pd.DataFrame(dict(table.select(names, rows)))


def _fit_rival(table: Table, ours: Fit) -> tuple[Any, float]:
    from interpret.glassbox import ExplainableBoostingClassifier, ExplainableBoostingRegressor

    assert ours.split is not None
    rows = np.sort(np.concatenate([ours.split.rows("train"), ours.split.rows("validation")]))
    frame = _frame(table, ours, rows)
    target = table.values(ours.model.task.target, rows)
    is_regression = ours.model.task.kind == "regression"
    rival = ExplainableBoostingRegressor() if is_regression else ExplainableBoostingClassifier()
    truth = target.astype(float) if is_regression else target.astype(str)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return rival, seconds(lambda: rival.fit(frame, truth))


def _quality(table: Table, ours: Fit, rival: Any) -> tuple[float, float]:
    from sklearn.metrics import roc_auc_score, root_mean_squared_error

    assert ours.split is not None
    rows = ours.split.rows("test")
    truth = table.values(ours.model.task.target, rows)
    columns = table.select([name for name, _ in ours.model.task.features], rows)
    mean = ours.model.mean(ours.model.margin(columns))
    frame = _frame(table, ours, rows)
    if ours.model.task.kind == "regression":
        rmse = root_mean_squared_error
        return rmse(truth, mean), rmse(truth, rival.predict(frame))
    positive = truth == ours.model.task.classes[1]
    theirs = rival.predict_proba(frame)[:, 1]
    return roc_auc_score(positive, mean[:, 1]), roc_auc_score(positive, theirs)


if __name__ == "__main__":
    import os

    with TemporaryDirectory() as home:
        os.environ["PELLUCID_HOME"] = home
        for figure in figures():
            print(figure.line(), flush=True)
