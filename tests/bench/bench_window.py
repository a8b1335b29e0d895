"""The window: how soon it is there, and whether it answers while a model is being fitted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from figures import REAL_DATA, Figure

RUNS = 5
HERE = Path(__file__).parent


def figures() -> Iterator[Figure]:
    """Yield the figures of starting, of the event loop during a fit, and of cancelling."""
    pairs = [(start_seconds("ours"), start_seconds("bare")) for _ in range(RUNS + 1)][1:]
    ours, bare = (median(column) for column in zip(*pairs, strict=True))
    yield Figure("Window: seconds until it shows", ours, "s", bare, 2, is_ratio=True)
    told = fit_in_window()
    yield Figure("Adult in the window: beats heard while fitting", told["beats"], "")
    yield Figure("Adult in the window: longest gap of a 10 ms beat", told["worst_ms"], "ms",
                 limit=100)  # fmt: skip
    yield Figure("Adult in the window: 99th percentile of the gaps", told["p99_ms"], "ms")
    yield Figure("Adult in the window: seconds until Cancel returns", told["cancel_s"], "s",
                 limit=1)  # fmt: skip
    yield Figure("Adult in the window: worker processes while fitting", told["workers"], "")
    yield Figure("Adult in the window: of these, left behind", told["left_behind"], "", limit=0)


def start_seconds(which: str) -> float:
    """Return the seconds from starting the process until the window is painted."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, str(HERE / "window_start.py"), which],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    shown = time.perf_counter() - start
    process.stdout.close()
    process.wait()
    if line.strip() != b"shown":
        raise RuntimeError(f"the {which} window did not show")
    return shown


def fit_in_window() -> dict[str, float]:
    """Fit Adult in a real window and return what its heartbeat heard."""
    path = REAL_DATA / "adult" / "census_income.csv"
    done = subprocess.run(
        [sys.executable, str(HERE / "fit_in_window.py"), str(path), "Income"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


if __name__ == "__main__":
    for figure in figures():
        print(figure.line(), flush=True)
