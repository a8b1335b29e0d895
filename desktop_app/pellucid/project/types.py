"""What a project holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pellucid.data.types import Kind, Profile, Source
from pellucid.explain.quiz.types import QuizResult
from pellucid.models.types import FitOptions
from pellucid.writing.types import Words


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to do it all again: which file, read how, fitted with which decisions.

    `kinds` are the columns' kinds, the user's choices among them; `options` carry the seed. `store`
    is where the rows were read into: it may be used while it is there.
    """

    source: Source
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    options: FitOptions | None = None
    store: Path | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """The work on one file. What was not done yet is None.

    `fit` is the path of a file that `models.files` wrote; a project file carries a copy of it.
    `hidden` are the keys of report blocks that were switched off.
    """

    recipe: Recipe
    profile: Profile | None = None
    fit: Path | None = None
    words: Words | None = None
    hidden: frozenset[str] = frozenset()
    quizzes: tuple[QuizResult, ...] = ()
    """What came of quizzes about models of this table, oldest first."""


@dataclass(frozen=True, slots=True)
class OpenedProject:
    """A project as it was saved, and whether its file is still there and the same.

    `source` is the file's path now, None where it is missing or changed; `note` then says so, and
    what still works.
    """

    project: Project
    source: Path | None
    note: str = ""
