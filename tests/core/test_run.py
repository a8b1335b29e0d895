from __future__ import annotations

import pytest

from pellucid.core.errors import StoppedError
from pellucid.core.run import Progress, Run


def test_a_run_hands_on_progress_and_parts() -> None:
    seen: list[object] = []
    run = Run(on_progress=seen.append, on_partial=lambda name, value: seen.append((name, value)))
    run.progress("Fitting", 3, 8, loss=0.281)
    run.publish("curves", "model")
    assert seen == [Progress("Fitting", 3, 8, {"loss": 0.281}), ("curves", "model")]


def test_a_run_stops_when_asked_and_not_before() -> None:
    asked: list[bool] = []
    run = Run(should_stop=lambda: bool(asked))
    run.check()
    asked.append(True)
    with pytest.raises(StoppedError):
        run.check()


def test_a_run_alone_is_silent() -> None:
    run = Run()
    run.progress("Reading")
    run.publish("rows", 1)
    run.check()
    assert run.workers >= 1
