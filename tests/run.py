"""Run every check: style, types, the tests without Qt, the window's tests, and coverage.

The parts run beside each other, as many at once as there are processors, and each is printed as a
whole once it has ended. Every folder of tests is a part of its own. All but tests/ui run with
PySide6 made impossible to import, so that nothing but the window can come to need it. Arguments
are passed on to pytest.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parents[1]
COVERED = ("core", "models", "explain", "facts", "writing")
COVERAGE_AT_LEAST = 90
AT_ONCE = min(4, os.cpu_count() or 1)
LONGEST_FIRST = ("ui", "cli", "writing", "data", "models", "engine", "explain", "bench")
"""Folders of tests to begin with; the others follow, so that no processor idles in the end."""
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""Threads of libraries would only fight over processors that all have a part to run."""
NOTHING_CHOSEN = 5
"""How pytest ends where its arguments leave no test of a folder."""


@dataclass(frozen=True)
class Part:
    """A module to run with this Python, and the exit codes that are no failure."""

    title: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    fine: tuple[int, ...] = (0,)

    def run(self) -> bool:
        """Run it, print all that it said, and return whether it succeeded."""
        start = monotonic()
        done = subprocess.run(
            [sys.executable, "-m", *self.command],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        succeeded = done.returncode in self.fine
        verdict = "passed" if succeeded else f"FAILED with {done.returncode}"
        head = f"== {self.title}: {verdict} after {monotonic() - start:.0f} s"
        print(f"\n{head}\n{done.stdout.rstrip()}", flush=True)
        return succeeded


def test_parts(arguments: Sequence[str]) -> Iterator[Part]:
    """Yield a part for each folder of tests, and one for the files beside the folders."""
    tests = ROOT / "tests"
    folders = {path.relative_to(tests).parts[0] for path in tests.rglob("*/test_*.py")}
    order = [name for name in LONGEST_FIRST if name in folders]
    for name in [*order, *sorted(folders.difference(order))]:
        yield _test_part(f"tests/{name}", [f"tests/{name}"], arguments)
    files = sorted(str(path.relative_to(ROOT)) for path in tests.glob("test_*.py"))
    yield _test_part("tests", files, arguments)


def _test_part(title: str, paths: Sequence[str], arguments: Sequence[str]) -> Part:
    environment = dict(ONE_THREAD)
    options = ["-m", "not bench", "-o", f"cache_dir=.pytest_cache/{title}", *arguments]
    if title != "tests/ui":
        options += ["-p", "no:pytest-qt"]
        environment["PELLUCID_TEST_WITHOUT_QT"] = "1"
        title += ", PySide6 not importable"
    command = ("coverage", "run", "-m", "pytest", *options, *paths)
    return Part(title, command, environment, (0, NOTHING_CHOSEN) if arguments else (0,))


def run_beside_each_other(parts: Sequence[Part]) -> list[str]:
    """Run parts, `AT_ONCE` at a time in the given order; return the titles of those that failed."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = {pool.submit(part.run): part for part in parts}
        try:
            return [running[done].title for done in as_completed(running) if not done.result()]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def main(arguments: list[str]) -> int:
    """Run all checks and return 0 only if every one of them succeeded."""
    (ROOT / "build").mkdir(exist_ok=True)
    for old in (ROOT / "build").glob(".coverage*"):
        old.unlink()
    checks = [
        Part("ruff", ("ruff", "check", ".")),
        Part("ruff format", ("ruff", "format", "--check", ".")),
        Part("mypy", ("mypy",)),
    ]
    failed = run_beside_each_other([*checks, *test_parts(arguments)])
    measures = [
        Part("coverage data", ("coverage", "combine", "--quiet")),
        *(
            Part(f"coverage of {name}", ("coverage", "report", f"--include=*/pellucid/{name}/*",
                                         f"--fail-under={COVERAGE_AT_LEAST}"))
            for name in COVERED
        ),
    ]  # fmt: skip
    failed += [part.title for part in measures if not part.run()]
    print("\n== " + (f"FAILED: {'; '.join(failed)}" if failed else "all passed"), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
