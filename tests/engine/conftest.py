"""An engine under test, and files for it to read."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from engine_harness import Engine, wait_until_gone
from text_shelf import Shelf, make_shelf


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = Engine()
    yield made
    pid = made.client.pid
    made.client.close()
    if pid is not None:
        wait_until_gone([pid])
    assert not [t for t in threading.enumerate() if t.name.startswith("engine-") and t.is_alive()]


@pytest.fixture
def birds(tmp_path: Path) -> Path:
    path = tmp_path / "birds.csv"
    rows = [f"{'Adelie' if i % 2 else 'Gentoo'},{180 + i},{i % 7}" for i in range(40)]
    path.write_text("species,flipper,year\n" + "\n".join(rows) + "\n")
    return path


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    """Return a file that nobody ever writes to: whoever opens it waits and hears nothing."""
    path = tmp_path / "endless.csv"
    os.mkfifo(path)
    return path


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Return a table of films and models of it, fitted once for all tests of jobs about texts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PELLUCID_HOME", str(tmp_path_factory.mktemp("home")))
        return make_shelf(tmp_path_factory.mktemp("films"))
