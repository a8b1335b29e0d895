"""Questions on the Words page: completed, answered, changed, refused, leaning on the last one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from pellucid.core.values import from_json, to_json
from pellucid.ui.pages import words_ask_view as view
from pellucid.ui.pages.words import WordsPage
from pellucid.ui.session import Session
from pellucid.ui.window import Window
from pellucid.writing.questions.types import (
    Answer,
    Condition,
    Conversation,
    Describe,
    Filter,
    Mistakes,
    Plan,
    Predict,
    Quality,
    Similar,
    Tokens,
)
from pellucid.writing.types import Claim, Rejection, Words

ACTIONS = (
    Filter((Condition("city", "is", ("Bern", "Oslo")),)),
    Describe("age", "mean", by="city"),
    Predict(row=3),
)
COLUMNS = ("age", "city", "paid")
Until = Callable[[Callable[[], object]], None]


def answer_of(plan: Plan, rows: int | None = None) -> Answer:
    words = Words("builtin", "", "", (Claim("It is 3.", ("a", "b"), ""),), {})
    return Answer(plan, ("mean of age",), words, (), rows, Conversation(plan))


def test_an_answer_says_how_it_was_taken_and_over_how_many_rows() -> None:
    shown = view.answer_view(answer_of(Plan("How old?", ACTIONS), rows=12))
    assert shown.understood == ("mean of age",)
    assert shown.scope == "Within 12 rows"
    assert [mark.number for mark in shown.claims[0].marks] == [1, 2]
    assert not view.answer_view(answer_of(Plan("How old?", ACTIONS))).scope


def test_what_a_model_added_to_an_answer_stands_apart() -> None:
    found = answer_of(Plan("How old?", ACTIONS))
    words = replace(
        found.words, writer="local", model="small",
        interpretation=(Claim("Age is wise.", ("a",), "", checked=False),),
        rejected=(Rejection("All are old.", "No fact is cited."),),
    )  # fmt: skip
    shown = view.answer_view(replace(found, words=words))
    assert [claim.text for claim in shown.claims] == ["It is 3."]
    assert [claim.text for claim in shown.interpretation] == ["Age is wise."]
    assert shown.notes == (
        "Written by the built-in writer; small, a language model, only interpreted.",
    )
    assert shown.rejected == (("All are old.", "No fact is cited."),)


def test_a_plan_offers_each_part_that_can_be_changed() -> None:
    fields = {field.place: field for field in view.plan_fields(ACTIONS, COLUMNS)}
    assert fields[0, "conditions", 0, "column"].choices == COLUMNS
    assert "at least" in fields[0, "conditions", 0, "test"].choices
    assert fields[0, "conditions", 0, "values"].value == "Bern; Oslo"
    assert "median" in fields[1, "statistic"].choices
    assert fields[1, "by"].choices[0] == ""
    assert fields[2, "row"].kind == "number"


@pytest.mark.parametrize(
    ("place", "said", "becomes"),
    [
        ((1, "statistic"), "median", "median"),
        ((0, "conditions", 0, "values"), "Köln; Bern", ["Köln", "Bern"]),
        ((2, "row"), "7", 7),
        ((2, "row"), "seven", None),
    ],
)
def test_a_change_becomes_the_plan_s_json(
    place: tuple[int | str, ...], said: str, becomes: object
) -> None:
    field = next(f for f in view.plan_fields(ACTIONS, COLUMNS) if f.place == place)
    found = view.changed_plan(ACTIONS, field, said)
    for step in place:
        found = found[step]  # type: ignore[index, call-overload]
    assert found == becomes
    assert ACTIONS[1].statistic == "mean"


def test_actions_of_one_shape_keep_their_names_through_json() -> None:
    plan = Plan("?", (Mistakes(), Quality(), Similar(text="a"), Tokens(text="b")))
    assert from_json(Plan, to_json(plan)) == plan


@pytest.fixture
def page(opened: Session, window: Window, until: Until) -> WordsPage:
    """Return the page of a table that was really read."""
    window.resize(1280, 800)
    window.show_page("words")
    until(lambda: opened.words)
    made = window.page("words")
    assert isinstance(made, WordsPage)
    return made


def ask(page: WordsPage, question: str, qtbot: QtBot, until: Until) -> None:
    """Type a question and press Return."""
    before = len(page.answers.blocks)
    page.bar.line.setText(question)
    qtbot.keyClick(page.bar.line, Qt.Key.Key_Return)
    until(lambda: len(page.answers.blocks) > before)


def test_a_question_is_answered_with_its_facts(page: WordsPage, qtbot: QtBot, until: Until) -> None:
    ask(page, "How many rows by city?", qtbot, until)
    block = page.answers.blocks[0]
    assert "100" in block.shown.claims[0].text
    assert not page.bar.line.text()
    inspector = page.inspector()
    assert inspector is not None
    facts = block.answer.words.facts
    said = " ".join(x.accessibleName() or x.text() for x in inspector.findChildren(QLabel))
    assert facts[block.shown.claims[0].marks[0].fact].text in said


def test_asking_by_the_button_leaves_the_keyboard_in_the_line(
    page: WordsPage, window: Window, until: Until
) -> None:
    window.activateWindow()
    until(lambda: QApplication.focusWidget() is not None)
    page.bar.line.setText("How many rows by city?")
    page.bar.button.setFocus()
    page.bar.button.click()
    assert not page.bar.button.isEnabled()
    assert QApplication.focusWidget() is page.bar.line
    until(lambda: page.answers.blocks)


def test_the_next_question_leans_on_the_last_and_its_plan_can_be_changed(
    page: WordsPage, qtbot: QtBot, until: Until
) -> None:
    ask(page, "What is the mean age by city?", qtbot, until)
    ask(page, "and for Bern?", qtbot, until)
    block = page.answers.blocks[-1]
    assert len(block.shown.understood) == 2
    statistic = next(
        field for field in block.fields
        if isinstance(field, QComboBox) and field.currentText() == "mean"
    )  # fmt: skip
    statistic.setCurrentText("median")
    statistic.activated.emit(statistic.currentIndex())
    until(lambda: "median" in page.answers.blocks[-1].shown.understood[-1])
    assert len(page.answers.blocks) == 2


def test_a_question_asked_again_takes_the_place_of_the_first(
    page: WordsPage, qtbot: QtBot, until: Until
) -> None:
    ask(page, "How many rows by city?", qtbot, until)
    first = page.answers.blocks[0]
    page.answers.ask("How many rows by city?")
    until(lambda: page.answers.blocks[0] is not first)
    assert len(page.answers.blocks) == 1
    own = page.answers.layout()
    assert own is not None
    lines = [own.itemAt(i).widget() for i in range(own.count())]
    assert sum(part is not None and part.property("role") == "line" for part in lines) == 1


def test_what_is_typed_while_an_answer_is_looked_for_stays(
    page: WordsPage, qtbot: QtBot, until: Until
) -> None:
    page.bar.line.setText("How many rows by city?")
    qtbot.keyClick(page.bar.line, Qt.Key.Key_Return)
    page.bar.line.setText("and by")
    until(lambda: page.answers.blocks)
    assert page.bar.line.text() == "and by"


def test_what_the_file_cannot_answer_is_refused_with_what_can(
    page: WordsPage, qtbot: QtBot, until: Until
) -> None:
    ask(page, "What will happen next year?", qtbot, until)
    block = page.answers.blocks[0]
    assert block.shown.refusal
    assert not block.shown.claims
    offered = [b for b in block.findChildren(QPushButton) if b.text() in block.shown.instead]
    offered[0].click()
    until(lambda: len(page.answers.blocks) == 2)
    assert page.answers.blocks[1].shown.claims


def test_without_a_model_it_says_what_to_do(page: WordsPage, until: Until) -> None:
    page.answers.ask("Where is the model wrong?")
    until(lambda: page.bar.problem.isVisible() or page.answers.blocks)
    said = page.bar.problem.text() or page.answers.blocks[0].shown.refusal
    assert "model" in said


def test_ways_to_go_on_are_offered_while_typing(page: WordsPage, until: Until) -> None:
    page.bar.line.setText("mean ag")
    page.bar.typed.emit("mean ag")
    until(lambda: page.bar.line.offers)
    assert "mean age" in page.bar.line.offers


def test_another_file_begins_anew(
    page: WordsPage, session: Session, qtbot: QtBot, until: Until, tmp_path
) -> None:
    ask(page, "How many rows by city?", qtbot, until)
    other = tmp_path / "other.csv"
    other.write_text("a,b\n" + "".join(f"{i},{i % 3}\n" for i in range(50)), encoding="utf-8")
    session.open_file(other)
    until(lambda: session.opened and session.opened.source.path == other)
    assert not page.answers.blocks
    until(lambda: session.suggestions or session.profile)
