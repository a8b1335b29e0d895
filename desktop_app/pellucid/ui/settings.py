"""What the window remembers: each setting declared once; recent files; where the window stood."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pellucid.core.paths import config_dir, state_dir, whole_file
from pellucid.core.values import from_json, to_json
from pellucid.writing.row_languages.choosing import AUDIENCES, LANGUAGE_NAMES

RECENT_MOST: Final = 12


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a setting means to a reader, and the values it may take (empty: any of its type)."""

    description: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default; `DECLARATIONS` says what each means."""

    appearance: str = "system"
    show_inspector: bool = True
    reduce_motion: bool = False
    audience: str = "analyst"
    language: str = "en"


DECLARATIONS: Final[Mapping[str, Declaration]] = {
    "appearance": Declaration("Light, dark, or as the desktop has it", ("system", "light", "dark")),
    "show_inspector": Declaration("Whether the column at the right is unfolded"),
    "reduce_motion": Declaration("Show changes at once instead of moving things into place"),
    "audience": Declaration("Whom words are written for", tuple(AUDIENCES)),
    "language": Declaration("The language that words are written in", tuple(LANGUAGE_NAMES)),
}


@dataclass(frozen=True, slots=True)
class Recent:
    """A file that was open: `opened` in ISO 8601, local time."""

    path: Path
    rows: int
    columns: int
    opened: str

    @property
    def day(self) -> str:
        """The day it was last open, as a reader writes it."""
        when = datetime.fromisoformat(self.opened)
        return f"{when.day} {when:%B %Y}"


def load_settings() -> Settings:
    """Return the saved settings; what is missing or not allowed takes its default."""
    saved = _read(config_dir() / "window.json")
    kept: dict[str, Any] = {}
    for field in fields(Settings):
        value = saved.get(field.name)
        choices = DECLARATIONS[field.name].choices
        fits = isinstance(value, type(field.default)) and (not choices or value in choices)
        kept[field.name] = value if fits else field.default
    return Settings(**kept)


def save_settings(settings: Settings) -> None:
    _write(config_dir() / "window.json", to_json(settings))


def change_setting(name: str, value: object) -> Settings:
    """Save one changed setting and return all of them."""
    changed = replace(load_settings(), **{name: value})  # type: ignore[arg-type]  # checked on load
    save_settings(changed)
    return changed


def load_recent() -> tuple[Recent, ...]:
    """Return the files opened lately, newest first, leaving out those that are gone."""
    saved = _read(state_dir() / "recent.json").get("files", [])
    try:
        recent = [from_json(Recent, entry) for entry in saved]
    except (TypeError, KeyError, AttributeError, ValueError):
        return ()
    return tuple(entry for entry in recent if entry.path.is_file())


def remember_file(path: Path, rows: int, columns: int) -> None:
    """Put `path` at the top of the recent files."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    rest = [entry for entry in load_recent() if entry.path != path]
    files = [Recent(path, rows, columns, now), *rest][:RECENT_MOST]
    _write(state_dir() / "recent.json", {"files": to_json(files)})


def load_place() -> str:
    """Return the saved geometry of the window in base 64, or an empty string."""
    geometry = _read(state_dir() / "place.json").get("geometry", "")
    return geometry if isinstance(geometry, str) else ""


def save_place(geometry: str) -> None:
    _write(state_dir() / "place.json", {"geometry": geometry})


def _read(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _write(path: Path, value: object) -> None:
    with whole_file(path) as temporary:
        temporary.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
