"""The Words page: a page to read, with what it rests on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_made import fill
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from pellucid.ui import theme
from pellucid.ui.pages.words import WordsPage
from pellucid.ui.session import Session
from pellucid.ui.states import ErrorState
from pellucid.ui.window import Window
from pellucid.writing.types import Claim, Rejection, Sent


def words(page: QWidget) -> str:
    """Return all that the widget says."""
    return " ".join(label.accessibleName() or label.text() for label in page.findChildren(QLabel))


@pytest.fixture
def page(session: Session, window: Window) -> WordsPage:
    """Return the page of a filled session."""
    fill(session)
    window.resize(1280, 800)
    window.show_page("words")
    made = window.page("words")
    assert isinstance(made, WordsPage)
    return made


def test_without_a_table_it_says_what_it_waits_for(session: Session, qtbot: QtBot) -> None:
    page = WordsPage(session)
    qtbot.addWidget(page)
    assert "Nothing to write about" in words(page)
    fill(session, fitted=False)
    session.error = ErrorState("The disk is full", "The table is unchanged.", "Make room.", "write")
    session.error_changed.emit()
    assert "The disk is full" in words(page)


def test_claims_are_paragraphs_within_the_measure(page: WordsPage, session: Session) -> None:
    assert session.words is not None
    assert [claim.claim.text for claim in page.claims] == [c.text for c in session.words.claims]
    for claim in page.claims:
        text = claim.findChild(QLabel)
        assert isinstance(text, QLabel)
        assert text.width() <= theme.MEASURE
        assert not claim.claim.marks or f"{claim.claim.text[-1]}&nbsp;<a" in text.text()


def test_who_wrote_it_and_what_left_is_always_said(page: WordsPage) -> None:
    assert "built-in writer" in page.foot.byline.text()
    assert page.foot.sent.text() == "Nothing left this machine"


def test_who_wrote_it_is_seen_whole_beside_what_was_sent(
    page: WordsPage, session: Session, window: Window, qtbot: QtBot
) -> None:
    assert session.words is not None
    sent = Sent(130_732, "http://127.0.0.1:11434/v1")
    session.words = replace(session.words, writer="http://127.0.0.1:11434/v1", sent=sent,
                            model="a-model-with-a-rather-long-name-7b")  # fmt: skip
    session.words_changed.emit()
    for width in (1920, 1280, 1000):
        window.resize(width, 800)
        for part in (page.foot.byline, page.foot.sent):
            qtbot.waitUntil(
                lambda p=part: (
                    p.width() >= p.sizeHint().width() and page.foot.rect().contains(p.geometry())
                )
            )


def test_choosing_a_claim_shows_all_its_facts_and_their_chart(
    page: WordsPage, session: Session
) -> None:
    inspector = page.inspector()
    assert inspector is not None
    assert session.words is not None
    claim = next(c for c in page.claims if len(c.claim.marks) > 1)
    claim.chosen.emit(claim.claim, 0)
    said = words(inspector)
    for mark in claim.claim.marks:
        assert session.words.facts[mark.fact].text in said


def test_choosing_a_mark_shows_its_fact_alone(page: WordsPage, session: Session) -> None:
    inspector = page.inspector()
    assert inspector is not None
    assert session.words is not None
    claim = next(c for c in page.claims if len(c.claim.marks) > 1)
    first, second = claim.claim.marks[:2]
    claim.chosen.emit(claim.claim, second.number)
    said = words(inspector)
    assert session.words.facts[second.fact].text in said
    assert session.words.facts[first.fact].text not in said


def test_a_term_s_claim_shows_its_curve(page: WordsPage, session: Session) -> None:
    assert session.words is not None
    facts = session.words.facts
    claim = next(
        c for c in page.claims if any(facts[m.fact].origin.part == "age" for m in c.claim.marks)
        and any(facts[m.fact].kind in ("monotone", "turning_point", "effect_at")
                for m in c.claim.marks)
    )  # fmt: skip
    page.choose(claim.claim)
    panel = page._facts.panel
    assert panel.title.text()
    assert panel.view is not None


def test_claims_can_be_read_with_keys(page: WordsPage, qtbot: QtBot) -> None:
    page.claims[0].setFocus()
    qtbot.keyClick(page.claims[0], Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.claims[1].hasFocus(), timeout=60_000)
    with qtbot.waitSignal(page.claims[1].chosen):
        qtbot.keyClick(page.claims[1], Qt.Key.Key_Return)


def test_what_is_not_checked_is_folded_away(
    page: WordsPage, session: Session, qtbot: QtBot
) -> None:
    assert not page.findChildren(QToolButton)
    assert session.words is not None
    session.words = replace(
        session.words,
        interpretation=(Claim("It may be so.", (), "", checked=False),),
        rejected=(Rejection("It is so.", "no fact says so"),),
    )
    session.words_changed.emit()
    folds = page.findChildren(QToolButton)
    assert len(folds) == 2
    qtbot.waitUntil(lambda: all(fold.isVisible() for fold in folds), timeout=60_000)
    last = page.claims[-1]
    assert not last.isVisible()
    folds[0].click()
    qtbot.waitUntil(last.isVisible, timeout=60_000)
