"""A language model's own reasons under a row's words: offered, asked for, judged, refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hand_made import fill
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QToolButton, QWidget

import misbehaving_server as bad
import reasoning_server as servers
from misbehaving_server import serving
from pellucid.core.offline import switch_offline
from pellucid.core.run import Run
from pellucid.data.reading import open_table
from pellucid.explain.model import explain_model
from pellucid.models.files import save_fit
from pellucid.models.fit import Fit
from pellucid.models.fitting import fit
from pellucid.models.types import FitOptions
from pellucid.ui.pages.explain import ExplainPage
from pellucid.ui.pages.explain_reasons import ReasonBlock, ReasonsPanel
from pellucid.ui.session import Session
from pellucid.ui.states import Opened
from pellucid.ui.window import Window
from pellucid.writing.orders import Writing
from pellucid.writing.privacy.ledger import entries
from pellucid.writing.types import WRITER, Words

Until = Callable[[Callable[[], object]], None]
FAR = "https://models.invalid/v1"


def said(widget: QWidget) -> str:
    """Return all that a widget shows, once it has been laid out."""
    QApplication.processEvents()
    labels = [one for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)]
    return " ".join(label.accessibleName() or label.text() for label in labels)


def write_with(session: Session, writer: str, llm: str | None = "tiny") -> None:
    """Let the words that are shown be those of a language model."""
    assert session.words is not None
    session._writing = Writing(writer, llm)
    session.words = replace(session.words, writer=writer, model="tiny")
    session.words_changed.emit()


@dataclass(frozen=True)
class Made:
    opened: Opened
    fit: Fit
    path: Path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Read a table of guests and fit a model of it."""
    folder = tmp_path_factory.mktemp("guests")
    lines = ["sex,room,nights,stays"]
    for i in range(240):
        sex, room = ("man", "woman")[i % 2], ("sea", "court", "attic")[i % 3]
        stays = "yes" if (i % 2) + (i % 3 == 0) + (i % 7 > 3) > 1 else "no"
        lines.append(f"{sex},{room},{i % 7},{stays}")
    path = folder / "guests.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PELLUCID_HOME", str(tmp_path_factory.mktemp("home")))
        with open_table(path) as table:
            found = fit(table, FitOptions("stays", quality="preview"), Run())
            save_fit(found, folder / "fit.zip")
            shown = Opened(table.store, table.source, table.rows, table.columns, table.rejected)
            yield Made(shown, found, folder / "fit.zip")


@pytest.fixture
def page(made: Made, session: Session, window: Window, until: Until) -> ExplainPage:
    """Return the page with a row of a real fit, and the built-in writer's words."""
    window.resize(1280, 800)
    session.path, session.opened, session.target = made.opened.source.path, made.opened, "stays"
    session.model, session.fit_path, session.summary = made.fit.model, made.path, made.fit.summary
    session.explanation = explain_model(made.fit)
    session.words = Words(WRITER, "", "guests.csv", (), {})
    session._announce_all()
    window.show_page("explain")
    shown = window.page("explain")
    assert isinstance(shown, ExplainPage)
    shown.show_why_of(4)
    until(lambda: shown.row.state is not None and shown.row.state.number == 4)
    return shown


@pytest.fixture
def panel(page: ExplainPage) -> ReasonsPanel:
    return page._row_inspector.reasons


@pytest.fixture
def online() -> Iterator[None]:
    yield
    switch_offline(False)


def ask(panel: ReasonsPanel, until: Until) -> None:
    panel.start.click()
    until(lambda: not panel.state.is_busy)


def test_without_a_language_model_the_way_to_one_is_shown(
    panel: ReasonsPanel, window: Window
) -> None:
    assert "No language model has written the Words page yet." in said(panel)
    assert not panel.start.isVisibleTo(panel)
    panel.choose.click()
    assert window.current == "words"
    assert window.page("words").aside.currentIndex() == 1  # type: ignore[attr-defined]


def test_reasons_that_follow_are_shown_checked_with_the_verdict(
    panel: ReasonsPanel, until: Until
) -> None:
    with serving(servers.reads) as found:
        write_with(panel.session, found.url)
        ask(panel, until)
    blocks = [block.one for block in panel.findChildren(ReasonBlock)]

    assert "Its reasons follow the evidence" in said(panel)
    assert panel.shown is not None
    assert panel.shown.icon == "check"
    assert blocks
    assert all(one.is_checked and not one.flag for one in blocks)
    assert "95% interval" in said(panel)
    assert "nothing left it" in said(panel)
    assert not panel.start.isVisibleTo(panel)
    assert panel.again.isVisibleTo(panel)


def test_what_disagrees_is_flagged_and_what_does_not_hold_is_folded_away(
    panel: ReasonsPanel, until: Until
) -> None:
    with serving(servers.repeats) as found:
        write_with(panel.session, found.url)
        ask(panel, until)
    blocks = [block.one for block in panel.findChildren(ReasonBlock)]

    assert "Its reasons ignore the evidence" in said(panel)
    assert [one.note for one in blocks if one.text == servers.OWN_WORDS] == [
        "Interpretation, not checked"
    ]
    flagged = [one for one in blocks if one.flag]
    assert flagged
    assert "The evidence says the opposite." in said(panel)
    assert servers.FALSE not in said(panel)
    fold = next(b for b in panel.findChildren(QToolButton) if b.text().startswith("Left out"))
    fold.setChecked(True)
    panel.refresh()
    assert servers.FALSE in said(panel)  # what is unfolded stays so


