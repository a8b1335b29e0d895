"""What the engine's tests share: a client with a memory, and a look at processes by their ids."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import psutil

from pellucid.engine.client import EngineClient
from pellucid.engine.events import Event, Failed, Finished, Started, Stopped

WAIT_S = 120.0
Predicate = Callable[[Event], bool]


class Engine:
    """A client and every event it was told, in order."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._changed = threading.Condition()
        self.client = EngineClient(self._tell)

    def _tell(self, event: Event) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def wait(self, wanted: Predicate, *, whatever_fails: bool = False) -> Event:
        """Return the first event that is `wanted`, waiting for it unless a job has failed."""

        def is_over() -> bool:
            ends = [] if whatever_fails else [e for e in self.events if isinstance(e, Failed)]
            return bool(ends) or any(map(wanted, self.events))

        with self._changed:
            self._changed.wait_for(is_over, WAIT_S)
            found = [event for event in self.events if wanted(event)]
            assert found, f"waited in vain; heard {self.events}"
            return found[0]

    def started(self, job: str) -> None:
        self.wait(lambda e: isinstance(e, Started) and e.job == job)

    def end(self, job: str) -> Event:
        """Return the event that ends a job."""
        return self.wait(
            lambda e: isinstance(e, Finished | Failed | Stopped) and e.job == job,
            whatever_fails=True,
        )

    def pid(self) -> int:
        assert self.client.pid is not None
        return self.client.pid


def is_gone(pid: int) -> bool:
    """Tell whether a process has ended; one that only waits to be collected has."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def wait_until_gone(pids: list[int]) -> None:
    deadline = time.monotonic() + WAIT_S
    while left := [pid for pid in pids if not is_gone(pid)]:
        assert time.monotonic() < deadline, f"still there: {left}"
        time.sleep(0.02)
