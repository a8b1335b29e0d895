"""One worker process: reads tasks, runs them, and ends when whoever started it does."""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
import warnings
from typing import IO, Any

from pellucid.core.errors import UserError
from pellucid.models.bare_interpret import keep_interpret_bare
from pellucid.models.messages import Call, Raised, Reported, Returned, receive, send


def serve(calls: queue.SimpleQueue[Call | None], output: IO[bytes]) -> None:
    """Run calls one after the other until None comes; answers go to `output`."""
    kept: dict[str, Any] = {}
    while (call := calls.get()) is not None:
        send(output, _answer(call, kept, output))


def read_calls(source: IO[bytes], calls: queue.SimpleQueue[Call | None]) -> None:
    """Queue each call that comes in, and None at the end of the input."""
    try:
        while True:
            calls.put(receive(source))
    except (EOFError, OSError):
        calls.put(None)


def main() -> None:
    """Serve standard input and output; end at once, whatever is running, when the input does.

    The parent's end closes the pipe on every system, `kill -9` included. What libraries print goes
    to standard error, for it would be taken for an answer.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.simplefilter("ignore")
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    calls: queue.SimpleQueue[Call | None] = queue.SimpleQueue()
    threading.Thread(target=_read_to_the_end, args=(calls,), daemon=True).start()
    keep_interpret_bare()
    import interpret.glassbox._ebm._boost  # noqa: F401 - loaded before the first task asks for it

    serve(calls, output)


def _read_to_the_end(calls: queue.SimpleQueue[Call | None]) -> None:
    try:
        read_calls(sys.stdin.buffer, calls)
    finally:
        os._exit(0)


def _answer(call: Call, kept: dict[str, Any], output: IO[bytes]) -> Returned | Raised:
    def report(*values: Any) -> None:
        send(output, Reported(call.id, values))

    try:
        return Returned(call.id, call.function(kept, report, *call.arguments))
    except UserError as error:
        return Raised(call.id, error)
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent must hear of it
        return Raised(call.id, f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
