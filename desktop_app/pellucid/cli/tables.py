"""`open`, `convert` and `profile`: what is in a file."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pellucid.cli.console import Console
from pellucid.cli.documents import open_document, profile_document
from pellucid.core.errors import UserError
from pellucid.core.numbers import byte_size, count, number, percent, plural, signed
from pellucid.core.run import Run
from pellucid.data.reading import open_table
from pellucid.data.table import Table
from pellucid.data.types import ColumnProfile, Profile

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "space"}
_MOST_ASSOCIATIONS = 12


def read_table(path: Path, console: Console, run: Run) -> Table:
    """Open a file, and note what could not be read of it."""
    table = open_table(path, run=run)
    if table.rejected.rows:
        left_out = plural(table.rejected.rows, "line")
        console.note(f"{left_out} of {path.name} could not be read and took no part")
    return table


def open_file(arguments: argparse.Namespace, console: Console, run: Run) -> int:
    """Say how a file was understood."""
    with open_table(arguments.file, run=run) as table:
        console.document(open_document(table))
        source = table.source
        console.line(f"{source.path}")
        rows, columns = plural(table.rows, "row"), plural(len(table.columns), "column")
        console.line(f"{rows}, {columns}, {byte_size(source.bytes)}")
        delimiter = _DELIMITERS.get(source.delimiter, repr(source.delimiter))
        headings = plural(source.header_rows, "heading line")
        console.line(f"{source.encoding}, separated by {delimiter}, {headings}")
        console.line()
        cells = [
            (c.name, c.kind, count(c.missing), count(c.distinct), count(c.misfits))
            for c in table.columns
        ]
        header = ("column", "kind", "missing", "distinct", "misfits")
        console.table(header, cells, right=(2, 3, 4))
        _tell_oddities(table, console)
    return 0


def _tell_oddities(table: Table, console: Console) -> None:
    if table.notes:
        console.heading("How it was read")
        for note in table.notes:
            console.item(note.message)
    if table.rejected.rows:
        console.heading(f"{plural(table.rejected.rows, 'line')} could not be read")
        for example in table.rejected.examples:
            console.item(f"line {count(example.line)}: {example.reason}: {example.text[:60]}")


def profile_file(arguments: argparse.Namespace, console: Console, run: Run) -> int:
    """Describe columns, distributions, alerts and associations."""
    from pellucid.engine.stores import profile_of

    with read_table(arguments.file, console, run) as table:
        profile = profile_of(table, run)
    console.clear_progress()
    console.document(profile_document(profile))
    rows, columns = plural(profile.rows, "row"), plural(len(profile.columns), "column")
    console.line(f"{arguments.file.name}: {rows}, {columns}")
    if profile.duplicate_rows:
        console.line(f"{plural(profile.duplicate_rows, 'row')} repeat an earlier one")
    console.line()
    described = [_described(column) for column in profile.columns]
    console.table(("column", "kind", "missing", "distinct", "what it holds"), described, (2, 3))
    if profile.alerts:
        console.heading("Worth knowing")
        for alert in profile.alerts:
            console.item(alert.message)
    _tell_associations(profile, console)
    return 0


def _described(column: ColumnProfile) -> Sequence[str]:
    missing = percent(column.missing / column.rows) if column.missing else "0"
    return (column.name, column.kind, missing, count(column.distinct), _content(column))


def _content(column: ColumnProfile) -> str:
    if column.kind == "number" and column.min is not None and column.max is not None:
        middle = column.quantiles.get("0.5")
        median = f", median {number(middle)}" if middle is not None else ""
        return f"{number(column.min)} to {number(column.max)}{median}"
    if column.kind == "datetime":
        dates = profile_document(Profile(column.rows, (column,), (), ()))["columns"][0]
        return f"{str(dates['min'])[:10]} to {str(dates['max'])[:10]}"
    return ", ".join(f"{top.value} {percent(top.count / column.rows)}" for top in column.top[:3])


def _tell_associations(profile: Profile, console: Console) -> None:
    if not profile.associations:
        return
    console.heading("Columns that go together, from 0 (not at all) to 1")
    strongest = sorted(profile.associations, key=lambda a: -abs(a.value))[:_MOST_ASSOCIATIONS]
    rows = [
        (a.a, a.b, signed(a.value, 2) if a.measure == "spearman" else number(a.value, 2), a.measure)
        for a in strongest
    ]
    console.table(("column", "and", "strength", "measure"), rows, right=(2,))


def convert_files(arguments: argparse.Namespace, console: Console, run: Run) -> int:
    """Write clean copies; a file that fails is reported and the rest go on."""
    files: list[Path] = arguments.files
    targets = _targets(files, arguments.out)
    done: list[dict[str, Any]] = []
    for file, target in zip(files, targets, strict=True):
        try:
            done.append(_convert(file, target, console, run))
        except UserError as error:
            if len(files) == 1:
                raise
            console.error(f"{file}: {error.message}", error.hint)
            done.append({"path": str(file), "error": error.message, "hint": error.hint})
    console.document({"files": done})
    return 1 if any("error" in item for item in done) else 0


def _targets(files: Sequence[Path], out: Path) -> list[Path]:
    if len(files) == 1 and not out.is_dir():
        return [out]
    if out.suffix and not out.is_dir():
        raise UserError(
            f"{out} is one file and {plural(len(files), 'file')} were given",
            "Give a folder after -o; each copy keeps its name there.",
        )
    out.mkdir(parents=True, exist_ok=True)
    targets = [out / f"{file.stem}.csv" for file in files]
    if len({target.name for target in targets}) < len(targets):
        raise UserError(
            "Two of the files have the same name, so one copy would replace the other",
            "Convert them into two folders.",
        )
    return targets


def _convert(file: Path, target: Path, console: Console, run: Run) -> dict[str, Any]:
    from pellucid.data.convert import convert

    if target.exists() and file.exists() and target.samefile(file):
        raise UserError(f"{target} is the file itself", "Give another name after -o.")
    with open_table(file, run=run) as table:
        convert(table, target)
        console.clear_progress()
        rejected = table.rejected.rows
        left = f"; {plural(rejected, 'line')} could not be read" if rejected else ""
        console.line(f"{target}: {plural(table.rows, 'row')}{left}")
        return {"path": str(file), "out": str(target), "rows": table.rows, "rejected": rejected}
