"""A term over texts on the Whole model tab: strongest n-grams, search, classes, examples."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from text_made import Asked, fill_with_texts, keep_asked, text_model

from pellucid.core.values import to_json
from pellucid.explain.corpus.language_types import NgramRow
from pellucid.explain.corpus.types import Example
from pellucid.explain.model import explain_additive
from pellucid.models.types import Estimate
from pellucid.report.palette import DARK
from pellucid.ui.pages import explain_ngrams_view as view
from pellucid.ui.pages import explain_view, model_view
from pellucid.ui.pages.explain import ExplainPage
from pellucid.ui.readers import read_ngrams
from pellucid.ui.session import Session
from pellucid.ui.widgets.basic import color_all
from pellucid.ui.window import Window


def row_of(ngram: str) -> NgramRow:
    flat = Estimate(1.0, 0.5, 1.5)
    example = Example(4, f"so {ngram} it is", 3, 3 + len(ngram))
    return NgramRow(ngram, 1, 9, flat, 0.1, 0.1, 0.01, None, (), flat, (example,))


def test_the_strongest_stand_on_both_sides_highest_first() -> None:
    explained = explain_additive(text_model())
    term = explained.term("review")
    lines = view.strongest(term, 0)
    scores = [item.score for item in lines]
    assert scores == sorted(scores, reverse=True)
    assert lines[0].ngram == "excellent"
    assert lines[-1].ngram == "worst"
    title = view.finding(lines, explained, 0)
    assert title.startswith("“excellent” and “wonderful” raise positive most")
    assert "training texts hold it" in view.sentence(lines[0], explained, 0)
    by_texts = view.strongest(term, 0, "importance")
    assert sum(item.texts for item in by_texts) > sum(item.texts for item in lines)


def test_an_ngram_can_be_found() -> None:
    term = explain_additive(text_model()).term("review")
    found = view.matching(term, 0, "  NOT ")
    assert {"not", "not good", "not a"} <= {item.ngram for item in found}
    assert view.matching(term, 0, "zebra") == ()
    assert "“zebra”" in view.nothing_found("zebra", term)


def test_it_is_drawn_small_in_lists_and_has_facts_of_its_own() -> None:
    explained = explain_additive(text_model("multiclass"))
    shown = explain_view.shown_chart("review", explained, "mixed").chart
    assert len(shown.bars) == 2 * view.MOST_A_SIDE  # type: ignore[union-attr]
    assert model_view.curve_slot(explained, "review").chart.caption.title
    facts = dict(explain_view.summary_facts(explained, "review"))
    assert facts["N-grams"] == "458"
    assert "one occurrence" in explain_view.reading_note(explained, "review")
    choices = explain_view.class_choices(explained, explained.term("review"))
    assert [name for _, name in choices] == list(explained.outputs)


def test_a_table_is_read_with_or_without_company() -> None:
    rows = to_json((row_of("good"),))
    assert read_ngrams(rows)[0].ngram == "good"
    assert read_ngrams({"rows": rows})[0].examples[0].row == 4


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Keep what is asked of the engine, to be answered by hand."""
    return keep_asked(monkeypatch, "ngrams")


@pytest.fixture
def page(session: Session, window: Window, asked: Asked) -> ExplainPage:
    del asked
    fill_with_texts(session)
    session.fit_path = Path("fit.zip")
    window.resize(1280, 800)
    window.show_page("explain")
    made = window.page("explain")
    assert isinstance(made, ExplainPage)
    return made


def test_choosing_a_bar_shows_it_in_context(page: ExplainPage, asked: Asked) -> None:
    panel = page.whole.ngrams
    assert panel.isVisible()
    name, params, done, failed = next(one for one in asked if one[0] == "ngrams")
    assert params["column"] == "review"
    failed("The engine", "")
    assert "No examples" in panel.waiting.text()
    panel.sides[0].bars.chosen.emit(0)
    assert panel.chosen == "excellent"
    done((row_of("excellent"), row_of("worst")))
    shown = [panel.examples.itemAt(i).widget() for i in range(panel.examples.count())]
    assert [part.accessibleName() for part in shown] == ["Row 5: so excellent it is"]
    assert name == "ngrams"


def test_the_search_box_narrows_the_bars(page: ExplainPage) -> None:
    panel = page.whole.ngrams
    panel.search.setText("waste")
    assert {item.ngram for item in panel._lines} == {"waste", "waste of", "waste of time"}
    assert panel.chosen == "waste"
    panel.search.setText("zebra")
    assert panel.none.isVisible()
    panel.search.clear()
    panel.order.setCurrentIndex(1)
    panel.order.activated.emit(1)
    assert len(panel._lines) == 2 * view.MOST_A_SIDE
    color_all(page, DARK)
    page.grab()


def test_another_term_shows_its_curve(page: ExplainPage, qtbot: QtBot) -> None:
    page.whole.show_term("minutes")
    assert not page.whole.ngrams.isVisible()
    page.whole.show_term("review")
    qtbot.waitUntil(page.whole.ngrams.isVisible)
