"""Fixtures for every test: a home of its own, and the real files where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point settings, cache and state at a fresh folder, so that no home directory is touched."""
    place = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("PELLUCID_HOME", str(place))
    return place


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Return the folder of real files; skips, visibly, where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the real files of ../shared/data are not here")
    return SHARED
