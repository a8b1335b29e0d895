"""Where the window's fits live while they are made and used: files in the cache."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from pellucid.core.paths import cache_dir
from pellucid.core.run import Progress, Run
from pellucid.models.additive import AdditiveModel

_KEEP_S = 30 * 24 * 3600.0
_SNAPSHOTS_KEPT = 3


def new_folder() -> Path:
    """Make a folder for one fit; folders that no window can still use are deleted."""
    root = cache_dir() / "fits"
    root.mkdir(mode=0o700, exist_ok=True)
    for old in root.iterdir():
        if time.time() - old.stat().st_mtime > _KEEP_S:
            shutil.rmtree(old, ignore_errors=True) if old.is_dir() else old.unlink()
    return Path(tempfile.mkdtemp(prefix="fit-", dir=root))


def with_snapshots(run: Run, folder: Path) -> Run:
    """Return a run that publishes every model it is given as a file in `folder`.

    What is published is {fit, bags, bags_asked}; the first curves come before any bag is finished,
    so they count as none. The window may still be reading the file before, so the last few are
    kept.
    """
    numbers = itertools.count(1)
    bags_asked = 0

    def on_progress(progress: Progress) -> None:
        nonlocal bags_asked
        bags_asked = progress.total or bags_asked
        run.on_progress(progress)

    def on_partial(name: str, value: object) -> None:
        if name != "curves" or not isinstance(value, AdditiveModel):
            run.publish(name, value)
            return
        number = next(numbers)
        path = folder / f"snapshot-{number}.zip"
        value.save(path)
        (folder / f"snapshot-{number - _SNAPSHOTS_KEPT}.zip").unlink(missing_ok=True)
        bags = value.bags if number > 1 else 0
        run.publish(name, {"fit": str(path), "bags": bags, "bags_asked": bags_asked})

    return replace(run, on_progress=on_progress, on_partial=on_partial)
