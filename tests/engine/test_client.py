"""The engine as the window knows it: jobs in, news out, and nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from engine_harness import Engine, wait_until_gone

from pellucid.core.values import from_json
from pellucid.data.preview import Preview
from pellucid.data.table import Table
from pellucid.engine.events import Failed, Finished, Started, Stopped, WorkerDied
from pellucid.engine.process import log_path


def value_of(event: object) -> Any:
    assert isinstance(event, Finished), event
    return event.value


def open_job(engine: Engine, path: Path) -> str:
    return engine.client.submit("open", {"path": str(path)})


def test_no_process_runs_before_the_first_job(engine: Engine) -> None:
    assert engine.client.pid is None


def test_a_job_starts_and_finishes_with_its_value(engine: Engine, birds: Path) -> None:
    job = open_job(engine, birds)

    value = value_of(engine.end(job))
    assert value["rows"] == 40
    with Table.load(Path(value["store"])) as table:
        assert table.page(0, 1) == [("Gentoo", "180", "0")]
    assert [e for e in engine.events if isinstance(e, Started)] == [Started(job)]


def test_values_come_back_as_the_types_they_were(engine: Engine, birds: Path) -> None:
    job = engine.client.submit("preview", {"path": birds}, "quick")

    preview = from_json(Preview, value_of(engine.end(job)))
    assert preview.columns == ("species", "flipper", "year")
    assert preview.source.path == birds


def test_what_a_user_can_mend_is_told_with_the_way_out(engine: Engine, tmp_path: Path) -> None:
    failed = engine.end(open_job(engine, tmp_path / "none.csv"))

    assert isinstance(failed, Failed)
    assert failed.message == f"There is no file {tmp_path / 'none.csv'}"
    assert failed.hint


def test_what_nobody_expected_is_told_plainly_and_logged_in_full(engine: Engine) -> None:
    failed = engine.end(engine.client.submit("no such job", {}))

    assert isinstance(failed, Failed)
    assert "KeyError" not in failed.message + failed.hint
    log = log_path().read_text()
    assert "Traceback" in log
    assert "KeyError: 'no such job'" in log


def test_quick_work_does_not_wait_behind_heavy_work(
    engine: Engine, birds: Path, endless: Path
) -> None:
    heavy = open_job(engine, endless)
    engine.started(heavy)

    quick = engine.client.submit("preview", {"path": birds}, "quick")

    value_of(engine.end(quick))
    assert not [e for e in engine.events if isinstance(e, Finished) and e.job == heavy]


def test_a_job_that_does_not_stop_loses_its_process_and_the_others_go_on(
    engine: Engine, birds: Path, endless: Path
) -> None:
    stuck = open_job(engine, endless)
    engine.started(stuck)
    waiting = open_job(engine, birds)
    before = engine.pid()

    engine.client.cancel(stuck)

    assert engine.end(stuck) == Stopped(stuck)
    assert value_of(engine.end(waiting))["rows"] == 40
    assert engine.pid() != before
    wait_until_gone([before])
    assert not [e for e in engine.events if isinstance(e, WorkerDied)]


def test_a_job_that_waits_is_cancelled_without_harm(
    engine: Engine, birds: Path, endless: Path
) -> None:
    heavy = open_job(engine, endless)
    engine.started(heavy)
    waiting = open_job(engine, birds)
    before = engine.pid()

    engine.client.cancel(waiting)

    assert engine.end(waiting) == Stopped(waiting)
    assert engine.pid() == before


def test_cancelling_what_has_ended_does_nothing(engine: Engine, birds: Path) -> None:
    job = open_job(engine, birds)
    engine.end(job)

    engine.client.cancel(job)

    value_of(engine.end(open_job(engine, birds)))
    assert not [e for e in engine.events if isinstance(e, Stopped)]


def test_a_crash_is_told_and_the_next_job_finds_a_new_process(
    engine: Engine, birds: Path, endless: Path
) -> None:
    first = value_of(engine.end(open_job(engine, birds)))
    running = open_job(engine, endless)
    engine.started(running)
    waiting = open_job(engine, birds)
    before = engine.pid()

    os.kill(before, signal.SIGKILL)

    assert isinstance(engine.wait(lambda e: isinstance(e, WorkerDied)), WorkerDied)
    failed = engine.end(running)
    assert isinstance(failed, Failed)
    assert "engine.log" in failed.hint
    assert value_of(engine.end(waiting)) == first
    assert engine.pid() != before


def test_large_arrays_cross_through_the_spool_which_is_emptied(
    engine: Engine, tmp_path: Path, home: Path
) -> None:
    path = tmp_path / "long.csv"
    path.write_text("n\n" + "\n".join(str(i % 97) for i in range(10_000)) + "\n")
    store = value_of(engine.end(open_job(engine, path)))["store"]
    sort = [("n", "descending")]

    job = engine.client.submit("rows", {"store": store, "sort": sort}, "quick")

    rows = value_of(engine.end(job))["rows"]
    assert rows.tolist() == sorted(range(10_000), key=lambda i: -(i % 97))
    engine.end(engine.client.submit("preview", {"path": path}, "quick"))
    (spool,) = (home / "cache" / "spool").iterdir()
    assert list(spool.iterdir()) == []


def test_closing_ends_the_process_and_takes_the_spool_away(
    engine: Engine, birds: Path, home: Path
) -> None:
    engine.end(open_job(engine, birds))
    pid = engine.pid()

    engine.client.close()

    wait_until_gone([pid])
    assert list((home / "cache" / "spool").iterdir()) == []


def test_closing_does_not_wait_for_a_job_that_never_ends(engine: Engine, endless: Path) -> None:
    engine.started(open_job(engine, endless))
    pid, heard = engine.pid(), len(engine.events)

    engine.client.close()

    wait_until_gone([pid])
    assert len(engine.events) == heard


def test_what_libraries_print_goes_to_the_log_and_not_into_the_protocol() -> None:
    script = (
        "import os, sys; from pellucid.engine.worker import _private_streams;"
        "incoming, outgoing = _private_streams();"
        "print('noise', flush=True); os.write(1, b'more noise\\n');"
        "outgoing.write(b'message ' + incoming.read()); outgoing.flush();"
        "assert sys.stdin.read() == ''"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input=b"in", capture_output=True, check=True
    )

    assert done.stdout == b"message in"
    assert done.stderr == b"noise\nmore noise\n"
