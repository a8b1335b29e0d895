"""A transformer from fit to explained text, in the window and through the real engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pellucid.models.types import FitOptions
from pellucid.ui.pages.explain import ExplainPage
from pellucid.ui.pages.explain_text_view import NETWORK_METHODS
from pellucid.ui.pages.model import ModelPage
from pellucid.ui.session import Session
from pellucid.ui.window import Window
from tiny_networks import save_bert, sentences

Until = Callable[[Callable[[], bool]], None]


@pytest.mark.slow
def test_a_transformer_is_fitted_scored_and_explained_by_every_method(
    window: Window, session: Session, until: Until, tmp_path: Path
) -> None:
    texts = sentences(160)
    rows = [f"{text},{'yes' if 'good' in text or 'great' in text else 'no'}" for text in texts]
    (tmp_path / "films.csv").write_text("review,liked\n" + "\n".join(rows) + "\n")
    session.open_file(tmp_path / "films.csv")
    until(lambda: bool(session.suggestions))
    folder = save_bert(tmp_path / "tiny", backbone=True)
    session.set_target("liked")
    session.fit(
        FitOptions(
            "liked", quality="preview", kind="transformer", texts=("review",), encoder=str(folder)
        )
    )
    until(lambda: session.summary is not None or session.error is not None)
    assert session.error is None
    assert session.model is None
    assert session.network is not None
    assert session.network.column == "review"

    window.show_page("model")
    model = window.page("model")
    assert isinstance(model, ModelPage)
    assert model.scores.isVisible()
    assert not model._curves_title.isVisible()
    assert model.scores.chooser.count() >= 1

    window.show_page("explain")
    page = window.page("explain")
    assert isinstance(page, ExplainPage)
    assert page.tabs.currentIndex() == 2
    side = page.text.halves[0].side
    assert tuple(side.method.itemData(i) for i in range(side.method.count())) == NETWORK_METHODS
    until(lambda: bool(side.text.marks))
    assert side.text.toPlainText() == texts[0]
    assert side.figure.text().endswith("%")
    assert side.actual.text() == f"The row says {rows[0].rpartition(',')[2]}"
    for method in NETWORK_METHODS[1:]:
        side.method.setCurrentIndex(side.method.findData(method))
        side.method.activated.emit(side.method.currentIndex())
        assert side.told is None
        assert not side.figure.text()
        until(lambda: side.told is not None)
        assert side.told is not None
        assert side.told.explanation.method == method

    side.text.setPlainText("good film, very good plot")
    side.text.edited.emit("good film, very good plot")
    until(lambda: side.told is not None)
    assert side.told.explanation.text == "good film, very good plot"
    tests = page.text.tests
    tests.words.setPlainText("good, bad\ngreat, dull")
    for section in tests.sections.values():
        section.start.click()
        assert not section.start.isEnabled()
    until(lambda: all(section.start.isEnabled() for section in tests.sections.values()))
    said = {name: part.state.accessibleName() for name, part in tests.sections.items()}
    assert "random orders" in said["faithfulness"]
    assert "replaced by random numbers" in said["sanity"]
    assert "training texts" in said["neighbours"]
    assert "hold a word of the list" in said["swap"]
    assert tests.neighbours.results.count() > 4
    page.grab()
    for at, said in ((0, "no terms"), (1, "no sum")):
        page.tabs.setCurrentIndex(at)
        assert said in page.without._title.text()
        assert page.without.isVisible()
        assert not page._told.isVisible()
    session.is_unsaved = False
