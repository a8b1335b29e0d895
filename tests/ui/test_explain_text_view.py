"""What is said of a text: pieces, n-grams, the answer, its worth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from text_made import REVIEW, text_model

from pellucid.explain.tokens.exact import explain_exact
from pellucid.explain.tokens.types import Faithfulness, TokenExplanation
from pellucid.models.additive import AdditiveModel
from pellucid.ui.pages import explain_faith as faith
from pellucid.ui.pages import explain_row_view as rows
from pellucid.ui.pages import explain_text_bars as bars
from pellucid.ui.pages import explain_text_view as view
from pellucid.ui.pages import explain_text_words as words

BETTER = Faithfulness(0.31, 0.05, 0.82, 0.12, 0.3, 0.04, 0.21, 100)


def explained(model: AdditiveModel, text: str = REVIEW) -> TokenExplanation:
    columns = {"review": np.array([text], dtype=object), "minutes": np.array([96.0])}
    return explain_exact(model, columns)


@pytest.mark.parametrize("granularity", ["token", "word", "sentence"])
def test_pieces_add_up_to_what_the_words_add(granularity: str) -> None:
    model = text_model()
    told = view.tell(explained(model), model, view.Asked(granularity))  # type: ignore[arg-type]
    found = told.explanation
    total = sum(piece.score for piece in told.pieces)
    assert total == pytest.approx(found.total[0] - found.intercept[0])
    assert told.unit == "the log-odds of positive"


def test_a_contrast_is_the_difference_of_two_classes() -> None:
    model = text_model("multiclass")
    plain = view.tell(explained(model), model, view.Asked())
    at = plain.explanation.output
    other = (at + 1) % 3
    told = view.tell(explained(model), model, view.Asked(contrast=other))
    names = model.output_names
    assert told.raised == f"{names[at]} over {names[other]}"
    score = told.explanation.tokens[5].score
    assert told.pieces[5].score == pytest.approx(score[at] - score[other])
    assert view.tell(explained(model), model, view.Asked(contrast=at)).raised == names[at]


def test_a_word_answers_with_its_ngrams() -> None:
    model = text_model()
    told = view.tell(explained(model, "It is not good"), model, view.Asked())
    said = view.marks(told)[2].say()
    assert "“not” lowers the log-odds of positive" in said
    assert "“not good” (" in said
    assert "training text" in said


def test_what_was_never_seen_is_counted_and_said() -> None:
    model = text_model()
    told = view.tell(explained(model, "good zzz"), model, view.Asked())
    assert [mark.is_unseen for mark in view.marks(told)] == [False, True]
    assert "never seen in training" in view.marks(told)[1].say()
    assert words.unseen_line(told).startswith("2 of 3 n-grams were never seen, 1 word in no form")
    one = words.unseen_line(view.tell(explained(model, "zzz"), model, view.Asked()))
    assert one == (
        "1 of 1 n-gram was never seen, 1 word in no form at all; it adds nothing to the prediction."
    )
    none = view.tell(explained(model, ""), model, view.Asked())
    assert words.unseen_line(none) == "There are no words in this text."


def test_bars_join_repeated_ngrams_and_point_to_their_words() -> None:
    model = text_model()
    told = view.tell(explained(model, "good good wonderful"), model, view.Asked())
    chart = bars.strongest_chart(told)
    labels = [bar.label for bar in chart.bars]
    assert "good ×2" in labels
    assert bars.linked_marks(told, labels.index("good ×2")) == (0, 1)
    assert "2 times together" in bars.bar_sentences(told)[labels.index("good ×2")]
    assert view.described(told).startswith("Raises or lowers the log-odds of positive:")


def test_methods_without_ngrams_show_pieces() -> None:
    model = text_model()
    sampled = replace(explained(model), method="shap", ngrams=(), unseen=0)
    told = view.tell(sampled, model, view.Asked())
    assert bars.strongest_chart(told).caption.title == "Strongest pieces"
    assert words.unseen_line(told) == ""
    strongest = max((p for p in told.pieces if p.score > 0), key=lambda piece: piece.score)
    told = replace(told, pieces=(replace(strongest, text="weak", score=1e-3), *told.pieces))
    assert f"It is raised most by “{strongest.text}”" in words.text_words(told)
    looked = replace(told, explanation=replace(sampled, method="attention"))
    assert "Most attention goes to “" in words.text_words(looked)
    assert "raised" not in words.text_words(looked)
    told = view.tell(sampled, model, view.Asked())
    assert len(bars.linked_marks(told, 0)) == 1
    assert not told.has_unseen


def test_the_answer_and_how_far_two_texts_are_apart() -> None:
    model = text_model()
    good = view.tell(explained(model, "wonderful"), model, view.Asked())
    bad = view.tell(explained(model, "awful"), model, view.Asked())
    said = words.text_answer(good, model.task, "negative")
    assert said.figure.endswith("%")
    assert said.is_right is False
    assert words.difference_line(good, bad, model.task).startswith("−")
    assert words.difference_line(good, good, model.task) == "The same as the first"
    numbers = text_model("regression")
    stars = view.tell(explained(numbers), numbers, view.Asked())
    assert words.text_answer(stars, numbers.task).about == "Predicted stars"
    assert stars.unit == "the predicted stars"


def test_its_worth_is_said_plainly() -> None:
    assert "does better than random" in faith.faith_sentence(BETTER, is_class=True)
    worse = replace(BETTER, comprehensiveness=0.1)
    assert "does no better than random" in faith.faith_sentence(worse, is_class=True)
    chart = faith.faith_chart(BETTER, "exact", is_class=True)
    assert [dot.value for dot in chart.dots] == [31, 12]
    assert faith.faith_range(chart)[0] == 0.0
    small = replace(BETTER, comprehensiveness=0.00064, random_comprehensiveness=0.000214)
    said = faith.faith_sentence(small, is_class=True)
    for dot in faith.faith_chart(small, "exact", is_class=True).dots:
        assert f" {dot.note} " in said
    numbers = replace(small, random_comprehensiveness=0.0025, random_low=-0.0021, random_high=0.009)
    said = faith.faith_sentence(numbers, is_class=False)
    random = faith.faith_chart(numbers, "exact", is_class=False).dots[1]
    assert "0.0030 (−0.0020 to 0.0090 in 95%" in said
    assert "0.0030 on average, −0.0020 to 0.0090 in 95%" in faith.dot_sentence(random, "deviations")
    assert "in 95%" in faith.dot_sentence(chart.dots[1], chart.axis)
    assert "confidence" not in faith.dot_sentence(chart.dots[0], chart.axis)
    assert len(faith.faith_pairs(BETTER)) == 5


def test_the_request_names_what_the_engine_needs() -> None:
    found = view.text_request(
        "f.zip", "good", "review", "shap", view.Asked("word", None, 1), ("a", "b", "c"), {"x": 1.0}
    )
    assert found["contrast"] == "b"
    assert found["row"] == {"x": 1.0}
    assert words.waiting_words(None, ())[0] == "Waiting for a model"
    assert "review" in words.waiting_words(text_model(), ["review"])[1]


def test_a_text_is_a_step_of_the_waterfall() -> None:
    model = text_model()
    inputs = rows.inputs_of(model)
    assert inputs["review"].kind == "text"
    state = rows.RowState(1, {"review": REVIEW, "minutes": 96.0}, {"review": "awful"})
    local = rows.explain_state(model, inputs, state, None)
    found = rows.steps(local, rows.term_order(local), model, state.edits)
    step = next(step for step in found if step.label == "review")
    assert step.column == "review"
    assert step.is_edited
    assert step.value == "awful"
    assert len(rows.one_line(REVIEW, 40)) <= 40
