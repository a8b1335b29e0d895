"""Fit a model in the window while a heartbeat listens to the event loop, then cancel a second fit.

Run: python tests/bench/fit_in_window.py FILE TARGET; prints one JSON object.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import psutil
from PySide6.QtCore import QObject, Qt, QTimer

from pellucid.models.types import FitOptions
from pellucid.ui.app import make_app
from pellucid.ui.session import Session
from pellucid.ui.window import Window

BEAT_MS = 10
LIMIT_MS = 600_000


class Heartbeat(QObject):
    """Notes how long the event loop kept each 10 ms tick waiting."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps_ms: list[float] = []
        self.last = 0.0
        self.timer = QTimer(self)
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.setInterval(BEAT_MS)
        self.timer.timeout.connect(self.beat)

    def start(self) -> None:
        self.last = time.perf_counter()
        self.timer.start()

    def beat(self) -> None:
        now = time.perf_counter()
        self.gaps_ms.append((now - self.last) * 1000)
        self.last = now


class Bench(QObject):
    """Walks through opening, fitting, and cancelling a second fit."""

    def __init__(self, path: Path, target: str) -> None:
        super().__init__()
        self.app = make_app()
        self.session = Session()
        self.window = Window(self.session)
        self.heartbeat = Heartbeat()
        self.options = FitOptions(target)
        self.cancelled_at = 0.0
        self.told: dict[str, float] = {}
        self.workers: list[psutil.Process] = []
        self.session.target_changed.connect(self.fit_once)
        self.session.fit_finished.connect(self.finished)
        self.session.model_changed.connect(self.cancel_at_first_curves)
        self.session.job_changed.connect(self.note_return)
        self.window.show()
        QTimer.singleShot(LIMIT_MS, lambda: self.app.exit(1))
        QTimer.singleShot(0, lambda: self.session.open_file(path))

    def fit_once(self) -> None:
        if self.session.profile is None or self.session.options is not None:
            return
        self.window.show_page("model")
        self.heartbeat.start()
        self.session.fit(self.options)

    def finished(self) -> None:
        if "beats" in self.told:
            return
        gaps = sorted(self.heartbeat.gaps_ms)
        self.told = {
            "beats": len(gaps),
            "worst_ms": gaps[-1],
            "p99_ms": gaps[int(len(gaps) * 0.99)],
        }
        QTimer.singleShot(500, lambda: self.session.fit(self.options))

    def cancel_at_first_curves(self) -> None:
        if "beats" in self.told and self.session.bags and not self.cancelled_at:
            engine = psutil.Process().children()
            self.workers = [child for one in engine for child in one.children(recursive=True)]
            self.cancelled_at = time.perf_counter()
            self.session.cancel()

    def note_return(self) -> None:
        if self.cancelled_at and not self.session.is_fitting and "cancel_s" not in self.told:
            self.told["cancel_s"] = time.perf_counter() - self.cancelled_at
            self.told["workers"] = len(self.workers)
            QTimer.singleShot(1000, self.leave)

    def leave(self) -> None:
        self.told["left_behind"] = sum(worker.is_running() for worker in self.workers)
        self.window.close()
        self.app.exit(0)


def main(path: Path, target: str) -> int:
    """Print the figures and return the window's exit code."""
    bench = Bench(path, target)
    code = bench.app.exec()
    print(json.dumps(bench.told), flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
