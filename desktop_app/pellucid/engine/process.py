"""The engine's process as the window sees it: lines in, lines out, and its end."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO

from pellucid.core.paths import state_dir
from pellucid.engine.protocol import Message, ProtocolError, Spool, read_messages, to_line

WORKER_FLAG = "--engine-worker"
LOG_BYTES = 1_000_000
_CLOSE_S = 2.0


def worker_command(spool: Path) -> list[str]:
    """Return the command that starts the engine; in a frozen app, the app itself with a flag."""
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKER_FLAG, str(spool)]
    # -P keeps a file called, say, numpy.py in the user's folder from being imported.
    return [sys.executable, "-P", "-m", "pellucid.engine.worker", str(spool)]


def log_path() -> Path:
    """Return the engine's log, whose folder is made; the one before it is kept as `.old`."""
    folder = state_dir() / "logs"
    folder.mkdir(exist_ok=True)
    path = folder / "engine.log"
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_suffix(".log.old"))
    return path


class WorkerProcess:
    """One engine process with the thread that reads it and the thread that writes to it.

    The process starts on the reading thread, so that making one never holds up the caller.

    Args:
        spool: The folder for large values.
        on_message: Called on the reading thread with this object and each message.
        on_end: Called last on the reading thread, when the process and its children are gone.
    """

    def __init__(
        self,
        spool: Spool,
        on_message: Callable[[WorkerProcess, Message], None],
        on_end: Callable[[WorkerProcess], None],
    ) -> None:
        self.was_greeted = False
        self.was_killed = False
        self.pid: int | None = None
        self._spool = spool
        self._on_message = on_message
        self._on_end = on_end
        self._outgoing: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name="engine-reader", daemon=True)
        self._thread.start()

    def send(self, message: Message) -> None:
        """Queue a message; it is dropped if the process has ended."""
        self._outgoing.put(to_line(message))

    def kill(self) -> None:
        """End the process and everything it started, at once."""
        with self._lock:
            self.was_killed = True
            if self._process is not None and self._process.poll() is None:
                _kill_group(self._process)

    def close(self) -> None:
        """Let the process end by closing its input; kill it if it has not within two seconds."""
        self._outgoing.put(None)
        if threading.current_thread() is self._thread:
            return
        self._thread.join(_CLOSE_S)
        if self._thread.is_alive():
            self.kill()
            self._thread.join(_CLOSE_S)

    def _run(self) -> None:
        process = self._start()
        if process is not None:
            writer = threading.Thread(
                target=self._write, args=(process.stdin,), name="engine-writer", daemon=True
            )
            writer.start()
            try:
                self._read(process)
            finally:
                self._outgoing.put(None)
                _kill_group(process)
                process.wait()
                writer.join()
        self._on_end(self)

    def _start(self) -> subprocess.Popen[bytes] | None:
        with self._lock, log_path().open("ab") as log:
            if self.was_killed:
                return None
            with contextlib.suppress(OSError):
                self._process = subprocess.Popen(
                    worker_command(self._spool.folder),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    start_new_session=True,
                )
                self.pid = self._process.pid
            return self._process

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        with process.stdout, contextlib.suppress(ProtocolError):
            for message in read_messages(process.stdout):
                self.was_greeted = True
                self._on_message(self, message)

    def _write(self, stream: IO[bytes]) -> None:
        with contextlib.suppress(BrokenPipeError), stream:
            while (line := self._outgoing.get()) is not None:
                stream.write(line)
                stream.flush()


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill the process and whatever it started: all are in the session that it leads."""
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
