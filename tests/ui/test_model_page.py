"""The Model page in its states, and what its controls ask for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_made import fill
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from pellucid.models.types import FitOptions
from pellucid.report.palette import DARK
from pellucid.ui.pages.model import ModelPage
from pellucid.ui.session import Session
from pellucid.ui.states import ErrorState
from pellucid.ui.widgets.basic import color_all
from pellucid.ui.window import Window


def shown(window: Window) -> ModelPage:
    window.resize(1280, 800)
    window.show_page("model")
    page = window.page("model")
    assert isinstance(page, ModelPage)
    return page


def words(page: QWidget) -> str:
    """Return all that the page says at the moment."""
    return " ".join(
        label.accessibleName() or label.text()
        for label in page.findChildren(QLabel)
        if label.isVisible()
    )


def test_without_a_table_it_says_what_it_waits_for(window: Window) -> None:
    page = shown(window)
    assert page.state == "waiting"
    assert "Waiting for a table" in words(page)
    assert not page.decisions.isEnabled()


def test_decisions_are_made_before_the_first_fit(session: Session, window: Window) -> None:
    fill(session, fitted=False)
    page = shown(window)
    assert page.state == "ready"
    assert "Ready to predict Income" in words(page)
    assert page.decisions.target.currentText() == "Income"
    assert page.decisions.positive.currentText() == ">50K"
    assert "the last column, with two values" in words(page)
    assert [item.is_on for item in page.decisions.features.items] == [True] * 4 + [False]
    assert page.decisions.features.items[-1].locked
    assert page.decisions.fit.text() == "Fit"


def test_every_decision_can_be_changed_in_place(
    session: Session, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[FitOptions] = []
    monkeypatch.setattr(session, "fit", asked.append)
    fill(session, fitted=False)
    page = shown(window)
    features = page.decisions.features
    features.setCurrentIndex(features.model().index(1, 0))
    qtbot.keyClick(features, Qt.Key.Key_Space)
    page.decisions.qualities.button(2).click()
    page.decisions.positive.textActivated.emit("<=50K")
    assert "1 switched off" in words(page)
    page.decisions.fit.click()
    assert asked == [
        FitOptions("Income", positive="<=50K", drop=("work",), quality="best"),
    ]


def test_another_target_is_the_session_s(session: Session, window: Window) -> None:
    fill(session, fitted=False)
    page = shown(window)
    page.decisions.target.textActivated.emit("age")
    assert session.target == "age"
    assert "number" in words(page)
    assert not page.decisions.positive.isVisible()
    assert "Income" in [item.key for item in page.decisions.features.items]


def test_results_show_scores_warnings_and_curves(
    session: Session, window: Window, qtbot: QtBot
) -> None:
    fill(session)
    page = shown(window)
    assert page.state == "done"
    said = words(page)
    assert "0.912" in said
    assert "Left out row_id" in said
    assert "The readable model is better than the linear model" in said
    qtbot.waitUntil(lambda: len(page.grid.cards) == 5, timeout=60_000)
    assert page.decisions.fit.text() == "Fit again"
    page.scores.chooser.setCurrentIndex(1)
    page.scores.chooser.activated.emit(1)
    assert "86.1%" in words(page)


def test_changed_decisions_are_told_beside_old_results(session: Session, window: Window) -> None:
    fill(session)
    page = shown(window)
    assert "have changed" not in words(page)
    page.decisions.qualities.button(0).click()
    assert "have changed" in words(page)


def test_curves_appear_as_bags_finish(
    session: Session, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(session)
    model, session.model, session.summary = session.model, None, None
    page = shown(window)
    monkeypatch.setattr(Session, "is_fitting", True)
    session.bags, session.bags_asked = 0, 8
    session.model_changed.emit()
    assert "first bag" in words(page)
    assert page.grid.cards == []
    assert page.decisions.fit.text() == "Stop, keep finished bags"
    session.model, session.bags = model, 3
    session.model_changed.emit()
    assert "Bag 3 of 8" in words(page)
    qtbot.waitUntil(lambda: len(page.grid.cards) == 5, timeout=60_000)
    cards = list(page.grid.cards)
    session.bags = 4
    session.model_changed.emit()
    qtbot.waitUntil(lambda: page._turns.is_done, timeout=60_000)
    assert page.grid.cards == cards


def test_a_stopped_fit_says_what_it_kept(session: Session, window: Window) -> None:
    fill(session)
    assert session.summary is not None
    session.summary = replace(session.summary, bags=3, bags_asked=8)
    session.bags = 3
    page = shown(window)
    assert page.state == "stopped"
    assert "3 bags of 8" in words(page)


def test_a_failed_fit_says_why_in_place(session: Session, window: Window) -> None:
    fill(session, fitted=False)
    page = shown(window)
    session.error = ErrorState("Income has one value", "The table is unchanged.", "Choose another.",
                               "fit")  # fmt: skip
    session.error_changed.emit()
    assert page.state == "failed"
    assert "Income has one value" in words(page)
    session.error = None
    session.error_changed.emit()
    assert page.state == "ready"


def test_a_click_on_a_curve_leads_to_explain(
    session: Session, window: Window, qtbot: QtBot
) -> None:
    fill(session)
    page = shown(window)
    qtbot.waitUntil(lambda: bool(page.grid.cards), timeout=60_000)
    with qtbot.waitSignal(session.page_wanted) as wanted:
        page.grid.cards[0].view.chosen.emit(0)
    assert wanted.args == ["explain"]


def test_the_page_follows_the_palette(session: Session, window: Window) -> None:
    fill(session)
    page = shown(window)
    light = page.grab().toImage()
    color_all(page, DARK)
    assert page.grab().toImage() != light
