"""`summarize` and `report`: what was found, in words, and as a document."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from pellucid.cli.console import Console, size
from pellucid.cli.documents import words_document
from pellucid.cli.fitting import check_folder, options_of, tell_warnings
from pellucid.cli.tables import read_table
from pellucid.core.errors import UserError
from pellucid.core.numbers import number, plural
from pellucid.core.run import Run
from pellucid.engine.pipeline import Study, study
from pellucid.report.document import ChartBlock

_SUFFIXES = (".html", ".md")


def summarize(arguments: argparse.Namespace, console: Console, run: Run) -> int:
    """Write checked claims about a file, and about what predicts a target."""
    found = _study(arguments, console, run)
    words = found.words
    console.document(words_document(words))
    console.line(words.title)
    section = None
    for claim in words.claims:
        if claim.section != section:
            section = claim.section
            console.heading(section)
        else:
            console.line()
        console.paragraph(claim.text)
    console.line()
    console.paragraph(
        f"Written by Pellucid's built-in writer, without a language model, from "
        f"{plural(len(words.facts), 'fact')}. Nothing left this machine."
    )
    return 0


def write_report(arguments: argparse.Namespace, console: Console, run: Run) -> int:
    """Do the whole path and write the document, whole or not at all."""
    from pellucid.report.render import write_report as write

    start = time.perf_counter()
    out: Path = arguments.out
    if out.suffix.lower() not in _SUFFIXES:
        raise UserError(
            f"Reports of kind {out.suffix or out.name} cannot be written by this version",
            f"Let the name end in {' or '.join(_SUFFIXES)}.",
        )
    check_folder(out)
    found = _study(arguments, console, run)
    run.progress("drawing the report")
    document = found.report()
    write(document, out)
    console.clear_progress()
    seconds = time.perf_counter() - start
    bytes_, claims = out.stat().st_size, len(found.words.claims)
    charts = sum(isinstance(block, ChartBlock) for block in document.blocks)
    result = {"path": str(out), "bytes": bytes_, "seconds": round(seconds, 3), "claims": claims}
    console.document({**result, "charts": charts})
    console.line(
        f"{out}: {plural(claims, 'claim')}, {plural(charts, 'chart')}, {size(bytes_)}, "
        f"in {number(seconds)} s"
    )
    if arguments.target is None:
        console.note("no --target was given, so the report describes the data and fits no model")
    return 0


def _study(arguments: argparse.Namespace, console: Console, run: Run) -> Study:
    refuse_unserved(arguments)
    with read_table(arguments.file, console, run) as table:
        fitted = None
        if arguments.target is not None:
            from pellucid.models.fitting import fit

            fitted = fit(table, options_of(arguments, run.seed), run)
            tell_warnings(fitted.summary, console)
        found = study(table, fitted, run)
    console.clear_progress()
    return found


def refuse_unserved(arguments: argparse.Namespace) -> None:
    """Refuse the options on writing that are not served."""
    if arguments.writer != "builtin" or arguments.llm or arguments.send_to:
        raise UserError(
            "This version writes with its built-in writer only",
            "Leave --writer, --llm and --send-to away; nothing then leaves this machine.",
        )
    if arguments.audience or arguments.language:
        raise UserError(
            "The built-in writer writes plain English for everyone",
            "Leave --audience and --language away.",
        )
