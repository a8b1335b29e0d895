"""DuckDB as Pellucid uses it: bounded, offline, and stoppable."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pellucid.core.errors import StoppedError
from pellucid.core.run import Run

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

WINDOW_MEMORY_MB = 128
"""Enough to page, and small beside the window itself."""
ENGINE_MEMORY_MB = 500
"""Keeps reading and profiling 500 MB of text under 1 GB resident; beyond it DuckDB spills."""
_POLL_S = 0.05


def connect(
    path: Path, *, memory_mb: int = WINDOW_MEMORY_MB, threads: int = 1, read_only: bool = True
) -> DuckDBPyConnection:
    """Open the DuckDB file at `path`; it never loads extensions, so it never needs a network.

    The limits hold for all connections of this process to the file: the last one sets them.
    """
    import duckdb

    connection = duckdb.connect(
        str(path),
        read_only=read_only,
        config={"autoinstall_known_extensions": False, "autoload_known_extensions": False},
    )
    connection.execute(f"SET memory_limit = '{memory_mb}MB'")
    connection.execute(f"SET threads = {threads}")
    connection.execute(f"SET temp_directory = {literal(str(path.with_name('spill')))}")
    return connection


def literal(text: str) -> str:
    """Return `text` as an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def literals(texts: Sequence[str]) -> str:
    """Return `texts` as a comma-separated list of SQL string literals."""
    return ", ".join(literal(text) for text in texts)


@contextmanager
def interruptible(connection: DuckDBPyConnection, run: Run) -> Iterator[None]:
    """Interrupt what runs on `connection` within the block once the user asks to stop.

    `run.should_stop` is then called from another thread. Raises `StoppedError`.
    """
    import duckdb

    done = threading.Event()

    def watch() -> None:
        while not done.wait(_POLL_S):
            if run.should_stop():
                connection.interrupt()

    thread = threading.Thread(target=watch, name="stop watch", daemon=True)
    thread.start()
    try:
        yield
    except duckdb.InterruptException:
        raise StoppedError from None
    finally:
        done.set()
        thread.join()


def execute(connection: DuckDBPyConnection, sql: str, run: Run, stage: str, total: int) -> None:
    """Run one long statement, reporting `total` times the share DuckDB says is done.

    The statement runs in a thread of its own so that `run`'s callbacks stay in the caller's.
    Raises `StoppedError` within a moment of the user asking to stop, and whatever DuckDB raises.
    """
    failures: list[BaseException] = []

    def work() -> None:
        try:
            connection.execute(sql)
        except BaseException as error:  # noqa: BLE001 - handed to the caller's thread below
            failures.append(error)

    thread = threading.Thread(target=work, name="duckdb", daemon=True)
    thread.start()
    stopped = False
    while thread.is_alive():
        thread.join(_POLL_S)
        if not stopped and run.should_stop():
            stopped = True
            connection.interrupt()
        share = connection.query_progress() if thread.is_alive() else -1.0
        if share >= 0:
            run.progress(stage, int(total * share / 100), total)
    if stopped:
        raise StoppedError
    if failures:
        raise failures[0]
