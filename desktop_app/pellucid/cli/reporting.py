"""`summarize` and `report`: what was found, in words, and as a document."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pellucid.cli.console import Console
from pellucid.cli.documents import words_document
from pellucid.cli.fitting import check_folder, options_of, tell_warnings
from pellucid.cli.sources import sources_lines, tell_untraced, with_sources
from pellucid.cli.tables import read_table
from pellucid.cli.writing import tell_payload, tell_words, writing_of
from pellucid.core.errors import UserError
from pellucid.core.numbers import byte_size, number, plural
from pellucid.core.run import Run
from pellucid.engine.claim_sources import check_sources, sources_of
from pellucid.engine.masks import masked_columns
from pellucid.engine.pipeline import Study, study
from pellucid.engine.writers import check_writing, payloads_of, write_as
from pellucid.facts.types import Fact
from pellucid.report.document import ChartBlock
from pellucid.writing.providers.limits import Allowance
from pellucid.writing.types import Words

if TYPE_CHECKING:
    from pellucid.data.table import Table
    from pellucid.engine.loading import AnyFit

_SUFFIXES = (".html", ".md")


def summarize(arguments: argparse.Namespace, console: Console, run: Run) -> int:
    """Write checked claims about a file, and about what predicts a target."""
    if arguments.show_payload:
        return show_payload(arguments, console, run)
    if arguments.sources:
        check_sources(arguments.writer)
    allowance = Allowance(writing_of(arguments).limits.all_s)
    words = _study(arguments, console, run, allowance).words
    if arguments.sources:
        found = sources_of(words, run, allowance)
        console.clear_progress()
        console.document(with_sources(words_document(words), found))
        tell_words(words, console, [sources_lines(one) for one in found])
        tell_untraced(found, allowance.all_s, console)
    else:
        console.document(words_document(words))
        tell_words(words, console)
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
    if arguments.show_payload:
        return show_payload(arguments, console, run)
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
        f"{out}: {plural(claims, 'claim')}, {plural(charts, 'chart')}, {byte_size(bytes_)}, "
        f"in {number(seconds)} s"
    )
    if arguments.target is None:
        console.note("no --target was given, so the report describes the data and fits no model")
    return 0


def show_payload(arguments: argparse.Namespace, console: Console, run: Run) -> int:
    """Show exactly what would be sent first, and send nothing."""
    writing = writing_of(arguments)
    with read_table(arguments.file, console, run) as table:
        shown: list[bytes] = []

        def look(facts: Sequence[Fact], title: str) -> Words:
            shown.extend(payloads_of(writing, table, facts, title, run))
            return Words(writing.writer, "", title, (), {})

        study(table, _fitted(arguments, table, console, run), run, write=look)
        masked = masked_columns(table, writing.masks, run) if shown else ()
    console.clear_progress()
    tell_payload(shown, writing, masked, console)
    return 0


def _study(
    arguments: argparse.Namespace, console: Console, run: Run, allowance: Allowance | None = None
) -> Study:
    writing = writing_of(arguments)
    with read_table(arguments.file, console, run) as table:
        check_writing(writing, table, run)
        fitted = _fitted(arguments, table, console, run)
        found = study(
            table, fitted, run,
            write=lambda facts, title: write_as(writing, table, facts, title, run, allowance),
        )  # fmt: skip
    console.clear_progress()
    return found


def _fitted(
    arguments: argparse.Namespace, table: Table, console: Console, run: Run
) -> AnyFit | None:
    if arguments.target is None:
        return None
    from pellucid.models.fitting import fit

    fitted = fit(table, options_of(arguments, run.seed), run)
    tell_warnings(fitted.summary, console)
    return fitted
