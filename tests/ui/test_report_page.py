"""The Report page: switches, the document, its export."""

from __future__ import annotations

from pathlib import Path

import pytest
from hand_made import fill
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from pellucid.report.document import ChartBlock, Heading, Piece, TokenStrip
from pellucid.report.palette import LIGHT
from pellucid.ui.charts.view import ChartView
from pellucid.ui.pages.report import ReportPage
from pellucid.ui.pages.report_paper import block_widget
from pellucid.ui.session import Session
from pellucid.ui.widgets.token_text import TokenText
from pellucid.ui.window import Window


def words(page: QWidget) -> str:
    """Return all that the widget says."""
    return " ".join(label.accessibleName() or label.text() for label in page.findChildren(QLabel))


@pytest.fixture
def page(session: Session, window: Window, qtbot: QtBot) -> ReportPage:
    """Return the page of a filled session."""
    fill(session)
    window.resize(1280, 800)
    window.show_page("report")
    made = window.page("report")
    assert isinstance(made, ReportPage)
    qtbot.waitUntil(lambda: made.paper.is_whole, timeout=60_000)
    return made


def test_without_a_table_it_says_what_it_waits_for(session: Session, qtbot: QtBot) -> None:
    page = ReportPage(session)
    qtbot.addWidget(page)
    assert "No document yet" in words(page)


def test_every_block_is_in_the_outline_and_on_the_page(page: ReportPage, session: Session) -> None:
    assert session.report is not None
    keys = [block.key for block in session.report.blocks]
    assert [item.key for item in page.outline.items] == keys
    assert list(page.paper.blocks) == keys
    charts = [b for b in session.report.blocks if isinstance(b, ChartBlock)]
    assert len(page.paper.findChildren(ChartView)) == len(charts)
    for block in charts:
        assert block.chart.caption.title in words(page.paper)


def test_a_switch_takes_a_block_off_the_page(page: ReportPage, session: Session) -> None:
    assert session.report is not None
    chart = next(b for b in session.report.blocks if isinstance(b, ChartBlock))
    row = [item.key for item in page.outline.items].index(chart.key)
    page.outline.toggle(row)
    assert session.hidden == {chart.key}
    assert page.paper.blocks[chart.key].isHidden()
    assert "1 block switched off" in words(page.panel)
    page.outline.toggle(row)
    assert session.hidden == set()
    assert not page.paper.blocks[chart.key].isHidden()


def test_a_text_of_the_report_is_drawn_with_its_marks(qtbot: QtBot) -> None:
    strip = TokenStrip(
        "strip:1", "All in words.", title="Surely right", caption="Row 3, text.",
        pieces=(Piece("bad", -2.0), Piece(" film")), strongest=(Piece("bad", -2.0),), largest=2.0,
    )  # fmt: skip
    made = block_widget(strip, LIGHT)
    qtbot.addWidget(made)
    text = made.findChild(TokenText)
    assert (text.text, len(text.marks), text.isReadOnly()) == ("bad film", 1, True)
    assert text.accessibleDescription() == "All in words."
    assert "Strongest: “bad” −2. Row 3, text." in words(made)


def test_a_long_line_of_the_outline_takes_two(page: ReportPage) -> None:
    lines = page.outline
    heights = {lines.sizeHintForRow(at) for at in range(len(lines.items))}
    assert heights == {30, 44}


def test_a_heading_s_switch_takes_its_section(page: ReportPage, session: Session) -> None:
    assert session.report is not None
    heading = next(b for b in session.report.blocks if isinstance(b, Heading))
    page.switch(heading.key, False)
    assert len(session.hidden) > 1
    assert all(page.paper.blocks[key].isHidden() for key in session.hidden)


def test_the_outline_leads_to_its_block(page: ReportPage, session: Session, qtbot: QtBot) -> None:
    assert session.report is not None
    qtbot.waitUntil(lambda: page._scroll.verticalScrollBar().maximum() > 0, timeout=60_000)
    page.scroll_to(session.report.blocks[-1].key)
    assert page._scroll.verticalScrollBar().value() > 0


@pytest.mark.parametrize("width", [1100, 1280, 1920])
def test_the_page_ends_where_its_sheet_ends(
    page: ReportPage, window: Window, qtbot: QtBot, width: int
) -> None:
    window.resize(width, 800)
    body = page.paper.parentWidget()
    assert body is not None
    qtbot.waitUntil(lambda: 0 < body.height() - page.paper.geometry().bottom() < 40, timeout=60_000)


def test_the_written_file_is_named_with_its_path(
    page: ReportPage, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "people-report.html"
    monkeypatch.setattr(session, "export", lambda where: where.write_text("x" * 4096))
    page.export_to(path)
    session.job_changed.emit()
    assert page.panel.written == "Wrote people-report.html, 4.10 KB"
    assert "people-report.html" in words(page.panel)


def test_a_failed_export_claims_nothing(
    page: ReportPage, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "export", lambda _: None)
    page.export_to(tmp_path / "people-report.html")
    session.job_changed.emit()
    assert page.panel.written == ""
    assert page.panel.export.isEnabled()


def test_open_in_browser_opens_what_was_written(
    page: ReportPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    monkeypatch.setattr(session, "export", lambda where: where.write_text("page"))
    page.panel.browser.click()
    session.job_changed.emit()
    assert [Path(url.toLocalFile()).read_text() for url in opened] == ["page"]
