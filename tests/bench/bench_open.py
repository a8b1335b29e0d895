"""A large file: how soon its first rows are there, and how much memory reading it takes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from figures import Figure, median_seconds

from pellucid.data.preview import preview
from pellucid.data.reading import Reading

MEGABYTES = 500


def figures() -> Iterator[Figure]:
    """Yield the figures of opening a CSV of 500 MB."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "large.csv"
        write_large(path, MEGABYTES)
        yield Figure("500 MB: the file", path.stat().st_size / 1e6, "MB")
        first_s = median_seconds(lambda: preview(path, Reading()))
        yield Figure("500 MB: seconds to the first rows", first_s, "s", limit=1)
        seconds, peak = read_in_window(path)
        yield Figure("500 MB: seconds to the whole table", seconds, "s")
        yield Figure("500 MB: window and engine, peak memory", peak / 1e9, "GB", limit=1.2)


def write_large(path: Path, megabytes: int) -> None:
    """Write sensor readings by the million rows with DuckDB, until the file is large enough."""
    import duckdb

    rows = megabytes * 18_300
    with duckdb.connect() as connection:
        connection.execute(
            f"""
            COPY (
                SELECT i AS reading,
                       TIMESTAMP '2020-01-01' + INTERVAL 1 SECOND * i AS "time",
                       'station ' || (i * 7919 % 40) AS station,
                       round(15 + 10 * sin(i / 86400.0) + hash(i) % 1000 / 250.0, 2) AS celsius,
                       round(hash(i + 1) % 100000 / 1000.0, 3) AS humidity,
                       CASE WHEN hash(i + 2) % 20 = 0 THEN NULL ELSE hash(i + 3) % 500 END AS wind
                FROM range({rows}) AS t(i)
            ) TO '{path}' (FORMAT csv, HEADER)
            """
        )


def read_in_window(path: Path) -> tuple[float, int]:
    """Open `path` in a real window; return seconds until it is read, and peak bytes of the tree."""
    script = Path(__file__).with_name("open_in_window.py")
    with TemporaryDirectory() as home:
        env = {**os.environ, "PELLUCID_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
        start = time.perf_counter()
        process = subprocess.Popen([sys.executable, str(script), str(path)], env=env)
        peak, done = [0], threading.Event()
        watcher = threading.Thread(target=_watch, args=(process.pid, peak, done))
        watcher.start()
        status = process.wait()
        done.set()
        watcher.join()
    if status:
        raise RuntimeError("the window could not read the large file")
    return time.perf_counter() - start, peak[0]


def _watch(pid: int, peak: list[int], done: threading.Event) -> None:
    """Keep the greatest sum of the resident memory of a process and all below it."""
    while not done.wait(0.05):
        total = 0
        try:
            root = psutil.Process(pid)
            for process in (root, *root.children(recursive=True)):
                total += process.memory_info().rss
        except psutil.NoSuchProcess:
            continue
        peak[0] = max(peak[0], total)


if __name__ == "__main__":
    for figure in figures():
        print(figure.line(), flush=True)
