"""Quizzes as jobs: nothing given away, marks that agree with the model, a language model's turn."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from text_shelf import Shelf, do

import misbehaving_server as bad
from misbehaving_server import Talk, serving
from pellucid.core.errors import StoppedError, UserError
from pellucid.core.run import Run
from pellucid.core.values import from_json
from pellucid.engine.stores import load_store
from pellucid.explain.quiz.types import Quiz, QuizResult
from pellucid.models.files import load_fit
from pellucid.writing.orders import Writing
from pellucid.writing.privacy.ledger import entries

MAILS = [f"person{i}@example.org" for i in range(400)]


@pytest.fixture(scope="module")
def flats(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return a table of flats with models of three kinds of target."""
    random = np.random.default_rng(8)
    lines = ["area,city,contact,rent,sold,size"]
    for i in range(400):
        area = random.uniform(20, 150)
        city = random.choice(["Bonn", "Jena", "Köln"])
        rent = 8 * area + 150 * (city == "Köln") + random.normal(0, 30)
        size = "small" if area < 60 else "middling" if area < 100 else "large"
        sold = "yes" if area + random.normal(0, 15) > 80 else "no"
        lines.append(f"{area:.1f},{city},{MAILS[i]},{rent:.0f},{sold},{size}")
    path = tmp_path_factory.mktemp("flats") / "flats.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PELLUCID_HOME", str(tmp_path_factory.mktemp("home")))
        store = do("open", path=path)["store"]
        found = {"store": store}
        for target in ("sold", "rent", "size"):
            drop = [name for name in ("sold", "rent", "size") if name != target]
            options = {"target": target, "quality": "preview", "drop": drop, "texts": ["contact"],
                       "encoder": "none"}  # fmt: skip
            found[target] = do("fit", store=store, options=options)["fit"]
        return found


def dealt(flats: dict[str, str], target: str, **design: Any) -> Quiz:
    return from_json(Quiz, do("deal_quiz", fit=flats[target], store=flats["store"], design=design))


def marked(
    flats: dict[str, str], target: str, choices: list[int | None], **design: Any
) -> QuizResult:
    answers = [{"choice": choice, "seconds": 2.0} for choice in choices]
    return from_json(QuizResult, do(
        "mark_quiz", fit=flats[target], store=flats["store"], answers=answers, name="Ada",
        design=design,
    ))  # fmt: skip


@pytest.mark.parametrize("target", ["sold", "rent", "size"])
def test_what_is_shown_gives_no_asked_row_away(flats: dict[str, str], target: str) -> None:
    quiz = dealt(flats, target)
    result = marked(flats, target, [0] * 16)

    assert len(quiz.questions) == 16
    assert [question.arm for question in quiz.questions] == ["without"] * 8 + ["with"] * 8
    fields = {"arm", "cells"}
    assert all(set(q) == fields for q in do("deal_quiz", fit=flats[target],
               store=flats["store"])["questions"])  # fmt: skip
    asked = {question.cells for question in quiz.questions}
    assert len(asked) == 16
    assert not asked & {example.cells for example in quiz.examples}
    assert all(cell.column != target for row in asked for cell in row)
    shown = do("deal_quiz", fit=flats[target], store=flats["store"])
    if target == "sold":  # which so few outputs make that an example may share one by chance
        shown = shown["questions"]
    for one in result.marked:
        assert one.why is not None
        assert repr(one.why.total) not in json.dumps(shown)
    assert all(example.why is None for example in quiz.examples_in("without"))
    assert quiz.guide_in("without") is None
    assert [e.cells for e in quiz.examples_in("without")] == [e.cells for e in quiz.examples]


@pytest.mark.parametrize("target", ["sold", "rent", "size"])
def test_right_is_what_the_model_says_on_rows_that_tested_it(
    flats: dict[str, str], target: str
) -> None:
    result = marked(flats, target, [0] * 16, seed=5)
    fit = load_fit(Path(flats[target]))
    rows = np.array([one.row for one in result.marked])
    assert fit.split is not None
    assert set(rows.tolist()) <= set(fit.split.rows("test").tolist())
    with load_store(flats["store"]) as table:
        said = fit.model.predict(table)[rows].tolist()
    for one, value in zip(result.marked, said, strict=True):
        right = result.choices[one.right]
        if target != "rent":
            assert right == value
            continue
        bounds = [float(text) for text in re.findall(r"\d+", right.replace(",", ""))]
        low = -np.inf if right.startswith("under") else bounds[0]
        high = np.inf if right.endswith("more") else bounds[-1]
        assert low <= value < high
    for arm in ("without", "with"):
        counts = np.bincount([o.right for o in result.marked if o.arm == arm])
        assert counts.max() - counts.min() <= 1


def test_every_example_adds_up(flats: dict[str, str]) -> None:
    for example in dealt(flats, "rent").examples:
        assert example.why is not None
        total = example.why.start + sum(part.score for part in example.why.parts)
        assert total == pytest.approx(example.why.total)


