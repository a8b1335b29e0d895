"""What the window remembers, setting by setting."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from pellucid.core.paths import config_dir, state_dir
from pellucid.ui.settings import (
    DECLARATIONS,
    RECENT_MOST,
    Settings,
    change_setting,
    load_place,
    load_recent,
    load_settings,
    remember_file,
    save_place,
)

NAMES = [field.name for field in dataclasses.fields(Settings)]


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_is_declared_with_a_fitting_default(name: str) -> None:
    declaration = DECLARATIONS[name]
    default = getattr(Settings(), name)
    assert declaration.description
    assert not declaration.choices or default in declaration.choices


def test_no_setting_is_declared_that_does_not_exist() -> None:
    assert list(DECLARATIONS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_is_saved_and_read_back(name: str) -> None:
    default = getattr(Settings(), name)
    other = not default if isinstance(default, bool) else DECLARATIONS[name].choices[-1]
    change_setting(name, other)
    assert getattr(load_settings(), name) == other


@pytest.mark.parametrize("text", ["", "[]", '{"appearance": 7}', '{"appearance": "pink"}', "{"])
def test_a_damaged_file_gives_defaults(text: str) -> None:
    (config_dir() / "window.json").write_text(text)
    assert load_settings() == Settings()


def test_recent_files_come_newest_first_without_those_that_are_gone(tmp_path: Path) -> None:
    paths = [tmp_path / f"{i}.csv" for i in range(RECENT_MOST + 2)]
    for path in paths:
        path.touch()
        remember_file(path, 10, 2)
    remember_file(paths[5], 11, 2)
    paths[-1].unlink()
    recent = load_recent()
    assert len(recent) == RECENT_MOST - 1
    assert (recent[0].path, recent[0].rows) == (paths[5], 11)
    assert recent[0].day.endswith(recent[0].opened[:4])


def test_a_damaged_list_of_recent_files_is_an_empty_one() -> None:
    (state_dir() / "recent.json").write_text(json.dumps({"files": [{"path": 3}, 5]}))
    assert load_recent() == ()


def test_the_windows_place_is_remembered() -> None:
    assert load_place() == ""
    save_place("AdnQywAD")
    assert load_place() == "AdnQywAD"
