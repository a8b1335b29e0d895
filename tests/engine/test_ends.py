"""However the window or the engine ends, no process is left; and a cancelled fit keeps its bags."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import psutil
import pytest
from engine_harness import Engine, wait_until_gone

from pellucid.engine.events import Failed, Finished, Partial, Progressed, WorkerDied
from pellucid.models.files import load_fit

WINDOW = """
import sys, threading, time
from pellucid.engine.client import EngineClient
from pellucid.engine.events import Finished, Progressed

def tell(event):
    if isinstance(event, Finished) and event.job == opened:
        client.submit("fit", {"store": event.value["store"], "options": {"target": "wet"}})
    if isinstance(event, Progressed) and event.progress.stage.startswith("Fitting"):
        print(client.pid, flush=True)

client = EngineClient(tell)
opened = client.submit("open", {"path": sys.argv[1]})
threading.Event().wait()
"""


@pytest.fixture
def weather(tmp_path: Path) -> Path:
    """Return a table that takes a while to fit."""
    random = np.random.default_rng(5)
    values = random.normal(size=(4000, 8))
    wet = np.where(values[:, 0] + values[:, 1] ** 2 > random.normal(size=4000), "yes", "no")
    path = tmp_path / "weather.csv"
    rows = [
        ",".join([*map(str, row.round(3)), label]) for row, label in zip(values, wet, strict=True)
    ]
    path.write_text(",".join([*"abcdefgh", "wet"]) + "\n" + "\n".join(rows) + "\n")
    return path


def fit(engine: Engine, path: Path) -> str:
    opened = engine.end(engine.client.submit("open", {"path": path}))
    assert isinstance(opened, Finished)
    options = {"target": "wet"}
    return engine.client.submit("fit", {"store": opened.value["store"], "options": options})


def wait_for_bags(engine: Engine, how_many: int) -> None:
    engine.wait(lambda e: isinstance(e, Partial) and e.value["bags"] >= how_many)


def family(pid: int) -> list[int]:
    """Return a process and all that it started, by id."""
    return [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]


def test_killing_the_window_leaves_no_process(weather: Path) -> None:
    window = subprocess.Popen(
        [sys.executable, "-c", WINDOW, str(weather)], stdout=subprocess.PIPE, text=True
    )
    assert window.stdout is not None
    engine_pid = int(window.stdout.readline())
    pids = family(engine_pid)
    assert len(pids) > 1, "the fit has workers of its own"

    window.kill()
    window.wait()
    window.stdout.close()

    wait_until_gone(pids)


def test_killing_the_engine_leaves_no_worker(engine: Engine, weather: Path) -> None:
    job = fit(engine, weather)
    engine.wait(lambda e: isinstance(e, Progressed) and e.progress.stage.startswith("Fitting"))
    pids = family(engine.pid())

    os.kill(engine.pid(), signal.SIGKILL)

    engine.wait(lambda e: isinstance(e, WorkerDied))
    assert isinstance(engine.end(job), Failed)
    wait_until_gone(pids)


def test_a_cancelled_fit_keeps_its_bags_and_ends_its_workers(
    engine: Engine, weather: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # On a loaded machine a willing job may notice late; what a stuck one loses is tested apart.
    monkeypatch.setattr("pellucid.engine.client.GRACE_S", 60.0)
    monkeypatch.setattr("pellucid.engine.client.KEEP_S", 60.0)
    job = fit(engine, weather)
    wait_for_bags(engine, 1)
    engine_pid, *workers = family(engine.pid())

    engine.client.cancel(job)

    ended = engine.end(job)
    assert isinstance(ended, Finished), ended
    summary = ended.value["summary"]
    assert 1 <= summary["bags"] <= summary["bags_asked"]
    assert load_fit(Path(ended.value["fit"])).model.bags == summary["bags"]
    wait_until_gone(workers)
    assert engine.pid() == engine_pid


def test_closing_the_window_while_it_fits_leaves_no_process(engine: Engine, weather: Path) -> None:
    fit(engine, weather)
    wait_for_bags(engine, 1)
    pids = family(engine.pid())

    engine.client.close()

    wait_until_gone(pids)


def test_curves_come_as_files_that_the_window_can_read(engine: Engine, weather: Path) -> None:
    job = fit(engine, weather)
    wait_for_bags(engine, 2)
    curves = [e.value for e in engine.events if isinstance(e, Partial) and e.job == job]
    engine.client.cancel(job)
    engine.end(job)

    assert curves[0]["bags"] == 0
    assert [c["bags"] for c in curves] == sorted(c["bags"] for c in curves)
    latest = curves[-1]
    model = load_fit(Path(latest["fit"])).model
    assert model.bags == latest["bags"]
    assert latest["bags_asked"] >= latest["bags"]
    assert {term.name for term in model.terms} >= set("ab")
