"""From a table to a fit: the same from any number of workers, shown early, stopped at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import psutil
import pytest
from tables import open_columns

from pellucid.core.errors import StoppedError, UserError
from pellucid.core.paths import HOME_VARIABLE
from pellucid.core.run import Progress, Run
from pellucid.models.additive import AdditiveModel
from pellucid.models.fit import Fit
from pellucid.models.fitting import fit
from pellucid.models.types import FitOptions

QUICK = FitOptions("default", quality="preview")


def arrays_of(model: AdditiveModel) -> list[np.ndarray]:
    return [model.bag_intercepts, *(term.bag_scores for term in model.terms)]


def children() -> set[int]:
    return {process.pid for process in psutil.Process().children(recursive=True)}


def wait_until_gone(pids: set[int]) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and any(is_running(pid) for pid in pids):
        time.sleep(0.02)
    assert not [pid for pid in pids if is_running(pid)]


def is_running(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@dataclass
class Watched:
    """A fit, and what was heard of it while it ran."""

    fit: Fit
    shown: list[object] = field(default_factory=list)
    stages: list[Progress] = field(default_factory=list)


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory, loans: Any) -> Watched:
    """Fit the loans once, on two workers, with a column that identifies the rows."""
    shown: list[object] = []
    stages: list[Progress] = []

    def publish(name: str, value: object) -> None:
        assert name == "curves"
        shown.append(value)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(tmp_path_factory.mktemp("home")))
        columns = {"row": [f"r{i:05}" for i in range(400)], **loans}
        with open_columns(tmp_path_factory.mktemp("table"), columns) as table:
            run = Run(workers=2, on_partial=publish, on_progress=stages.append)
            return Watched(fit(table, QUICK, run), shown, stages)


def test_one_worker_and_four_give_the_same_model(table_of: Any, loans: Any) -> None:
    fewer = FitOptions("default", quality="preview", drop=("opened",))
    alone, together = (fit(table_of(loans), fewer, Run(workers=n)) for n in (1, 4))
    assert [term.name for term in alone.model.terms] == [t.name for t in together.model.terms]
    for ours, theirs in zip(arrays_of(alone.model), arrays_of(together.model), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert alone.summary.test == together.summary.test
    assert alone.summary.baselines == together.summary.baselines
    assert alone.summary.evidence == together.summary.evidence


def test_a_fit_says_all_of_itself(watched: Watched) -> None:
    model, summary = watched.fit.model, watched.fit.summary
    assert (summary.rows["train"], summary.rows["test"]) == (300, 80)
    assert sum(summary.rows.values()) == 400
    assert [entry.column for entry in summary.left_out] == ["row"]
    names = {term.name for term in model.terms}
    assert {"income", "age", "region", "opened (elapsed)", "opened (month)"} <= names
    assert "opened (hour)" not in names, "all dates are at midnight"
    assert set(summary.test.metrics) == {"auc", "accuracy", "log_loss", "brier"}
    assert [scores.name for scores in summary.baselines] == ["linear", "boosted trees"]
    assert summary.test.metrics["auc"].value > 0.75
    assert 0 < summary.seconds.first_curves < summary.seconds.total
    matters = {entry.term: entry.matters for entry in summary.evidence}
    assert matters["income"]
    assert not matters["noise"]


def test_curves_are_shown_as_bags_are_done(watched: Watched) -> None:
    bags = [model.bags for model in watched.shown if isinstance(model, AdditiveModel)]
    assert bags[0] == 1, "the quick bag, which is replaced"
    assert bags[1:] == sorted(set(bags[1:]))
    assert bags[-1] == watched.fit.summary.bags == watched.fit.summary.bags_asked == 4
    stages = list(dict.fromkeys(progress.stage for progress in watched.stages))
    assert stages[-2:] == ["Fitting", "Testing the model"]
    assert [p.done for p in watched.stages if p.stage == "Fitting"][-1] == 4


def test_terms_are_centred_and_pairs_pure_in_every_bag(watched: Watched) -> None:
    terms = watched.fit.model.terms
    assert any(term.kind == "pair" for term in terms)
    for term in terms:
        assert term.weights.sum() == 300
        for scores in term.bag_scores[..., 0]:
            assert abs((scores * term.weights).sum()) < 1e-8
            if term.kind == "pair":
                assert np.abs((scores * term.weights).sum(axis=0)).max() < 1e-8
                assert np.abs((scores * term.weights).sum(axis=1)).max() < 1e-8


def test_a_model_predicts_from_any_frame(watched: Watched, table_of: Any, loans: Any) -> None:
    model, table = watched.fit.model, table_of(loans)
    probabilities = model.predict_proba(table)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1)
    rows = [dict(zip(loans, row, strict=True)) for row in zip(*loans.values(), strict=True)]
    np.testing.assert_array_equal(model.predict_proba(rows[:50]), probabilities[:50])
    labels = np.where(probabilities[:, 1] > 0.5, "yes", "no")
    np.testing.assert_array_equal(model.predict(table), labels)
    lone = model.predict_proba({"income": [50.0]})
    assert lone.shape == (1, 2), "absent columns count as missing"


def test_regression_and_many_classes(table_of: Any, loans: Any) -> None:
    regression = fit(table_of(loans), FitOptions("income", quality="preview"), Run(workers=2))
    assert set(regression.summary.test.metrics) == {"rmse", "mae", "r2"}
    assert regression.model.link == "identity"
    assert regression.model.predict(loans).dtype == np.float64
    with pytest.raises(UserError, match="is a number"):
        regression.model.predict_proba(loans)
    classes = fit(table_of(loans), FitOptions("region", quality="preview"), Run(workers=2))
    model = classes.model
    assert "macro_f1" in classes.summary.test.metrics
    assert model.predict_proba(loans).shape == (400, 3)
    for term in model.terms:
        assert np.abs(term.bag_scores.sum(axis=-1)).max() < 1e-9
    assert np.abs(model.bag_intercepts.sum(axis=1)).max() < 1e-9


def test_a_stop_keeps_the_bags_that_are_done(table_of: Any, loans: Any) -> None:
    before = children()
    bags = 0

    def publish(_name: str, _value: object) -> None:
        nonlocal bags
        bags += 1

    run = Run(workers=1, on_partial=publish, should_stop=lambda: bags > 2)
    found = fit(table_of(loans), QUICK, run)
    assert 2 <= found.summary.bags < found.summary.bags_asked
    assert found.model.bags == found.summary.bags
    assert found.summary.test.metrics
    assert children() <= before


def test_a_stop_before_the_first_bag_keeps_nothing(table_of: Any, loans: Any) -> None:
    before = children()
    is_reading = False

    def progress(stage: Progress) -> None:
        nonlocal is_reading
        is_reading = is_reading or stage.stage == "Finding bins"

    with pytest.raises(StoppedError):
        fit(table_of(loans), QUICK, Run(on_progress=progress, should_stop=lambda: is_reading))
    assert children() <= before


def test_workers_end_with_a_parent_that_is_killed() -> None:
    program = (
        "import time, numpy\nfrom pellucid.models.fit_tasks import cut_numbers\n"
        "from pellucid.models.workers import Workers\nworkers = Workers(2)\n"
        "workers.submit(cut_numbers, numpy.random.default_rng(0).random((8, 400_000)), 64)\n"
        "print(*workers.pids, flush=True)\ntime.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pids = {int(pid) for pid in parent.stdout.readline().split()}
        assert all(is_running(pid) for pid in pids)
        os.kill(parent.pid, signal.SIGKILL)
    wait_until_gone(pids)


def test_a_column_that_gives_the_target_away_is_named_even_without_test_rows(
    table_of: Any, loans: Any
) -> None:
    copied = ["good" if value == "no" else "bad" for value in loans["default"]]
    options = FitOptions("default", quality="preview", test_size=0.0)
    found = fit(table_of({**loans, "outcome": copied}), options, Run(workers=2))
    assert [w.columns for w in found.summary.warnings if w.kind == "leakage"] == [("outcome",)]
    assert found.summary.rows["test"] == 0
    assert not found.summary.test.metrics
    assert not found.summary.baselines


def test_a_baseline_that_cannot_be_fitted_costs_a_warning_alone(table_of: Any, loans: Any) -> None:
    far = [value * 1e200 for value in loans["noise"]]
    options = FitOptions("default", quality="preview", drop=("opened", "region"))
    summary = fit(table_of({**loans, "far": far}), options, Run(workers=2)).summary
    assert summary.test.metrics
    assert [scores.name for scores in summary.baselines] == ["boosted trees"]
    assert any("linear baseline could not be fitted" in w.message for w in summary.warnings)
