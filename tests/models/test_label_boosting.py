"""Boosting labels is boosting each for itself, on the same bins and bags."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from pellucid.models.binned import Binned, native_dataset
from pellucid.models.boosting import BagOptions, fit_bag
from pellucid.models.fit_tasks import bag_members
from pellucid.models.label_boosting import boost_labels

OPTIONS = BagOptions(0.2, smoothing_rounds=0, pair_smoothing_rounds=0, max_rounds=40)


@pytest.fixture
def binned() -> Binned:
    """Two inputs of 8 cells; the first label follows the first, all rows have the third."""
    random = np.random.default_rng(0)
    cells = random.integers(1, 7, (2, 300)).astype(np.uint8)
    second = (cells[1] > 2) ^ (random.random(300) < 0.3)
    target = np.column_stack([cells[0] > 3, second, np.ones(300)]).astype(np.int8)
    return Binned("multilabel", 3, cells, cells, (8, 8), (8, 8), (False, False), target)


def test_each_label_is_boosted_for_itself(binned: Binned) -> None:
    members = bag_members(binned.target, binned.kind, 0, 0)
    with threadpool_limits(1):
        found = boost_labels(binned, members, OPTIONS, 7, lambda _step, _loss: False)
        for label in (0, 1):
            target = binned.target[:, label].astype(np.int64)
            one = replace(binned, kind="binary", classes=2, target=target)
            datasets = native_dataset(one, coarse=False), None
            alone = fit_bag(one, members, (), OPTIONS, 7, lambda _step, _loss: False, datasets)
            np.testing.assert_array_equal(found.intercept[[label]], alone.intercept)
            for table, expected in zip(found.mains, alone.mains, strict=True):
                np.testing.assert_array_equal(table[:, [label]], expected)
    assert found.pairs == ()
    assert found.mains[0][1, 0] < 0 < found.mains[0][6, 0]


def test_a_label_that_all_rows_have_has_an_intercept_alone(binned: Binned) -> None:
    members = bag_members(binned.target, binned.kind, 0, 0)
    with threadpool_limits(1):
        found = boost_labels(
            replace(binned, start=np.zeros((300, 3))), members, OPTIONS, 7, lambda *_: False
        )
    assert found.intercept[2] == pytest.approx(np.log(300.5 / 0.5))
    assert not found.mains[0][:, 2].any()
    assert np.isfinite(found.loss)
