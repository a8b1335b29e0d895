"""The words that a table offers to a question: its columns, their levels, and how both are said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pellucid.data.types import Kind

MOST_LEVELS = 200
"""Levels of a column that are known by name, the most frequent."""
UNITS = frozenset(
    {"mm", "cm", "m", "km", "g", "kg", "t", "c", "f", "kmh", "mph", "ms", "s", "min", "h", "hours",
     "hour", "minutes", "seconds", "days", "weeks", "months", "years", "pct", "percent", "usd",
     "eur", "gbp", "dollars", "euros", "lbs", "sqft", "degrees"}
)  # fmt: skip
"""Words at the end of a column's name that say in what it is measured."""
NOISE = frozenset(
    {"of", "per", "the", "is", "in", "at", "on", "and", "or", "a", "an", "to", "by", "for", "no",
     "id", "num", "number", "total", "count", "type", "name", "mean", "average", "max", "min",
     "with", "row", "rows", "data", "model", "value", "values", "term", "time", "first", "last",
     "other", "all", "new", "customer", "customers", "person", "people", "user", "users",
     "column", "not", "what", "how"}
)  # fmt: skip
"""Words that are too common to stand for a column on their own."""
_SPLIT = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[^0-9A-Za-z\u00c0-\uffff]+")


@dataclass(frozen=True, slots=True)
class KnownColumn:
    """A column: its kind, and its levels where it has few enough to be named, most frequent first.

    `meaning` is what an attached document says of it.
    """

    name: str
    kind: Kind
    levels: tuple[str, ...] = ()
    meaning: str = ""

    @property
    def is_number(self) -> bool:
        return self.kind == "number"

    @property
    def words(self) -> tuple[str, ...]:
        """The name as lower-case words: `body_mass_g` is `body mass g`."""
        return split_name(self.name)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A table's words; `target` is what the model at hand predicts, empty without one."""

    columns: tuple[KnownColumn, ...]
    target: str = ""
    file: str = ""
    has_documents: bool = False
    """Whether documents are attached in which any term may be looked up."""

    def column(self, name: str) -> KnownColumn | None:
        """Return a column by its exact name."""
        return next((column for column in self.columns if column.name == name), None)

    def of_kind(self, *kinds: Kind) -> list[KnownColumn]:
        return [column for column in self.columns if column.kind in kinds]


def split_name(name: str) -> tuple[str, ...]:
    """Split a name or a level into lower-case words: at blanks, marks, and inner capitals."""
    found = tuple(part.lower() for part in _SPLIT.split(name) if part)
    return found or (name.lower(),)


def variants(column: KnownColumn) -> list[tuple[str, ...]]:
    """Return the ways to say a column's name in full: with its unit, and without."""
    words = column.words
    ways = [words]
    if len(words) > 1 and words[-1] in UNITS and not (len(words) == 2 and words[0] in NOISE):
        ways.append(words[:-1])
    return ways


def parts(column: KnownColumn) -> list[str]:
    """Return the single words that may stand for a column where no other column has them."""
    words = column.words
    if len(words) > 1 and words[-1] in UNITS:
        words = words[:-1]
    return [word for word in words if len(word) > 2 and word not in NOISE] if len(words) > 1 else []


def stem(word: str) -> str:
    """Take a plural's ending away: `species` stays, `penguins` and `boxes` do not."""
    if len(word) <= 3 or word.endswith(("ss", "us", "is")) or word == "species":
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "zes", "sses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


def stems(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(stem(word) for word in words)
