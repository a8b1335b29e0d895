"""The decisions about texts on the Model page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel
from text_made import fill_with_texts

from pellucid.data.types import Column
from pellucid.models.black_box.box import BlackBox
from pellucid.models.types import FitOptions
from pellucid.ui.pages import model_draft as drafts
from pellucid.ui.pages import model_texts_view as view
from pellucid.ui.pages.explain import ExplainPage
from pellucid.ui.pages.model import ModelPage
from pellucid.ui.readers import KnownFit
from pellucid.ui.session import Session
from pellucid.ui.window import Window

COLUMNS = (
    Column("review", "text", 0, 900), Column("title", "category", 0, 400),
    Column("colour", "category", 0, 5), Column("rating", "category", 0, 2),
)  # fmt: skip


def test_running_text_takes_part_and_more_can_be_read() -> None:
    draft = drafts.Draft(target="rating")
    assert view.text_columns(COLUMNS, draft) == ("review",)
    assert view.could_be_texts(COLUMNS, draft) == ("title",)
    more = draft.with_text("title", True)
    assert view.text_columns(COLUMNS, more) == ("review", "title")
    rows = drafts.feature_rows(COLUMNS, draft)
    assert all(row.is_used for row in rows)
    assert view.text_columns(COLUMNS, more.without(frozenset({"title"}))) == ("review",)


def test_a_draft_becomes_options_and_comes_back() -> None:
    draft = drafts.Draft(target="rating").with_text("title", True).with_kind("tree")
    options = draft.with_encoder("/models/small").with_tuning(True).options(COLUMNS)
    assert options == FitOptions(
        "rating", kind="tree", texts=("title",), encoder="/models/small", tune=True
    )
    assert drafts.Draft.of(options).options(COLUMNS) == options
    assert not draft.with_tuning(True).with_encoder("none").tune


def test_the_encoder_that_is_there_comes_first() -> None:
    with_model = view.encoder_choices(None, has_model=True)
    assert with_model[0].key is None
    without = view.encoder_choices(None, has_model=False)
    assert [choice.key for choice in without] == ["none", "folder"]
    assert view.chosen_encoder(without, None, has_model=False).key == "none"
    own = view.encoder_choices("/models/small", has_model=True)
    assert "Folder small" in [choice.title for choice in own]


def test_time_is_told_honestly() -> None:
    assert (
        view.tune_line(1600, tuned=True) == "Roughly 2 to 8 minutes more without a graphics card."
    )
    assert "for 8,000 of 50,000 texts" in view.tune_line(50_000, tuned=True)
    assert view.tune_line(1600, tuned=False).startswith("Off. Would take roughly 2")
    assert "about a minute" in view.tune_line(100, tuned=True)


def test_what_a_kind_of_model_cannot_do_is_said() -> None:
    draft = drafts.Draft(target="rating", kind="transformer")
    assert "take the others off" in view.problem(draft, ("a", "b"))
    assert view.problem(draft, ("a",)) == ""
    assert view.problem(draft, ()) != ""


@pytest.fixture
def page(session: Session, window: Window) -> ModelPage:
    fill_with_texts(session)
    window.resize(1280, 800)
    window.show_page("model")
    made = window.page("model")
    assert isinstance(made, ModelPage)
    return made


def test_every_decision_about_texts_reaches_the_fit(
    page: ModelPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[FitOptions] = []
    monkeypatch.setattr(session, "fit", asked.append)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/models/small")
    panel = page.decisions.texts
    panel.kinds.button(1).click()
    folder = next(
        i for i in range(panel.encoder.count()) if "A folder" in panel.encoder.itemText(i)
    )
    panel.encoder.activated.emit(folder)
    panel.tune.click()
    page.decisions.fit.click()
    assert asked[0].kind == "tree"
    assert asked[0].encoder == "/models/small"
    assert asked[0].tune


def test_a_chip_takes_a_column_off(page: ModelPage, session: Session) -> None:
    panel = page.decisions.texts
    panel.chips.parts[0].click()  # type: ignore[attr-defined]
    assert session.dropped == {"review"}
    assert not panel._more.isVisible()
    panel.menu.actions()[0].trigger()
    assert session.dropped == frozenset()
    assert panel._more.isVisible()
    page.grab()


def test_other_decisions_than_those_fitted_are_noted(page: ModelPage) -> None:
    page.decisions.texts.kinds.button(2).click()
    assert "have changed since" in page._note.accessibleName()


def test_a_transformer_shows_its_scores_and_says_that_it_has_no_terms(
    page: ModelPage, session: Session, window: Window
) -> None:
    assert session.summary is not None
    box = BlackBox(session.summary.task, "review", Path("no-folder"))
    session._fitted(KnownFit(Path("fit.zip"), box, session.summary))
    session.is_unsaved = False  # there is no such file to keep aside
    assert not page._curves_title.isVisible()
    assert page.scores.isVisible()
    window.show_page("explain")
    explain = window.page("explain")
    assert isinstance(explain, ExplainPage)
    explain.tabs.setCurrentIndex(0)
    said = [part.text() for part in explain.findChildren(QLabel) if part.isVisible()]
    assert "A transformer has no terms" in said
