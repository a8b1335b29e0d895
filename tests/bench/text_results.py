"""Measurements that take long: kept as JSON as they come, so that a run goes on where it was."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "build" / "bench" / "text"
KEEP_VARIABLE = "PELLUCID_BENCH_KEEP"
"""Set it to take kept measurements although the code has changed since."""
LAYERS = ("core", "data", "encoders", "models", "explain")
RESAMPLES = 2_000
Floats = NDArray[np.float64]
Measured = Mapping[str, Any]


def kept(name: str, measure: Callable[[], Measured], folder: Path | None = None) -> Measured:
    """Return what was measured with the code as it is now; measure and keep it where it was not."""
    folder = folder or RESULTS
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"{name}.json"
    state = _state()
    if place.is_file():
        found = json.loads(place.read_text(encoding="utf-8"))
        if found["state"] == state or os.environ.get(KEEP_VARIABLE):
            return dict(found["values"])
    values = dict(measure())
    scratch = place.with_suffix(".part")
    scratch.write_text(json.dumps({"state": state, "values": values}, indent=1), encoding="utf-8")
    scratch.replace(place)
    return values


def _state() -> str:
    """Return a digest of the code that the measurements depend on."""
    package = ROOT / "desktop_app" / "pellucid"
    files = [file for layer in LAYERS for file in sorted((package / layer).rglob("*.py"))]
    files += sorted(Path(__file__).parent.glob("*text*.py"))
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def paired(ours: Floats, rival: Floats, root: bool = False) -> dict[str, float]:
    """Return the difference of two means over the same rows, ours minus the rival's.

    With its 95% interval by bootstrap over rows, seeded; with `root` the means' square roots.
    """
    values = np.column_stack([ours, rival]).astype(np.float64)
    random = np.random.default_rng([0, len(values)])
    draws = np.stack([_means(values, random) for _ in range(RESAMPLES)])
    whole = values.mean(axis=0)
    if root:
        draws, whole = np.sqrt(draws), np.sqrt(whole)
    low, high = np.quantile(draws[:, 0] - draws[:, 1], [0.025, 0.975])
    return {"difference": float(whole[0] - whole[1]), "low": float(low), "high": float(high)}


def _means(values: Floats, random: np.random.Generator) -> Floats:
    return np.asarray(values[random.integers(0, len(values), len(values))].mean(axis=0))


def told(found: Mapping[str, float], digits: int = 3) -> str:
    """Return a difference and its interval as words."""
    return (
        f"{found['difference']:+.{digits}f} "
        f"[{found['low']:+.{digits}f}, {found['high']:+.{digits}f}]"
    )
