"""The command line under test: run in this process or as a real one."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pellucid.cli import main

ROWS = 240
"""The rows of `Work.table`."""


@dataclass(frozen=True)
class Outcome:
    """How a call ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document that stdout is."""
        return json.loads(self.out)

    def failed_plainly(self) -> Outcome:
        """Check that it failed in one error line, perhaps with a hint, and no traceback."""
        lines = self.err.splitlines()
        errors = [line for line in lines if line.startswith("error: ")]
        hints = [line for line in lines if line.startswith("hint: ")]
        assert self.code == 1, self
        assert (len(errors), len(hints) <= 1) == (1, True), self.err
        assert "Traceback" not in self.err + self.out
        assert "inside Pellucid" not in self.err
        return self


@dataclass(frozen=True)
class Work:
    """A table of flats and a model fitted to each of three targets."""

    table: Path
    binary: Path
    classes: Path
    number: Path


class Cli:
    """Calls `pellucid` with words."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: object) -> Outcome:
        """Run in this process, which is quick."""
        self._capsys.readouterr()
        code = main([str(word) for word in words])
        captured = self._capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    def json(self, *words: object) -> Any:
        """Run with `--json`, expecting success, and return the document."""
        outcome = self(*words, "--json")
        assert outcome.code == 0, outcome.err
        return outcome.document

    def process(self, *words: object, **environment: str) -> Outcome:
        """Run as a process of its own, as a user would."""
        done = subprocess.run(
            [sys.executable, "-m", "pellucid", *map(str, words)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **environment},
        )
        return Outcome(done.returncode, done.stdout, done.stderr)


def files_in(folder: Path) -> list[str]:
    """Return the names of all files below a folder, hidden and temporary ones too."""
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
