"""Fixtures for the window's tests: off screen, with a real engine, and nothing left behind."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pellucid.ui.app import make_app
from pellucid.ui.session import Session
from pellucid.ui.window import Window

WAIT_MS = 300_000
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Make every warning of Qt a failure."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Fail a test that leaves a thread or a process running."""
    threads = set(threading.enumerate())
    children = {child.pid for child in psutil.Process().children(recursive=True)}
    yield
    for thread in set(threading.enumerate()) - threads:
        thread.join(30)
        assert not thread.is_alive(), f"{thread.name} still runs"
    left = [c for c in psutil.Process().children(recursive=True) if c.pid not in children]
    _, alive = psutil.wait_procs(left, timeout=30)
    assert not [c for c in alive if c.status() != psutil.STATUS_ZOMBIE]


@pytest.fixture
def app(qapp: QApplication) -> QApplication:
    """Return the application in the visual system."""
    del qapp
    return make_app()


@pytest.fixture
def session(app: QApplication) -> Iterator[Session]:
    """Return a session with an engine of its own."""
    del app
    made = Session()
    yield made
    made.close()


@pytest.fixture
def window(session: Session, qtbot: QtBot) -> Iterator[Window]:
    """Return a shown window, closed in the end as a user would."""
    made = Window(session)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


@pytest.fixture
def small_csv(tmp_path: Path) -> Path:
    """Return a file of 300 rows: a number with gaps, a category, a misfit, a target."""
    path = tmp_path / "small.csv"
    lines = ["age,city,paid"]
    for i in range(300):
        age = "" if i % 20 == 0 else "old" if i == 7 else str(20 + i % 50)
        lines.append(f"{age},{('Bern', 'Köln', 'Oslo')[i % 3]},{'yes' if i % 50 > 25 else 'no'}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def opened(session: Session, qtbot: QtBot, small_csv: Path) -> Session:
    """Return a session whose table has been read and described."""
    session.open_file(small_csv)
    qtbot.waitUntil(lambda: bool(session.suggestions), timeout=WAIT_MS)
    return session


Until = Callable[[Callable[[], bool]], None]


@pytest.fixture
def until(qtbot: QtBot) -> Until:
    """Return a function that lets the event loop run until something is true."""

    def wait(condition: Callable[[], bool]) -> None:
        qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT_MS)

    return wait
