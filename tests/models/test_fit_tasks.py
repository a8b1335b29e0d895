"""The tasks that workers run, run here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from pellucid.models.binned import Binned
from pellucid.models.boosting import BagOptions
from pellucid.models.fit_tasks import (
    QUICK_BAG,
    BinnedFiles,
    bag_members,
    boost_bag,
    find_pairs,
    run_baselines,
    save_binned,
    save_plain,
)
from pellucid.models.metrics import Resampled
from pellucid.models.types import Task

TASK = Task("t", "regression", features=(("a", "number"), ("b", "number"), ("c", "number")))
QUICK = BagOptions(0.2, 0, 0, max_rounds=200)


@pytest.fixture
def files(tmp_path: Path) -> BinnedFiles:
    """Three inputs of four bins; the target is the product of the first two."""
    random = np.random.default_rng(0)
    cells = random.integers(1, 5, (3, 600)).astype(np.uint16)
    target = (cells[0] - 2.5) * (cells[1] - 2.5) + random.normal(0, 0.1, 600)
    sizes = (6, 6, 6)
    saved = save_binned(
        Binned("regression", 0, cells, cells, sizes, sizes, (False,) * 3, target), tmp_path
    )
    levels = np.empty((600, 0), dtype=np.uint16)
    numbers = cells.T.astype(float)
    parts = (numbers, numbers[:100]), (levels, levels[:100])
    save_plain(tmp_path, *parts, target[:100], ([], []))
    return saved


def ignore(*_values: object) -> None:
    """Hear nothing."""


@pytest.mark.parametrize("kind", ["regression", "multiclass"])
def test_a_bag_holds_out_15_percent_and_a_row_of_each_class_never(kind: str) -> None:
    target = np.array([0] * 190 + [1] * 9 + [2])
    members = bag_members(target, kind, 5, 0)  # type: ignore[arg-type] # a literal
    assert (members == -1).sum() == pytest.approx(30, abs=1)
    assert set(members.tolist()) == {1, -1}
    if kind == "multiclass":
        assert members[-1] == 1
        assert (members[:190] == -1).sum() == pytest.approx(28.5, abs=1)
    assert not np.array_equal(members, bag_members(target, kind, 5, 1))  # type: ignore[arg-type] # a literal


def test_a_bag_does_not_depend_on_what_ran_before_it(files: BinnedFiles) -> None:
    pairs = ((0, 1),)
    kept: dict[str, object] = {}
    boost_bag(kept, ignore, files, pairs, QUICK, 1, 0)
    after = boost_bag(kept, ignore, files, pairs, QUICK, 1, 1)
    alone = boost_bag({}, ignore, files, pairs, QUICK, 1, 1)
    np.testing.assert_array_equal(after.pairs[0], alone.pairs[0])
    assert after.intercept == alone.intercept
    other = boost_bag({}, ignore, files, pairs, QUICK, 2, 1)
    assert not np.array_equal(other.pairs[0], alone.pairs[0])


def test_a_bag_reports_rounds_and_loss(files: BinnedFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pellucid.models.fit_tasks._REPORT_EVERY_S", 0.0)
    heard: list[tuple[int, int, float]] = []
    boost_bag({}, lambda *values: heard.append(values), files, (), QUICK, 1, 3)
    assert {bag for bag, _, _ in heard} == {3}
    assert all(np.isfinite(loss) for _, _, loss in heard)
    assert heard[-1][1] > heard[0][1]


def test_the_pair_that_makes_the_target_comes_first(files: BinnedFiles) -> None:
    bag = boost_bag({}, ignore, files, (), QUICK, 1, QUICK_BAG)
    arguments = files, bag, (2, 1, 0)
    assert find_pairs({}, ignore, *arguments, ("a", "b", "c"), 2, 1)[0] == (0, 1)
    same_date = find_pairs({}, ignore, *arguments, ("a", "a", "c"), 9, 1)
    assert set(same_date) == {(0, 2), (1, 2)}, "parts of one column are not paired"


def test_baselines_are_scored_or_say_why_not(files: BinnedFiles) -> None:
    with threadpool_limits(1):
        found = run_baselines({}, ignore, files, TASK, ("linear", "boosted trees"), 0)
    assert list(found) == ["linear", "boosted trees"]
    assert isinstance(found["boosted trees"], Resampled)
    assert found["boosted trees"].scores.metrics["r2"].value > 0.9
    np.save(files.folder / "target.npy", np.full(600, np.nan))
    failed = run_baselines({}, ignore, files, TASK, ("linear",), 0)["linear"]
    assert isinstance(failed, str)
    assert "NaN" in failed
