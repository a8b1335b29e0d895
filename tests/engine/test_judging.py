"""Judging a fit on rows held out: the job, and the filters that find the rows of a weak spot."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pellucid.core.run import Run
from pellucid.core.values import from_json, to_json
from pellucid.data.search import Filter
from pellucid.engine.fitting import fit_any
from pellucid.engine.jobs import JOBS
from pellucid.engine.judging import _filters, judgement_of
from pellucid.engine.pipeline import study
from pellucid.engine.stores import load_store
from pellucid.explain.group_types import Judgement, Slice
from pellucid.facts.judging import calibration_facts, slice_facts
from pellucid.models.types import FitOptions

ROWS = 4_000


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Judgement]:
    """Return a store and the judgement of a fit: amounts are noisy where size is 75 or more."""
    random = np.random.default_rng(5)
    size = random.integers(0, 100, ROWS)
    noise = random.normal(scale=np.where(size >= 75, 40.0, 2.0))
    folder = tmp_path_factory.mktemp("judged")
    path = folder / "amounts.csv"
    lines = [f"{s},{x:.2f}" for s, x in zip(size, 3 * size + noise, strict=True)]
    path.write_text("size,amount\n" + "\n".join(lines) + "\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PELLUCID_HOME", str(folder / "home"))
        store = JOBS["open"](Run(), path=str(path))["store"]  # type: ignore[index]
        options = {"target": "amount", "quality": "preview"}
        fit = JOBS["fit"](Run(), store=store, options=options)["fit"]  # type: ignore[index]
        found = to_json(JOBS["judge"](Run(), store=store, fit=fit))
    return store, from_json(Judgement, found)


def test_a_fit_is_judged_on_test_rows(judged: tuple[str, Judgement]) -> None:
    found = judged[1]
    assert found.calibration is not None
    assert found.calibration.what == "value"
    assert len(found.calibration.bins) == 10
    assert found.tried > 0
    assert found.slices[0].p_value < 0.001
    assert found.slices[0].error > 3 * found.slices[0].elsewhere


def test_filters_find_the_rows_of_a_weak_spot(judged: tuple[str, Judgement]) -> None:
    store, found = judged
    (bound,) = found.slices[0].filters  # open above, as no size lies beyond
    assert (bound.column, bound.test) == ("size", "at least")
    with load_store(store) as table:
        rows = table.matching([bound])
        sizes = table.values("size", rows).astype(float)
    assert sizes.min() == float(bound.values[0])
    assert sizes.max() == 99
    assert len(rows) > found.slices[0].rows


def test_levels_and_missing_cells_are_filtered_by_name(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n" + "\n".join(f"{'x' if i % 2 else ''},{i}" for i in range(50)) + "\n")
    store = JOBS["open"](Run(), path=str(path))["store"]  # type: ignore[index]
    parts = (("a", "levels", "x", ""), ("b", "ranges", "missing", ""))
    one = Slice(parts, 1.0, 0.1, 30, 0.1, 0.9, 0.001, 9, 1, "")  # type: ignore[arg-type]
    with load_store(store) as table:
        named = Slice((("a", "levels", "“missing”", ""),), 1.0, 0.1, 30, 0.1, 0.9, 0.001, 9, 1, "")
        found = _filters(table, named, (), {}, np.arange(50))
        assert found == (Filter("a", "is", ("missing",)),), "a level of that name is no gap"
        wanted = _filters(table, one, (), {}, np.arange(50))
        assert wanted == (Filter("a", "is", ("x",)), Filter("b", "missing"))
        long = Slice((("a", "lengths", "3 or more", "word"),), 1, 0, 30, 0, 1, 0.001, 9, 1, "")
        assert _filters(table, long, (), {}, np.arange(50)) == ()


def test_words_and_report_rest_on_the_same_values(judged: tuple[str, Judgement]) -> None:
    store = judged[0]
    with load_store(store) as table:
        fit = fit_any(table, FitOptions("amount", quality="preview"), Run())
        told = study(table, fit, Run())
        again = study(table, fit, Run(), told.words)
        same = judgement_of(table, fit, Run())
    assert to_json(told.calibration) == to_json(again.calibration) == to_json(same.calibration)
    texts = {fact.text for fact in told.words.facts.values()}
    assert same.calibration is not None
    assert {f.text for f in calibration_facts(fit.summary.task, same.calibration)} <= texts
    assert {f.text for f in slice_facts(fit.summary.task, same.slices)} <= texts
    charts = [block.key for block in again.report().blocks if block.key == "chart:calibration"]
    assert charts == ["chart:calibration"]
