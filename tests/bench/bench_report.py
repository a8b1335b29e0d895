"""The whole path in one command: how long beside its own fit, and how large the page."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from figures import REAL_DATA, Figure


def figures() -> Iterator[Figure]:
    """Yield the figures of `pellucid report` on Adult and on a table of 300 columns."""
    with TemporaryDirectory() as folder:
        work = Path(folder)
        adult = str(REAL_DATA / "adult" / "census_income.csv")
        fit_s, _ = _pellucid("fit", adult, "--target", "Income", "-o", str(work / "adult.model"))
        page = work / "adult.html"
        report_s, _ = _pellucid("report", adult, "--target", "Income", "-o", str(page))
        yield Figure("Adult: report, times its own fit", report_s, "s", fit_s, 3, is_ratio=True)
        yield Figure("Adult: size of the page", page.stat().st_size / 1e6, "MB", limit=2)
        wide = work / "wide.csv"
        write_wide(wide)
        page = work / "wide.html"
        wide_s, told = _pellucid("report", str(wide), "--target", "outcome", "-o", str(page))
        yield Figure("300 columns: report", wide_s, "s")
        yield Figure("300 columns: charts", float(json.loads(told)["charts"]), "")
        yield Figure("300 columns: size of the page", page.stat().st_size / 1e6, "MB", limit=3)


def write_wide(path: Path, rows: int = 1500, columns: int = 300) -> None:
    """Write a table of numbers and categories of which a few columns carry the outcome."""
    rng = np.random.default_rng(3)
    numbers = rng.normal(size=(rows, columns - 50))
    words = rng.choice(["red", "green", "blue", "grey"], size=(rows, 49))
    score = 1.5 * numbers[:, 0] - np.abs(numbers[:, 1]) + (words[:, 0] == "red")
    outcome = np.where(score + rng.normal(size=rows) > 0, "yes", "no")
    header = [f"measure {i}" for i in range(numbers.shape[1])]
    header += [f"colour {i}" for i in range(words.shape[1])] + ["outcome"]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for row in range(rows):
            writer.writerow([*numbers[row].round(4), *words[row], outcome[row]])


def _pellucid(*arguments: str) -> tuple[float, str]:
    with TemporaryDirectory() as home:
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "pellucid", *arguments, "--json"],
            env={**os.environ, "PELLUCID_HOME": home},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        return time.perf_counter() - start, done.stdout


if __name__ == "__main__":
    for figure in figures():
        print(figure.line(), flush=True)
