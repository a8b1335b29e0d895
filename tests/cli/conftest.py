"""What the command line's tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_harness import Cli


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    return Cli(capsys)


@pytest.fixture
def birds(tmp_path: Path) -> Path:
    """Return a small table whose columns have every common kind, with a few cells missing."""
    path = tmp_path / "birds.csv"
    lines = ["species,flipper,mass,seen,note"]
    for i in range(60):
        flipper = "" if i == 3 else 180 + 40 * (i % 2) + i % 7
        species = "Gentoo" if i % 2 else "Adelie"
        seen = f"2021-{i % 12 + 1:02d}-{i % 28 + 1:02d}"
        lines.append(f"{species},{flipper},{3000 + 37 * (i % 11)},{seen},{'big' if i % 3 else ''}")
    path.write_text("\n".join(lines) + "\n")
    return path
