"""Patterns of claims as they stand in the folder `patterns`: written by hand, one a line.

A block starts with `@ true | A=kind tag ...; B=...; same SLOT ...; differ SLOT ...`: the facts it
is about, and which of their slots must agree or differ. In a block of lies each line starts with
the kind of lie. Lines that start with `- ` and follow each other in a block of true ones are one
pattern. In a pattern, `{{A.value}}` is a slot; what stands in `<...>` and `~x(...)` is filled in
by `make_claims`.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).resolve().parent / "patterns"
BLIND = (
    "blind", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
)  # fmt: skip
"""Folders of patterns by someone who had seen neither the checker nor the others' patterns."""
Role = Literal["A", "B", "C"]
ROLES: tuple[Role, ...] = ("A", "B", "C")


@dataclass(frozen=True)
class Block:
    """What the patterns of a block are about: the tags of each fact, and how they go together."""

    label: str
    wanted: dict[Role, frozenset[str]]
    same: tuple[str, ...]
    differ: tuple[str, ...]


@dataclass(frozen=True)
class Pattern:
    """One way to say something; `label` is "true" or the kind of lie, `blind` the blind folder."""

    label: str
    text: str
    block: Block
    blind: str = ""

    @property
    def seed(self) -> int:
        """A number that follows from the words, so that making claims again gives the same."""
        wanted = sorted(" ".join(sorted(tags)) for tags in self.block.wanted.values())
        parts = [self.label, self.text, *wanted, *([self.blind] if self.blind else [])]
        return zlib.crc32("|".join(parts).encode())

    @property
    def part(self) -> str:
        """The part it belongs to: whole patterns are held out, not single claims."""
        if self.blind:
            return "blind"
        return "dev" if self.seed % 2 else "held-out"


def read_patterns(folders: Iterable[str]) -> Iterator[Pattern]:
    """Yield every pattern of some folders, in order."""
    for folder in folders:
        for path in sorted((FOLDER / folder).glob("*.txt")):
            blind = folder if folder in BLIND else ""
            yield from _patterns_in(path.read_text(encoding="utf-8"), blind)


def _patterns_in(text: str, blind: str) -> Iterator[Pattern]:
    for chunk in text.split("@ ")[1:]:
        head, *lines = chunk.rstrip("\n").split("\n")
        block = _block(head)
        if block.label == "true":
            yield from (Pattern("true", words, block, blind) for words in _joined(lines))
        else:
            for line in lines:
                label, _, words = line.partition(": ")
                yield Pattern(label, words, block, blind)


def _block(head: str) -> Block:
    label, _, rest = head.partition(" | ")
    wanted: dict[Role, frozenset[str]] = {}
    relations: dict[str, tuple[str, ...]] = {"same": (), "differ": ()}
    for part in rest.split("; "):
        first, *names = part.split()
        role, _, kind = first.partition("=")
        if role in ROLES:
            wanted[role] = frozenset({kind, *names})  # type: ignore[index]
        else:
            words = part.split()
            for word in words:
                if word in relations:
                    current = word
                else:
                    relations[current] += (word,)
    return Block(label, wanted, relations["same"], relations["differ"])


def _joined(lines: list[str]) -> Iterator[str]:
    """Join the lines of a list."""
    listed: list[str] = []
    for line in [*lines, ""]:
        if line.startswith("- "):
            listed.append(line)
            if len(listed) < 2:
                continue
            yield "\n".join(listed)
            listed = []
        elif line:
            yield line
