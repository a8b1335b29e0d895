"""Tests of explanations and of a model's words: what is asked, what is said, what can go wrong."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from text_made import Asked, fill_with_texts, keep_asked

from pellucid.core.errors import UserError
from pellucid.explain.corpus.language_types import (
    Flips,
    Move,
    PairEffect,
    SwapEffect,
    SwappedText,
    SwapPlace,
)
from pellucid.explain.corpus.swap_list import STARTER_LISTS
from pellucid.explain.corpus.views import (
    FaithfulnessView,
    InfluentialRow,
    NearText,
    NeighbourView,
    SanityView,
    VectorsNote,
)
from pellucid.explain.tokens.method_tests import CorpusFaithfulness, MethodComparison
from pellucid.explain.tokens.sanity import SanityCheck
from pellucid.models.types import Estimate
from pellucid.ui.pages import explain_tests_view as view
from pellucid.ui.pages.explain_tests import TextTests
from pellucid.ui.session import Session

TEXT = "He said that the plot is good. " * 8


def made_swap(low: float = 0.004, high: float = 0.03, texts: int = 40) -> SwapEffect:
    mid = (low + high) / 2
    start = TEXT.index("He")
    place = SwapPlace(start, start + 2, "He", start, start + 3, "She")
    moves = (Move("yes", "no", 4), Move("no", "yes", 1))
    flips = Flips((20, 17), Estimate(-0.075, -0.15, 0.0), Estimate(0.125, 0.05, 0.26), 5, moves)
    pair = PairEffect("he", "she", texts, 30, 8, 2, Estimate(0.1, 0.02, 0.2), mid, 0.01, 2)
    return SwapEffect(
        "positive", ("he", "she"), 900, texts, texts, 30, 8, Estimate(0.1, 0.02, 0.2),
        Estimate(mid, low, high), Estimate(0.1, 0.0, 0.2), Estimate(-0.1, -0.2, 0.0),
        Estimate(0.12, 0.1, 0.2), flips, (pair,),
        (SwappedText(7, TEXT, "She" + TEXT[2:], (place,), 0.1, -0.4, 0.52, 0.4, "yes", "no"),),
        1000,
    )  # fmt: skip


def estimate(value: float) -> Estimate:
    return Estimate(value, value - 0.05, value + 0.05)


def made_faithfulness(gain: float) -> FaithfulnessView:
    one = CorpusFaithfulness(50, estimate(0.3), estimate(0.1), estimate(0.8), estimate(0.1),
                             estimate(0.2), estimate(gain), 0.7)  # fmt: skip
    none = CorpusFaithfulness(50, estimate(0.1), estimate(0.1), estimate(0.5), estimate(0.1),
                              estimate(0.2), estimate(0.0), 0.1)  # fmt: skip
    return FaithfulnessView(
        "review", "test", 50, MethodComparison({"lime": none, "exact": one}, ())
    )


def made_neighbours() -> NeighbourView:
    note = VectorsNote("words of these texts", False, 900, 900)
    near = (NearText(2, TEXT, 1.0, "positive"), NearText(4, "a joy to watch", 0.91, "positive"))
    return NeighbourView(
        "review", TEXT, near,
        (InfluentialRow(9, "awful", "negative", -0.2, -0.1),), "positive", 900, note,
    )  # fmt: skip


@pytest.mark.parametrize("name", list(STARTER_LISTS))
def test_every_starter_list_survives_being_edited(name: str) -> None:
    words = STARTER_LISTS[name]
    back = view.read_list_text(view.list_text(words))
    if isinstance(back, dict):
        assert {key: tuple(group) for key, group in back.items()} == words
    else:
        assert tuple(tuple(pair) for pair in back) == words


@pytest.mark.parametrize("text", ["", "he", "he, she, they", "a: b, c", "a: b\nc: d\ne: f"])
def test_a_list_that_is_none_says_what_a_line_is(text: str) -> None:
    with pytest.raises(UserError) as caught:
        view.read_list_text(text)
    assert caught.value.hint


def test_a_swap_is_told_with_its_interval() -> None:
    said = view.swap_sentence(made_swap(), is_class=True)
    assert "40 of 900 texts hold a word" in said
    assert "raise the probability of positive by 1.7 points of probability on average" in said
    assert "0.4 to 3.0 with 95% confidence" in said
    flips = view.flips_sentence(made_swap())
    assert flips == (
        "With words like he, 20 of 40 texts are predicted positive; with words like she, 17. "
        "The predicted class changes in 5 texts, 12.5% (5% to 26%), as he becomes she: "
        "4 from yes to no and 1 from no to yes."
    )
    assert "get the label positive" in view.flips_sentence(made_swap(), has_labels=True)
    none = view.swap_sentence(made_swap(-0.02, 0.03), is_class=True)
    assert "make no clear difference" in none
    few = view.swap_sentence(made_swap(math.nan, math.nan, 1), is_class=True)
    assert "too few" in few
    passage = view.swapped_passages(made_swap(), is_class=True)[0]
    (start, end), *_ = passage.strong
    assert passage.text[start:end] == "She"
    assert "row 8 · 52% → 40% · yes becomes no" in passage.about
    assert view.swap_chart(made_swap()).dots[0].tone == "accent"


def test_what_influence_was_measured_on_is_said() -> None:
    own = replace(made_neighbours(), is_own_layer=True)
    assert "the transformer’s own last layer" in view.layer_line(own)
    fitted = replace(made_neighbours(), agreement=0.93)
    assert view.layer_line(fitted).endswith("It gives 93% of these texts the model’s own class.")
    assert view.layer_line(replace(fitted, agreement=0.6)).endswith("Rest little on it.")
    number = replace(fitted, is_number=True)
    assert "correlate with the model’s by 0.93" in view.layer_line(number)
    assert view.layer_line(made_neighbours()).endswith("in its place.")


def test_methods_are_set_beside_chance() -> None:
    found = made_faithfulness(0.2)
    assert view.faithfulness_sentence(found).startswith(
        "On 50 texts of the test rows, exact scores is better"
    ) or "exact scores" in view.faithfulness_sentence(found)
    chart = view.faithfulness_chart(found, is_class=True)
    assert [dot.label for dot in chart.dots] == ["Exact scores", "LIME", "Random order"]
    assert "no method" in view.faithfulness_sentence(made_faithfulness(0.0))


def test_each_test_is_asked_for_and_shown(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: Asked = keep_asked(monkeypatch, "faithfulness", "sanity", "neighbours", "swap")
    fill_with_texts(session)
    tests = TextTests(session, lambda: (TEXT, "exact", None))
    qtbot.addWidget(tests)
    tests.resize(1000, 900)
    tests.show_model(session.model, "review")
    tests.swap.start.click()
    assert "needs a finished fit" in tests.swap.state.accessibleName()
    session.fit_path = Path("fit.zip")
    for section in tests.sections.values():
        section.start.click()
    params = {name: given for name, given, _, _ in asked}
    assert params["sanity"]["method"] == "exact"
    assert params["neighbours"]["text"] == TEXT
    assert params["swap"]["pairs"][0] == ["he", "she"]
    check = SanityCheck("weights randomised", 0.1, -0.1, 0.3, 20, True, "They changed.")
    answers = {
        "faithfulness": made_faithfulness(0.2), "neighbours": made_neighbours(),
        "sanity": SanityView("review", "exact", (check,)), "swap": made_swap(),
    }  # fmt: skip
    for name, _, done, _ in asked:
        done(answers[name])
    assert tests.sanity.state.accessibleName() == "Exact scores: They changed."
    assert "no language model" in tests.neighbours.state.accessibleName()
    assert tests.neighbours.results.count() == 4  # two titles, one text each
    assert "itself one of them" in tests.neighbours.state.accessibleName()
    tests.grab()
    tests.take_text("Another text")
    assert not tests.neighbours.results.count()
    asked[0][3]("There are no texts", "Open a table.")
    assert tests.faithfulness.state.accessibleName() == "There are no texts. Open a table."
    tests.words.setPlainText("he")
    tests.swap.start.click()
    assert "no pair of words" in tests.swap.state.accessibleName()
    tests.show_model(session.model, "other")
    assert not tests.swap.state.accessibleName()


def test_lists_of_words_are_in_the_script_of_the_text(session: Session, qtbot: QtBot) -> None:
    tests = TextTests(session, lambda: ("", "exact", None))
    qtbot.addWidget(tests)

    def offered() -> list[str]:
        return [tests.lists.itemText(i) for i in range(tests.lists.count())]

    assert offered() == list(STARTER_LISTS)
    tests.take_text("这部电影很好，他很喜欢。")
    assert offered() == ["Chinese pronouns and titles"]
    assert tests.words.toPlainText().startswith("他, 她")
    tests.take_text("Это хороший фильм")
    assert not offered()
    assert tests.words.toPlainText() == ""
    tests.take_text("He liked it")
    assert offered()[0] == "English pronouns"
    assert "Chinese pronouns and titles" not in offered()
    tests.words.setPlainText("one, two")
    tests.take_text("这部电影很好")
    assert tests.words.toPlainText() == "one, two", "what was typed stays"
