"""The whole path through the jobs, as the window walks it, from a table to a reopened project."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pellucid.core.run import Run
from pellucid.core.values import from_json, to_json
from pellucid.engine.jobs import JOBS
from pellucid.explain.types import ModelExplanation
from pellucid.models.files import load_fit
from pellucid.models.types import FitSummary
from pellucid.project.unsaved import unsaved
from pellucid.report.charts import CurveChart
from pellucid.report.document import ChartBlock, Report
from pellucid.writing.types import Words


def do(name: str, run: Run | None = None, /, **params: Any) -> Any:
    """Run a job as the worker does, through JSON both ways."""
    given = json.loads(json.dumps(to_json(params)))
    return to_json(JOBS[name](run or Run(), **given))


@dataclass(frozen=True)
class Walk:
    """Where the walk has come: a table, its store and a fit to it."""

    table: Path
    store: str
    fit: str
    curves: list[Any]

    @property
    def subject(self) -> dict[str, Any]:
        return {"store": self.store, "fit": self.fit}


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """Fit once; every test uses copies of what that made."""
    random = np.random.default_rng(2)
    size = random.uniform(1, 9, 150).round(2)
    price = (3 * size + random.normal(0, 1, 150)).round(2)
    table = tmp_path_factory.mktemp("walk") / "boxes.csv"
    rows = [f"{s},{'ab'[i % 2]},{p}" for i, (s, p) in enumerate(zip(size, price, strict=True))]
    table.write_text("size,make,price\n" + "\n".join(rows) + "\n")
    curves: list[Any] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PELLUCID_HOME", str(tmp_path_factory.mktemp("home")))
        store = do("open", path=table)["store"]
        run = Run(on_partial=lambda _, value: curves.append(value))
        options = {"target": "price", "quality": "preview", "seed": 4}
        fitted = do("fit", run, store=store, options=options)
    from_json(FitSummary, fitted["summary"])
    return Walk(table, store, fitted["fit"], curves)


def test_a_fit_publishes_models_on_its_way(walk: Walk) -> None:
    assert walk.curves[0]["bags"] == 0
    last = walk.curves[-1]
    assert last["bags"] == last["bags_asked"] == load_fit(Path(walk.fit)).model.bags
    assert load_fit(Path(last["fit"])).model.bags == last["bags"]


def test_a_fit_is_explained(walk: Walk) -> None:
    explanation = from_json(ModelExplanation, do("explain", fit=walk.fit))

    assert explanation.terms[0].name == "size"
    assert explanation.terms[0].scores.shape == explanation.terms[0].low.shape


def test_a_report_crosses_to_the_window_with_its_charts_as_values(walk: Walk) -> None:
    report = from_json(Report, do("report", **walk.subject))

    charts = [block.chart for block in report.blocks if isinstance(block, ChartBlock)]
    assert any(isinstance(chart, CurveChart) for chart in charts)
    assert all(chart.caption.alt for chart in charts)


def test_blocks_that_are_switched_off_are_left_out_of_the_file(walk: Walk, tmp_path: Path) -> None:
    words = do("write", **walk.subject)
    claim = from_json(Words, words).claims[-1].text
    report = from_json(Report, do("report", **walk.subject, words=words))
    key = next(b.key for b in report.blocks if getattr(b, "text", "") == claim)

    whole = do("export", **walk.subject, words=words, path=tmp_path / "whole.md")
    do("export", **walk.subject, words=words, hidden=[key], path=tmp_path / "less.md")

    assert whole["bytes"] == (tmp_path / "whole.md").stat().st_size
    first_words = " ".join(claim.split()[:4])
    assert first_words in (tmp_path / "whole.md").read_text()
    assert first_words not in (tmp_path / "less.md").read_text()


def test_a_project_comes_back_as_it_was_saved(walk: Walk, tmp_path: Path) -> None:
    words = do("write", **walk.subject)
    path = tmp_path / "boxes.pellucid"
    do("save_project", **walk.subject, words=words, hidden=["x"], path=path)

    found = do("open_project", path=path)

    assert found["note"] == ""
    assert (found["rows"], found["hidden"]) == (150, ["x"])
    assert found["words"] == words
    assert found["options"]["seed"] == 4
    assert found["profile"] == do("profile", store=walk.store)
    ours, theirs = load_fit(Path(walk.fit)), load_fit(Path(found["fit"]))
    assert theirs.summary == ours.summary
    np.testing.assert_array_equal(theirs.model.terms[0].scores, ours.model.terms[0].scores)


def test_kinds_that_were_chosen_come_back(walk: Walk, tmp_path: Path) -> None:
    changed = do("set_kinds", store=walk.store, kinds={"size": "category"})
    do("save_project", store=changed["store"], path=tmp_path / "p.pellucid")

    found = do("open_project", path=tmp_path / "p.pellucid")

    assert {c["name"]: c["kind"] for c in found["columns"]}["size"] == "category"


def test_a_project_whose_table_is_gone_still_shows_what_was_read(
    walk: Walk, tmp_path: Path
) -> None:
    table = tmp_path / "copy.csv"
    shutil.copy(walk.table, table)
    store = do("open", path=table)["store"]
    do("save_project", store=store, fit=walk.fit, path=tmp_path / "p.pellucid")
    table.unlink()

    found = do("open_project", path=tmp_path / "p.pellucid")
    assert "is not there any more" in found["note"]
    assert "the rows are those that were read then" in found["note"]
    assert found["rows"] == 150

    shutil.rmtree(Path(store).parent)
    found = do("open_project", path=tmp_path / "p.pellucid")
    assert "store" not in found
    assert "rows cannot be shown" in found["note"]
    assert found["summary"]["task"]["target"] == "price"


def test_a_project_whose_table_changed_says_so(walk: Walk, tmp_path: Path) -> None:
    table = tmp_path / "copy.csv"
    shutil.copy(walk.table, table)
    do("save_project", store=do("open", path=table)["store"], path=tmp_path / "p.pellucid")
    table.write_text(table.read_text() + "1,a,2\n")

    found = do("open_project", path=tmp_path / "p.pellucid")

    assert "has changed" in found["note"]


def test_unsaved_work_can_be_opened_like_a_project(walk: Walk) -> None:
    do("autosave", **walk.subject, hidden=["x"])

    (kept,) = unsaved()
    found = do("open_project", path=kept.path)

    assert kept.source == "boxes.csv"
    assert found["hidden"] == ["x"]
    assert found["note"] == ""
