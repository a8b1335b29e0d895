"""Who writes, at the page and with the real engine: found, examined, looked at, agreed to, sent."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

import misbehaving_server as bad
from misbehaving_server import Server, serving
from pellucid.core.offline import is_switched_offline, switch_offline
from pellucid.ui.pages import words_writers_view as view
from pellucid.ui.pages.words import WordsPage
from pellucid.ui.session import Session
from pellucid.ui.widgets.busy_focus import bring_into_view
from pellucid.ui.widgets.fold import Fold
from pellucid.ui.window import Window
from pellucid.writing.orders import Writing
from pellucid.writing.privacy.consent import consents
from pellucid.writing.privacy.ledger import entries

Until = Callable[[Callable[[], object]], None]
FAR = "https://models.invalid/v1"
CLAIM = {"text": "{{F1.subject}} holds {{F1.value}}.", "facts": ["F1"]}
REPLY = json.dumps({
    "claims": [CLAIM, {"text": "There are 77 rows.", "facts": ["F1"]},
               {"text": "A splendid tale for the fireside.", "facts": ["F1"]}],
    "surprises": [{"text": "A larger herd would fit the meadow.", "facts": ["F1"]}],
})  # fmt: skip


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """Return a file with a column that looks personal."""
    path = tmp_path / "people.csv"
    rows = [f"zebra{i}.canary@example.org,{20 + i % 9},{'ab'[i % 2]}" for i in range(60)]
    path.write_text("\n".join(["mail,age,team", *rows]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def page(session: Session, window: Window, people: Path, until: Until) -> WordsPage:
    """Return the page of a table that was really read, who can write in its inspector."""
    session.open_file(people)
    until(lambda: session.suggestions)
    window.resize(1280, 800)
    window.show_page("words")
    until(lambda: session.words)
    made = window.page("words")
    assert isinstance(made, WordsPage)
    made.foot.byline.click()
    until(lambda: made.writers.state.found is not None)
    return made


@pytest.fixture
def server() -> Iterator[Server]:
    """Return a server on this machine that answers well enough."""
    with serving(bad.says(REPLY), models=("tiny",)) as found:
        yield found


def name_server(page: WordsPage, url: str, model: str = "") -> None:
    """Choose a server by its URL, as it is typed."""
    writers = page.writers
    writers.options[view.SERVER].click()
    writers.server.url.setText(url)
    writers.server.model.setText(model)
    writers.server.model.textEdited.emit(model)


def look(page: WordsPage, until: Until) -> str:
    """Ask to be shown what would be sent, and return it."""
    page.writers.payload.look.click()
    until(lambda: page.writers.state.payload or page.writers.state.problem)
    assert not page.writers.state.problem
    return page.writers.payload.text.toPlainText()


def test_the_foot_opens_who_writes_in_the_inspector(page: WordsPage, window: Window) -> None:
    assert page.writers.isVisible()
    assert page.writers.options[view.BUILTIN].isChecked()
    assert page.writers.write.isVisible()
    assert not page.writers.reader.isVisible()
    window.fold_inspector()
    page.foot.byline.click()
    assert page.writers.isVisible()
    page.writers.left.emit()
    assert not page.writers.isVisible()


def test_a_server_on_this_machine_writes_what_it_can_prove(
    page: WordsPage, session: Session, server: Server, until: Until
) -> None:
    name_server(page, server.url)
    before = session.words
    page.writers.write.click()
    assert session.words is before
    assert page.writers.write.text() == "Writing…"
    until(lambda: session.words is not before or page.writers.state.problem)
    assert session.words is not None
    assert session.words.model == "tiny"
    assert "Written by tiny" in page.foot.byline.text()
    assert "a server on this machine" in page.foot.sent.text()
    assert all("77" not in claim.text for claim in session.words.claims)
    said = " ".join(x.accessibleName() for x in page.findChildren(QLabel))
    assert "There are 77 rows." in said
    apart = [c for c in page.claims if not c.claim.checked]
    assert apart
    assert all(c.accessibleName().startswith("Interpretation") for c in apart)


def test_an_error_is_said_in_place_and_the_words_stay(
    page: WordsPage, session: Session, until: Until
) -> None:
    before = session.words
    name_server(page, "http://127.0.0.1:9", "tiny")
    page.writers.write.click()
    until(lambda: page.writers.state.problem)
    assert page.writers.problem.isVisible()
    assert session.words is before
    assert session.error is None


def test_cancelling_keeps_the_words_and_lets_another_be_asked(
    page: WordsPage, session: Session, window: Window, until: Until
) -> None:
    before = session.words
    with serving(bad.stays_silent) as silent:
        name_server(page, silent.url, "tiny")
        window.activateWindow()
        QTest.mouseClick(page.writers.write, Qt.MouseButton.LeftButton)
        until(lambda: any(seen.body for seen in silent.seen))
        assert not page.writers.write.isEnabled()
        QTest.mouseClick(window.strip.cancel, Qt.MouseButton.LeftButton)
        until(lambda: not session.is_writing)
        until(lambda: QApplication.focusWidget() is page.writers.write)
    assert window.strip.text == "Stopped writing; the page is as it was"
    assert session.words is before
    assert page.writers.write.isEnabled()
    assert page.writers.write.text() == "Write"


def test_a_question_says_that_it_waits_for_the_words(
    page: WordsPage, window: Window, until: Until
) -> None:
    with serving(bad.stays_silent) as silent:
        name_server(page, silent.url, "tiny")
        page.writers.write.click()
        until(lambda: any(seen.body for seen in silent.seen))
        until(lambda: "Writing, 0 of " in window.strip.text)
        page.answers.ask("mean age by team")
        until(lambda: page.bar.button.text() == "Waiting…")
        assert "Writing" in page.bar.button.toolTip()
        window.strip.cancel.click()
        until(lambda: page.answers.blocks)
    assert page.bar.button.text() == "Ask"
    assert not page.bar.button.toolTip()
    assert page.answers.blocks[0].shown.claims


def test_a_model_that_gives_nothing_leaves_the_built_in_words_and_the_reason(
    page: WordsPage, session: Session, until: Until
) -> None:
    before = session.words
    with serving(bad.fails(400, '{"error": {"message": "no"}}')) as refusing:
        name_server(page, refusing.url, "tiny")
        page.writers.write.click()
        until(lambda: session.words is not before or page.writers.state.problem)
    assert session.words is not None
    assert session.words.claims
    said = " ".join(x.accessibleName() for x in page.findChildren(QLabel))
    assert "The built-in writer wrote this. The server at 127.0.0.1 refused" in said
    assert "built-in writer" in page.foot.byline.text()


def test_an_exam_is_taken_and_kept(page: WordsPage, server: Server, until: Until) -> None:
    name_server(page, server.url)
    page.writers.exam.click()
    until(lambda: page.writers.score.text() or page.writers.state.problem)
    assert "survived the check" in page.writers.score.text()
    page.writers.again.click()
    until(lambda: page.writers.state.found is not None)
    assert "survived the check" in page.writers.score.text()


def test_nothing_goes_to_a_host_before_it_was_shown_and_agreed_to(
    page: WordsPage, session: Session, until: Until
) -> None:
    name_server(page, FAR, "any")
    writers = page.writers
    assert not writers.write.isVisible()
    assert not writers.payload.send.isVisible()
    shown = look(page, until)
    assert "canary" not in shown
    assert json.loads(shown)["model"] == "any"
    assert writers.payload.send.text() == "Agree and send to models.invalid"
    assert (consents(), entries()) == ((), ())
    before = session.words
    writers.payload.send.click()
    until(lambda: session.words is not before or writers.state.problem)
    assert [given.destination for given in consents()] == ["models.invalid"]
    if entries():
        assert entries()[0].destination == "models.invalid"


def test_what_was_pressed_keeps_the_keyboard_and_what_went_wrong_is_seen(
    page: WordsPage, window: Window, until: Until
) -> None:
    name_server(page, FAR, "any")
    look(page, until)
    writers = page.writers
    window.activateWindow()
    until(lambda: QApplication.focusWidget() is not None)
    writers.payload.send.setFocus()
    bring_into_view(writers.payload.send)
    writers.payload.send.click()
    until(lambda: writers.state.problem and not writers.state.is_busy)
    assert "no such host" in writers.problem.text()
    until(lambda: QApplication.focusWidget() is writers.payload.send)
    until(lambda: not writers.problem.visibleRegion().isEmpty())


def test_what_looks_personal_is_masked_until_its_switch_is_turned(
    page: WordsPage, until: Until
) -> None:
    name_server(page, FAR, "any")
    look(page, until)
    switches, state = page.writers.payload.switches, page.writers.state
    first = switches.items[0]
    assert (first.title, first.is_on) == ("mail", True)
    assert "e-mail" in first.note
    switches.toggle(0)
    assert state.payload is None or not page.writers.payload.send.isEnabled()
    until(lambda: state.payload is not None and not state.payload.masked)
    assert not switches.items[0].is_on
    age = next(i for i, item in enumerate(switches.items) if item.title == "age")
    switches.toggle(age)
    until(lambda: state.payload is not None and state.payload.masked == ("age",))


def test_another_model_takes_away_what_was_shown(page: WordsPage, until: Until) -> None:
    name_server(page, FAR, "any")
    look(page, until)
    page.writers.server.model.setText("other")
    page.writers.server.model.textEdited.emit("other")
    assert not page.writers.payload.send.isVisible()


def test_an_agreement_is_withdrawn(page: WordsPage, until: Until) -> None:
    name_server(page, FAR, "any")
    look(page, until)
    page.writers.payload.send.click()
    until(lambda: consents() and not page.writers.state.is_busy)
    assert page.writers.payload.send.text() == "Send to models.invalid"
    page.writers.payload.withdraw.click()
    until(lambda: not consents() and not page.writers.state.is_busy)
    assert not page.writers.payload.withdraw.isVisible()


def test_offline_is_said_and_nothing_else_offered(
    page: WordsPage, window: Window, until: Until
) -> None:
    name_server(page, FAR, "any")
    commands = {command.key: command for command in window.actions_of.all()}
    try:
        page.writers.offline.click()
        until(is_switched_offline)
        until(lambda: page.writers.refused.isVisible())
        assert "stay offline" in page.writers.refused.accessibleName()
        writers = page.writers
        for part in (writers.write, writers.exam, writers.payload, writers.reader,
                     writers.server.key):  # fmt: skip
            assert not part.isVisible()
        assert commands["stay-offline"].waits_for()
        commands["go-online"].run()
        until(lambda: not page.writers.refused.isVisible())
        assert not page.writers.offline.isChecked()
    finally:
        switch_offline(False)


def test_a_key_goes_to_the_engine_and_stays_in_no_field(page: WordsPage, until: Until) -> None:
    name_server(page, FAR, "any")
    fields = page.writers.server
    fields.key.setText("sk-canary")
    fields.keep.click()
    assert not fields.key.text()
    until(lambda: fields.forget.isVisible())
    assert "session" in fields.about_key.text() or "key store" in fields.about_key.text()
    fields.forget.click()
    until(lambda: not fields.forget.isVisible())


def test_a_folder_s_model_is_weighed_before_it_is_loaded(
    page: WordsPage, story_model: Path, until: Until
) -> None:
    writers = page.writers
    writers.options[view.FOLDER].click()
    writers.folder.folder.setText(str(story_model))
    writers.folder.folder.textEdited.emit(str(story_model))
    assert not writers.write.isVisible()
    writers.folder.weigh.setFocus()
    writers.folder.weigh.click()
    until(lambda: writers.state.need or writers.state.problem)
    assert "260,032 parameters" in writers.folder.need.text()
    assert writers.write.isVisible()
    until(lambda: QApplication.focusWidget() is writers.write)


def test_the_ledger_lists_what_was_sent_and_shows_what_it_held(
    page: WordsPage, session: Session, server: Server, until: Until, qtbot: QtBot
) -> None:
    del qtbot
    name_server(page, server.url)
    before = session.words
    page.writers.write.click()
    until(lambda: session.words is not before or page.writers.state.problem)
    page.foot.sent.click()
    until(lambda: page.ledger.list.count() > 0)
    assert page.ledger.isVisible()
    last = page.ledger.list.count() - 1
    page.ledger.list.setCurrentRow(last)
    until(lambda: page.ledger.payload.toPlainText())
    bodies = [seen.body.decode() for seen in server.seen if seen.body]
    assert page.ledger.payload.toPlainText() == bodies[0]


def test_who_wrote_the_page_takes_part_in_answers(
    page: WordsPage, session: Session, server: Server, until: Until
) -> None:
    name_server(page, server.url)
    before = session.words
    page.writers.write.click()
    until(lambda: session.words is not before or page.writers.state.problem)
    sent = len(server.seen)
    page.answers.ask("mean age by team")
    until(lambda: page.bar.button.text() == "Ask")
    block = page.answers.blocks[0]
    assert len(server.seen) > sent
    assert "tiny" in " ".join(block.shown.notes)
    assert any(text == "There are 77 rows." for text, _ in block.shown.rejected)
    assert any(fold.head.text().startswith("Left out") for fold in block.findChildren(Fold))
    assert all("77" not in claim.text for claim in block.shown.claims if claim.checked)
    assert any("the mean of age is" in claim.text for claim in block.shown.claims)


def test_an_answer_is_shown_before_the_language_model_has_written_its_own(
    page: WordsPage, session: Session, window: Window, until: Until
) -> None:
    assert session.words is not None
    plain = bad.says("{}")
    with (
        serving(plain, plain, bad.stays_silent) as slow,
        serving(plain, plain, bad.says(REPLY)) as ok,
    ):
        for server in (slow, ok):
            session._writing = Writing(server.url, "tiny")
            session.words = replace(session.words, writer=server.url)
            page.answers.ask("mean age by team")
            if server is slow:
                until(lambda: page.answers.blocks)
                block = page.answers.blocks[0]
                assert block.waiting.isVisible()
                assert block.is_chosen
                assert page.bar.button.text() != "Ask"
                window.strip.cancel.click()
                until(lambda: page.bar.button.text() == "Ask")
                assert page.answers.blocks == [block]
                assert not block.waiting.isVisible()
            until(lambda: page.bar.button.text() == "Ask")
    assert len(page.answers.blocks) == 1
    last = page.answers.blocks[0]
    assert last.is_whole
    assert last.is_chosen
    assert not last.waiting.isVisible()
    assert "tiny" in " ".join(last.shown.notes)


@pytest.mark.usefixtures("page")
def test_a_host_far_away_takes_no_part_in_answers(session: Session) -> None:
    assert session.answering is None
    assert session.words is not None
    session._writing = Writing(FAR, "any")
    session.words = replace(session.words, writer=FAR)
    assert session.answering is None
    session._writing = Writing("http://127.0.0.1:1/v1", "any")
    assert session.answering is session._writing
