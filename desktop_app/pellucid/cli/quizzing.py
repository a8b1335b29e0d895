"""`quiz`: whether explanations help a reader say what a model will say."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from pellucid.cli.console import Console
from pellucid.cli.using import load
from pellucid.core.errors import UserError
from pellucid.core.numbers import plural
from pellucid.core.run import Run
from pellucid.explain.quiz.types import ARMS, Answer, Arm, Design, Question, Quiz, QuizResult, Taker
from pellucid.writing.quizzes import words

if TYPE_CHECKING:
    from pellucid.data.table import Table

_STOP = ("stop", "q", "quit")
_NONE = ("", "-")
_TITLES = {"without": "Part 1: without explanations", "with": "Part 2: with explanations"}


def take_quiz(arguments: argparse.Namespace, console: Console, run: Run) -> int:
    """Ask a person, a file of answers or a language model, and tell what came of it."""
    from pellucid.engine.quiz_dealing import deal_from
    from pellucid.engine.quizzes import marked, take
    from pellucid.project.files import SUFFIX, fit_of
    from pellucid.writing.orders import Writing

    _check(arguments)
    place = arguments.model
    if place.suffix == SUFFIX:
        place = fit_of(place)
    design = Design(run.seed, arguments.questions, arguments.examples, arguments.swap)
    found, table = load(place, arguments.file, console, run)
    with table:
        if arguments.writer:
            writing = Writing(arguments.writer, arguments.llm, download=arguments.download)
            result = take(found, place, table, design, writing, run)
        else:
            dealt = deal_from(found, table, design, run)
            console.clear_progress()
            answers = _answers(arguments, dealt.quiz, console)
            if answers is None:
                return _show(dealt.quiz, console)
            taker = Taker(arguments.who, "person")
            result = marked(found, place, table, dealt, answers, taker, run)
        console.clear_progress()
        earlier = _keep(arguments.keep, result)
        console.document({**_document(result, table), "kept_in": arguments.keep,
                          "earlier": [_summary(one) for one in earlier]})  # fmt: skip
        _tell(result, earlier, arguments, table, console)
    return 0


def _check(arguments: argparse.Namespace) -> None:
    if arguments.writer and (arguments.answers or arguments.who):
        raise UserError(
            "A language model gives its own answers under its own name",
            "Leave --answers and --who away, or leave --writer away.",
        )
    if arguments.keep and not arguments.keep.is_file():
        raise UserError(
            f"There is no project {arguments.keep} to keep the result in",
            "Save one in the window first, or leave --keep away.",
        )


# Answers


def _answers(arguments: argparse.Namespace, quiz: Quiz, console: Console) -> list[Answer] | None:
    """Return the answers from where they are; None where there is nobody to ask."""
    if arguments.answers is not None:
        return read_answers(_lines(arguments.answers), quiz)
    if console.json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return None
    return _interview(quiz, console)


def _lines(place: Path) -> list[str]:
    if str(place) == "-":
        return sys.stdin.read().splitlines()
    return place.read_text(encoding="utf-8", errors="replace").splitlines()


def read_answers(lines: list[str], quiz: Quiz) -> list[Answer]:
    """Read answers, one a line: the number or the words of a choice, `-` or nothing for none.

    Raises `UserError` for a line that is no choice.
    """
    from pellucid.writing.quizzes.by_model import read_choice

    answers = []
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        choice = None if text in _NONE else read_choice(text, quiz.choices)
        if choice is None and text not in _NONE:
            raise UserError(
                f"Line {number}, {text[:60]!r}, is none of the choices",
                f"Answer with 1 to {len(quiz.choices)}, or with the words of a choice.",
            )
        answers.append(Answer(choice))
    return answers


def _interview(quiz: Quiz, console: Console) -> list[Answer]:
    """Ask a person on the terminal, who may stop at any time."""
    answers: list[Answer] = []
    console.paragraph(words.asked_words(quiz))
    console.line("Answer with a number; “stop” ends the quiz and keeps what was answered.")
    for arm in ARMS:
        asked = [question for question in quiz.questions if question.arm == arm]
        _teach(quiz, arm, console)
        for question in asked:
            _ask(quiz, question, len(answers) + 1, console)
            start = time.perf_counter()
            choice = _heard(quiz)
            if choice is None:
                return answers
            answers.append(Answer(choice, round(time.perf_counter() - start, 3)))
    return answers


def _heard(quiz: Quiz) -> int | None:
    """Return the choice that a person makes, None once they stop."""
    from pellucid.writing.quizzes.by_model import read_choice

    while True:
        try:
            text = input(f"1 to {len(quiz.choices)}: ").strip()
        except (EOFError, KeyboardInterrupt):
            return None
        if text.casefold() in _STOP and read_choice(text, quiz.choices) is None:
            return None
        choice = read_choice(text, quiz.choices)
        if choice is not None:
            return choice


# The quiz on paper


def _teach(quiz: Quiz, arm: Arm, console: Console) -> None:
    console.heading(_TITLES[arm])
    guide = quiz.guide_in(arm)
    if guide is not None:
        console.paragraph(words.rule_line(guide, quiz))
        for line in words.guide_lines(guide):
            console.item(line)
        console.line()
    console.line(f"{plural(len(quiz.examples), 'example')} of what the model says:")
    for example in quiz.examples_in(arm):
        first, *rest = words.example_lines(example)
        console.item(first)
        for line in rest:
            console.paragraph(line, "  ")


def _ask(quiz: Quiz, question: Question, number: int, console: Console) -> None:
    console.line()
    console.line(f"Question {number} of {len(quiz.questions)}")
    console.paragraph(words.question_line(question))
    for place, choice in enumerate(quiz.choices, start=1):
        console.line(f"  {place}  {choice}")


def _show(quiz: Quiz, console: Console) -> int:
    """Write the quiz without its key, for somebody to answer it elsewhere."""
    console.document({
        "target": quiz.target, "choices": quiz.choices, "notes": quiz.notes, "design": quiz.design,
        "parts": [_part(quiz, arm) for arm in ARMS],
    })  # fmt: skip
    console.paragraph(words.asked_words(quiz))
    number = 0
    for arm in ARMS:
        _teach(quiz, arm, console)
        for question in quiz.questions:
            if question.arm == arm:
                number += 1
                _ask(quiz, question, number, console)
    console.note("answer with --answers FILE, one answer a line, in this order; or on a terminal")
    return 0


def _part(quiz: Quiz, arm: Arm) -> dict[str, object]:
    return {
        "part": arm,
        "examples": quiz.examples_in(arm),
        "model": quiz.guide_in(arm),
        "questions": [
            {cell.column: cell.text for cell in question.cells}
            for question in quiz.questions if question.arm == arm
        ],
    }  # fmt: skip


# What came of it


def _keep(project: Path | None, result: QuizResult) -> tuple[QuizResult, ...]:
    """Keep the result in a project; return those that were there, the newest first."""
    from pellucid.project.files import keep_quiz

    return () if project is None else keep_quiz(project, result)


def _document(result: QuizResult, table: Table) -> dict[str, object]:
    from pellucid.engine.predictions import number_of

    return {
        **_summary(result),
        "choices": result.choices,
        "chance": 1 / len(result.choices),
        "truths": result.truths,
        "notes": result.notes,
        "answers": [
            {
                "part": one.arm, "row": number_of(table, one.row),
                "answer": None if one.answer.choice is None else result.choices[one.answer.choice],
                "model": result.choices[one.right], "right": one.is_right, "truth": one.truth,
                "seconds": one.answer.seconds, "said": one.answer.said, "why": one.why,
            }
            for one in result.marked
        ],
    }  # fmt: skip


def _summary(result: QuizResult) -> dict[str, object]:
    found = result.difference
    return {
        "when": result.when, "who": result.taker.name, "kind": result.taker.kind,
        "model": result.model, "target": result.target, "design": result.design,
        "asked": len(result.marked), "dealt": result.dealt, "parts": result.arms,
        "difference": None if found is None else {
            "value": found.effect, "low": found.low, "high": found.high,
            "p_value": found.p_value, "interval": found.interval, "test": found.test,
        },
        "text": words.headline(result),
    }  # fmt: skip


def _tell(
    result: QuizResult, earlier: tuple[QuizResult, ...], arguments: argparse.Namespace,
    table: Table, console: Console,
) -> None:  # fmt: skip
    from pellucid.engine.predictions import number_of

    for note in result.notes:
        console.note(note.rstrip(".")[0].lower() + note.rstrip(".")[1:])
    console.heading("What the model says")
    for place, one in enumerate(result.marked):
        row = number_of(table, one.row)
        console.item(f"{place + 1}, row {row:,}: {words.answer_line(result, place)}")
        if one.why is not None:
            console.paragraph(words.why_line(one.why), "  ")
    console.heading(f"Taken by {words.taker_words(result.taker)}")
    for text in words.result_lines(result):
        console.paragraph(text)
    if earlier:
        console.heading(f"Earlier results in {arguments.keep.name}")
        for other in earlier:
            console.item(words.kept_title(other))
            console.paragraph(words.kept_line(other), "  ")
