"""Which of the first rows are headings, and the names that they give to the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from pellucid.core.numbers import listing, plural
from pellucid.data.types import Alert

_TITLES_AT_MOST = 20
_NUMBER = re.compile(r"[+-]?[$€£¥]?\d[\d.,\u00a0 '/:T-]*%?([eE][+-]?\d+)?")
_LONG = 60
_WORDS = 8
_NAME_WORDS = 4
"""Over running text a heading has at most this many words; a question may have more."""


def count_header_rows(rows: Sequence[Sequence[str]]) -> int:
    """Return how many of the first rows are titles or headings; 0 where data start at once."""
    if not rows:
        return 0
    titles = _count_titles(rows)
    rest = rows[titles:]
    return titles + (1 if rest and _is_header(rest[0], rest[1:]) else 0)


def _count_titles(rows: Sequence[Sequence[str]]) -> int:
    width = median(_filled(row) for row in rows)
    if width < 3:
        return 0
    for index, row in enumerate(rows[:_TITLES_AT_MOST]):
        if _filled(row) >= max(2, width / 2):
            return index
    return 0


def _filled(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _is_header(first: Sequence[str], rest: Sequence[Sequence[str]]) -> bool:
    """Weigh, column by column, whether the first row names what stands below it.

    A number over numbers and a word that comes again below speak against a header; a word over
    numbers, and a word over words of which it is not one, speak for it.
    """
    votes = 0.0
    for index, cell in enumerate(first):
        below = [row[index].strip() for row in rest if index < len(row) and row[index].strip()]
        votes += _vote(cell.strip(), below)
    return votes > 0 or (votes == 0 and not any(_is_number(c.strip()) for c in first))


def _vote(cell: str, below: Sequence[str]) -> float:
    if not cell:
        return 0
    if not below:
        return -1 if _is_number(cell) else 0.5
    numbers = sum(map(_is_number, below)) / len(below)
    if _is_number(cell):
        return -1 if numbers > 0.5 else 0
    if numbers > 0.8:
        return 1
    if cell in below:
        return -1
    words = median(len(text.split()) for text in below)
    if len(cell) > _LONG or len(cell.split()) > (_NAME_WORDS if words > _NAME_WORDS else _WORDS):
        return -0.5 if len(cell) > 0.2 * median(map(len, below)) else 0
    return 0.25 if len(set(below)) < len(below) else 0


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


def column_names(
    headings: Sequence[Sequence[str]], width: int
) -> tuple[tuple[str, ...], list[Alert]]:
    """Return `width` unique names from the heading rows, and what had to be changed.

    Several headings are joined by a blank; rows with a few cells are titles and give no name.
    Empty names become "column 4", repeated ones get a number.
    """
    least = min(max(2, width / 4), width)
    naming = [row for row in headings[:-1] if _filled(row) >= least] + list(headings[-1:])
    wanted = []
    for index in range(width):
        parts = [row[index].strip() for row in naming if index < len(row)]
        wanted.append(" ".join(part for part in parts if part))
    names: list[str] = []
    taken = set(wanted)
    unnamed, repeated = [], []
    for position, name in enumerate(wanted, start=1):
        unique = name or f"column {position}"
        if not name:
            unnamed.append(unique)
        elif name in names:
            repeated.append(name)
        number = 2
        while unique in names or (unique != name and unique in taken):
            unique = f"{name or f'column {position}'} ({number})"
            number += 1
        names.append(unique)
    return tuple(names), _name_notes(unnamed, repeated) if headings else []


def _name_notes(unnamed: list[str], repeated: list[str]) -> list[Alert]:
    notes = []
    if unnamed:
        is_one = len(unnamed) == 1
        verb, stand = ("has", "stands") if is_one else ("have", "stand")
        notes.append(
            Alert(
                "unnamed columns",
                tuple(unnamed),
                f"{plural(len(unnamed), 'column')} {verb} no name in the file"
                f" and {stand} as {listing(unnamed)}",
            )
        )
    if repeated:
        notes.append(
            Alert(
                "repeated names",
                tuple(dict.fromkeys(repeated)),
                f"The file uses a column name more than once ({listing(sorted(set(repeated)))});"
                " the later ones carry a number",
            )
        )
    return notes
