"""Our own worker processes, seen from the process that hands out tasks."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType
from typing import Any

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.models.messages import Call, Raised, Reported, Returned, TaskFunction, receive, send

WORKER_FLAG = "--fit-worker"
_POLL_S = 0.05
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def worker_command() -> list[str]:
    """Return the command that starts a worker; in a frozen app, the app itself with a flag."""
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKER_FLAG]
    # -P keeps a file called, say, numpy.py in the user's folder from being imported.
    return [sys.executable, "-P", "-m", "pellucid.models.worker"]


class Workers:
    """A few processes that take tasks from one queue, first come first served.

    They share the parent's process group, keep to one thread each, and end with the parent. Use it
    as a context manager: leaving it kills them, whatever they are doing.
    """

    def __init__(self, processes: int) -> None:
        self._answers: queue.SimpleQueue[tuple[int, Any]] = queue.SimpleQueue()
        self._waiting: deque[Call] = deque()
        self._early: deque[Returned] = deque()
        self._running: dict[int, int] = {}
        self._next_id = 0
        self._processes = [self._start() for _ in range(max(1, processes))]
        self._readers = [
            threading.Thread(target=self._read, args=(index, process), daemon=True)
            for index, process in enumerate(self._processes)
        ]
        for reader in self._readers:
            reader.start()

    @property
    def pids(self) -> tuple[int, ...]:
        return tuple(process.pid for process in self._processes)

    def submit(self, function: TaskFunction, *arguments: Any) -> int:
        """Queue a task and return its id. See `messages.Call` for what `function` is given."""
        self._next_id += 1
        self._waiting.append(Call(self._next_id, function, arguments))
        self._hand_out()
        return self._next_id

    def answers(self, run: Run) -> Iterator[Reported | Returned]:
        """Yield reports and results as they come, until no task is left.

        Raises `StoppedError` within a twentieth of a second of being asked to stop, the task's own
        `UserError`, or a `UserError` where a process ended by itself.
        """
        while self._early:
            yield self._early.popleft()
        while self._running or self._waiting:
            run.check()
            try:
                index, answer = self._answers.get(timeout=_POLL_S)
            except queue.Empty:
                continue
            if answer is None:
                raise UserError(
                    "A process that was fitting ended unexpectedly; memory may have run out",
                    "Close other programs, or leave out columns, then fit again.",
                )
            if isinstance(answer, Raised):
                if isinstance(answer.error, UserError):
                    raise answer.error
                raise RuntimeError(answer.error)
            if isinstance(answer, Returned):
                del self._running[index]
                self._hand_out()
            yield answer

    def result(self, task: int, run: Run) -> Any:
        """Wait for one task and return its value; results that come before it are kept."""
        others: list[Returned] = []
        for answer in self.answers(run):
            if isinstance(answer, Returned) and answer.id == task:
                self._early.extend(others)
                return answer.value
            if isinstance(answer, Returned):
                others.append(answer)
        raise KeyError(task)

    def close(self) -> None:
        """Kill the processes and wait until they are gone."""
        for process in self._processes:
            process.kill()
        for process, reader in zip(self._processes, self._readers, strict=True):
            process.wait()
            reader.join()
            assert process.stdin is not None
            with suppress(OSError):
                process.stdin.close()

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            worker_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **dict.fromkeys(_ONE_THREAD, "1")},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def _read(self, index: int, process: subprocess.Popen[bytes]) -> None:
        """Pass on what a worker says, then None: on a thread of its own."""
        assert process.stdout is not None
        with process.stdout as stream:
            try:
                while True:
                    self._answers.put((index, receive(stream)))
            except (EOFError, OSError):
                pass
            finally:
                self._answers.put((index, None))

    def _hand_out(self) -> None:
        """Give waiting tasks to idle workers."""
        for index, process in enumerate(self._processes):
            if self._waiting and index not in self._running:
                call = self._waiting.popleft()
                self._running[index] = call.id
                assert process.stdin is not None
                try:
                    send(process.stdin, call)
                except OSError:
                    self._answers.put((index, None))
