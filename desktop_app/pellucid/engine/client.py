"""The window's end of the engine: submit a job, hear of it, cancel it."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pellucid.core.run import Progress
from pellucid.core.values import from_json, to_json
from pellucid.engine.events import (
    Event,
    Failed,
    Finished,
    Partial,
    Progressed,
    Started,
    Stopped,
    WorkerDied,
)
from pellucid.engine.process import WorkerProcess, log_path
from pellucid.engine.protocol import Message, Spool, new_spool, unpack

Lane = Literal["heavy", "quick"]
GRACE_S = 0.5
"""How long a cancelled job may take to notice it before its process is ended."""
KEEP_S = 10.0
"""How long a job that noticed may take to keep what it has done."""


@dataclass(slots=True)
class _Job:
    """A job that has not ended yet; `timer` runs once it was cancelled."""

    id: str
    name: str
    params: Any
    lane: Lane
    is_started: bool = False
    timer: threading.Timer | None = field(default=None, repr=False)


class EngineClient:
    """Runs jobs in one warm process, which starts with the first job.

    Args:
        on_event: Called with each event, on a background thread, one at a time and in order.

    All methods return at once and may be called from any thread.
    """

    def __init__(self, on_event: Callable[[Event], None]) -> None:
        self._on_event = on_event
        self._lock = threading.RLock()
        self._jobs: dict[str, _Job] = {}
        self._job_numbers = itertools.count(1)
        self._numbers = itertools.count(1)
        self._worker: WorkerProcess | None = None
        self._spool: Spool | None = None
        self._is_closed = False

    @property
    def pid(self) -> int | None:
        """The process id of the engine, None while there is none."""
        worker = self._worker
        return worker.pid if worker else None

    def submit(self, job: str, params: Mapping[str, object], lane: Lane = "heavy") -> str:
        """Queue the job called `job` and return its id; starts the engine if it is not running."""
        with self._lock:
            if self._is_closed:
                raise RuntimeError("the engine client is closed")
            entry = _Job(str(next(self._job_numbers)), job, to_json(params), lane)
            self._jobs[entry.id] = entry
            self._hand_over(entry)
            return entry.id

    def cancel(self, job: str) -> None:
        """Ask a job to stop and to keep what it has done.

        If it takes no notice within half a second, its process is ended, and the other jobs of that
        process start again in a new one.
        """
        with self._lock:
            entry = self._jobs.get(job)
            if entry is None or entry.timer is not None or self._worker is None:
                return
            self._set_timer(entry, GRACE_S)
            self._send("cancel", job)

    def close(self) -> None:
        """End the engine and all it started; no event follows."""
        with self._lock:
            self._is_closed = True
            worker, spool = self._worker, self._spool
            for entry in self._jobs.values():
                _stop_timer(entry)
            self._jobs.clear()
        if worker is not None:
            worker.close()
        if spool is not None:
            spool.remove()

    def _hand_over(self, entry: _Job) -> None:
        if self._worker is None:
            self._spool = self._spool or new_spool()
            self._worker = WorkerProcess(self._spool, self._received, self._ended)
        entry.is_started = False
        body = {"name": entry.name, "params": entry.params, "lane": entry.lane}
        self._send("submit", entry.id, body)

    def _send(self, kind: str, job: str, body: Mapping[str, Any] | None = None) -> None:
        assert self._worker is not None
        self._worker.send(Message(kind, next(self._numbers), job, body or {}))

    def _set_timer(self, entry: _Job, seconds: float) -> None:
        _stop_timer(entry)
        entry.timer = threading.Timer(seconds, self._force, (entry.id,))
        entry.timer.daemon = True
        entry.timer.start()

    def _force(self, job: str) -> None:
        with self._lock:
            if job in self._jobs and self._worker is not None:
                self._worker.kill()

    def _received(self, worker: WorkerProcess, message: Message) -> None:
        event = self._event_of(worker, message)
        with self._lock:
            entry = self._jobs.get(message.job)
            if entry is None:
                return
            entry.is_started = True
            if message.type == "stopping":
                self._set_timer(entry, KEEP_S)
            if isinstance(event, Finished | Failed | Stopped):
                _stop_timer(self._jobs.pop(message.job))
        if event is not None:
            self._tell(event)

    def _event_of(self, worker: WorkerProcess, message: Message) -> Event | None:
        """Return what the message says, its large values read and acknowledged; None for none."""
        if "value" not in message.body or self._spool is None:
            return _event(message.type, message.job, message.body)
        try:
            value, names = unpack(message.body["value"], self._spool)
        except (OSError, ValueError):
            return Failed(message.job, "A result of the engine could not be read back", "Try again")
        if names:
            worker.send(Message("ack", next(self._numbers), message.job, {"names": names}))
        return _event(message.type, message.job, {**message.body, "value": value})

    def _ended(self, worker: WorkerProcess) -> None:
        """Settle what the ended process leaves, on its reading thread."""
        with self._lock:
            if self._is_closed:
                return
            self._worker = None
            events = [*self._losses(worker)]
            for entry in self._jobs.values():
                self._hand_over(entry)
        for event in events:
            self._tell(event)

    def _losses(self, worker: WorkerProcess) -> list[Event]:
        """Take the jobs that cannot go on from the list and say what became of each."""
        cancelled = [e for e in self._jobs.values() if e.timer is not None]
        events: list[Event] = [Stopped(e.id) for e in cancelled]
        lost: list[_Job] = []
        if not worker.was_killed:
            message = "The engine stopped unexpectedly. What is shown is kept"
            events.append(WorkerDied(message))
            waiting = [e for e in self._jobs.values() if e.timer is None]
            lost = [e for e in waiting if e.is_started or not worker.was_greeted]
            hint = f"Try again; if it happens again, the details are in {log_path()}"
            events += [Failed(e.id, "The engine stopped during this step", hint) for e in lost]
        for entry in (*cancelled, *lost):
            _stop_timer(self._jobs.pop(entry.id))
        return events

    def _tell(self, event: Event) -> None:
        if not self._is_closed:
            self._on_event(event)


def _stop_timer(entry: _Job) -> None:
    if entry.timer is not None:
        entry.timer.cancel()


def _event(kind: str, job: str, body: Mapping[str, Any]) -> Event | None:
    match kind:
        case "started":
            return Started(job)
        case "progress":
            return Progressed(job, from_json(Progress, body["progress"]))
        case "partial":
            return Partial(job, body["name"], body["value"])
        case "finished":
            return Finished(job, body["value"])
        case "failed":
            return Failed(job, body["message"], body["hint"])
        case "stopped":
            return Stopped(job)
        case _:
            return None
