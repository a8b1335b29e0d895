"""Short work off the GUI thread: reading pages, loading a model file."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")


class Background(QObject):
    """Runs functions one after another on one thread and hands results back to the GUI thread.

    One thread keeps a DuckDB connection on the thread that made it. `close` drops what waits, lets
    the running function end and joins the thread; nothing is called back afterwards.
    """

    _finished = Signal(object, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._open = True
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        function: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Call `function` on the thread, then `done` or `failed` on the GUI thread."""
        if not self._open:
            return

        def report(future: Future[T]) -> None:
            if self._open and not future.cancelled():
                self._finished.emit(future, (done, failed))

        self._pool.submit(function).add_done_callback(report)

    @Slot(object, object)
    def _deliver(self, future: Future[Any], outlets: tuple[Callable[..., None], ...]) -> None:
        if not self._open:
            return
        done, failed = outlets
        error = future.exception()
        if error is None:
            done(future.result())
        elif isinstance(error, Exception):
            failed(error)
        else:
            raise error

    def close(self) -> None:
        """End the thread; safe to call twice."""
        self._open = False
        self._pool.shutdown(wait=True, cancel_futures=True)
