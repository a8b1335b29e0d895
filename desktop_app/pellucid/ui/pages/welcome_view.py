"""What the Welcome page lists, as values. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pellucid.core.errors import UserError
from pellucid.core.numbers import plural
from pellucid.core.paths import resource
from pellucid.project.unsaved import Unsaved
from pellucid.ui.settings import Recent


@dataclass(frozen=True, slots=True)
class Sample:
    """A bundled file: what it is called, and a line on what can be found in it."""

    path: Path
    title: str
    line: str


_BUNDLED = (
    ("penguins.csv", "Penguins",
     "344 birds of three species: what tells them apart"),
    ("bicycles_synthetic.csv", "Bicycles (synthetic)",
     "1,461 days: riders by weather and weekday"),
    ("helpdesk_synthetic.csv", "Help desk (synthetic)",
     "1,800 tickets: which customers were satisfied"),
)  # fmt: skip


def samples() -> tuple[Sample, ...]:
    """Return the bundled samples that this installation has."""
    found = []
    for name, title, line in _BUNDLED:
        try:
            found.append(Sample(resource(f"samples/{name}"), title, line))
        except UserError:
            continue
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: a title, what stands under it, and what stands at its right."""

    path: Path
    title: str
    line: str
    aside: str = ""


def recent_entries(recent: tuple[Recent, ...], most: int = 6) -> tuple[Entry, ...]:
    """Return the recent files as lines, newest first."""
    return tuple(
        Entry(
            one.path,
            one.path.name,
            f"{plural(one.rows, 'row')}, {plural(one.columns, 'column')}",
            one.day,
        )
        for one in recent[:most]
    )


def unsaved_entries(kept: tuple[Unsaved, ...], most: int = 2) -> tuple[Entry, ...]:
    """Return work that was not saved as lines, newest first."""
    return tuple(
        Entry(
            one.path,
            f"Unsaved work on {one.source}",
            f"Kept on {one.saved_at.day} {one.saved_at:%B %Y at %H:%M}",
        )
        for one in kept[:most]
    )
