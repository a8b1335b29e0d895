"""The run context: how a piece of work reports, publishes what is ready, and is stopped."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pellucid.core.errors import StoppedError


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a job stands: a stage in words and the numbers that go with it.

    `done` of `total` are counts of real units (bags, rows, files), never an estimated share.
    """

    stage: str
    done: int | None = None
    total: int | None = None
    numbers: Mapping[str, float] = field(default_factory=dict)


def _ignore_progress(progress: Progress) -> None:
    del progress


def _ignore_partial(name: str, value: object) -> None:
    del name, value


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Run:
    """Carries a job's seed, workers and the three callbacks that tie it to whoever started it.

    Args:
        seed: Seeds every random choice of the job; the same seed gives the same result.
        workers: Worker processes to use at most, 1 or more.
        on_progress: Called with each `Progress`.
        on_partial: Called with a name and a value when part of the result is ready to be shown.
        should_stop: Returns True once the user has asked to stop.
    """

    seed: int = 0
    workers: int = field(default_factory=lambda: max(1, os.cpu_count() or 1))
    on_progress: Callable[[Progress], None] = _ignore_progress
    on_partial: Callable[[str, object], None] = _ignore_partial
    should_stop: Callable[[], bool] = _never

    def progress(
        self, stage: str, done: int | None = None, total: int | None = None, **numbers: float
    ) -> None:
        """Report the stage and its numbers."""
        self.on_progress(Progress(stage, done, total, numbers))

    def publish(self, name: str, value: object) -> None:
        """Hand over a part of the result as soon as it can be shown."""
        self.on_partial(name, value)

    def check(self) -> None:
        """Raise `StoppedError` if the user has asked to stop."""
        if self.should_stop():
            raise StoppedError
