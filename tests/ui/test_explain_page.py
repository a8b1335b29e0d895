"""The Explain page: terms, classes, and a row that can be edited."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from hand_made import fill
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QStyleOptionComboBox, QWidget
from pytestqt.qtbot import QtBot

from pellucid.core.errors import UserError
from pellucid.report.palette import DARK
from pellucid.ui import theme
from pellucid.ui.charts import drawing
from pellucid.ui.pages.explain import ExplainPage
from pellucid.ui.pages.explain_inputs import DateEditor, LevelEditor, NumberEditor
from pellucid.ui.pages.explain_row import RowPanel
from pellucid.ui.pages.explain_row_view import Input, RowState
from pellucid.ui.pages.explain_terms import name_and_curve
from pellucid.ui.session import Session
from pellucid.ui.settings import load_settings
from pellucid.ui.widgets.basic import color_all
from pellucid.ui.window import Window
from toy_models import curve_term, make_model


@pytest.fixture
def page(
    session: Session, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> ExplainPage:
    """Return the page of a filled session; its one row is made by hand instead of read."""
    fill(session)
    monkeypatch.setattr(RowPanel, "_read", _read_by_hand)
    made = shown(window)
    qtbot.waitUntil(lambda: made.row.local is not None, timeout=60_000)
    return made


def _read_by_hand(panel: RowPanel) -> None:
    values = {"age": 40.0, "work": "State", "a": 0.9, "b": 0.2}
    panel._row_read(RowState(panel.number.value(), values, {}, ">50K"))


def shown(window: Window) -> ExplainPage:
    window.resize(1280, 800)
    window.show_page("explain")
    page = window.page("explain")
    assert isinstance(page, ExplainPage)
    return page


def words(page: QWidget) -> str:
    """Return all that the page says at the moment."""
    return " ".join(
        label.accessibleName() or label.text()
        for label in page.findChildren(QLabel)
        if label.isVisible()
    )


def test_without_a_model_it_says_what_it_waits_for(session: Session, window: Window) -> None:
    page = shown(window)
    assert "Waiting for a table" in words(page)
    fill(session, fitted=False)
    session.model_changed.emit()
    assert "Waiting for a model" in words(page)


def test_terms_come_by_importance_with_the_first_one_large(page: ExplainPage) -> None:
    assert [row.rank for row in page.whole.terms.rows] == [1, 2, 3, 4, 5]
    assert page.whole.term == page.whole.terms.rows[0].name
    assert page.whole.panel.title.text()
    assert not page.whole.classes.isVisible()


def test_arrows_walk_through_the_terms(page: ExplainPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.whole.terms.list, Qt.Key.Key_Down)
    assert page.whole.term == page.whole.terms.rows[1].name


@pytest.mark.parametrize("name", ["island", "flipper_length_mm", "island & flipper_length_mm"])
def test_a_name_in_the_list_is_whole_and_clear_of_its_curve(page: ExplainPage, name: str) -> None:
    row = QRectF(0, 0, page.whole.terms.list.viewport().width(), 52)
    place, curve = name_and_curve(row, name)
    assert drawing.elided_name(name, place.width(), theme.medium()) == name
    assert not place.intersects(curve)
    assert row.contains(place)
    assert row.contains(curve)


def test_the_list_can_be_searched(page: ExplainPage) -> None:
    page.whole.terms.search.setText("wor")
    assert [row.name for row in page.whole.terms.rows] == ["work"]


def test_the_inspector_says_whether_the_term_matters(page: ExplainPage) -> None:
    inspector = page.inspector()
    assert inspector is not None
    page.whole.show_term("b")
    said = " ".join(x.accessibleName() or x.text() for x in inspector.findChildren(QLabel))
    assert "Within noise" in said
    assert "log-odds" in said


def test_the_inspector_scrolls_no_further_than_what_it_shows(
    page: ExplainPage, qtbot: QtBot
) -> None:
    inspector = page.inspector()
    assert isinstance(inspector, QScrollArea)
    page._row_inspector.words.setMinimumHeight(4_000)
    qtbot.waitUntil(lambda: inspector.verticalScrollBar().maximum() == 0)
    page.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: inspector.verticalScrollBar().maximum() > 3_000)
    page.tabs.setCurrentIndex(0)
    qtbot.waitUntil(lambda: inspector.verticalScrollBar().maximum() == 0)


def test_the_inspector_says_nothing_of_a_model_that_is_gone(
    page: ExplainPage, session: Session
) -> None:
    inspector = page.inspector()
    assert inspector is not None
    session.model = session.explanation = None
    session.model_changed.emit()
    assert not [part for part in inspector.findChildren(QLabel) if part.isVisible()]


def test_a_snapshot_is_said_to_be_one(
    page: ExplainPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "is_fitting", True)
    session.bags, session.bags_asked, session.explanation = 2, 8, None
    session.model_changed.emit()
    assert "after bag 2 of 8" in words(page)
    assert page.whole.terms.rows[0].verdict == "not tested"


def test_a_row_leads_from_the_average_to_its_prediction(page: ExplainPage) -> None:
    page.tabs.setCurrentIndex(1)
    rows = page.row.waterfall.rows
    assert len(rows) == 7
    assert len(page.row.waterfall.view.marks) == 7
    assert page.row.answer.figure.text().endswith("%")
    assert "The row says >50K" in words(page)
    assert "probabilities do not" in words(page)


def test_an_edit_moves_the_prediction_while_terms_stay_in_place(page: ExplainPage) -> None:
    page.tabs.setCurrentIndex(1)
    before = page.row.answer.figure.text()
    order = [row.column for row in page.row.waterfall.rows]
    row = next(row for row in page.row.waterfall.rows if row.column == "age")
    assert isinstance(row.editor, NumberEditor)
    row.editor.setValue(95.0)
    assert page.row.answer.figure.text() != before
    assert [row.column for row in page.row.waterfall.rows] == order
    assert "age, edited" in words(page)
    assert "Edited: not a row of the table" in words(page)
    page.row.reset.click()
    assert page.row.answer.figure.text() == before
    assert "edited" not in words(page)


def test_one_edit_can_be_put_back_alone(page: ExplainPage) -> None:
    page.row.edit("age", 95.0)
    page.row.edit("work", None)
    page.row.waterfall.reset.emit("age")
    assert page.row.state is not None
    assert page.row.state.edits == {"work": None}


def test_a_row_that_cannot_be_read_is_told_of_plainly(page: ExplainPage) -> None:
    page.row._not_read(duckdb.IOException("IO Error: cells.duckdb: No such file"))
    said = page.row._problem.text()
    assert said == (
        "This row could not be read from what was kept of the file. Open the file again."
    )
    page.row._not_read(UserError("It is no longer in the cache", "Open the file."))
    assert page.row._problem.text() == "It is no longer in the cache. Open the file."


def test_the_slider_and_the_number_are_one(page: ExplainPage, qtbot: QtBot) -> None:
    page.row.slider.setValue(1200)
    assert page.row.number.value() == 1200
    qtbot.waitUntil(
        lambda: page.row.state is not None and page.row.state.number == 1200, timeout=60_000
    )
    page.row.show_row(7)
    assert page.row.slider.value() == 7


def test_a_row_of_another_table_is_forgotten_before_colours_change(page: ExplainPage) -> None:
    other = make_model((curve_term("z", lambda x: x, 0.0, 1.0),))
    page.row.show_model(other, Path("other-store"), 10)
    assert page.row.state is None
    page.row.set_colors(DARK)


def test_a_row_is_not_told_by_a_model_that_came_while_the_page_was_hidden(
    page: ExplainPage, session: Session, window: Window
) -> None:
    window.show_page("words")
    other = make_model((curve_term("z", lambda x: x, 0.0, 1.0),))
    session.model, session.explanation = other, None
    session.model_changed.emit()
    page.row.set_colors(DARK)  # explains the row again by the model before
    assert page.row.state is not None


def test_the_page_follows_the_palette(page: ExplainPage) -> None:
    light = page.grab().toImage()
    color_all(page, DARK)
    assert page.grab().toImage() != light


@pytest.mark.usefixtures("app")
def test_a_number_can_be_left_out(qtbot: QtBot) -> None:
    editor = NumberEditor(Input("age", "number", 17.0, 90.0, is_integer=True))
    qtbot.addWidget(editor)
    said: list[object] = []
    editor.value_changed.connect(said.append)
    editor.show_value(40.0)
    assert said == []
    editor.setValue(41.0)
    editor.setValue(editor.minimum())
    assert said == [41.0, None]
    assert editor.text() == "missing"


@pytest.mark.usefixtures("app")
def test_an_unknown_level_is_shown_as_it_is(qtbot: QtBot) -> None:
    editor = LevelEditor(Input("work", "level", levels=("Private", "State")))
    qtbot.addWidget(editor)
    editor.show_value("Abroad")
    assert editor.currentText() == "Abroad"
    with qtbot.waitSignal(editor.value_changed) as changed:
        editor.setCurrentIndex(editor.findText("missing"))
        editor.activated.emit(editor.currentIndex())
    assert changed.args == [None]


@pytest.mark.usefixtures("app")
def test_a_level_wider_than_its_field_is_shortened_to_the_eye_alone(qtbot: QtBot) -> None:
    zone = "Pacific Time (US & Canada)"
    editor = LevelEditor(Input("zone", "level", levels=(zone,)))
    qtbot.addWidget(editor)
    editor.resize(120, 30)
    editor.show_value(zone)
    option = QStyleOptionComboBox()
    editor.initStyleOption(option)
    assert option.currentText.endswith("…")
    assert editor.currentText() == editor.toolTip() == zone


@pytest.mark.usefixtures("app")
def test_names_of_one_column_s_terms_stay_different_where_they_are_shortened() -> None:
    names = [f"tweet_created ({part})" for part in ("elapsed", "weekday", "hour")]
    shown = {drawing.elided_name(name, 100) for name in names}
    assert len(shown) == 3
    assert all("…" in name for name in shown)


@pytest.mark.usefixtures("app")
def test_a_date_that_cannot_be_read_is_marked(qtbot: QtBot) -> None:
    editor = DateEditor(Input("sold", "date"))
    qtbot.addWidget(editor)
    said: list[object] = []
    editor.value_changed.connect(said.append)
    editor.textEdited.emit("soon")
    assert said == []
    assert "soon is not a date" in editor.toolTip()
    editor.textEdited.emit("1970-01-02")
    assert said == [86_400.0]
    assert editor.toolTip() == ""


def test_three_classes_offer_a_choice(
    session: Session, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(session)
    # No row: the model itself stays one of two classes here.
    monkeypatch.setattr(RowPanel, "_read", lambda _: None)
    assert session.explanation is not None
    many = session.explanation
    terms = tuple(
        replace(
            term,
            blocks=term.blocks * 3,
            **{
                part: getattr(term, part).repeat(3, axis=-1)
                for part in ("scores", "variation", "low", "high")
            },
        )
        for term in many.terms
    )
    task = replace(many.task, kind="multiclass", classes=("x", "y", "z"), positive="")
    session.explanation = replace(
        many, task=task, link="softmax", outputs=task.classes, terms=terms,
        intercept=many.intercept.repeat(3),
    )  # fmt: skip
    page = shown(window)
    assert page.whole.classes.isVisible()
    assert [page.whole.classes.itemText(i) for i in range(4)] == ["All classes", "x", "y", "z"]
    page.whole.classes.setCurrentIndex(2)
    page.whole.classes.activated.emit(2)
    before = page.whole.classes.currentText()
    page.whole.show_term("age")
    assert page.whole.classes.currentText() == before == "y"


def test_the_row_is_told_for_a_reader_and_the_choice_is_kept(page: ExplainPage) -> None:
    inspector = page._row_inspector
    told = inspector.words
    for_analysts = told.accessibleName()
    inspector.reader.audience_chosen.emit("engineer")
    for_engineers = told.accessibleName()
    assert for_engineers != for_analysts
    inspector.reader.language_chosen.emit("de")
    assert told.accessibleName() not in (for_analysts, for_engineers)
    assert inspector.reader.language.currentText() == "Deutsch"
    kept = load_settings()
    assert (kept.audience, kept.language) == ("engineer", "de")
