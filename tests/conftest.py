"""Fixtures for every test: a home of its own, and the real files where they are at hand."""

from __future__ import annotations

import importlib.abc
import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


class _QtBlocker(importlib.abc.MetaPathFinder):
    """Makes PySide6 as absent as where it was never installed."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        del path, target
        if fullname.partition(".")[0] in ("PySide6", "shiboken6"):
            raise ModuleNotFoundError(f"{fullname} is blocked in this test run", name=fullname)
        return None


if os.environ.get("PELLUCID_TEST_WITHOUT_QT"):
    sys.meta_path.insert(0, _QtBlocker())


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


@pytest.fixture(scope="session")
def offline_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the real encoder; skips, visibly, where `offline` is not installed."""
    from pellucid.encoders.offline import offline_folder

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PELLUCID_HOME", str(tmp_path_factory.mktemp("home_of_the_encoder")))
        folder = offline_folder()
    if folder is None:
        pytest.skip("the extra `offline` is not installed")
    return folder


@pytest.fixture(scope="session")
def story_model(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a tiny language model that was really trained."""
    from story_model import save_story_model

    place = real_data / "llm_stories260K"
    folder = tmp_path_factory.mktemp("stories") / "stories260K"
    return save_story_model(folder, place / "stories260K.bin", place / "tok512.bin")
