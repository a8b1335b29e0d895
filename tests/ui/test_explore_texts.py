"""A column of texts on the Explore page: what is asked, when, and what is shown of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from corpus_made import made_corpus, made_map
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from text_made import Asked, fill_with_texts, keep_asked

from pellucid.core.values import from_json, to_json
from pellucid.data.types import Column
from pellucid.explain.corpus.views import CorpusView, TextMapView
from pellucid.report.palette import DARK
from pellucid.ui.pages import explore_texts
from pellucid.ui.pages import explore_texts_view as view
from pellucid.ui.pages.explore import ExplorePage
from pellucid.ui.session import Session
from pellucid.ui.widgets.basic import color_all
from pellucid.ui.window import Window


def test_texts_are_compared_by_the_target_where_it_has_few_values() -> None:
    columns = (
        Column("review", "text", 0, 900), Column("city", "category", 0, 400),
        Column("kind", "category", 0, 3), Column("rating", "number", 0, 5),
    )  # fmt: skip
    found = view.group_columns(columns, "review")
    assert found == ("kind", "rating")
    assert view.chosen_group(found, "rating") == "rating"
    assert view.chosen_group(found, "city") == "kind"
    assert view.chosen_group((), "city") is None


def test_what_was_found_is_said_in_sentences() -> None:
    found = made_corpus()
    assert view.facts_line(found).startswith("5,000 texts, 12 of them without words")
    assert "longer than 182 words" in view.facts_line(found)
    assert "longer than 182 characters" in view.facts_line(replace(found, unit="character"))
    assert "900 of 4,988" in view.vectors_line(found.vectors)
    assert "no language model" in view.vectors_line(replace(found.vectors, is_language_model=False))
    assert "a way to cut the texts up" in view.clusters_line(found)
    said = view.duplicates_line(found.duplicates, found.duplicate_groups)
    assert "81 texts (1.62%)" in said or "81 texts (1.6%)" in said
    assert "both training and test rows" in said
    none = replace(found.duplicates, copies=0)
    assert view.duplicates_line(none, 0).startswith("No two texts")
    assert view.duplicate_rows(found.duplicates)[0] == (11, "Rows 12, 817, 2,040: the same")


def test_only_what_stands_after_the_correction_is_drawn() -> None:
    group = made_corpus().distinctive[0]
    chart = view.group_chart(group)
    assert len(chart.bars) == 6
    assert chart.bars[0].note == "×9.0"
    assert "Bonferroni" in view.group_sentences(group)[0]


def test_groups_without_words_of_their_own_are_named() -> None:
    found = made_corpus()
    assert view.quiet_groups_line(found) == ""
    first, *others = found.distinctive
    one = replace(found, distinctive=(replace(first, ngrams=()), *others))
    assert view.quiet_groups_line(one) == (
        f"After the correction no n-gram stands out for {first.group}."
    )
    none = tuple(replace(group, ngrams=()) for group in found.distinctive)
    all_quiet = view.quiet_groups_line(replace(found, distinctive=none))
    assert all_quiet == "No n-gram stands out after the correction."


def test_one_text_repeats_and_one_group_lies() -> None:
    found = replace(made_corpus().duplicates, copies=1, crossing_groups=1)
    said = view.duplicates_line(found, 1)
    assert "1 text (" in said
    assert ") repeats another or nearly so, in 1 group. 1 group lies in both" in said


def test_the_map_is_coloured_by_few_groups_or_by_clusters() -> None:
    found = made_map(60)
    assert view.colour_names(found) == ("negative", "positive")
    plain = replace(found, by=None, groups=(), codes=np.full(60, -1, dtype=np.int32))
    assert view.colour_names(plain) == found.labels
    assert set(view.colour_codes(plain)) <= {0, 1, 2}
    assert len(view.cluster_centres(found)) == 3
    said = view.point_sentence(found, 4, {4: "a   text"})
    assert said.startswith("Row 5: a text")
    assert "Cluster" in said


def test_values_come_back_from_the_engine() -> None:
    assert from_json(CorpusView, to_json(made_corpus())).duplicate_groups == 37
    assert from_json(TextMapView, to_json(made_map(5))).map.positions.shape == (5, 2)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    return keep_asked(monkeypatch, "corpus", "text_map")


@pytest.fixture
def page(
    session: Session, window: Window, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> ExplorePage:
    del asked
    monkeypatch.setattr(
        explore_texts, "read_texts", lambda _, __, rows: {row: f"text {row}" for row in rows}
    )
    fill_with_texts(session)
    window.resize(1280, 800)
    window.show_page("explore")
    made = window.page("explore")
    assert isinstance(made, ExplorePage)
    return made


def test_nothing_is_asked_before_it_is_seen(page: ExplorePage, asked: Asked, qtbot: QtBot) -> None:
    section = page.sections[0]
    section.ensure()
    assert [name for name, *_ in asked] == ["corpus", "text_map"]
    assert asked[0][1]["by"] == "sentiment"
    section.ensure()
    assert len(asked) == 2
    page.hide()
    assert section._jobs == {}
    page.show()
    qtbot.waitUntil(lambda: len(asked) == 4, timeout=10_000)


def test_groups_clusters_map_and_duplicates_are_shown(
    page: ExplorePage, asked: Asked, qtbot: QtBot
) -> None:
    section = page.sections[0]
    section.ensure()
    asked[0][2](made_corpus())
    asked[1][2](made_map(80))
    assert "What each sentiment says" in section.groups_title.text()
    assert len(section.scatter.marks) == 80
    qtbot.waitUntil(lambda: "text 3" in section._texts.values())
    card = section.cluster_buttons[0]
    qtbot.keyClick(card, Qt.Key.Key_Space)
    assert section.scatter._strong is not None
    section.cluster_buttons[1].toggle()
    assert not card.is_chosen
    section.scatter.point_at(0)
    section.scatter.mark_at(section.scatter.marks[3].anchor)
    color_all(page, DARK)
    section.grab()


def test_a_failure_can_be_tried_again(page: ExplorePage, asked: Asked) -> None:
    section = page.sections[0]
    section.ensure()
    asked[0][3]("The engine", "Try")
    asked[1][3]("The engine", "Try")
    assert "could not be looked through" in section.state.text()
    assert "no map" in section.about_map.text()
    section.again.click()
    assert len(asked) == 4
