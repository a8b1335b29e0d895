"""The whole path in the window, as a user walks it, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pellucid.core.paths import resource

HEAVY = {
    "torch", "transformers", "sklearn", "interpret", "pandas", "scipy", "pyarrow", "vl_convert",
}  # fmt: skip


def take_walk(path: Path, target: str, folder: Path) -> dict[str, Any]:
    """Run the session offscreen and return what it saw."""
    script = Path(__file__).with_name("full_session.py")
    done = subprocess.run(
        [sys.executable, script, path, target, folder],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def check(told: dict[str, Any]) -> None:
    """Hold what a session saw to what every session must see."""
    assert told["bags"][-1] == 4
    assert len(told["bags"]) > 1, "no curves before the last bag"
    assert 1 <= told["kept_bags"] <= 4
    assert told["before"] != told["after"]
    assert told["claims"] > 5
    assert 10_000 < told["page_bytes"] < 2_000_000
    assert not {module.partition(".")[0] for module in told["modules"]} & HEAVY


@pytest.mark.slow
def test_a_sample_is_walked_through_from_drop_to_reopening(tmp_path: Path) -> None:
    told = take_walk(resource("samples/bicycles_synthetic.csv"), "riders", tmp_path)
    assert told["rows"] == 1461
    check(told)


@pytest.mark.slow
def test_texts_are_walked_through_from_drop_to_reopening(tmp_path: Path) -> None:
    told = take_walk(resource("samples/helpdesk_synthetic.csv"), "satisfied", tmp_path)
    assert told["rows"] == 1800
    assert told["tokens"] > 5
    check(told)


@pytest.mark.slow
def test_adult_is_walked_through_from_drop_to_reopening(real_data: Path, tmp_path: Path) -> None:
    told = take_walk(real_data / "adult" / "census_income.csv", "Income", tmp_path)
    assert told["rows"] == 32_560
    check(told)
