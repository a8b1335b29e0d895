"""What is said of a quiz, and how a language model's answer to a question is read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pellucid.explain.quiz.scoring import difference_of, score_arms
from pellucid.explain.quiz.types import (
    Answer,
    Cell,
    Design,
    Example,
    Guide,
    GuideTerm,
    Marked,
    Part,
    Question,
    Quiz,
    QuizResult,
    Step,
    Taker,
    Why,
    WordScore,
)
from pellucid.writing.quizzes import words
from pellucid.writing.quizzes.by_model import messages_of, read_choice, schema_of

WHY = Why("yes", -0.2, (Part("age", "40", 0.7), Part("note", "a fine day", 0.5,
          (WordScore("fine", 0.4), WordScore("day", 0.1)))), 1.0)  # fmt: skip
GUIDE = Guide("logit", ("yes",), (-0.2,), (GuideTerm("age", (Step("under 30", (-0.5,)),)),))
QUIZ = Quiz(
    Design(questions=4), "paid", ("no", "yes"), False,
    (Example((Cell("age", "40"),), "yes", WHY),), GUIDE,
    (Question("without", (Cell("age", "51"),)), Question("with", (Cell("age", "29"),))),
)  # fmt: skip


def result(with_right: int, right: int, of: int = 8, kind: str = "person") -> QuizResult:
    marked = tuple(
        Marked(arm, 0, (), 1, Answer(int(place < count)), truth="no")  # type: ignore[arg-type]
        for arm, count in (("without", right), ("with", with_right))
        for place in range(of)
    )
    return QuizResult(
        "2026-03-01T10:00:00+00:00", Taker("tiny", kind), "ab", "cd", "paid",  # type: ignore[arg-type]
        Design(questions=2 * of), 2 * of, ("no", "yes"), marked, score_arms(marked),
        difference_of(marked), 5,
    )  # fmt: skip


def test_few_questions_claim_no_more_than_they_carry() -> None:
    few = result(6, 4)
    assert words.headline(few) == (
        "6 of 8 with explanations, 4 of 8 without: the difference could be chance."
    )
    assert "does not show that there is no difference" in words.headline(result(4, 4))
    assert "95% interval −19.4 to 58.6" in words.difference_line(few)
    assert "Newcombe" in words.difference_line(few)
    assert words.headline(result(38, 20, 40)).endswith("more than chance explains.")
    assert words.headline(result(8, 30, 40)).endswith("fewer than chance explains.")


def test_the_baselines_are_told() -> None:
    line = words.baseline_line(result(6, 4))
    assert line.startswith("By chance 50% would be right")
    assert "16 of 16; by knowing the truth of each row, 5 of 16." in line
    assert "truth" not in words.baseline_line(replace(result(6, 4), truths=None))


def test_a_language_model_is_marked_as_a_model_everywhere() -> None:
    taken = result(6, 4, kind="model")
    assert words.taker_words(taken.taker) == "a model, tiny"
    assert words.kept_title(taken).startswith("A model, tiny: 6 of 8 with explanations, 4 of 8")
    assert "language model" in words.care_line(taken)
    assert "practice may" in words.care_line(result(6, 4))
    assert words.taker_words(Taker("", "person")) == "a person"


def test_an_answer_is_told_beside_what_the_model_says() -> None:
    found = result(6, 4)
    assert words.answer_line(found, 0) == "right: the model says yes; the table says no"
    assert words.answer_line(found, 7).startswith("not right: answered no; the model says yes")
    odd = replace(found.marked[0], answer=Answer(None, said="maybe"))
    assert "but “maybe”" in words.answer_line(replace(found, marked=(odd,)), 0)


def test_a_quiz_that_was_stopped_says_so() -> None:
    whole = result(6, 4)
    begun = replace(
        whole, marked=whole.marked[:5], arms=score_arms(whole.marked[:5]), difference=None
    )
    assert words.headline(begun) == ("4 of 5 without explanations; the other part was not begun.")
    assert "stopped after 5 of 16" in words.kept_line(begun)


def test_an_example_is_told_with_why_only_where_it_is_shown() -> None:
    without = "\n".join(m.content for m in messages_of(QUIZ, QUIZ.questions[0]))
    with_ = "\n".join(m.content for m in messages_of(QUIZ, QUIZ.questions[1]))
    why = "Why: for yes: age 40 +0.70, note +0.50 (fine +0.40, day +0.10)"
    assert why not in without
    assert "under 30" not in without
    assert f"{why}; from −0.200 on average to +1" in with_
    assert "age: under 30 −0.50" in with_
    assert "above 0 the model says yes, else no" in with_
    for told in (without, with_):
        assert "age: 40 → the model says yes" in told
        assert "which may differ from the truth" in told
    assert "The row: age: 51" in without


@pytest.mark.parametrize(
    ("said", "choice"),
    [
        ('{"choice": 2}', 1), ("2", 1), (" yes ", 1), ("No", 0), ('"yes"', 1),
        ('{"choice": "no"}', 0),
        ('{"choice": 3}', None), ('{"choice": 0}', None), ("yes or no", None),
        ("The answer is yes", None), ("", None), ("{", None), ('{"choice": true}', None),
        ('{"choice": 1, "why": "x"}', None), ('{"choice": 1.5}', None), ("[1]", None),
        ("-1", None), ("[" * 5000, None), ('{"choice": 1} {"choice": 2}', None),
    ],
)  # fmt: skip
def test_an_answer_is_one_of_the_choices_or_none(said: str, choice: int | None) -> None:
    assert read_choice(said, QUIZ.choices) == choice


def test_a_number_is_that_of_a_choice_also_where_the_choices_are_numbers() -> None:
    assert read_choice("1", ("0", "1")) == 0
    assert read_choice("0", ("0", "1")) is None
    assert schema_of(QUIZ)["properties"]["choice"]["enum"] == [1, 2]
