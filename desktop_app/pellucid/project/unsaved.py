"""Unsaved work: kept in the state folder as it happens, offered at the next start."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pellucid.core.paths import state_dir
from pellucid.project.files import SUFFIX, save_project
from pellucid.project.types import Project


@dataclass(frozen=True, slots=True)
class Unsaved:
    """Work that was not saved: a project file in the state folder, the file it is about, when."""

    path: Path
    source: str
    saved_at: datetime


def autosave(project: Project) -> Path:
    """Keep the project as unsaved work, in place of what was kept for the same file before."""
    source = project.recipe.source.path
    key = hashlib.sha256(str(source).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    path = _folder() / f"{source.name[:80]}-{key}{SUFFIX}"
    save_project(project, path)
    return path


def unsaved() -> tuple[Unsaved, ...]:
    """Return the work that was kept and neither saved nor discarded, newest first."""
    found = [
        Unsaved(path, path.stem.rpartition("-")[0], datetime.fromtimestamp(path.stat().st_mtime))
        for path in _folder().glob(f"*{SUFFIX}")
    ]
    return tuple(sorted(found, key=lambda item: item.saved_at, reverse=True))


def discard(path: Path) -> None:
    """Delete one piece of unsaved work; a path outside the folder of unsaved work is left alone."""
    if path.parent == _folder():
        path.unlink(missing_ok=True)


def _folder() -> Path:
    folder = state_dir() / "unsaved"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