def test_babble_shows_no_reason(panel: ReasonsPanel, until: Until) -> None:
    with serving(servers.babbles) as found:
        write_with(panel.session, found.url)
        ask(panel, until)

    assert not panel.findChildren(ReasonBlock)
    assert "It cannot be told whether its reasons follow the evidence" in said(panel)
    assert "asked no more" in said(panel)


def test_a_stop_keeps_the_answers_that_came(
    panel: ReasonsPanel, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pellucid.engine.client.GRACE_S", 60.0)  # however busy the machine is
    asked: list[int] = []

    with serving(servers.reads_then_hangs(asked, 3)) as found:
        write_with(panel.session, found.url)
        panel.start.click()
        until(lambda: len(asked) == 4)
        assert panel.cancel.isVisibleTo(panel)
        until(lambda: "4 of" in said(panel))
        panel.cancel.click()
        until(lambda: not panel.state.is_busy)

    assert panel.findChildren(ReasonBlock)
    assert "The test was stopped after 3 of" in said(panel)


def test_a_stop_before_any_answer_leaves_the_offer(panel: ReasonsPanel, until: Until) -> None:
    with serving(bad.stays_silent) as found:
        write_with(panel.session, found.url)
        panel.start.click()
        until(lambda: [seen for seen in found.seen if seen.body])
        panel.cancel.click()
        until(lambda: not panel.state.is_busy)

    assert "Stopped before there was an answer." in said(panel)
    assert panel.start.isVisibleTo(panel)


def test_a_server_that_is_gone_is_told_beside_the_offer(panel: ReasonsPanel, until: Until) -> None:
    write_with(panel.session, "http://127.0.0.1:9/v1")
    ask(panel, until)

    assert "No server answers" in said(panel.problem.parentWidget())
    assert panel.start.isVisibleTo(panel)


def test_an_edited_row_is_not_asked_about(page: ExplainPage, panel: ReasonsPanel) -> None:
    write_with(panel.session, "http://127.0.0.1:9/v1")
    page.row.edit("nights", 6.0)
    assert "Put all back to ask it." in said(panel)
    assert not panel.start.isVisibleTo(panel)
    page.row.reset.click()
    assert panel.start.isVisibleTo(panel)


def test_reasons_stay_with_their_row(page: ExplainPage, panel: ReasonsPanel, until: Until) -> None:
    with serving(servers.reads) as found:
        write_with(panel.session, found.url)
        ask(panel, until)
    page.row.show_row(5)
    until(lambda: page.row.state is not None and page.row.state.number == 5)
    assert panel.shown is None
    assert panel.start.isVisibleTo(panel)
    page.row.show_row(4)
    until(lambda: page.row.state is not None and page.row.state.number == 4)
    assert panel.shown is not None


def test_nothing_goes_far_before_it_was_shown_and_agreed_to(
    panel: ReasonsPanel, until: Until, online: None
) -> None:
    del online
    write_with(panel.session, FAR, "large")
    assert not panel.start.isVisibleTo(panel)
    panel.payload.look.click()
    until(lambda: not panel.state.is_busy)
    assert panel.state.payload is not None
    assert "(contribution)" in panel.payload.text.toPlainText()
    panel.state.mask("room", True)
    until(lambda: not panel.state.is_busy)
    assert panel.state.payload[1].masked == ("room",)
    assert "court" not in panel.payload.text.toPlainText()
    assert panel.payload.send.isVisibleTo(panel)
    assert entries() == ()

    switch_offline(True)
    panel.session.offline_changed.emit()
    assert "set to stay offline" in said(panel)
    assert not panel.payload.isVisibleTo(panel)


def test_agreeing_sends_to_that_host_alone(panel: ReasonsPanel, until: Until) -> None:
    write_with(panel.session, FAR, "large")
    panel.payload.look.click()
    until(lambda: not panel.state.is_busy)
    payload = panel.state.payload
    assert payload is not None
    asked = payload[0]
    panel.state.agree()
    until(lambda: panel.state.problems.get(asked) or panel.state.found.get(asked))
    assert "models.invalid" in panel.state.problems[asked]  # there is no such host
    assert {entry.destination for entry in entries()} <= {"models.invalid"}


def test_another_table_ends_the_question(panel: ReasonsPanel, until: Until, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a,b\n" + "\n".join(f"{i},{i % 3}" for i in range(60)) + "\n")
    with serving(bad.stays_silent) as found:
        write_with(panel.session, found.url)
        panel.start.click()
        until(lambda: [seen for seen in found.seen if seen.body])
        panel.session.open_file(other)
        until(lambda: panel.session.path == other and panel.session.opened)
    assert not panel.state.is_busy


def test_before_there_is_a_fit_nothing_can_be_asked(session: Session, window: Window) -> None:
    fill(session)
    window.show_page("explain")
    page = window.page("explain")
    assert isinstance(page, ExplainPage)
    panel = page._row_inspector.reasons
    write_with(session, "http://127.0.0.1:9/v1")
    assert "once the fit is finished" in said(panel)
    assert not panel.start.isVisibleTo(panel)


def test_reasons_are_given_the_height_they_need_when_they_come(
    page: ExplainPage, panel: ReasonsPanel, until: Until
) -> None:
    with serving(servers.reads) as found:
        write_with(panel.session, found.url)
        ask(panel, until)
    inspector = page.inspector()
    assert isinstance(inspector, QScrollArea)
    until(lambda: inspector.verticalScrollBar().maximum() > 0)
    until(lambda: panel.height() >= panel.heightForWidth(panel.width()))
