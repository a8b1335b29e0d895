"""Texts with marked tokens: where marks stand, what they answer, how they are typed over."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot
from text_made import long_review

from pellucid.report.palette import DARK
from pellucid.ui.widgets.token_legend import TokenLegend
from pellucid.ui.widgets.token_marks import (
    TokenMark,
    joined,
    places_in_document,
    reads_right_to_left,
)
from pellucid.ui.widgets.token_text import TokenText


def marks_of(text: str, *words: str) -> list[TokenMark]:
    """Mark words of a text, in turn as raising and lowering, the later ones less."""
    found = []
    for i, word in enumerate(words):
        start = text.index(word)
        strength = (1 - 0.2 * i) * (1 if i % 2 == 0 else -1)
        found.append(TokenMark(start, start + len(word), strength, lambda word=word: f"{word}!"))
    return found


@pytest.fixture
def shown(app: QApplication, qtbot: QtBot) -> TokenText:
    del app
    return placed(TokenText("A text"), qtbot)


def placed(made: TokenText, qtbot: QtBot) -> TokenText:
    """Show the text in a window, which pytest-qt keeps until the test is over."""
    holder = QMainWindow()
    holder.setCentralWidget(made)
    qtbot.addWidget(holder, before_close_func=lambda _: holder.takeCentralWidget())
    holder.setMinimumSize(500, 200)
    holder.show()
    qtbot.waitExposed(holder)
    return made


def test_places_count_what_a_document_counts() -> None:
    assert places_in_document("plain") is None
    assert places_in_document("a😀b") == [0, 1, 3, 4]
    assert places_in_document("a\r\nb") == [0, 1, 1, 2, 3]


def test_stretches_that_touch_are_one() -> None:
    assert joined([(5, 3), (0, 3), (9, 10)]) == [(0, 5), (9, 10)]


def test_right_to_left_is_seen() -> None:
    assert reads_right_to_left("a שלום")
    assert not reads_right_to_left("naïve 好")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It is not good at all", ("not", "good")),
        ("好きな映画 です", ("映", "です")),
        ("a 👩‍👩‍👧 and a 😀 smile", ("👩‍👩‍👧", "smile")),
        ("שלום good עולם", ("עולם", "good")),
        ("cafe\u0301 good", ("cafe\u0301", "good")),
        ("first\r\nsecond line", ("first", "second")),
    ],
)
def test_every_mark_has_its_place(shown: TokenText, text: str, words: tuple[str, ...]) -> None:
    shown.show_text(text)
    shown.show_marks(marks_of(text, *words))
    pieces = shown.pieces()
    assert {piece.mark for piece in pieces} == {0, 1}
    assert all(piece.box.width() > 2 for piece in pieces)
    first, second = (next(p.box for p in pieces if p.mark == i) for i in (0, 1))
    assert not first.adjusted(1, 1, -1, -1).intersects(second.adjusted(1, 1, -1, -1))
    assert shown.mark_at(second.center()) == 1


def test_words_from_right_to_left_stand_where_they_are_read(shown: TokenText) -> None:
    text = "שלום עולם"
    shown.show_text(text)
    shown.show_marks(marks_of(text, "שלום", "עולם"))
    first, second = (next(p.box for p in shown.pieces() if p.mark == i) for i in (0, 1))
    assert first.left() > second.left()


def test_a_mark_over_two_lines_has_two_pieces(shown: TokenText) -> None:
    text = "word " * 40
    shown.show_text(text)
    shown.show_marks([TokenMark(0, len(text.strip()), 1.0, str)])
    assert len(shown.pieces()) > 1
    assert len({piece.box.top() for piece in shown.pieces()}) == len(shown.pieces())


def test_pointing_answers_in_a_sentence(shown: TokenText, qtbot: QtBot) -> None:
    text = "It is not good"
    shown.show_text(text)
    shown.show_marks(marks_of(text, "not", "good"), "raises: not; lowers: good")
    heard: list[str] = []
    shown.answered.connect(heard.append)
    centre = next(p.box for p in shown.pieces() if p.mark == 1).center()
    qtbot.mouseMove(shown.viewport(), QPointF(centre).toPoint())
    qtbot.waitUntil(lambda: heard[-1:] == ["good!"])
    assert shown._bubble.isVisible()
    assert "lowers" in shown.accessibleDescription()
    shown.point_at(None)
    assert not shown._bubble.isVisible()


def test_arrow_keys_walk_through_the_marks(shown: TokenText, qtbot: QtBot) -> None:
    text = "It is not good"
    shown.show_text(text)
    shown.show_marks(marks_of(text, "not", "good"))
    shown.setFocus()
    for expected in (0, 1, 1):
        qtbot.keyClick(shown, Qt.Key.Key_Right)
        assert shown.current == expected
    qtbot.keyClick(shown, Qt.Key.Key_Left)
    assert shown.current == 0
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert shown.current is None


def test_typing_tells_the_new_text_and_drops_the_marks(app: QApplication, qtbot: QtBot) -> None:
    del app
    made = placed(TokenText("Own text", editable=True), qtbot)
    made.show_text("good")
    made.show_marks(marks_of("good", "good"))
    heard: list[str] = []
    made.edited.connect(heard.append)
    made.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(made, " x")
    made.insertPlainText("😀")
    assert heard == ["good ", "good x", "good x😀"]
    assert made.text == heard[-1]
    assert made.marks == ()
    made.show_text("another")
    assert len(heard) == 3  # showing a text is no edit


def test_the_caret_asks_for_the_mark_it_stands_in(shown: TokenText, qtbot: QtBot) -> None:
    shown.setReadOnly(False)
    shown.show_text("a good one")
    shown.show_marks(marks_of("a good one", "good"))
    shown.moveCursor(QTextCursor.MoveOperation.Start)
    for _ in range(3):
        qtbot.keyClick(shown, Qt.Key.Key_Right)
    assert shown.current == 0


def test_the_text_can_be_copied(shown: TokenText) -> None:
    shown.show_text("It is not good")
    shown.selectAll()
    shown.copy()
    assert QApplication.clipboard().text() == "It is not good"


def test_a_long_text_paints_in_both_looks(shown: TokenText) -> None:
    text = long_review(2000)
    shown.show_text(text)
    marks, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        marks.append(TokenMark(at, at + len(word), 0.5 if at % 2 else -0.5, str))
    shown.show_marks(marks)
    light = shown.grab().toImage()
    assert len(shown.pieces()) >= len(marks)
    shown.set_colors(DARK)
    assert shown.grab().toImage() != light
    assert shown.verticalScrollBar().maximum() > 0


def test_the_legend_says_what_lines_mean(app: QApplication, qtbot: QtBot) -> None:
    del app
    legend = TokenLegend()
    qtbot.addWidget(legend)
    legend.say("raises positive", "lowers it", unseen=True)
    assert "Dashed lines: lowers it" in legend.accessibleName()
    assert legend.heightForWidth(150) > legend.heightForWidth(900)
    legend.grab()