def test_marks_are_scored_and_swapped_arms_hold_the_same_rows(flats: dict[str, str]) -> None:
    key = [one.right for one in marked(flats, "sold", [0] * 16, seed=2).marked]
    answers: list[int | None] = [*key[:8], *(1 - right for right in key[8:12]), None, *key[13:]]
    result = marked(flats, "sold", answers, seed=2)

    assert (result.arms["without"].right, result.arms["with"].right) == (8, 3)
    assert result.arms["with"].answered == 7
    assert result.difference is not None
    assert result.difference.effect == pytest.approx(3 / 8 - 1)
    assert result.taker.name == "Ada"
    assert result.is_whole
    assert result.truths is not None
    assert re.fullmatch("[0-9a-f]{64}", result.model)
    other = marked(flats, "sold", [0] * 16, seed=2, swapped=True)
    assert [one.row for one in other.marked[:8]] == [one.row for one in result.marked[8:]]


def test_a_quiz_that_was_left_early_keeps_what_was_answered(flats: dict[str, str]) -> None:
    result = marked(flats, "sold", [0, 1, 0])
    assert (len(result.marked), result.dealt, result.difference) == (3, 16, None)
    assert not result.is_whole


@pytest.mark.parametrize(
    ("choices", "said"),
    [([], "No question"), ([0] * 17, "17 answers to 16"), ([2], "none of the choices")],
)
def test_answers_that_cannot_be_marked_are_refused(
    flats: dict[str, str], choices: list[int | None], said: str
) -> None:
    with pytest.raises(UserError, match=said):
        marked(flats, "sold", choices)


@pytest.mark.parametrize("design", [{"questions": 3}, {"questions": 2}, {"examples": 0}])
def test_designs_that_cannot_be_dealt_are_refused(
    flats: dict[str, str], design: dict[str, int]
) -> None:
    with pytest.raises(UserError, match="cannot be dealt"):
        dealt(flats, "sold", **design)


def test_texts_are_asked_about_by_their_words(shelf: Shelf) -> None:
    for fit in (shelf.fit, shelf.box):
        quiz = from_json(Quiz, do("deal_quiz", fit=fit, store=shelf.store,
                                  design={"questions": 8, "examples": 4}))  # fmt: skip
        whys = [example.why for example in quiz.examples]
        assert any(part.words for why in whys if why is not None for part in why.parts)
        assert (quiz.guide is None) == (fit == shelf.box)
        assert quiz.questions[0].cells[0].column == "review"


# A language model


def asked(server_url: str, flats: dict[str, str], run: Run | None = None, **design: Any) -> Any:
    writing = Writing(server_url, "tiny")
    return from_json(QuizResult, do("take_quiz", run or Run(workers=1), fit=flats["sold"],
                     store=flats["store"], writing=writing, design=design))  # fmt: skip


def test_a_language_model_answers_over_http_and_is_marked_as_one(flats: dict[str, str]) -> None:
    turns = [bad.says('{"choice": 2}'), bad.says("it sold, I think"), bad.says("no")]
    with serving(*turns) as server:
        result = asked(server.url, flats)
        posts = [seen.json for seen in server.seen if seen.body]

    assert (result.taker.kind, result.taker.name) == ("model", "tiny")
    assert [one.answer.choice for one in result.marked[:4]] == [1, None, 0, 0]
    assert result.marked[1].answer.said == "it sold, I think"
    assert len(posts) == 16
    told = [post["messages"][-1]["content"] for post in posts]
    assert all("The model as a whole" not in text and "Why:" not in text for text in told[:8])
    assert all("The model as a whole" in text and "Why:" in text for text in told[8:])
    sent = [entry for entry in entries() if entry.purpose == "quiz"]
    assert len(sent) == 16


def test_what_looks_personal_is_masked_even_on_this_machine(flats: dict[str, str]) -> None:
    with serving(bad.says('{"choice": 1}')) as server:
        asked(server.url, flats)
        bodies = b"".join(seen.body for seen in server.seen)
    assert b"@example.org" not in bodies
    assert b"MASKED_" in bodies


def test_a_server_elsewhere_is_shown_no_row(flats: dict[str, str]) -> None:
    with pytest.raises(UserError, match="not on this machine; nothing was sent"):
        asked("https://llm.example.org/v1", flats)
    with pytest.raises(UserError, match="takes no quiz"):
        asked("builtin", flats)


def test_a_failure_on_the_way_keeps_what_was_answered(flats: dict[str, str]) -> None:
    good = bad.says('{"choice": 1}')
    with serving(good, good, good, bad.fails(401)) as server:
        result = asked(server.url, flats)
    assert len(result.marked) == 3
    assert result.notes[-1].startswith("The quiz ended early: ")
    with serving(bad.fails(401)) as server, pytest.raises(UserError):
        asked(server.url, flats)


def test_a_stop_keeps_what_was_answered(flats: dict[str, str]) -> None:
    heard = []

    def answer(talk: Talk) -> None:
        heard.append(talk)
        bad.says('{"choice": 1}')(talk)

    with serving(answer) as server:
        run = Run(workers=1, should_stop=lambda: len(heard) >= 10)
        result = asked(server.url, flats, run)
        assert 9 <= len(result.marked) < 16
        with pytest.raises(StoppedError):
            asked(server.url, flats, Run(workers=1, should_stop=lambda: True))


def test_a_model_in_a_folder_is_held_to_the_choices(
    flats: dict[str, str], story_model: Path
) -> None:
    result = from_json(QuizResult, do("take_quiz", fit=flats["sold"], store=flats["store"],
                       writing=Writing(str(story_model)),
                       design={"questions": 4, "examples": 2}))  # fmt: skip
    assert result.taker.kind == "model"
    assert all(one.answer.choice in (0, 1) for one in result.marked)
    assert any("too long for this model" in note for note in result.notes)
