"""Jobs about quizzes: one is dealt, a person's answers are marked, or a language model takes it.

`design` is a `Design` as JSON; without one it follows from `earlier` results and the `questions`
wanted, so that nobody is asked the same twice. The right answers are in no quiz that is dealt: they
are worked out again, from the same design, once there are answers to mark.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pellucid.core.errors import StoppedError, UserError
from pellucid.core.run import Run
from pellucid.core.values import from_json
from pellucid.engine.loading import AnyFit, load_any
from pellucid.engine.predictions import row_columns
from pellucid.engine.quiz_dealing import Dealt, deal_from
from pellucid.engine.quiz_explaining import shown_columns, whys_of
from pellucid.engine.stores import load_store
from pellucid.engine.writers import check_stays_here, outlet_for
from pellucid.explain.quiz.dealing import next_design
from pellucid.explain.quiz.types import (
    QUESTIONS,
    Answer,
    Design,
    Marked,
    Quiz,
    QuizResult,
    Taker,
)
from pellucid.writing.orders import Writing

if TYPE_CHECKING:
    from pellucid.data.table import Table

Earlier = Sequence[Mapping[str, Any]]
"""Results of quizzes as JSON."""


def deal_quiz(
    run: Run,
    fit: str,
    store: str,
    name: str = "",
    questions: int = QUESTIONS,
    earlier: Earlier = (),
    design: Mapping[str, Any] | None = None,
) -> Quiz:
    """Deal a quiz about a model's outputs to the reader of this name, without its key."""
    place = Path(fit)
    with load_store(store) as table:
        chosen = _design(design, place, name, questions, earlier)
        return deal_from(load_any(place), table, chosen, run).quiz


def _design(
    design: Mapping[str, Any] | None, place: Path, name: str, questions: int, earlier: Earlier
) -> Design:
    """Return the design that is asked for, or that of the next reader of this model's quiz."""
    if design is not None:
        return from_json(Design, design)
    known = [from_json(QuizResult, result) for result in earlier]
    same = [result for result in known if result.model == fingerprint_of(place)]
    return next_design(same, name, questions)


def mark_quiz(
    run: Run,
    fit: str,
    store: str,
    answers: Sequence[Mapping[str, Any]],
    name: str = "",
    design: Mapping[str, Any] | None = None,
) -> QuizResult:
    """Mark a person's answers, in the order of the questions; those not reached were not asked."""
    given = [from_json(Answer, answer) for answer in answers]
    place = Path(fit)
    with load_store(store) as table:
        found = load_any(place)
        dealt = deal_from(found, table, from_json(Design, design or {}), run)
        return marked(found, place, table, dealt, given, Taker(name, "person"), run)


def take_quiz(
    run: Run,
    fit: str,
    store: str,
    writing: Mapping[str, Any],
    questions: int = QUESTIONS,
    earlier: Earlier = (),
    design: Mapping[str, Any] | None = None,
) -> QuizResult:
    """Let a language model on this machine take a quiz."""
    place, order = Path(fit), from_json(Writing, writing)
    chosen = _design(design, place, order.llm or order.writer, questions, earlier)
    with load_store(store) as table:
        return take(load_any(place), place, table, chosen, order, run)


def take(
    found: AnyFit, place: Path, table: Table, design: Design, writing: Writing, run: Run
) -> QuizResult:
    """Let a language model answer, each question on its own, and mark what it answered.

    It is shown rows, so it has to be on this machine. A stop, or a server that fails on the way,
    keeps the questions that were answered; without any, `StoppedError` or `UserError` is raised.
    """
    from pellucid.writing.quizzes.by_model import ask

    if writing.is_builtin:
        raise UserError(
            "The built-in writer takes no quiz", "Name a server on this machine, or a folder."
        )
    check_stays_here(writing, "A quiz")
    dealt = deal_from(found, table, design, run)
    outlet = outlet_for(writing, table, (), run, "quiz")
    answers: list[Answer] = []
    notes: tuple[str, ...] = ()
    try:
        for number, question in enumerate(dealt.quiz.questions):
            run.check()
            run.progress("Asking the questions", number, len(dealt.quiz.questions))
            start = time.perf_counter()
            choice, said = ask(outlet.provider, dealt.quiz, question, run)
            answers.append(Answer(choice, round(time.perf_counter() - start, 3), said))
    except StoppedError:
        if not answers:
            raise
    except UserError as error:
        if not answers:
            raise
        notes = (f"The quiz ended early: {error.message}.",)
    taker = Taker(outlet.provider.model, "model")
    cut = getattr(outlet.provider, "cut", 0)
    if cut:
        notes += ("The examples were too long for this model; it saw the end of them.",)
    calm = Run(run.seed, run.workers)  # a stop ended the questions; what was answered is marked
    return marked(found, place, table, dealt, answers, taker, calm, notes)


def marked(
    found: AnyFit,
    place: Path,
    table: Table,
    dealt: Dealt,
    answers: Sequence[Answer],
    taker: Taker,
    run: Run,
    notes: tuple[str, ...] = (),
) -> QuizResult:
    """Hold answers against what the model says; `place` is the model's file.

    Raises `UserError` for more answers than questions, and for one that is no choice.
    """
    from pellucid.explain.quiz.scoring import difference_of, score_arms

    quiz = dealt.quiz
    _check_answers(quiz, answers)
    run.progress("Marking the answers")
    columns, rows = row_columns(found.model, table)[0], dealt.rows[: len(answers)]
    whys = whys_of(found, columns, rows, shown_columns(found.model), run)
    held = tuple(
        Marked(
            arm=question.arm,
            row=dealt.rows[at],
            cells=question.cells,
            right=dealt.right[at],
            answer=answer,
            why=whys[at],
            truth=dealt.truths[at].text,
        )
        for at, (question, answer) in enumerate(zip(quiz.questions, answers, strict=False))
    )
    codes = [truth.code for truth in dealt.truths[: len(held)]]
    knows = [code == one.right for code, one in zip(codes, held, strict=True)]
    return QuizResult(
        when=datetime.now(UTC).isoformat(timespec="seconds"),
        taker=taker,
        model=fingerprint_of(place),
        source=table.source.fingerprint,
        target=quiz.target,
        design=quiz.design,
        dealt=len(quiz.questions),
        choices=quiz.choices,
        marked=held,
        arms=score_arms(held),
        difference=difference_of(held),
        truths=None if None in codes else sum(knows),
        notes=(*quiz.notes, *notes),
    )


def _check_answers(quiz: Quiz, answers: Sequence[Answer]) -> None:
    if len(answers) > len(quiz.questions):
        raise UserError(
            f"There are {len(answers)} answers to {len(quiz.questions)} questions",
            "Give one answer for each question, in their order.",
        )
    if not answers:
        raise UserError("No question was answered, so nothing is kept", "Answer one at least.")
    if any(one.choice is not None and not 0 <= one.choice < len(quiz.choices) for one in answers):
        raise UserError("An answer is none of the choices", f"There are {len(quiz.choices)}.")


def fingerprint_of(place: Path) -> str:
    """Return the SHA-256 of a model's file, or over those of its folder."""
    from pellucid.encoders.hashes import digest_of, sha256_of

    if not place.is_dir():
        return sha256_of(place)
    files = sorted(path for path in place.rglob("*") if path.is_file())
    return digest_of([f"{path.relative_to(place)} {sha256_of(path)}" for path in files])
