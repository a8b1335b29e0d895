"""The engine process: reads jobs from its input, runs them on two lanes, ends with its input."""

from __future__ import annotations

import contextlib
import faulthandler
import itertools
import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, NoReturn

from pellucid.core.errors import StoppedError, UserError
from pellucid.core.offline import stay_offline
from pellucid.core.run import Progress, Run
from pellucid.core.values import to_json
from pellucid.engine.jobs import JOBS
from pellucid.engine.process import log_path
from pellucid.engine.protocol import Message, Spool, pack, read_messages, to_line

PROGRESS_S = 0.05
"""Progress of one stage is told at most this often."""
_END_S = 0.3

log = logging.getLogger("pellucid.engine")


@dataclass(frozen=True, slots=True)
class Task:
    """A job on its way through a lane; `stop` is set once the user has cancelled it."""

    id: str
    name: str
    params: Mapping[str, Any]
    stop: threading.Event = field(default_factory=threading.Event)


class Channel:
    """Writes messages to the window, from any thread, one line at a time."""

    def __init__(self, stream: IO[bytes], spool: Spool) -> None:
        self._stream = stream
        self._spool = spool
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)

    def send(self, kind: str, job: str = "", **body: Any) -> None:
        """Send a message whose body is plain JSON."""
        with self._lock, contextlib.suppress(BrokenPipeError):
            self._stream.write(to_line(Message(kind, next(self._numbers), job, body)))
            self._stream.flush()

    def send_value(self, kind: str, job: str, value: object, **body: Any) -> None:
        """Send a message with a value, whose large parts cross through the spool."""
        self.send(kind, job, value=pack(value, self._spool), **body)

    def acknowledged(self, names: list[str]) -> None:
        """Delete what the window has read."""
        self._spool.drop(names)


class Lane:
    """Tasks that wait, and the thread that runs them in turn."""

    def __init__(self, name: str, channel: Channel) -> None:
        self._channel = channel
        self._changed = threading.Condition()
        self._waiting: dict[str, Task] = {}
        self._running: Task | None = None
        threading.Thread(target=self._run, name=f"lane-{name}", daemon=True).start()

    @property
    def is_busy(self) -> bool:
        return self._running is not None

    def put(self, task: Task) -> None:
        with self._changed:
            self._waiting[task.id] = task
            self._changed.notify()

    def cancel(self, job: str) -> None:
        """Ask a running task to stop; one that still waits is taken out and reported at once."""
        with self._changed:
            if self._running is not None and self._running.id == job:
                self._running.stop.set()
            was_waiting = self._waiting.pop(job, None) is not None
        if was_waiting:
            self._channel.send("stopped", job)

    def cancel_all(self) -> None:
        """Ask the running task to stop and forget those that wait."""
        with self._changed:
            self._waiting.clear()
            if self._running is not None:
                self._running.stop.set()

    def _run(self) -> None:
        while True:
            run_task(self._next(), self._channel)
            self._running = None

    def _next(self) -> Task:
        """Wait for a task."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting)
            self._running = self._waiting.pop(next(iter(self._waiting)))
            return self._running


def run_task(task: Task, channel: Channel) -> None:
    """Run a task and send what comes of it; whatever it raises becomes a message."""
    try:
        channel.send("started", task.id)
        value = JOBS[task.name](_run_of(task, channel), **task.params)
        channel.send_value("finished", task.id, value)
    except StoppedError:
        channel.send("stopped", task.id)
    except UserError as error:
        channel.send("failed", task.id, message=error.message, hint=error.hint)
    except MemoryError:
        log.exception("job %s ran out of memory", task.name)
        message = "There is not enough memory for this step"
        hint = "Close other programs, or work with fewer columns"
        channel.send("failed", task.id, message=message, hint=hint)
    except Exception:
        log.exception("job %s failed", task.name)
        message = "Something went wrong inside Pellucid; what is shown is kept"
        hint = f"Try again; the details are in {log_path()}"
        channel.send("failed", task.id, message=message, hint=hint)


def _run_of(task: Task, channel: Channel) -> Run:
    """Tie a run to the task's messages and its stop; progress within one stage is thinned out.

    The window hears when the job learns that it is to stop, since a job that knows may take a
    moment to keep what it has done.
    """
    last: tuple[str, bool] = ("", False)
    told_at = 0.0
    is_stopping = False

    def on_progress(progress: Progress) -> None:
        nonlocal last, told_at
        now = time.monotonic()
        what = (progress.stage, progress.total is not None)  # a count that begins is always told
        if what != last or now - told_at >= PROGRESS_S:
            last, told_at = what, now
            channel.send("progress", task.id, progress=to_json(progress))

    def on_partial(name: str, value: object) -> None:
        channel.send_value("partial", task.id, value, name=name)

    def should_stop() -> bool:
        nonlocal is_stopping
        if task.stop.is_set() and not is_stopping:
            is_stopping = True
            channel.send("stopping", task.id)
        return is_stopping

    return Run(on_progress=on_progress, on_partial=on_partial, should_stop=should_stop)


def serve(incoming: IO[bytes], channel: Channel, lanes: Mapping[str, Lane]) -> None:
    """Act on messages until the input ends."""
    for message in read_messages(incoming):
        body = message.body
        if message.type == "submit":
            lanes[body["lane"]].put(Task(message.job, body["name"], body["params"]))
        elif message.type == "cancel":
            for lane in lanes.values():
                lane.cancel(message.job)
        elif message.type == "ack":
            channel.acknowledged(body["names"])


def main(spool_folder: str) -> NoReturn:
    """Run the engine until its input ends, then end everything it started."""
    incoming, outgoing = _private_streams()
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    faulthandler.enable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stay_offline()
    spool = Spool(Path(spool_folder))
    channel = Channel(outgoing, spool)
    lanes = {name: Lane(name, channel) for name in ("quick", "heavy")}
    channel.send("hello")
    try:
        serve(incoming, channel, lanes)
    except Exception:
        log.exception("the engine ends")
    for lane in lanes.values():
        lane.cancel_all()
    if any(lane.is_busy for lane in lanes.values()):
        time.sleep(_END_S)  # So that a file being written is taken away again.
    spool.remove()
    _end_all()


def _private_streams() -> tuple[IO[bytes], IO[bytes]]:
    """Take over input and output, so that no library can read from the one or print into the other.

    The public descriptors then point at nothing and at the log. Duplicates are not inherited by the
    processes that fits start.
    """
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return incoming, outgoing


def _end_all() -> NoReturn:
    """End this process and its children without waiting for anything they do."""
    for child in multiprocessing.active_children():
        child.kill()
    if os.name == "posix" and os.getpgrp() == os.getpid():
        with contextlib.suppress(ProcessLookupError):
            os.killpg(0, signal.SIGKILL)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
