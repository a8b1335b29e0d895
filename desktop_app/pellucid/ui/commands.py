"""Commands as data: what each is called, its keys, whether it can run now, and what runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


def _always() -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Command:
    """Something the user can ask for. `waits_for` says why it cannot run now, empty if it can."""

    key: str
    title: str
    run: Callable[[], object]
    shortcut: str = ""
    waits_for: Callable[[], str] = _always


def matching(commands: Iterable[Command], query: str, most: int = 60) -> list[Command]:
    """Return the commands whose titles hold every word of `query`, best first.

    A title that starts with the query comes before one with a word that does, and that before the
    rest; what cannot run now comes last.
    """
    words = query.casefold().split()
    found = []
    for position, command in enumerate(commands):
        title = command.title.casefold()
        if all(word in title for word in words):
            starts = [not title.startswith(query.casefold().strip())]
            starts += [not any(part.startswith(word) for part in title.split()) for word in words]
            found.append(((bool(command.waits_for()), *starts), position, command))
    found.sort(key=lambda entry: (entry[0], entry[1]))
    return [command for _, _, command in found[:most]]
