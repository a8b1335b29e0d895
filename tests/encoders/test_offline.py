"""The encoder of the extra `offline`: found, held to its hash, never imported."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pellucid.core.errors import UserError
from pellucid.core.paths import cache_dir
from pellucid.encoders import offline
from pellucid.encoders.hashes import sha256_of


def test_it_is_found_without_importing_its_package(offline_encoder: Path) -> None:
    assert offline.offline_folder() == offline_encoder
    assert offline.PACKAGE not in sys.modules
    found = offline.offline_model()
    assert found is not None
    assert (found.name, found.model_type) == ("all-MiniLM-L6-v2", "bert")


def test_it_is_absent_where_it_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offline, "PACKAGE", "a_package_that_nobody_made")
    assert offline.offline_folder() is None
    assert offline.offline_model() is None


def test_other_weights_in_its_place_are_refused(
    tmp_path: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "made_up_package"
    package.mkdir()
    (package / "__init__.py").write_text("raise SystemExit")
    (package / "model").symlink_to(tiny)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(offline, "PACKAGE", "made_up_package")
    with pytest.raises(UserError, match="are not those that belong to all-MiniLM-L6-v2"):
        offline.offline_folder()


def test_a_hash_is_remembered_until_the_file_changes(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"one")
    first = sha256_of(file)
    store = cache_dir() / "hashes.json"
    assert first in store.read_text()
    store.write_text(store.read_text().replace(first, "remembered"))
    assert sha256_of(file) == "remembered"
    file.write_bytes(b"other")
    assert len(sha256_of(file)) == 64


@pytest.mark.parametrize("content", ["{", "[]", '{"a": 1}'])
def test_a_damaged_memory_of_hashes_is_forgotten(tmp_path: Path, content: str) -> None:
    (cache_dir() / "hashes.json").write_text(content)
    file = tmp_path / "file"
    file.write_bytes(b"one")
    assert len(sha256_of(file)) == 64
