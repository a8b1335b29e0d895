"""A look into a transformer: heads on one text, layers over all, and what the page waits for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from text_made import REVIEW, Asked, fill_with_texts, keep_asked, text_model

from pellucid.explain.corpus.network_types import (
    ColumnProbe,
    HeadSummary,
    HeadsView,
    LayerProbe,
    LayersView,
    LookedInto,
    Probes,
)
from pellucid.models.types import Estimate
from pellucid.report.palette import DARK, LIGHT
from pellucid.ui.charts.heads import map_image
from pellucid.ui.pages import explain_heads_view as heads
from pellucid.ui.pages import explain_inside_view as inside
from pellucid.ui.pages import explain_layers_view as layers
from pellucid.ui.pages.explain_inside import InsidePanel
from pellucid.ui.pages.explain_row_view import RowState
from pellucid.ui.session import Session
from pellucid.ui.widgets.basic import color_all

TEXT = "good film indeed"
WORDS = ((0, 4), (5, 9), (10, 16))
OFFLINE = LookedInto("all-MiniLM-L6-v2", is_own=False)


def made_heads(*, is_cut: bool = False) -> HeadsView:
    maps = np.zeros((2, 2, 3, 3))
    maps[0, 0] = [[0.1, 0.6, 0.0], [0.5, 0.2, 0.1], [0.0, 0.9, 0.0]]
    maps[1, 1] = np.eye(3) * 0.4
    summaries = tuple(
        HeadSummary(layer, head, 1.0, 0.5, special, 0.1, 0.02, 0.6, 0.2, 0.0, "next piece")
        for (layer, head), special in zip(np.ndindex(2, 2), (0.1, 0.9, 0.8, 0.6), strict=True)
    )
    return HeadsView(TEXT, OFFLINE, WORDS, maps, summaries, is_cut, "")


def probe(column: str, scores: tuple[float, ...], baseline: float = 0.5) -> ColumnProbe:
    found = tuple(
        LayerProbe(column, layer, Estimate(score, score - 0.03, score + 0.03), 0.5,
                   Estimate(score - 0.5, score - 0.54, score - 0.46))
        for layer, score in enumerate(scores)
    )  # fmt: skip
    return ColumnProbe(column, "classes", 900, ("a", "b"), baseline, found)


def made_layers() -> LayersView:
    columns = (probe("minutes", (0.5, 0.49, 0.51)), probe("sentiment", (0.7, 0.81, 0.9)))
    return LayersView("review", OFFLINE, Probes(4000, 900, 3, columns, ("id",)))


def test_a_head_is_told_by_what_it_looks_at() -> None:
    found = made_heads()
    assert heads.first_head(found) == 0
    said = heads.head_sentence(found.heads[0])
    assert said.startswith("Layer 1, head 1. It looks mostly at what comes just after.")
    assert "60% to the one after" in said
    assert "2%" not in said
    assert heads.word_sentence(found, 0, 0) == (
        "“good” looks at “film” 60% and “good” 10%; 30% goes to the marks around the text."
    )
    assert "looks at no word; 100%" in heads.word_sentence(found, 1, 0)


def test_words_are_marked_by_the_attention_they_get() -> None:
    found = made_heads()
    over_all = heads.head_marks(found, 0, None)
    assert [round(mark.strength, 3) for mark in over_all] == [0.353, 1.0, 0.059]
    assert {mark.kind for mark in over_all} == {"share"}
    from_third = heads.head_marks(found, 0, 2)
    assert [mark.strength for mark in from_third] == [0.0, 1.0, 0.0]
    assert heads.described(found, 0).startswith("Gets of the words’ attention: film 56.7%")
    assert heads.cut_line(found) == ""
    assert "first 3 words" in heads.cut_line(made_heads(is_cut=True))


def test_a_map_is_drawn_in_the_accent_over_the_ground() -> None:
    image = map_image(np.array([[0.0, 1.0]]), LIGHT)
    assert image.pixelColor(0, 0).name() == LIGHT.background.lower()
    assert image.pixelColor(1, 0).name() == LIGHT.accent.lower()


def test_layers_are_told_beside_what_is_known_without_them() -> None:
    found = made_layers()
    target, other = layers.ordered(found, "sentiment")
    assert target.column == "sentiment"
    assert layers.layers_finding(target) == "sentiment is read best off layer 2"
    assert layers.layers_finding(other) == "No layer shows minutes"
    said = layers.layers_sentence(target)
    assert said == (
        "Accuracy 90%, against 50% for the commonest class. 40 points above shuffled values "
        "(36 to 44)."
    )
    chart = layers.layer_chart(target)
    assert (chart.best, chart.baseline, len(chart.dots)) == (2, 0.5, 3)
    assert chart.dots[0].sentence.startswith("The words by themselves: 70% (67% to 73%)")
    assert "900 of 4,000 texts" in layers.texts_line(found)
    assert "Left out: id" in layers.texts_line(found)
    close = probe("sentiment", (0.7, 0.71))
    assert "hardly better" in layers.layers_finding(close)
    number = replace(probe("age", (0.1, 0.3), 0.0), kind="number", note="9 of 900 texts have none")
    assert layers.layers_sentence(number).startswith("R² 0.30, against 0 for the mean.")
    assert layers.layers_sentence(number).endswith("9 of 900 texts have none.")


def test_whose_transformer_it_is_is_said() -> None:
    own = LookedInto("MiniLM", is_own=True)
    assert "is no part of this model" in layers.network_line(OFFLINE, text_model(), "sentiment")
    assert "n-grams were embedded" in layers.network_line(own, text_model(), "sentiment")
    assert layers.network_line(own, None, "sentiment") == "Looked into: MiniLM."


def test_what_the_page_waits_for(tmp_path: Path) -> None:
    model = text_model()
    assert inside.waiting_words(None, has_transformer=True) is not None
    assert inside.waiting_words(model, has_transformer=True) is None
    waiting = inside.waiting_words(model, has_transformer=False)
    assert waiting is not None
    assert waiting[0] == "Waiting for a transformer"
    note = model.texts[0].encoder
    assert note is not None
    term = replace(model.texts[0], encoder=replace(note, folder=str(tmp_path)))
    own = replace(model, texts=(term,))
    assert inside.waiting_words(own, has_transformer=False) is None
    task = replace(model.task, features=(("minutes", "number"),))
    bare = inside.waiting_words(replace(model, texts=(), task=task), has_transformer=True)
    assert bare is not None
    assert "reads no texts" in bare[0]


def test_heads_and_layers_are_asked_for_and_drawn(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: Asked = keep_asked(monkeypatch, "heads", "probe")
    fill_with_texts(session)
    panel = InsidePanel(session)
    qtbot.addWidget(panel)
    panel.resize(1200, 900)
    panel.show_model(session.model, 5000)
    panel.take_folder(tmp_path)
    panel.show_row(RowState(3, {"review": REVIEW, "minutes": 96.0}, {}))
    panel.heads.start.click()
    assert "needs a finished fit" in panel.heads.state.accessibleName()
    session.fit_path = Path("fit.zip")
    panel.heads.start.click()
    panel.layers.start.click()
    (_, of_heads, heads_done, heads_failed), (_, of_layers, layers_done, _) = asked
    assert (of_heads["text"], of_heads["folder"]) == (REVIEW, str(tmp_path))
    assert of_layers["column"] == "review"
    heads_failed("This model has no attention heads", "Choose another.")
    assert "no attention heads" in panel.heads.state.accessibleName()
    heads_done(made_heads())
    layers_done(made_layers())
    assert len(panel.heads.grid.marks) == 4
    assert panel.heads.name.text() == "Layer 1, head 1"
    panel.heads.text.point_at(2)
    assert panel.heads.text.marks[1].strength == 1.0
    panel.heads.text.point_at(None)
    panel.heads.grid.chosen.emit(3)
    assert panel.heads.name.text() == "Layer 2, head 2"
    for palette in (LIGHT, DARK):
        color_all(panel, palette)
        panel.grab()
    panel.show_row(RowState(4, {"review": None, "minutes": 96.0}, {}))
    assert panel.heads.results.isHidden()
    assert not panel.heads.start.isEnabled()
    assert "no words" in panel.heads.state.accessibleName()
