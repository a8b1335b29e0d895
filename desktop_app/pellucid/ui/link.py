"""Ties the engine to the window: jobs in, typed values and news out, on the GUI thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from PySide6.QtCore import QObject, Qt, Signal, Slot

from pellucid.core.errors import UserError
from pellucid.engine.client import EngineClient
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
from pellucid.ui.states import TITLES, JobState


def _as_is(value: Any) -> Any:
    return value


def _nothing(*values: object) -> None:
    del values


@dataclass(frozen=True, slots=True)
class Request:
    """A job and what is to become of its news.

    `read` and `read_partial` turn JSON into values on a background thread; `done`, `partial`,
    `failed(message, hint)` and `stopped` are called on the GUI thread.
    """

    name: str
    params: Mapping[str, object]
    done: Callable[[Any], None]
    read: Callable[[Any], Any] = _as_is
    partial: Callable[[str, Any], None] = _nothing
    read_partial: Callable[[Any], Any] = _as_is
    failed: Callable[[str, str], None] | None = None
    stopped: Callable[[], None] = _nothing
    lane: Literal["heavy", "quick"] = "heavy"


@dataclass(slots=True)
class _Running:
    request: Request
    state: JobState
    is_dropped: bool = False


def _read(event: Event, request: Request) -> Event | None:
    """Return the event with its value typed; None for a part of a result that cannot be read."""
    try:
        if isinstance(event, Partial):
            return Partial(event.job, event.name, request.read_partial(event.value))
        return (
            Finished(event.job, request.read(event.value)) if isinstance(event, Finished) else event
        )
    except UserError as error:
        message, hint = error.message, error.hint
    except (TypeError, KeyError, ValueError, AttributeError, OSError) as error:
        message, hint = f"A result of the engine could not be read: {error}", "Try again."
    return Failed(event.job, message, hint) if isinstance(event, Finished) else None


class Link(QObject):
    """Runs requests in the engine process.

    `jobs_changed` follows every change of `current`; `failed(name, message, hint)` is emitted for
    requests without an outlet of their own, `died(message)` when the engine's process ended.
    """

    jobs_changed = Signal()
    failed = Signal(str, str, str)
    died = Signal(str)
    _news = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._running: dict[str, _Running] = {}
        self._news.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._is_open = True
        self.client = EngineClient(self._receive)

    def submit(self, request: Request) -> str:
        """Queue a request; returns its job id."""
        with self._lock:
            job = self.client.submit(request.name, request.params, request.lane)
            state = JobState(job, request.name, TITLES.get(request.name, request.name))
            self._running[job] = _Running(request, state)
        self.jobs_changed.emit()
        return job

    def cancel(self, job: str) -> None:
        """Ask a job to stop and to keep what is finished."""
        running = self._running.get(job)
        if running is not None and not running.state.is_stopping:
            running.state = replace(running.state, is_stopping=True)
            self.client.cancel(job)
            self.jobs_changed.emit()

    def drop(self, *names: str) -> None:
        """Cancel the jobs called `names` (all where none is named) and hear no more of them.

        A quick job is left to end by itself while a heavy one runs: a job that does not stop in
        time takes its process with it, and the heavy one would have to start again.
        """
        dropped = {j: r for j, r in self._running.items() if not names or r.request.name in names}
        for running in dropped.values():
            running.is_dropped = True
        for job, running in dropped.items():
            if running.request.lane == "heavy" or self.current is None:
                self.client.cancel(job)
        self.jobs_changed.emit()

    def forget(self, job: str) -> None:
        """Hear no more of one job, and stop it where that harms no other; see `drop`."""
        running = self._running.get(job)
        if running is not None and not running.is_dropped:
            running.is_dropped = True
            if running.request.lane == "heavy" or self.current is None:
                self.client.cancel(job)
            self.jobs_changed.emit()

    def is_running(self, name: str) -> bool:
        return any(r.request.name == name and not r.is_dropped for r in self._running.values())

    @property
    def current(self) -> JobState | None:
        """The job to show: the heavy one that has come furthest, or None."""
        heavy = [
            r.state
            for r in self._running.values()
            if r.request.lane == "heavy" and not r.is_dropped
        ]
        told = [state for state in heavy if state.progress is not None]
        return next(iter(told or heavy), None)

    def close(self) -> None:
        """End the engine; no outlet is called afterwards."""
        self._is_open = False
        self.client.close()
        self._running.clear()

    def _receive(self, event: Event) -> None:
        """Read values on the engine's thread and pass the event on to the GUI thread."""
        with self._lock:
            running = self._running.get(getattr(event, "job", ""))
        told = _read(event, running.request) if running else event
        if told is not None and self._is_open:
            self._news.emit(told)

    @Slot(object)
    def _deliver(self, event: Event) -> None:
        if not self._is_open:
            return
        if isinstance(event, WorkerDied):
            self.died.emit(event.message)
            return
        running = self._running.get(event.job)
        if running is None:
            return
        if isinstance(event, Finished | Failed | Stopped):
            del self._running[event.job]
        if not running.is_dropped:
            self._tell(event, running)
        self.jobs_changed.emit()

    def _tell(self, event: Event, running: _Running) -> None:
        request = running.request
        match event:
            case Progressed(progress=progress):
                running.state = replace(running.state, progress=progress)
            case Partial(name=name, value=value):
                request.partial(name, value)
            case Finished(value=value):
                request.done(value)
            case Failed(message=message, hint=hint) if request.failed is not None:
                request.failed(message, hint)
            case Failed(message=message, hint=hint):
                self.failed.emit(request.name, message, hint)
            case Stopped():
                request.stopped()
            case Started() | WorkerDied():
                pass
