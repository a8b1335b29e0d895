"""What was recognised in a question: its words, and the columns and levels that it names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pellucid.writing.questions.lexicon import KnownColumn
from pellucid.writing.questions.splitting import Word
from pellucid.writing.questions.words import YES

How = Literal["exact", "variant", "part", "adjective", "fuzzy"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A column, or a level of one, named by the words from `start` to `end`."""

    column: str
    start: int
    end: int
    how: How
    value: str = ""
    others: tuple[str, ...] = ()
    """What else the words could have meant."""

    @property
    def is_level(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as words, with what was recognised in it."""

    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]
    notes: tuple[str, ...] = field(default=())

    @property
    def columns(self) -> list[Mention]:
        return [mention for mention in self.mentions if not mention.is_level]

    @property
    def levels(self) -> list[Mention]:
        return [mention for mention in self.mentions if mention.is_level]

    def at(self, place: int) -> Mention | None:
        """Return the mention that covers a word."""
        return next((m for m in self.mentions if m.start <= place < m.end), None)

    @property
    def text(self) -> str:
        """The question as words, set apart by single blanks."""
        return " ".join(word.text for word in self.words)


def is_positive(column: KnownColumn) -> str:
    """Return the level of a yes-or-no column that says yes; empty where none does."""
    if column.kind != "boolean":
        return ""
    return next((level for level in column.levels if level.lower() in YES), "")
