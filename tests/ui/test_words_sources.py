"""What made a model say a claim, on the Words page: offered, looked for, stopped, flagged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hand_made import fill
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from leaning_writer import LOOSE, LeaningWriter
from pellucid.core.run import Run
from pellucid.ui import theme
from pellucid.ui.pages.words import WordsPage
from pellucid.ui.pages.words_sources import SourceFact
from pellucid.ui.pages.words_sources_view import FLAG, SourceRow, sources_view
from pellucid.ui.session import Session
from pellucid.ui.window import Window
from pellucid.writing.drafting import write_with
from pellucid.writing.source_words import ONLY_FOLDERS
from pellucid.writing.sources import FactSource, Sources, find_sources
from story_model import with_context

BAR = 12
"""The width of a scroll bar, in px."""
Until = Callable[[Callable[[], object]], None]


def said(widget: QWidget) -> str:
    """Return all that a widget shows, once it has been laid out."""
    QApplication.processEvents()
    labels = [one for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)]
    return " ".join(label.accessibleName() or label.text() for label in labels)


@pytest.fixture
def page(session: Session, window: Window) -> WordsPage:
    """Return the page with words of a model that leans on the first fact of each prompt."""
    fill(session)
    assert session.words is not None
    window.resize(1280, 800)
    window.show_page("words")
    facts = list(session.words.facts.values())[:8]
    session.words = write_with(facts, LeaningWriter(), Run(), title="people.csv")
    session.words_changed.emit()
    made = window.page("words")
    assert isinstance(made, WordsPage)
    return made


def choose(page: WordsPage, at: int) -> None:
    page.choose(page.claims[at].claim)


def find(page: WordsPage, at: int) -> Sources:
    """Have the sources of a claim found as the engine would."""
    words, claim = page.session.words, page.claims[at].claim
    assert words is not None
    assert claim.written is not None
    prompt, cited = words.prompts[claim.written.prompt], [mark.fact for mark in claim.marks]
    found = find_sources(LeaningWriter(), prompt, claim.written, cited, Run())
    page.sources.state.found[claim.written] = found
    page.sources.state.changed.emit()
    return found


def test_a_claim_that_cites_what_it_leaned_on_agrees(page: WordsPage) -> None:
    choose(page, 0)
    assert page.sources.start.isVisibleTo(page)
    find(page, 0)

    assert not page.sources.start.isVisibleTo(page)
    assert "Agrees with what it cites" in said(page.sources)
    assert page.claims[0].flag == ""


def test_a_claim_that_leaned_on_another_fact_is_flagged_in_words(page: WordsPage) -> None:
    choose(page, 1)
    found = find(page, 1)
    rows = [one.row for one in page.sources.findChildren(SourceFact)]

    assert "Disagrees with what it cites" in said(page.sources)
    assert page.page is not None
    number = str(page.page.numbers[found.facts[0].fact])
    assert f"The model leaned on fact {number}, which it does not cite." in said(page.sources)
    assert (rows[0].number, rows[0].about, rows[0].share) == (number, "Not cited here", 1.0)
    assert rows[0].note == "8,100 × less likely"
    assert "9.00 nats, 0.90 a token" in rows[0].said
    assert [row.text for row in rows if row.about == "Cited"] == [
        fact.text for fact in found.facts if fact.is_declared
    ]
    assert page.claims[1].flag == FLAG
    assert FLAG in page.claims[1].accessibleDescription()
    choose(page, 0)
    assert "Disagrees" not in said(page.sources)


def test_a_fact_is_no_wider_than_the_column_beside_the_page(page: WordsPage, qtbot: QtBot) -> None:
    choose(page, 0)
    find(page, 0)
    shown = page.sources.shown
    assert shown is not None
    row = replace(shown.rows[0], number="118", about="Not cited here",
                  note="over 1,000,000 × more likely")  # fmt: skip
    fact = SourceFact(row, 0.2)
    qtbot.addWidget(fact)
    for part in (fact, *fact.findChildren(QWidget)):
        part.ensurePolished()
    assert fact.minimumSizeHint().width() <= theme.INSPECTOR_WIDTH - 2 * theme.S4 - BAR


def test_an_interpretation_can_be_looked_at_too(page: WordsPage) -> None:
    at = next(i for i, shown in enumerate(page.claims) if shown.claim.text == LOOSE)
    choose(page, at)
    assert not page.claims[at].claim.checked
    find(page, at)

    assert "Disagrees" in said(page.sources)


def test_all_facts_of_the_prompt_can_be_shown(page: WordsPage) -> None:
    row = SourceRow("", "Not cited", "x", "", 0.0, False, "")
    choose(page, 0)
    shown = sources_view(find(page, 0), {})
    many = replace(shown, rows=(*shown.rows, *[row] * 9))
    page.sources.refresh()
    page.sources._show_found(many)
    link = next(b for b in page.sources.findChildren(type(page.sources.start)) if "all" in b.text())
    link.click()

    assert len([f for f in page.sources.findChildren(SourceFact) if f.row is row]) == 9


def test_what_was_not_read_has_no_bar() -> None:
    unread = FactSource("F1", "id", "Text.", True, 0.0, "unread", None)
    shown = sources_view(Sources("s", "unread", (unread,), -3.0, 2, 0.7, 0.0, 0.0), {})

    assert [(row.share, row.note) for row in shown.rows] == [(None, "never read")]
    assert "never read any of the facts" in shown.sentence
    assert shown.title == "No fact was read"


def test_only_what_a_model_in_a_folder_wrote_is_looked_at(
    page: WordsPage, session: Session
) -> None:
    words = session.words
    assert words is not None
    bare = tuple(replace(claim, written=None) for claim in words.claims)
    told = {"http://127.0.0.1:9/v1": ONLY_FOLDERS, words.writer: "did not write this sentence"}
    for writer, why in told.items():
        session.words = replace(words, writer=writer, claims=bare, prompts=())
        session.words_changed.emit()
        choose(page, 0)
        assert why in said(page.sources)
        assert not page.sources.start.isVisibleTo(page)
    session.words = replace(words, writer="builtin", claims=bare)
    session.words_changed.emit()
    choose(page, 0)
    assert not page.sources.isVisibleTo(page)


def test_other_words_are_not_taken_for_those_that_were_looked_at(
    page: WordsPage, session: Session
) -> None:
    choose(page, 1)
    find(page, 1)
    assert session.words is not None
    session.words = replace(session.words, title="other")
    session.words_changed.emit()

    assert page.sources.state.found == {}
    assert {shown.flag for shown in page.claims} == {""}


def test_the_real_engine_looks_and_can_be_stopped(
    page: WordsPage, session: Session, until: Until, story_model: Path, tmp_path: Path
) -> None:
    assert session.words is not None
    folder = with_context(story_model, tmp_path / "long")
    session.words = replace(session.words, writer=str(folder))
    session.words_changed.emit()
    choose(page, 0)
    state = page.sources.state
    page.sources.start.click()
    assert page.sources.cancel.isVisibleTo(page)
    until(lambda: session.job and session.job.progress)
    page.sources.cancel.click()
    until(lambda: not state.is_busy)
    assert page.sources.start.isVisibleTo(page)
    assert state.found == {}
    page.sources.start.click()
    until(lambda: not state.is_busy)

    assert not state.problems
    assert page.sources.shown is not None
    assert page.sources.findChildren(SourceFact)


def test_a_folder_that_is_gone_is_told_beside_the_claim(page: WordsPage, until: Until) -> None:
    choose(page, 0)
    page.sources.start.click()
    until(lambda: not page.sources.state.is_busy)

    assert page.sources.problem.isVisibleTo(page)
    assert page.sources.start.isVisibleTo(page)
