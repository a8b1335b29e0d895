"""`ask`: questions in plain English, answered from facts, with the plan that was run."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pellucid.cli.console import Console
from pellucid.cli.documents import answer_document
from pellucid.cli.fitting import check_folder, options_of
from pellucid.cli.tables import read_table
from pellucid.cli.writing import tell_author, tell_payload, writing_of
from pellucid.core.errors import UserError
from pellucid.core.numbers import plural
from pellucid.core.run import Run

if TYPE_CHECKING:
    from pellucid.data.table import Table
    from pellucid.engine.asking import Asking
    from pellucid.writing.orders import Writing
    from pellucid.writing.questions.types import Answer


def ask_question(arguments: argparse.Namespace, console: Console, run: Run) -> int:
    """Answer one question, or several that may lean on each other."""
    from pellucid.engine.asking_with import answer_with
    from pellucid.engine.stores import profile_of
    from pellucid.report.answers import answers_report
    from pellucid.report.render import renderer_for, write_report

    writing, plan = writing_of(arguments), _plan(arguments)
    if arguments.out is not None:
        renderer_for(arguments.out)
        check_folder(arguments.out)
    answers: list[Answer] = []
    problem: UserError | None = None
    with read_table(arguments.file, console, run) as table:
        asking = _asking(arguments, table, run)
        if arguments.show_payload:
            return _show_payload(asking, writing, arguments.question, plan, console, run)
        for question in arguments.question:
            last = answers[-1].conversation if answers else None
            try:
                found = answer_with(asking, writing, question, run, before=last, plan=plan)
            except UserError as error:
                problem = _about(question, error) if len(arguments.question) > 1 else error
                break
            answers.append(found)
        if answers and arguments.out is not None:
            profile = profile_of(table, run)
            write_report(answers_report(answers, table.source, profile), arguments.out)
    console.clear_progress()
    if answers:
        documents = [answer_document(found) for found in answers]
        earlier = {"earlier": documents[:-1]} if len(documents) > 1 else {}
        console.document({**documents[-1], **earlier})
    for found in answers:
        _tell(found, console)
    if answers and arguments.out is not None:
        console.note(f"the answers with their charts are in {arguments.out}")
    if problem is not None:
        raise problem
    return 0


def _about(question: str, error: UserError) -> UserError:
    """Name the question that could not be answered; those after it may lean on it."""
    return UserError(f"“{question}”: {error.message}", error.hint)


def _asking(arguments: argparse.Namespace, table: Table, run: Run) -> Asking:
    from pellucid.data.documents import read_document
    from pellucid.engine.asking import Asking
    from pellucid.engine.documents import Context
    from pellucid.engine.loading import load_any

    fit = load_any(arguments.model) if arguments.model is not None else None
    options = options_of(arguments, run.seed) if arguments.target else None
    context = Context(tuple(read_document(path) for path in arguments.context))
    return Asking(table, fit, arguments.target or "", options, context)


def _show_payload(
    asking: Asking, writing: Writing, questions: Sequence[str], plan: Any, console: Console,
    run: Run,
) -> int:  # fmt: skip
    """Show exactly what would be sent for the questions, and send nothing."""
    from pellucid.engine.asking_with import question_payloads
    from pellucid.engine.masks import masked_columns

    shown: list[bytes] = []
    last = None
    for question in questions:
        bodies, found = question_payloads(asking, writing, question, run, before=last, plan=plan)
        shown += bodies
        last = found.conversation
    masked = masked_columns(asking.table, writing.masks, run) if shown else ()
    console.clear_progress()
    tell_payload(shown, writing, masked, console)
    if shown and plan is None:
        console.note(
            "each question goes first; the facts after it are those that Pellucid itself would "
            "look up, and the model may ask for others"
        )
    return 0


def _plan(arguments: argparse.Namespace) -> Any:
    if arguments.plan is None:
        return None
    try:
        found = json.loads(arguments.plan.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UserError(
            f"{arguments.plan.name} is not JSON: {error}", "Give the plan that --json showed."
        ) from error
    return found["plan"] if isinstance(found, dict) and "plan" in found else found


def _tell(answer: Answer, console: Console) -> None:
    from pellucid.writing.answer_words import ANSWER
    from pellucid.writing.contrast_words import METHOD

    plan = answer.plan
    console.line(plan.question or "A plan")
    console.line()
    if plan.refusal:
        console.paragraph(plan.refusal)
        console.line("What could be asked:")
        for other in plan.instead:
            console.item(other)
        console.line()
        return
    console.paragraph(f"Taken to ask: {'; '.join(answer.steps)}.")
    for note in plan.notes:
        console.paragraph(note)
    section = ANSWER
    for claim in answer.words.claims:
        if claim.section == METHOD != section:
            console.heading(METHOD)
        else:
            console.line()
        section = claim.section
        console.paragraph(claim.text)
    console.line()
    if answer.rows is not None:
        console.paragraph(f"{plural(answer.rows, 'row')} took part.")
    for claim in answer.words.interpretation:
        console.paragraph(f"Interpretation, not checked: {claim.text}")
    tell_author(answer.words, console)
    console.line()
