"""The session: what is known of the open file, through a real engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot

from pellucid.core.run import Progress
from pellucid.data.search import Filter, Sort
from pellucid.data.table import RowIds
from pellucid.models.types import FitOptions
from pellucid.report.palette import DARK, LIGHT
from pellucid.ui.session import Session
from pellucid.ui.settings import load_recent
from pellucid.ui.states import JobState

Until = Callable[[Callable[[], bool]], None]


def test_a_file_opens_in_steps(session: Session, small_csv: Path, until: Until) -> None:
    session.open_file(small_csv)
    until(lambda: session.preview is not None)
    assert session.preview.columns == ("age", "city", "paid")
    until(lambda: session.opened is not None)
    assert session.opened.rows == 300
    assert session.opened.column("age").misfits == 1
    until(lambda: session.profile is not None)
    assert [c.kind for c in session.profile.columns][:2] == ["number", "category"]
    until(lambda: session.target is not None)
    assert session.target == "paid"


def test_a_read_file_is_listed_as_recent(opened: Session, small_csv: Path) -> None:
    (recent,) = load_recent()
    assert (recent.path, recent.rows, recent.columns) == (small_csv, 300, 3)
    assert str(opened.path) == str(small_csv)


@pytest.mark.parametrize("name", ["missing.csv", "empty.csv", "folder"])
def test_what_cannot_be_opened_is_said_and_keeps_what_is_open(
    opened: Session, tmp_path: Path, until: Until, name: str
) -> None:
    (tmp_path / "empty.csv").touch()
    (tmp_path / "folder").mkdir()
    before = opened.opened
    opened.open_file(tmp_path / name)
    until(lambda: opened.error is not None)
    assert opened.error.message
    assert opened.error.hint
    assert "still here" in opened.error.kept
    assert opened.opened is before


def test_rows_come_filtered_found_and_sorted(opened: Session, until: Until) -> None:
    told: list[RowIds] = []
    opened.request_rows(
        (Filter("city", "is", ("Oslo",)),), Sort("age", descending=True), "", told.append
    )
    until(lambda: bool(told))
    assert len(told[0]) == 100
    assert told[0][0] % 50 == 49
    opened.request_rows((), None, "köln", told.append)
    until(lambda: len(told) == 2)
    assert set(told[1] % 3) == {1}


def test_another_kind_is_a_view_and_a_new_description(opened: Session, until: Until) -> None:
    opened.set_kind("age", "category")
    until(lambda: bool(opened.opened and opened.opened.column("age").kind == "category"))
    assert opened.opened.column("age").misfits == 0
    until(lambda: bool(opened.profile and opened.profile.columns[0].kind == "category"))
    assert opened.is_unsaved


def test_a_crashed_engine_loses_nothing_shown_and_a_new_one_starts(
    opened: Session, until: Until
) -> None:
    opened.fit(FitOptions("paid", quality="best"))
    until(lambda: opened.job is not None and opened.job.progress is not None)
    pid = opened.link.client.pid
    assert pid
    psutil.Process(pid).kill()
    until(lambda: opened.error is not None)
    assert opened.error.is_crash
    assert "Python" in opened.error.details
    assert opened.opened is not None
    assert opened.profile is not None
    told: list[RowIds] = []
    opened.request_rows((), Sort("age"), "", told.append)
    until(lambda: bool(told))
    assert opened.link.client.pid not in (None, pid)


def test_a_fit_shows_curves_then_ends_and_can_be_explained_and_saved(
    opened: Session, until: Until, tmp_path: Path
) -> None:
    snapshots: list[int] = []
    opened.model_changed.connect(lambda: snapshots.append(opened.bags))
    opened.fit(FitOptions("paid", quality="preview"))
    assert opened.is_fitting
    until(lambda: opened.summary is not None)
    assert opened.model is not None
    assert opened.is_unsaved
    assert len(snapshots) >= 2
    opened.ensure_explanation()
    until(lambda: opened.explanation is not None)
    opened.ensure_words()
    until(lambda: opened.words is not None)
    path = tmp_path / "work.pellucid"
    opened.save(path)
    until(lambda: not opened.is_unsaved)
    assert path.is_file()
    words = opened.words
    opened.open_project(path)
    until(lambda: opened.project == path and not opened.is_running("open_project"))
    assert opened.words == words
    assert opened.summary.task.target == "paid"
    assert opened.opened.rows == 300


def test_a_fit_that_cannot_be_made_is_said(opened: Session, until: Until) -> None:
    opened.fit(FitOptions("no such column"))
    until(lambda: opened.error is not None)
    assert "no such column" in opened.error.message
    assert opened.error.kept
    assert opened.model is None
    assert not opened.is_fitting


def test_the_look_can_be_set_and_is_remembered(session: Session, qtbot: QtBot) -> None:
    session.change_setting("appearance", "light")
    with qtbot.waitSignal(session.theme_changed):
        session.change_setting("appearance", "dark")
    assert session.palette is DARK
    again = Session()
    assert again.palette is DARK
    again.close()
    session.change_setting("appearance", "light")
    assert session.palette is LIGHT


def test_progress_is_told_in_words_and_real_counts() -> None:
    progress = Progress("fitting bags", 3, 8, {"validation_loss": 0.2812})
    job = JobState("1", "fit", "Fitting", progress)
    assert job.text == "Fitting bags, 3 of 8, validation loss 0.281"
    assert "keeping what is finished" in JobState("1", "fit", "Fitting", is_stopping=True).text
