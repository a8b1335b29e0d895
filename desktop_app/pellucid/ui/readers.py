"""From the engine's JSON to the values that the session keeps; called off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from pellucid.core.values import from_json
from pellucid.data.types import Profile
from pellucid.explain.corpus.language_types import NgramRow
from pellucid.explain.edit_effects import EditEffect
from pellucid.explain.quiz.types import QuizResult
from pellucid.models.additive import AdditiveModel
from pellucid.models.black_box.box import BlackBox
from pellucid.models.types import FitOptions, FitSummary
from pellucid.ui.states import Opened
from pellucid.writing.types import Words

RowIds = NDArray[np.int64]
AnyModel = AdditiveModel | BlackBox
T = TypeVar("T")


def reader(kind: type[Any]) -> Callable[[Any], Any]:
    return lambda data: from_json(kind, data)


def read_pairs(data: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(column), str(why)) for column, why in data)


def read_ngrams(data: Any) -> tuple[NgramRow, ...]:
    """Read a table of n-grams, alone or with what else is told of the term."""
    found = data["rows"] if isinstance(data, Mapping) else data
    return tuple(from_json(NgramRow, row) for row in found)


def read_suggestions(data: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Read ways to go on with a question, as whole questions."""
    return tuple(str(item["text"]) for item in data)


def read_rows(data: Mapping[str, Any]) -> RowIds:
    return np.asarray(data["rows"], dtype=np.int64)


def _model(path: Path) -> AnyModel:
    """Read a model; of a transformer what it predicts from which column, its weights unread."""
    from pellucid.models.black_box.files import is_black_box, load_black_box
    from pellucid.models.files import load_fit

    return load_black_box(path).model if is_black_box(path) else load_fit(path).model


@dataclass(frozen=True, slots=True)
class KnownFit:
    """A finished fit: its file, the model in it, and what is known about it."""

    path: Path
    model: AnyModel
    summary: FitSummary


def read_edit(data: Mapping[str, Any]) -> tuple[KnownFit, EditEffect | None]:
    effect = data["effect"]
    return read_fit(data), from_json(EditEffect, effect) if effect else None


def read_fit(data: Mapping[str, Any]) -> KnownFit:
    path = Path(data["fit"])
    return KnownFit(path, _model(path), from_json(FitSummary, data["summary"]))


def read_curves(data: Mapping[str, Any]) -> tuple[AnyModel, int]:
    return _model(Path(data["fit"])), int(data["bags"])


@dataclass(frozen=True, slots=True)
class Document:
    """A project as it was opened; `opened` is None where its table is gone."""

    opened: Opened | None
    fit: Path | None
    model: AnyModel | None
    summary: FitSummary | None
    profile: Profile | None
    words: Words | None
    hidden: frozenset[str]
    options: FitOptions | None
    note: str
    quizzes: tuple[QuizResult, ...] = ()


def read_project(data: Mapping[str, Any]) -> Document:
    def part(kind: type[T], name: str) -> T | None:
        return from_json(kind, data[name]) if data.get(name) else None

    fit = Path(data["fit"]) if data.get("fit") else None
    return Document(
        opened=from_json(Opened, data) if data.get("store") else None,
        fit=fit,
        model=_model(fit) if fit else None,
        summary=part(FitSummary, "summary"),
        profile=part(Profile, "profile"),
        words=part(Words, "words"),
        hidden=frozenset(data.get("hidden") or ()),
        options=part(FitOptions, "options"),
        note=str(data.get("note") or ""),
        quizzes=tuple(from_json(QuizResult, item) for item in data.get("quizzes") or ()),
    )
