"""Our averaged model is the mean of what interpret's own estimators predict, bag by bag."""

from __future__ import annotations

import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pellucid.data.reading import open_table
from pellucid.data.types import Columns
from pellucid.models.additive import AdditiveModel
from pellucid.models.binned import Binned, native_dataset
from pellucid.models.boosting import FINE_BINS, BagOptions, fit_bag
from pellucid.models.fit_tasks import bag_members, bag_seed, cut_numbers
from pellucid.models.folding import fold, make_layout, make_readable
from pellucid.models.inputs import Input, cells_of, cut_inputs, draft_inputs, numbers_of
from pellucid.models.plans import PAIR_BINS
from pellucid.models.tasks import is_known, make_task, target_of
from pellucid.models.types import FitOptions, Task

BAGS, SEED = 2, 11
OPTIONS = BagOptions(0.3, smoothing_rounds=3, pair_smoothing_rounds=3, max_rounds=40)
FILES = {
    "adult": ("adult/census_income.csv", "Income", ((0, 9), (2, 7), (3, 5))),
    "housing": ("california_housing/housing.csv", "median_house_value", ((0, 1), (4, 8), (2, 7))),
    "penguins": ("penguins/penguins.csv", "species", ((0, 1), (1, 2))),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_the_model_is_the_mean_of_interprets_bags(name: str, real_data: Path) -> None:
    file, target_name, pairs = FILES[name]
    with open_table(real_data / file) as table:
        task, _, _ = make_task(table, FitOptions(target_name))
        target = target_of(task, table.values(task.target))
        rows = np.flatnonzero(is_known(target))
        columns = table.select([feature for feature, _ in task.features], rows)
    inputs, binned = prepare(task, columns, target[rows])
    ours = fit_ours(task, inputs, binned, columns, pairs)
    probe = with_gaps({key: values[:500] for key, values in columns.items()}, inputs)
    margin = ours.margin(probe)
    theirs = fit_theirs(inputs, binned, columns, pairs, frame_of(inputs, probe))
    if task.kind == "multiclass":
        np.testing.assert_allclose(ours.mean(margin), ours.mean(theirs), rtol=0, atol=1e-9)
    else:
        scale = max(1.0, float(np.abs(theirs).max()))
        np.testing.assert_allclose(margin[:, 0], theirs, rtol=0, atol=1e-9 * scale)


def prepare(task: Task, columns: Columns, target: Any) -> tuple[tuple[Input, ...], Binned]:
    drafts = draft_inputs(columns, task.features).drafts
    cuts = cut_numbers({}, lambda *_: None, numbers_of(drafts, columns), PAIR_BINS[task.kind])
    inputs = cut_inputs(drafts, cuts)
    fine, coarse = [entry.fine for entry in inputs], [entry.coarse for entry in inputs]
    binned = Binned(
        task.kind, len(task.classes), cells_of(fine, columns), cells_of(coarse, columns),
        tuple(axis.size for axis in fine), tuple(axis.size for axis in coarse),
        tuple(entry.is_nominal for entry in inputs), target,
    )  # fmt: skip
    return inputs, binned


def fit_ours(
    task: Task, inputs: Any, binned: Binned, columns: Columns, pairs: Any
) -> AdditiveModel:
    datasets = native_dataset(binned, coarse=False), native_dataset(binned, coarse=True)
    layout = make_layout(task, inputs, pairs, columns)
    bags = []
    for bag in range(BAGS):
        members = bag_members(binned.target, binned.kind, SEED, bag)
        seed = bag_seed(SEED, bag)
        found = fit_bag(binned, members, pairs, OPTIONS, seed, lambda *_: False, datasets)
        bags.append(make_readable(found, layout))
    return fold(bags, layout)


def fit_theirs(inputs: Any, binned: Binned, columns: Columns, pairs: Any, probe: Any) -> Any:
    """Return the mean over bags of interpret's own predictions on the link scale."""
    from interpret.glassbox import ExplainableBoostingClassifier, ExplainableBoostingRegressor

    is_number = binned.kind == "regression"
    make = ExplainableBoostingRegressor if is_number else ExplainableBoostingClassifier
    margins = []
    for bag in range(BAGS):
        estimator = make(
            feature_types=["nominal" if e.is_nominal else "continuous" for e in inputs],
            max_bins=FINE_BINS, max_interaction_bins=PAIR_BINS[binned.kind],
            interactions=list(pairs), outer_bags=1, learning_rate=OPTIONS.learning_rate,
            smoothing_rounds=OPTIONS.smoothing_rounds,
            interaction_smoothing_rounds=OPTIONS.pair_smoothing_rounds,
            max_rounds=OPTIONS.max_rounds, early_stopping_rounds=OPTIONS.early_stopping_rounds,
            early_stopping_tolerance=OPTIONS.early_stopping_tolerance,
            random_state=bag_seed(SEED, bag), n_jobs=1,
        )  # fmt: skip
        members = bag_members(binned.target, binned.kind, SEED, bag)
        with warnings.catch_warnings():
            # It warns that its own plots show neither missing values nor multiclass pairs.
            warnings.simplefilter("ignore")
            estimator.fit(frame_of(inputs, columns), binned.target, bags=members[:, None])
            predict = estimator.predict if is_number else estimator.decision_function
            margins.append(predict(probe))
    return np.mean(margins, axis=0)


def frame_of(inputs: tuple[Input, ...], columns: Columns) -> Any:
    import pandas as pd

    frame = pd.DataFrame({entry.name: entry.fine.values(columns) for entry in inputs})
    return frame.astype({e.name: object if e.is_nominal else float for e in inputs})


def with_gaps(columns: Columns, inputs: tuple[Input, ...]) -> Columns:
    """Make every seventh value missing and every eleventh category one that was never seen."""
    changed = {}
    for place, entry in enumerate(inputs):
        values = columns[entry.fine.column].copy()
        values[place::7] = None if entry.is_nominal else np.nan
        if entry.is_nominal:
            values[place::11] = "never seen"
        changed[entry.fine.column] = values
    return changed


def test_the_positive_class_turns_the_signs_and_nothing_else() -> None:
    random = np.random.default_rng(0)
    columns = {"x": random.normal(size=200)}
    codes = (columns["x"] + random.normal(size=200) > 0).astype(np.int64)
    task = Task("y", "binary", ("a", "b"), "b", (("x", "number"),))
    inputs, binned = prepare(task, columns, codes)
    second = fit_ours(task, inputs, binned, columns, ())
    first = fit_ours(replace(task, positive="a"), inputs, binned, columns, ())
    margin = second.margin(columns)
    np.testing.assert_array_equal(first.margin(columns), -margin)
    np.testing.assert_allclose(first.mean(-margin), second.mean(margin), atol=1e-15)
