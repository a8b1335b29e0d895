"""The Quiz tab: a walk through the questions by keys, a stop, a language model, what is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from text_made import Asked, fill_with_texts, keep_asked, text_model

import misbehaving_server as bad
from misbehaving_server import Talk, serving
from pellucid.explain.quiz.dealing import next_design
from pellucid.explain.quiz.scoring import difference_of, score_arms
from pellucid.explain.quiz.types import (
    ARMS,
    Answer,
    Cell,
    Design,
    Example,
    Marked,
    Part,
    Question,
    Quiz,
    QuizResult,
    Taker,
    Why,
    WordScore,
)
from pellucid.models.types import FitOptions
from pellucid.report.palette import DARK
from pellucid.ui.pages import explain_quiz_view as view
from pellucid.ui.pages.explain import ExplainPage
from pellucid.ui.pages.explain_quiz import QuizPanel
from pellucid.ui.pages.explain_quiz_asking import QuizAsking
from pellucid.ui.pages.words_writers_view import Found
from pellucid.ui.session import Session
from pellucid.ui.widgets.basic import color_all
from pellucid.ui.window import Window
from pellucid.writing.providers.finding import FoundServer

LONG = "a long text that goes on " * 4


def made_quiz() -> Quiz:
    why = Why("yes", 0.2, (Part("review", "fine", 0.5, (WordScore("fine", 0.4),)),), 0.7)
    questions = tuple(
        Question(arm, (Cell("review", f"{LONG}{arm}{n}"), Cell("age", str(n))))
        for arm in ARMS for n in range(2)
    )  # fmt: skip
    examples = (Example((Cell("review", "fine"), Cell("age", "9")), "yes", why),)
    return Quiz(Design(3, 4, 1), "liked", ("no", "yes"), False, examples, None, questions)


def made_result(who: str = "Ada", kind: str = "person", **design: object) -> QuizResult:
    marked = tuple(
        Marked(arm, 4 + place, (Cell("age", "9"),), 1, Answer(place % 2, 2.0), None, "yes")
        for arm in ARMS for place in range(2)
    )  # fmt: skip
    return QuizResult(
        "2026-03-01T10:00:00+00:00", Taker(who, kind), "ab", "cd", "liked",  # type: ignore[arg-type]
        Design(**{"questions": 4, "examples": 1, **design}),  # type: ignore[arg-type]
        4, ("no", "yes"), marked, score_arms(marked), difference_of(marked), 4,
    )  # fmt: skip


def words_in(widget: QWidget) -> str:
    shown = [found for found in widget.findChildren(QLabel) if found.isVisibleTo(widget)]
    return " ".join(found.accessibleName() or found.text() for found in shown)


def test_the_next_reader_gets_the_parts_exchanged_and_nobody_the_same_twice() -> None:
    ada = made_result("Ada")
    assert next_design((), "Ada", 4) == Design(0, 4)
    assert next_design((ada,), "Ben", 4) == Design(0, 4, 1, True)
    assert next_design((ada,), "Ada", 4) == Design(1, 4)
    assert next_design((ada,), "Ben", 8) == Design(1, 8)
    ben = made_result("Ben", swapped=True)
    assert next_design((ada, ben), "Cleo", 4) == Design(1, 4)


def test_what_is_waited_for_is_said() -> None:
    assert view.waiting_words(None, is_finished=True) is not None
    several = view.waiting_words(text_model("multilabel"), is_finished=True)
    assert several is not None
    assert several[0] == "Several labels a row"
    assert view.waiting_words(text_model(), is_finished=False) is not None
    assert view.waiting_words(text_model(), is_finished=True) is None
    assert "Say which range" in view.opening(text_model("regression"))


def test_questions_are_answered_by_number_keys(app: QApplication, qtbot: QtBot) -> None:
    del app
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(900, 700)
    asking = QuizAsking(host)
    asking.setGeometry(host.rect())
    host.show()
    asking.begin(made_quiz(), None)
    assert "Part 1: without explanations" in words_in(asking)
    assert "Scores for yes" not in words_in(asking.material)
    asking.answer(1)  # nothing is asked yet
    assert asking.answers == []
    qtbot.keyClick(asking.ready, Qt.Key.Key_Space)
    assert asking.progress.text() == "Question 1 of 4"
    qtbot.waitUntil(lambda: f"{LONG}without0" in words_in(asking))
    assert "without1" not in words_in(asking)
    for key in (Qt.Key.Key_2, Qt.Key.Key_7, Qt.Key.Key_1):
        qtbot.keyClick(asking.choices[-1], key)
    assert [answer.choice for answer in asking.answers] == [1, 0]
    assert all(answer.seconds is not None for answer in asking.answers)
    assert "Part 2: with explanations" in words_in(asking)
    told = "Scores for yes, from 0.200 on average to +0.700"
    qtbot.waitUntil(lambda: told in words_in(asking.material))
    color_all(asking, DARK)
    asking.grab()
    asking.ready.click()
    with qtbot.waitSignal(asking.done) as done:
        asking.choices[0].click()
        asking.stop.click()
    assert [answer.choice for answer in done.args[0]] == [1, 0, 0]
    assert not asking.is_asking or asking.quiz is None


def shown(session: Session, qtbot: QtBot) -> QuizPanel:
    fill_with_texts(session)
    session.fit_path = Path("a")
    panel = QuizPanel(session)
    qtbot.addWidget(panel)
    panel.resize(900, 700)
    panel.show_model(session.model)
    return panel


def test_a_quiz_is_dealt_marked_kept_and_seen_again(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: Asked = keep_asked(monkeypatch, "deal_quiz", "mark_quiz", "take_quiz")
    panel = shown(session, qtbot)
    panel.start.who.setText(" Ada ")
    panel.start.begin.click()
    assert not panel.start.begin.isEnabled()
    _, params, done, failed = asked[-1]
    assert (params["fit"], params["name"], params["questions"]) == ("a", "Ada", 16)
    failed("There are too few rows", "Take more.")
    assert "too few rows" in panel.start.state.accessibleName()
    panel.start.begin.click()
    asked[-1][2](made_quiz())
    panel.asking.ready.click()
    panel.asking.answer(1)
    panel.asking.stop.click()
    name, params, done, _ = asked[-1]
    assert name == "mark_quiz"
    assert (params["name"], params["design"]["seed"]) == ("Ada", 3)
    assert [answer["choice"] for answer in params["answers"]] == [1]
    done(made_result())
    assert session.quizzes == (made_result(),)
    assert session.is_unsaved
    assert "1 of 2 with explanations, 1 of 2 without" in panel.result.headline.text()
    assert "Half of the answers came within 2 s" in panel.result.difference.accessibleName()
    panel.result.back.click()
    assert "Ada: 1 of 2 with explanations" in panel.start.cards[0].accessibleName()
    panel.start.cards[0].chosen.emit()
    assert panel._stack.currentWidget() is panel.result
    session.is_unsaved = False


def test_a_stop_before_any_answer_keeps_nothing(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: Asked = keep_asked(monkeypatch, "deal_quiz", "mark_quiz")
    panel = shown(session, qtbot)
    panel.start.begin.click()
    asked[-1][2](made_quiz())
    panel.asking.ready.click()
    panel.asking.stop.click()
    assert panel._stack.currentWidget() is panel.start
    assert len(asked) == 1


def test_another_model_ends_a_quiz_that_was_begun_and_keeps_the_answers(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: Asked = keep_asked(monkeypatch, "deal_quiz", "mark_quiz")
    panel = shown(session, qtbot)
    panel.start.begin.click()
    asked[-1][2](made_quiz())
    panel.asking.ready.click()
    panel.asking.answer(1)
    panel.show_model(session.model)
    assert panel._stack.currentWidget() is panel.asking
    session.fit_path = Path("b")
    panel.show_model(session.model)
    assert panel._stack.currentWidget() is panel.start
    assert panel.asking.quiz is None
    name, params, _, _ = asked[-1]
    assert (name, params["fit"], len(params["answers"])) == ("mark_quiz", "a", 1)


def test_a_language_model_is_offered_and_marked_as_one(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: Asked = keep_asked(monkeypatch, "take_quiz")
    panel = shown(session, qtbot)
    assert "has to be on this machine" in panel.start.about_models.accessibleName()
    assert not panel.start.ask.isVisibleTo(panel)
    server = FoundServer("Ollama", "http://127.0.0.1:11434/v1", ("tiny", "other"))
    panel.start.show_models(Found((server,)))
    panel.start.models.setCurrentIndex(1)
    panel.start.ask.click()
    _, params, done, _ = asked[-1]
    assert params["writing"]["writer"] == server.url
    assert params["writing"]["llm"] == "other"
    assert "The language model answers" in panel.start.state.accessibleName()
    done(made_result("other", "model"))
    assert "a model, other" in panel.result.taker.text()
    panel.result.back.click()
    assert "A model, other: " in panel.start.cards[0].accessibleName()
    session.is_unsaved = False


def test_a_walk_at_the_window_with_a_real_engine(
    opened: Session, window: Window, until: Callable[[Callable[[], bool]], None], tmp_path: Path
) -> None:
    session = opened
    session.fit(FitOptions("paid", quality="preview"))
    until(lambda: session.summary is not None and not session.is_fitting)
    window.show_page("explain")
    page = window.page("explain")
    assert isinstance(page, ExplainPage)
    page.tabs.setCurrentIndex(page.tabs.count() - 1)
    quiz = page.quiz
    quiz.start.length.setCurrentIndex(0)
    quiz.start.begin.click()
    until(lambda: quiz.asking.quiz is not None)
    quiz.asking.ready.click()
    for _ in range(4):
        quiz.asking.answer(0)
    quiz.asking.ready.click()
    for _ in range(4):
        quiz.asking.answer(1)
    until(lambda: len(session.quizzes) == 1)
    first = session.quizzes[0]
    assert (len(first.marked), first.target) == (8, "paid")

    quiz.result.cards[2].chosen.emit()
    assert page.tabs.tabText(page.tabs.currentIndex()) == "One row"
    assert page.row.number.value() == first.marked[2].row + 1

    heard: list[Talk] = []

    def answer(talk: Talk) -> None:
        heard.append(talk)
        if len(heard) == 3:
            session.cancel()
            talk.wait(0.3)
        bad.says('{"choice": 1}')(talk)

    page.tabs.setCurrentIndex(page.tabs.count() - 1)
    quiz.result.back.click()
    with serving(answer) as server:
        quiz.start.show_models(Found((FoundServer("Ollama", server.url, ("tiny",)),)))
        quiz.start.ask.click()
        until(lambda: len(session.quizzes) == 2)
    second = session.quizzes[1]
    assert (second.taker.kind, second.is_whole) == ("model", False)
    assert (second.design.seed, second.design.swapped) == (first.design.seed, True)

    path = tmp_path / "work.pellucid"
    session.save(path)
    until(lambda: not session.is_unsaved)
    kept = session.quizzes
    session.open_project(path)
    until(lambda: session.opening is None)
    assert session.quizzes == kept
