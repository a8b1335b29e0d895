"""The Text tab and the words in a row: typing, methods, comparing, what is asked of the engine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from text_made import REVIEW, Asked, fill_with_texts, keep_asked

from pellucid.explain.tokens.exact import explain_exact
from pellucid.explain.tokens.types import Faithfulness, TokenExplanation
from pellucid.report.palette import DARK
from pellucid.ui.pages.explain import ExplainPage
from pellucid.ui.pages.explain_row import RowPanel
from pellucid.ui.pages.explain_row_view import RowState
from pellucid.ui.session import Session
from pellucid.ui.widgets.basic import color_all
from pellucid.ui.window import Window


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Keep what is asked of the engine, to be answered by hand."""
    return keep_asked(monkeypatch, "explain_text")


@pytest.fixture
def page(
    session: Session, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, asked: Asked
) -> ExplainPage:
    del asked
    return text_page(session, window, qtbot, monkeypatch)


def text_page(
    session: Session, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
    kind: str = "binary",
) -> ExplainPage:  # fmt: skip
    fill_with_texts(session, kind)
    session.fit_path = Path("fit.zip")

    def read(panel: RowPanel) -> None:
        values = {"review": REVIEW, "minutes": 96.0}
        panel._row_read(RowState(panel.number.value(), values, {}, None))

    monkeypatch.setattr(RowPanel, "_read", read)
    window.resize(1280, 800)
    window.show_page("explain")
    made = window.page("explain")
    assert isinstance(made, ExplainPage)
    made.tabs.setCurrentIndex(2)
    qtbot.waitUntil(lambda: bool(made.text.halves[0].side.text.marks), timeout=60_000)
    return made


def answer_of(session: Session, params: Mapping[str, Any]) -> TokenExplanation:
    assert session.model is not None
    columns = {"review": np.array([params["text"]], dtype=object), "minutes": np.array([96.0])}
    found = explain_exact(session.model, columns)
    worth = Faithfulness(0.1, 0.05, 0.82, 0.12, 0.3, 0.04, 0.21, 100)
    return replace(found, method=params["method"], faithfulness=worth)


def test_a_model_without_texts_says_what_it_waits_for(session: Session, window: Window) -> None:
    fill_with_texts(session)
    assert session.model is not None
    session.model = replace(session.model, texts=())
    session.explanation = None
    window.show_page("explain")
    page = window.page("explain")
    assert isinstance(page, ExplainPage)
    page.text.show_model(session.model, 10)
    assert "reads no texts" in page.text.empty._title.text()


def test_scores_follow_as_one_types(page: ExplainPage) -> None:
    side = page.text.halves[0].side
    before = side.figure.text()
    side.text.setPlainText("awful, not good at all")
    assert side.text.text == "awful, not good at all"
    assert side.figure.text() != before
    assert len(side.text.marks) == 5
    assert not side.back.isHidden()
    side.back.click()
    assert side.text.text == REVIEW
    assert side.figure.text() == before


def test_the_worth_of_exact_scores_is_asked_for_once_typing_rests(
    page: ExplainPage, session: Session, asked: Asked, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: bool(asked), timeout=10_000)
    name, params, done, _ = asked[-1]
    assert name == "explain_text"
    assert params["row"] == {"minutes": 96.0}
    assert params["column"] == "review"
    done(answer_of(session, params))
    side = page.text.halves[0].side
    assert "no better than random" in side.worth.text()
    assert not side.dots.isHidden()


def test_two_methods_stand_side_by_side(
    page: ExplainPage, session: Session, asked: Asked, qtbot: QtBot
) -> None:
    page.text.head.compare.setChecked(True)
    first, second = page.text.halves
    assert second.side.actual.text() == "The same as the first"
    second.side.method_chosen.emit("occlusion")
    assert second.side.text.marks == ()
    qtbot.waitUntil(lambda: any(a[1]["method"] == "occlusion" for a in asked), timeout=10_000)
    _, params, done, failed = next(a for a in asked if a[1]["method"] == "occlusion")
    failed("It could not be", "Try")
    assert "occlusion" in second.side.problem.text()
    done(answer_of(session, params))
    assert second.side.text.marks
    assert first.side.text.marks
    assert re.fullmatch(
        r"It ranks the words (much like|partly like|unlike) the first method "
        r"\(rank correlation −?[\d.]+\)",
        second.side.actual.text(),
    )
    second.side.text.setPlainText("awful")
    assert "points beside the first" in second.side.actual.text()


def test_an_answer_to_an_older_text_is_not_shown(
    page: ExplainPage, session: Session, asked: Asked, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: bool(asked), timeout=10_000)
    _, params, done, _ = asked[-1]
    page.text.halves[0].side.text.setPlainText("other words")
    done(answer_of(session, params))
    assert page.text.halves[0].side.dots.isHidden()


def test_pointing_at_a_bar_frames_its_words(page: ExplainPage) -> None:
    side = page.text.halves[0].side
    side.bars.point_at(0)
    assert side.text._linked
    side.bars.point_at(None)
    assert not side.text._linked


def test_classes_can_be_set_against_each_other(
    session: Session, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, asked: Asked
) -> None:
    page = text_page(session, window, qtbot, monkeypatch, "multiclass")
    panel = page.text
    panel.head.output.setCurrentIndex(1)
    panel.head.contrast.setCurrentIndex(3)
    panel.head.contrast.activated.emit(3)
    told = panel.halves[0].side.told
    assert told is not None
    assert told.raised == "liked over disliked"
    panel.head.pieces.setCurrentIndex(2)
    panel.head.pieces.activated.emit(2)
    assert len(panel.halves[0].side.text.marks) == 4
    qtbot.waitUntil(lambda: bool(asked), timeout=10_000)
    assert asked[-1][1]["contrast"] == "disliked"


def test_a_row_s_text_opens_beneath_its_bars(page: ExplainPage) -> None:
    page.tabs.setCurrentIndex(1)
    row = page.row
    opener = next(r.editor for r in row.waterfall.rows if r.column == "review")
    assert opener is not None
    opener.click()  # type: ignore[union-attr]
    assert row.words.isVisible()
    assert row.words.text.marks
    before = row.answer.figure.text()
    row.words.text.setPlainText("awful")
    assert row.state is not None
    assert row.state.edits == {"review": "awful"}
    assert row.answer.figure.text() != before
    row.words.closed.emit()
    assert not row.words.isVisible()
    color_all(page, DARK)
    page.grab()


def test_the_row_is_the_same_on_both_tabs(page: ExplainPage, qtbot: QtBot) -> None:
    page.text.head.number.setValue(7)
    qtbot.waitUntil(lambda: page.row.state is not None and page.row.state.number == 7)
    assert page.row.number.value() == 7
