"""Projects as jobs: from what the window has open to one file, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.core.values import from_json
from pellucid.engine.stores import load_store, opened, profile_of
from pellucid.explain.quiz.types import QuizResult
from pellucid.project.files import open_project, save_project
from pellucid.project.types import OpenedProject, Project, Recipe
from pellucid.project.unsaved import autosave
from pellucid.writing.types import Words

if TYPE_CHECKING:
    from pellucid.data.table import Table


def save(
    run: Run,
    store: str,
    path: str,
    fit: str | None = None,
    words: Mapping[str, Any] | None = None,
    hidden: Sequence[str] = (),
    quizzes: Sequence[Mapping[str, Any]] = (),
) -> dict[str, object]:
    """Save a project, whole or not at all: {path, bytes}."""
    save_project(_project(run, store, fit, words, hidden, quizzes), Path(path))
    return {"path": path, "bytes": Path(path).stat().st_size}


def keep_unsaved(
    run: Run,
    store: str,
    fit: str | None = None,
    words: Mapping[str, Any] | None = None,
    hidden: Sequence[str] = (),
    quizzes: Sequence[Mapping[str, Any]] = (),
) -> dict[str, object]:
    """Keep what is open as unsaved work, to be offered at the next start: {path}."""
    return {"path": autosave(_project(run, store, fit, words, hidden, quizzes))}


def _project(
    run: Run,
    store: str,
    fit: str | None,
    words: Mapping[str, Any] | None,
    hidden: Sequence[str],
    quizzes: Sequence[Mapping[str, Any]],
) -> Project:
    from pellucid.engine.loading import load_any

    with load_store(store) as table:
        profile = profile_of(table, run)
        kinds = {column.name: column.kind for column in table.columns}
        options = load_any(Path(fit)).summary.options if fit else None
        return Project(
            recipe=Recipe(table.source, kinds, options, table.store),
            profile=profile,
            fit=Path(fit) if fit else None,
            words=from_json(Words, words) if words else None,
            hidden=frozenset(hidden),
            quizzes=tuple(from_json(QuizResult, result) for result in quizzes),
        )


def open_saved(run: Run, path: str) -> dict[str, object]:
    """Open a project: what `open` gives, and {fit, summary, profile, words, hidden, quizzes, note,
    options}.

    `note` says what is amiss with the table's file, and "" where nothing is. Where the file is
    missing or changed, rows come from what was read of it before; if that is gone too, the keys of
    `open` are absent and the rest is as it was saved.
    """
    from pellucid.engine.loading import load_any

    found = open_project(Path(path), lambda place, recipe: _fingerprint(place, recipe, run))
    project = found.project
    result: dict[str, object] = {
        "fit": project.fit,
        "summary": load_any(project.fit).summary if project.fit else None,
        "profile": project.profile,
        "words": project.words,
        "hidden": sorted(project.hidden),
        "quizzes": project.quizzes,
        "options": project.recipe.options,
        "note": found.note,
    }
    table = _table(found, run)
    if table is None:
        return result
    with table:
        return {**opened(table), **result}


def _table(found: OpenedProject, run: Run) -> Table | None:
    recipe = found.project.recipe
    if found.source is not None:
        return _read(found.source, recipe, run)
    if recipe.store is None or not recipe.store.exists():
        return None
    return load_store(str(recipe.store))


def _fingerprint(place: Path, recipe: Recipe, run: Run) -> str:
    """Return the fingerprint of the file as it is now, "" where it can no longer be read."""
    table = _read(place, recipe, run)
    return table.source.fingerprint if table else ""


def _read(place: Path, recipe: Recipe, run: Run) -> Table | None:
    """Read the file as Pellucid would by itself, or else as the recipe says it was read."""
    from pellucid.data.reading import Reading, open_table

    source = recipe.source
    by_itself = Reading()
    as_before = Reading(
        source.encoding, source.delimiter, source.quote, source.header_rows, source.decimal
    )
    table = None
    for reading in (by_itself, as_before):
        try:
            table = open_table(place, reading, run)
        except UserError:
            continue
        if table.source.fingerprint == source.fingerprint:
            names = {column.name for column in table.columns}
            return table.with_kinds({n: k for n, k in recipe.kinds.items() if n in names})
        table.close()
    return table
