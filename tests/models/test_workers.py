"""Tasks in processes of our own."""

from __future__ import annotations

import io
import os
import queue
import signal
import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from pellucid.core.errors import StoppedError, UserError
from pellucid.core.run import Run
from pellucid.models.fit_tasks import cut_numbers
from pellucid.models.messages import Call, Raised, Reported, Returned, receive, send
from pellucid.models.worker import read_calls, serve
from pellucid.models.workers import WORKER_FLAG, Workers, worker_command


def double(kept: dict[str, Any], report: Any, value: int) -> int:
    report("half way", value)
    kept["last"] = value
    return 2 * value


def refuse(_kept: dict[str, Any], _report: Any) -> None:
    raise UserError("It cannot be done", "Do something else.")


def stumble(_kept: dict[str, Any], _report: Any) -> None:
    raise ZeroDivisionError("by zero")


def test_a_worker_answers_each_call_in_order() -> None:
    source, output = io.BytesIO(), io.BytesIO()
    calls = Call(1, double, (4,)), Call(2, refuse), Call(3, stumble)
    for call in calls:
        send(source, call)
    source.seek(0)
    waiting: queue.SimpleQueue[Call | None] = queue.SimpleQueue()
    read_calls(source, waiting)
    serve(waiting, output)
    output.seek(0)
    assert receive(output) == Reported(1, ("half way", 4))
    assert receive(output) == Returned(1, 8)
    refused = receive(output)
    assert isinstance(refused, Raised)
    assert isinstance(refused.error, UserError)
    assert (refused.error.message, refused.error.hint) == (
        "It cannot be done", "Do something else.",
    )  # fmt: skip
    assert receive(output) == Raised(3, "ZeroDivisionError: by zero")
    with pytest.raises(EOFError):
        receive(output)


def test_a_worker_imports_nothing_that_it_does_not_boost_with() -> None:
    script = (
        "import sys; from pellucid.models.bare_interpret import keep_interpret_bare;"
        "keep_interpret_bare();"
        "import interpret.glassbox._ebm._boost, pellucid.models.fit_tasks;"
        "print([m for m in ('sklearn', 'scipy', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_a_message_that_breaks_off_is_the_end() -> None:
    stream = io.BytesIO()
    send(stream, "whole")
    with pytest.raises(EOFError):
        receive(io.BytesIO(stream.getvalue()[:-1]))


def test_results_that_come_early_are_kept() -> None:
    numbers = np.arange(12.0).reshape(2, 6)
    with Workers(1) as workers:
        first = workers.submit(cut_numbers, numbers[:1], 64)
        second = workers.submit(cut_numbers, numbers, 64)
        assert len(workers.result(second, Run())) == 2
        (early,) = workers.answers(Run())
    assert isinstance(early, Returned)
    assert (early.id, len(early.value)) == (first, 1)


def test_a_failed_task_is_raised_here() -> None:
    with Workers(1) as workers:
        task = workers.submit(cut_numbers, 5, 64)
        with pytest.raises(RuntimeError, match="TypeError"):
            workers.result(task, Run())


def test_a_worker_that_dies_is_told_to_the_user() -> None:
    with Workers(1) as workers:
        os.kill(workers.pids[0], signal.SIGKILL)
        task = workers.submit(cut_numbers, np.ones((1, 5)), 64)
        with pytest.raises(UserError, match="ended unexpectedly") as caught:
            workers.result(task, Run())
    assert caught.value.hint


def test_a_stop_is_raised_while_a_task_runs() -> None:
    with Workers(1) as workers:
        task = workers.submit(cut_numbers, np.ones((1, 5)), 64)
        with pytest.raises(StoppedError):
            workers.result(task, Run(should_stop=lambda: True))


def test_a_frozen_app_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert worker_command()[-1] == "pellucid.models.worker"
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert worker_command()[1:] == [WORKER_FLAG]
