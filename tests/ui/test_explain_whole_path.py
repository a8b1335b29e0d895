"""From a file to curves, a what-if, words and a written report, through the real engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pellucid.models.types import FitOptions
from pellucid.ui.pages.explain import ExplainPage
from pellucid.ui.pages.model import ModelPage
from pellucid.ui.pages.report import ReportPage
from pellucid.ui.pages.words import WordsPage
from pellucid.ui.session import Session
from pellucid.ui.window import Window

Until = Callable[[Callable[[], bool]], None]


@pytest.mark.slow
def test_a_table_is_fitted_explained_written_up_and_exported(
    window: Window, opened: Session, until: Until, tmp_path: Path
) -> None:
    session = opened
    assert session is window.session
    window.show_page("model")
    model = window.page("model")
    assert isinstance(model, ModelPage)
    bags: list[int] = []
    session.model_changed.connect(lambda: bags.append(session.bags))
    session.set_target("paid")
    session.fit(FitOptions("paid", quality="preview"))
    until(lambda: session.summary is not None)
    assert model.state == "done", session.error
    assert max(bags) == session.summary.bags  # type: ignore[union-attr]
    assert model.grid.cards

    window.show_page("explain")
    explain = window.page("explain")
    assert isinstance(explain, ExplainPage)
    until(lambda: session.explanation is not None)
    assert [row.verdict for row in explain.whole.terms.rows].count("not tested") == 0
    explain.tabs.setCurrentIndex(1)
    explain.row.show_row(21)
    until(lambda: explain.row.state is not None and explain.row.state.number == 21)
    before = explain.row.answer.figure.text()
    assert explain.row.state is not None
    assert explain.row.state.original["age"] is None
    explain.row.edit("age", 65.0)
    assert explain.row.answer.figure.text() != before

    window.show_page("words")
    words = window.page("words")
    assert isinstance(words, WordsPage)
    until(lambda: bool(words.claims))
    window.show_page("report")
    report = window.page("report")
    assert isinstance(report, ReportPage)
    until(lambda: bool(report.paper.blocks) and report.paper.is_whole)
    path = tmp_path / "small.html"
    report.export_to(path)
    until(lambda: bool(report.panel.written))
    assert path.stat().st_size > 10_000
    assert session.error is None
