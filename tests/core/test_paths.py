from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from pellucid.core.errors import UserError
from pellucid.core.paths import cache_dir, config_dir, resource, state_dir, whole_file


def test_the_home_variable_moves_every_place(home: Path) -> None:
    places = [config_dir(), cache_dir(), state_dir()]
    assert [p.parent for p in places] == [home] * 3
    assert [p.stat().st_mode & 0o777 for p in places] == [0o700] * 3


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    target.write_text("before")
    with suppress(ZeroDivisionError), whole_file(target) as temporary:
        temporary.write_text("half")
        raise ZeroDivisionError
    assert target.read_text() == "before"
    with whole_file(target) as temporary:
        temporary.write_text("after")
    assert target.read_text() == "after"
    assert [p.name for p in tmp_path.iterdir()] == ["out.txt"]


def test_a_place_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UserError) as missing, whole_file(tmp_path / "no" / "out.txt"):
        pass
    assert "does not exist" in missing.value.message
    with pytest.raises(UserError) as folder, whole_file(tmp_path):
        pass
    assert "is a folder" in folder.value.message
    assert folder.value.hint


def test_resources_are_found_and_a_missing_one_is_named() -> None:
    assert resource("samples/penguins.csv").is_file()
    with pytest.raises(UserError, match=r"nothing\.csv is missing"):
        resource("samples/nothing.csv")
