"""A conversation over the network in a thread of its own, so that waiting for it can be stopped."""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

from pellucid.core.errors import UserError
from pellucid.core.run import Run

Put = Callable[[str], None]
_LOOK_S = 0.02
_END_S = 2.0


def pieces_of(
    produce: Callable[[Put], Coroutine[Any, Any, None]],
    run: Run,
    timeout_s: float,
    total_s: float,
    whom: str,
) -> Iterator[str]:
    """Yield what a coroutine puts, as it comes; an empty piece only says that it is alive.

    However this ends, the coroutine has been cancelled and its connections are closed. The thread
    has an event loop of its own, so it works where the caller runs one too, as notebooks do.
    Raises `UserError` naming `whom` when nothing comes for `timeout_s` after the first sign of
    life, which is that the request was sent, or after `total_s`.
    """
    talk = _Talk(produce)
    start = time.monotonic()
    last: float | None = None
    try:
        while True:
            run.check()
            try:
                piece = talk.box.get(timeout=_LOOK_S)
            except queue.Empty:
                piece = ""
                if last is not None:
                    _check_time(time.monotonic() - last, timeout_s, "said nothing for", whom)
            else:
                last = time.monotonic()
            _check_time(time.monotonic() - start, total_s, "was not done after", whom)
            if piece is None:
                return
            if isinstance(piece, BaseException):
                raise piece
            if piece:
                yield piece
    finally:
        talk.end()


def _check_time(passed_s: float, most_s: float, how: str, whom: str) -> None:
    if passed_s > most_s:
        raise UserError(
            f"{whom} {how} {most_s:g} seconds, so it was given up; what it had said is kept",
            "Try again when it is less busy, choose a smaller model, or use the built-in writer.",
        )


class _Talk:
    """The thread, its loop, and the box that pieces come through; None is the end."""

    def __init__(self, produce: Callable[[Put], Coroutine[Any, Any, None]]) -> None:
        self.box: queue.SimpleQueue[str | BaseException | None] = queue.SimpleQueue()
        self._loop = asyncio.new_event_loop()
        self._task = self._loop.create_task(produce(self.box.put))
        self._thread = threading.Thread(target=self._run, name="provider", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._task)
            self.box.put(None)
        except asyncio.CancelledError:
            self.box.put(None)
        except Exception as error:  # noqa: BLE001 - it is raised again where pieces are awaited
            self.box.put(error)
        finally:
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()

    def end(self) -> None:
        if self._thread.is_alive():
            try:
                self._loop.call_soon_threadsafe(self._task.cancel)
            except RuntimeError:  # The loop was closed in between.
                return
        self._thread.join(_END_S)
