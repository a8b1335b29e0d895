"""What the engine tells whoever submitted a job, one frozen value a kind of news."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pellucid.core.run import Progress


@dataclass(frozen=True, slots=True)
class Started:
    """The job left its queue."""

    job: str


@dataclass(frozen=True, slots=True)
class Progressed:
    """Where the job stands."""

    job: str
    progress: Progress


@dataclass(frozen=True, slots=True)
class Partial:
    """Part of the result, ready to be shown while the job goes on."""

    job: str
    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class Finished:
    """The result: plain JSON with arrays in place, see `core.values.from_json`.

    A job that was asked to stop and could keep what it had done finishes too.
    """

    job: str
    value: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """What went wrong, in words for the user, and the way out where there is one."""

    job: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """The job was cancelled and left no result."""

    job: str


@dataclass(frozen=True, slots=True)
class WorkerDied:
    """The engine's process ended by itself; the next job starts a new one.

    The jobs it was running follow as `Failed`; those that still waited go on in the new process.
    """

    message: str


Event = Started | Progressed | Partial | Finished | Failed | Stopped | WorkerDied
