"""The `.pellucid` file: a zip of JSON documents and the fit's own file."""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from pellucid.core.errors import UserError
from pellucid.core.paths import cache_dir, whole_file
from pellucid.core.values import from_json, to_json
from pellucid.data.types import Profile
from pellucid.explain.quiz.types import QuizResult
from pellucid.project.types import OpenedProject, Project, Recipe
from pellucid.writing.types import Words

FORMAT = "pellucid project"
VERSION = 1
SUFFIX = ".pellucid"
_QUIZZES = "quizzes.json"
_MOST_BYTES = 1 << 30

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Header:
    """The first document of the file; `relative` is the source seen from the file's folder."""

    format: str
    version: int
    recipe: Recipe
    hidden: tuple[str, ...]
    relative: str


@dataclass(frozen=True, slots=True)
class Quizzes:
    """The document of what came of quizzes, oldest first; older files have none."""

    results: tuple[QuizResult, ...]


def save_project(project: Project, path: Path) -> None:
    """Write the project as one file, whole or not at all. Raises `UserError` where it cannot be."""
    relative = _relative(project.recipe.source.path, path)
    header = Header(FORMAT, VERSION, project.recipe, tuple(sorted(project.hidden)), relative)
    with (
        whole_file(path) as temporary,
        zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        _put(archive, "project.json", header)
        if project.profile is not None:
            _put(archive, "profile.json", project.profile)
        if project.words is not None:
            _put(archive, "words.json", project.words)
        if project.quizzes:
            _put(archive, _QUIZZES, Quizzes(project.quizzes))
        if project.fit is not None:
            archive.write(project.fit, "fit.zip", zipfile.ZIP_STORED)


def open_project(path: Path, fingerprint: Callable[[Path, Recipe], str]) -> OpenedProject:
    """Read a project and look for its file, first beside the project, then where it was.

    Args:
        path: The project file.
        fingerprint: Returns a file's fingerprint, read as the recipe says.

    Raises `UserError` where the file is missing, damaged or of a newer version. The fit is unpacked
    into the cache.
    """
    project, relative = _read(path)
    recorded = project.recipe.source
    places = [path.resolve().parent / relative, recorded.path] if relative else [recorded.path]
    found = [place.resolve() for place in places if place.is_file()]
    for place in found:
        if fingerprint(place, project.recipe) == recorded.fingerprint:
            source = replace(recorded, path=place)
            recipe = replace(project.recipe, source=source)
            return OpenedProject(replace(project, recipe=recipe), place)
    return OpenedProject(project, None, _note(project.recipe, found[0] if found else None))


def fit_of(path: Path) -> Path:
    """Return the fit of a project, unpacked into the cache; raises `UserError` where none is."""
    found = _read(path)[0].fit
    if found is None:
        raise UserError(f"{path.name} holds no model", "Choose a project that was fitted.")
    return found


def keep_quiz(path: Path, result: QuizResult) -> tuple[QuizResult, ...]:
    """Add what came of a quiz to a project file; return the results before it, newest first.

    All else in the file stays as it is. Raises `UserError` as `open_project` does.
    """
    earlier = _read(path)[0].quizzes
    with (
        whole_file(path) as temporary,
        zipfile.ZipFile(path) as old,
        zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for item in old.infolist():
            if item.filename != _QUIZZES:
                new.writestr(item, old.read(item))
        _put(new, _QUIZZES, Quizzes((*earlier, result)))
    return tuple(reversed(earlier))


def _note(recipe: Recipe, changed: Path | None) -> str:
    """Say what is amiss with the source, what still works, and the way out."""
    kept = "The model, its explanation, the words and the report are as they were saved"
    has_rows = recipe.store is not None and recipe.store.exists()
    if has_rows:
        kept += ", and the rows are those that were read then"
    else:
        kept += "; rows cannot be shown and the model cannot be fitted again"
    if changed is not None:
        return (
            f"{changed} has changed since the project was saved. {kept}. Open the file anew to "
            "work with what it holds now."
        )
    return (
        f"{recipe.source.path} is not there any more. {kept}. Put the file back there, or beside "
        "the project, to have all of it."
    )


def _read(path: Path) -> tuple[Project, str]:
    if not path.is_file():
        raise UserError(f"There is no project {path}", "Check the name, or open the table anew.")
    try:
        with zipfile.ZipFile(path) as archive:
            header = _header(archive, path)
            project = Project(
                recipe=header.recipe,
                profile=_get(archive, "profile.json", Profile),
                words=_get(archive, "words.json", Words),
                hidden=frozenset(header.hidden),
                quizzes=_quizzes(archive),
                fit=_unpack_fit(archive),
            )
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, TypeError, EOFError) as error:
        raise UserError(
            f"{path} is damaged, or is no Pellucid project",
            "Open a copy of it, or open the table anew; fitting again with the same seed gives the "
            "same model.",
        ) from error
    return project, header.relative


def _header(archive: zipfile.ZipFile, path: Path) -> Header:
    data = json.loads(archive.read("project.json"))
    if data["format"] != FORMAT:
        raise ValueError(f"format {data['format']!r}")
    if data["version"] > VERSION:
        raise UserError(
            f"{path} was saved by a newer version of Pellucid", "Update Pellucid, then open it."
        )
    return from_json(Header, data)


def _put(archive: zipfile.ZipFile, name: str, value: object) -> None:
    archive.writestr(name, json.dumps(to_json(value), ensure_ascii=False, allow_nan=False))


def _get(archive: zipfile.ZipFile, name: str, kind: type[T]) -> T | None:
    if name not in archive.namelist():
        return None
    data: Any = json.loads(archive.read(name))
    return from_json(kind, data)


def _quizzes(archive: zipfile.ZipFile) -> tuple[QuizResult, ...]:
    found = _get(archive, _QUIZZES, Quizzes)
    return found.results if found else ()


def _unpack_fit(archive: zipfile.ZipFile) -> Path | None:
    if "fit.zip" not in archive.namelist():
        return None
    if archive.getinfo("fit.zip").file_size > _MOST_BYTES:
        raise ValueError("the fit is larger than any that is written")
    folder = cache_dir() / "fits"
    folder.mkdir(mode=0o700, exist_ok=True)
    handle, name = tempfile.mkstemp(".zip", "opened-", folder)
    with os.fdopen(handle, "wb") as file:
        file.write(archive.read("fit.zip"))
    return Path(name)


def _relative(source: Path, project: Path) -> str:
    """Return the source as seen from the project's folder, "" where it is on another drive."""
    try:
        relative = os.path.relpath(source.resolve(), project.resolve().parent)
    except ValueError:
        return ""
    return str(PurePosixPath(*Path(relative).parts))
