"""Calibration and weak spots on the Model page: as the facts say them, and only when looked at."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hand_made import fill
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from pellucid.data.search import Filter
from pellucid.explain.calibration import calibrate
from pellucid.explain.group_types import Judgement, Slice
from pellucid.facts.judging import calibration_facts, slice_facts
from pellucid.models.types import FitSummary, Task
from pellucid.report.charts import DotChart
from pellucid.report.figures import calibration_chart
from pellucid.ui.charts.agreement import AgreementView, agreement_sentence
from pellucid.ui.pages import model_judging_view as view
from pellucid.ui.pages.model import ModelPage
from pellucid.ui.pages.words_view import chart_of
from pellucid.ui.session import Session
from pellucid.ui.window import Window

SPOT = Slice(
    parts=(("work", "levels", "State", ""), ("age", "ranges", "48 or more", "")),
    error=0.425, elsewhere=0.1, rows=300, low=0.2, high=0.4, p_value=1e-9, tried=759, carried=2,
    method="", filters=(Filter("work", "is", ("State",)), Filter("age", "at least", ("48",))),
)  # fmt: skip


def judged(task: Task, *, truth: float = 1.0) -> Judgement:
    random = np.random.default_rng(3)
    p = random.uniform(0.05, 0.95, 4_000)
    came = (random.random(4_000) < truth * p).astype(np.int64)
    return Judgement((SPOT,), 759, calibrate(task, np.column_stack([1 - p, p]), came))


def summary_of(session: Session) -> FitSummary:
    assert session.summary is not None
    return session.summary


def shown(session: Session, window: Window) -> ModelPage:
    fill(session)
    window.resize(1280, 800)
    window.show_page("model")
    page = window.page("model")
    assert isinstance(page, ModelPage)
    return page


def show(session: Session, judgement: Judgement) -> None:
    session.judgement = judgement
    session.judgement_changed.emit()


def test_calibration_is_drawn_under_the_words_of_its_facts(
    session: Session, window: Window, qtbot: QtBot
) -> None:
    page = shown(session, window)
    panel = page.judging
    assert panel.isVisible()
    assert not panel.chart.isVisible()
    assert panel.said.accessibleName() == view.WAITING
    found = judged(summary_of(session).task)
    show(session, found)
    assert found.calibration is not None
    facts = calibration_facts(summary_of(session).task, found.calibration)
    assert panel.said.accessibleName() == " ".join(fact.text for fact in facts)
    assert panel.chart.isVisible()
    assert isinstance(panel.chart.view, AgreementView)
    qtbot.waitUntil(lambda: panel.chart.height() >= panel.chart.view.height() + 20)
    assert len(panel.chart.view.marks) == 10
    page_end = panel.parentWidget().height()
    assert page_end - panel.geometry().bottom() < 60  # nothing but its margin stands below
    panel.chart.view.point_at(9)
    first = panel.chart.view.marks[9]
    assert panel.chart.view.mark_at(first.anchor) == 9
    assert "right within chance" in first.sentence


def test_words_of_calibration_rest_on_the_same_chart(session: Session, window: Window) -> None:
    shown(session, window)
    summary = summary_of(session)
    found = judged(summary.task).calibration
    assert found is not None
    fact = next(calibration_facts(summary.task, found))
    assert chart_of(fact, None, summary, None, found) == calibration_chart(summary.task, found)
    assert isinstance(chart_of(fact, None, summary, None), DotChart)


def test_bins_that_are_off_say_so_in_title_and_answer(session: Session, window: Window) -> None:
    shown(session, window)
    task = summary_of(session).task
    found = judged(task, truth=0.6).calibration
    assert found is not None
    chart = calibration_chart(task, found)
    assert chart is not None
    off = sum(one.is_off for one in found.bins)
    assert chart.caption.title == (
        f"Probabilities are too high on average, and off beyond chance in {off} of 10 bins"
    )
    assert "off beyond chance" in agreement_sentence(chart, chart.bins[-1])
    assert chart.bins[0].predicted == pytest.approx(100 * found.bins[0].predicted)


def test_weak_spots_agree_with_their_facts_and_open_their_rows(
    session: Session, window: Window, qtbot: QtBot
) -> None:
    page = shown(session, window)
    summary = summary_of(session)
    show(session, judged(summary.task))
    (spot,) = view.weak_spots(Judgement((SPOT,), 759), summary)
    (fact,) = slice_facts(summary.task, (SPOT,))
    assert spot.where == "work is State and age is 48 or more"
    assert spot.where in fact.text
    assert spot.error == "Wrong for 42.5% of 300 test rows, against 10% for the others."
    assert spot.sure == "32.5 percentage points more, 95% interval 20 to 40, p under 0.001"
    assert page.judging.weak.accessibleName() == (
        "Of 759 groups of rows tried on validation rows, one does much worse there and again on "
        "test rows. Figures are of test rows, corrected for the 2 groups measured there."
    )
    (see,) = page.judging.findChildren(QPushButton)
    session.rows_wanted.disconnect()  # the Data page has no rows of a session made by hand
    with qtbot.waitSignal(session.rows_wanted) as asked:
        see.click()
    assert asked.args == [SPOT.filters]


def test_nothing_that_stands_out_is_said_with_how_much_was_tried(
    session: Session, window: Window
) -> None:
    page = shown(session, window)
    show(session, Judgement((), 552))
    assert "No group of rows stands out among 552 tried" in page.judging.weak.accessibleName()
    assert page.judging.findChildren(QPushButton) == []
    show(session, Judgement())
    assert "No groups could be tried" in page.judging.weak.accessibleName()


def test_why_calibration_is_not_told_is_said(session: Session, window: Window) -> None:
    shown(session, window)
    summary = summary_of(session)
    few = replace(summary, rows={**summary.rows, "test": 12})
    assert "12 test rows are too few" in view.calibration_words(Judgement(), few)
    labels = replace(summary, task=replace(summary.task, kind="multilabel"))
    assert "several labels" in view.calibration_words(Judgement(), labels)
    other = replace(summary, rows={**summary.rows, "test": 400})
    assert "not the one that this model was fitted on" in view.calibration_words(Judgement(), other)


def test_it_is_asked_for_once_and_only_where_it_is_looked_at(
    session: Session, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(session.link, "submit", lambda request: asked.append(request.name))
    fill(session)
    session.fit_path = Path("no-fit")
    session.judgement_changed.emit()
    window.show_page("explore")
    assert "judge" not in asked
    window.show_page("model")
    monkeypatch.setattr(session.link, "is_running", lambda name: name == "judge")
    session.judgement_changed.emit()
    assert asked.count("judge") == 1
    session.judging_problem = "It was stopped."
    session.judgement_changed.emit()
    page = window.page("model")
    assert isinstance(page, ModelPage)
    assert page.judging.said.accessibleName() == "It was stopped."
