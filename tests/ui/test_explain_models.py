"""Two models beside each other: what is offered, what is said, and the texts that open."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from text_made import Asked, fill_with_texts, keep_asked, text_model

from pellucid.explain.corpus.language_types import DisagreeingText, Disagreement
from pellucid.explain.corpus.types import DistinctiveNgram
from pellucid.models.types import Estimate, FitOptions
from pellucid.report.palette import DARK
from pellucid.ui.pages import explain_models_view as view
from pellucid.ui.pages.explain import ExplainPage
from pellucid.ui.pages.explain_models import ModelsPanel
from pellucid.ui.readers import KnownFit
from pellucid.ui.session import Session
from pellucid.ui.widgets.basic import color_all
from pellucid.ui.window import Window
from toy_models import make_fit


def known(path: str, kind: str = "binary") -> KnownFit:
    fit = make_fit(text_model(kind))
    return KnownFit(Path(path), fit.model, fit.summary)


def parted(row: int, *, a_is_right: bool = True) -> DisagreeingText:
    labels = ("positive", "negative") if a_is_right else ("negative", "positive")
    means = (0.9, 0.2) if a_is_right else (0.2, 0.9)
    return DisagreeingText(row, f"text {row}", "positive", *labels, *means, means[0] - means[1])


def made(p_value: float = 0.004, **more: object) -> Disagreement:
    word = DistinctiveNgram("not good", 2.1, 1.0, 3.2, 4.0, 0.001, 9, 3, 8, 3)
    found = Disagreement(
        ("n-gram model", "transformer"), 240, 240, Estimate(0.1, 0.07, 0.145), 24, 6, 18, 0,
        p_value, Estimate(0.1, 0.02, 0.2), 0.2, (parted(4),),
        (parted(7, a_is_right=False), parted(9, a_is_right=False)), (word,), "It knew some.",
    )  # fmt: skip
    return replace(found, **more)  # type: ignore[arg-type]


def test_the_agreement_and_who_is_right_are_told() -> None:
    found = made()
    assert view.agreement_figure(found) == "90%"
    assert "of 240 texts get the same class from both (85.5% to 93%)" in view.agreement_about(found)
    assert "The transformer is right more often there" in view.verdict(found)
    assert "Neither is clearly right" in view.verdict(made(0.4))
    assert "never part" in view.verdict(made(math.nan, differing=0))
    bars = view.right_chart(found).bars
    assert [(bar.label, bar.value) for bar in bars] == [
        ("Only the n-gram model", 6), ("Only the transformer", 18),
    ]  # fmt: skip
    assert "18 texts of 24" in view.right_sentences(found)[1]
    neither = view.right_chart(made(both_wrong=3)).bars
    assert neither[-1].label == "Neither"


def test_each_text_says_what_both_models_give_the_truth() -> None:
    first, second = view.parted_texts(made())
    assert first[0].about == (
        "row 5 · positive: n-gram model 90%; transformer 20%, which says negative"
    )
    assert "n-gram model 20%, which says negative" in second[0].about
    assert view.list_titles(made()) == (
        "Only the n-gram model is right", "Only the transformer is right",
    )  # fmt: skip
    assert view.more_line(made(), 0) == "and 5 more"
    assert view.more_line(made(a_right=1), 0) == ""


def test_numbers_are_told_by_their_distance() -> None:
    one = DisagreeingText(3, "text", "3.5", "4", "2", 4.0, 2.0, 2.0)
    found = made(math.nan, differ=None, a_over_b=(one,), b_over_a=())
    assert view.agreement_figure(found) == "0.200"
    assert "mean distance" in view.agreement_about(found)
    assert "The transformer is nearer to the truth" in view.verdict(found)
    even = made(math.nan, differ=None, loss_change=Estimate(0.1, -0.2, 0.3))
    assert "Neither is clearly nearer" in view.verdict(even)
    assert view.parted_texts(found)[0][0].about == "row 4 · 3.5: n-gram model 4, transformer 2"
    assert not view.right_chart(found).bars


def test_words_mark_the_texts_where_they_part() -> None:
    assert view.words_chart(made()).bars[0].note == "8 · 3"
    assert view.no_words_line(made()) == ""
    assert "No n-gram" in view.no_words_line(made(words=()))


def test_rivals_are_fits_of_the_same_target() -> None:
    fits = (known("a"), known("b"), known("c", "regression"))
    assert [rival.path.name for rival in view.rivals(fits, Path("b"))] == ["a"]
    assert view.rivals(fits, Path("gone")) == ()
    assert view.fit_title(fits[0]).startswith("N-gram model, ")


def shown(session: Session, qtbot: QtBot) -> ModelsPanel:
    fill_with_texts(session)
    session.fit_path = Path("a")
    panel = ModelsPanel(session)
    qtbot.addWidget(panel)
    panel.resize(1000, 800)
    return panel


def test_alone_it_says_what_it_waits_for_and_offers_it(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[FitOptions] = []
    monkeypatch.setattr(Session, "fit", lambda _, options: asked.append(options))
    panel = shown(session, qtbot)
    session.fits = (known("a"),)
    panel.show_model(session.model)
    assert "Waiting for a second model" in panel.empty._title.text()
    assert panel.fit_other.text() == "Fit a transformer too"
    with qtbot.waitSignal(session.page_wanted) as went:
        panel.fit_other.click()
    assert went.args == ["model"]
    assert (asked[0].kind, asked[0].texts) == ("transformer", ("review",))
    session.model = text_model("multilabel")
    session.fit_path = Path("b")
    panel.show_model(session.model)
    assert "Several labels" in panel.empty._title.text()
    assert panel.fit_other.isHidden()


def test_models_are_compared_and_the_other_can_be_shown(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: Asked = keep_asked(monkeypatch, "disagree")
    panel = shown(session, qtbot)
    session.fits = (known("a"), known("b"))
    session.options = session.fits[0].summary.options
    panel.show_model(session.model)
    panel.compare.click()
    assert not panel.compare.isEnabled()
    _, params, done, failed = asked[-1]
    assert (params["fit"], params["other"], params["column"]) == ("a", "b", "review")
    failed("The two models do not predict the same", "Compare models of one target.")
    assert "do not predict the same" in panel.state.accessibleName()
    panel.compare.click()
    done(made())
    assert not panel.results.isHidden()
    assert panel.results.note.accessibleName() == "It knew some."
    with qtbot.waitSignal(panel.text_wanted) as opened:
        panel.results.lists[1].cards[1].chosen.emit()
    assert opened.args == [10]
    color_all(panel, DARK)
    panel.grab()
    panel.take_file(Path("other.model"))
    assert panel.results.isHidden()
    assert panel.other.currentText() == "other.model"
    assert panel.swap.isHidden()
    panel.other.setCurrentIndex(panel.other.findData("b"))
    panel.swap.click()
    assert session.fit_path == Path("b")
    assert session.is_unsaved
    session.is_unsaved = False


def test_a_chosen_text_opens_in_its_tab(session: Session, window: Window) -> None:
    fill_with_texts(session)
    window.show_page("explain")
    page = window.page("explain")
    assert isinstance(page, ExplainPage)
    page.tabs.setCurrentIndex(3)
    page.models.text_wanted.emit(12)
    assert page.tabs.tabText(page.tabs.currentIndex()) == "Text"
    assert page.row.number.value() == 12
