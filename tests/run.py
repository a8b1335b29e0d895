"""Run every check: style, types, the tests without Qt, the window's tests, and coverage.

The tests outside tests/ui run with PySide6 made impossible to import, so that nothing but the
window can come to need it. Arguments are passed on to pytest.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COVERED = ("core", "models", "explain", "facts", "writing")
COVERAGE_AT_LEAST = 90


def run(title: str, *command: str, **environment: str) -> bool:
    """Run `command` with this Python and say whether it succeeded."""
    print(f"\n== {title}", flush=True)
    env = {**os.environ, **environment}
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, env=env).returncode == 0


def main(arguments: list[str]) -> int:
    """Run all checks and return 0 only if every one of them succeeded."""
    (ROOT / "build").mkdir(exist_ok=True)
    for old in (ROOT / "build").glob(".coverage*"):
        old.unlink()
    pytest = ("coverage", "run", "-m", "pytest", "-m", "not bench", *arguments)
    results = [
        run("ruff", "ruff", "check", "."),
        run("ruff format", "ruff", "format", "--check", "."),
        run("mypy", "mypy"),
        run("tests, PySide6 not importable", *pytest, "-p", "no:pytest-qt", "--ignore=tests/ui",
            PELLUCID_TEST_WITHOUT_QT="1"),
        run("tests of the window", *pytest, "tests/ui"),
        run("coverage data", "coverage", "combine", "--quiet"),
        *(
            run(f"coverage of {name}", "coverage", "report", f"--include=*/pellucid/{name}/*",
                f"--fail-under={COVERAGE_AT_LEAST}")
            for name in COVERED
        ),
    ]  # fmt: skip
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
